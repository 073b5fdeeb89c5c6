"""The places that are measured: the floor, and the product with a room in it."""

import contextlib
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from .tools import KEPT, ROOT, floor_command, free_port, run, stop, wait_for

AGENT = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
BROWSER = f"Host: 127.0.0.1|User-Agent: {AGENT}|Accept: text/event-stream|Accept-Language: en-US,en;q=0.9|Cache-Control: no-cache|Sec-Fetch-Mode: cors|Sec-Fetch-Site: same-origin|Accept-Encoding: gzip, deflate, br|Connection: keep-alive"


class Floor:
    """A bare broadcaster of bytes that another place sent."""

    name = "floor"

    def __init__(self, frame: bytes) -> None:
        self.frame = frame
        self.port = free_port()
        self.folder = tempfile.TemporaryDirectory(dir=KEPT)
        self.clock = Path(self.folder.name, "clock")
        self.process = run([*floor_command(self.port), self.clock])
        wait_for(self.port)
        self.line = http.client.HTTPConnection("127.0.0.1", self.port)

    def requests(self, count: int) -> list[str]:
        return [f"GET /stream/ HTTP/1.1|{BROWSER}||"] * count

    def mark(self, number: int) -> int:
        self.line.request("POST", "/", self.frame.replace(b"%SEQUENCE%", b"%d" % (1_000 + number)))
        self.line.getresponse().read()
        return 1_000 + number

    def close(self) -> None:
        self.line.close()
        stop(self.process)
        self.folder.cleanup()


class Product:
    """`hubcraft serve` with a room in it: an open board, marks POSTed as phones do, policy and validation on."""

    name = "hubcraft"

    def __init__(self, seats: int, synchronous: str = "FULL") -> None:
        KEPT.mkdir(parents=True, exist_ok=True)
        self.folder = tempfile.TemporaryDirectory(dir=KEPT)
        self.port = free_port()
        plain = {name: value for name, value in os.environ.items() if not name.startswith("HUBCRAFT_")}
        surroundings = {
            **plain, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HUBCRAFT_DATA": self.folder.name,
            "HUBCRAFT_STREAMS": "19000", "HUBCRAFT_SYNCHRONOUS": synchronous,
        }  # fmt: skip
        log = Path(self.folder.name, "served.log").open("wb")
        command = [sys.executable, "-m", "hubcraft.cli", "serve", "--no-worker", "--port", self.port]
        served = run(command, env=surroundings, cwd=ROOT, stdout=log, stderr=log)
        wait_for(self.port)
        seed = [sys.executable, "-m", "bench.live_room.seed", str(seats)]
        said = subprocess.run(seed, env=surroundings, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        self.room = json.loads(said.stdout)
        stop(served)
        self.clock = Path(self.folder.name, "clock")
        self.process = self.listening(surroundings, log)
        wait_for(self.port)
        self.line = http.client.HTTPConnection("127.0.0.1", self.port)

    def listening(self, surroundings: dict[str, str], log) -> subprocess.Popen:
        """The same server process that `serve` starts, with a clock in it."""
        ear, mouth = os.pipe()
        with socket.create_server(("127.0.0.1", self.port), backlog=4096) as door:
            command = [
                sys.executable, "-m", "bench.live_room.timed", self.clock,
                "--socket", door.fileno(), "--whistle", mouth, "--child-of", os.getpid(),
            ]  # fmt: skip
            process = run(
                command, env=surroundings, cwd=ROOT, stdout=log, stderr=log, pass_fds=[door.fileno(), mouth]
            )
        os.close(mouth)
        os.read(ear, 1)
        os.close(ear)
        return process

    def cookie(self, number: int) -> str:
        seat, _key, secret = self.room["seats"][number]
        return f"seats-{self.room['room']}={seat}:{secret}"

    def requests(self, count: int) -> list[str]:
        address = f"/r/{self.room['room']}/stream/"
        return [
            f"GET {address} HTTP/1.1|{BROWSER}|Cookie: {self.cookie(number)}||" for number in range(count)
        ]

    def mark(self, number: int, line: http.client.HTTPConnection | None = None) -> None:
        """One person changes one answer."""
        line = line or self.line
        who = number % self.room["markers"]
        levels = self.room["levels"]
        operation = {
            "id": secrets.token_hex(16),
            "look_for": self.room["look_fors"][0],
            "answer": levels[(number // self.room["markers"] + number) % len(levels)],
            "phase": "before",
        }
        body = json.dumps({"seat": self.room["seats"][who][1], "operations": [operation]})
        headers = {
            "Content-Type": "application/json",
            "Sec-Fetch-Site": "same-origin",
            "Cookie": self.cookie(who),
        }
        address = f"/r/{self.room['room']}/marks/"
        try:
            line.request("POST", address, body, headers)
            answer = line.getresponse()
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            line.close()  # kept for too long while streams were opened: the next request opens it again
            line.request("POST", address, body, headers)
            answer = line.getresponse()
        said = json.loads(answer.read())
        if answer.status != 200 or said["refused"] or said["late"]:
            raise RuntimeError(f"{answer.status} {said}")

    def close(self) -> None:
        self.line.close()
        stop(self.process)
        self.folder.cleanup()


def captured(place) -> bytes:
    """A frame as this place sends it, for the floor to send too; its sequence is left open."""
    with socket.create_connection(("127.0.0.1", place.port), timeout=20) as stream:
        stream.sendall(place.requests(1)[0].replace("|", "\r\n").encode())
        stream.settimeout(1)
        said = b""
        for number in range(60):
            place.mark(number)
            with contextlib.suppress(TimeoutError):
                while True:
                    said += stream.recv(1 << 22)
            start = said.rfind(b"id: ")
            # What a newcomer is given comes first, and holds every region.
            if start >= 0 and b'"whole"' not in said[start:] and said.endswith(b"\n\n\r\n"):
                break
    frame = said[start:].removesuffix(b"\r\n")
    sequence = frame[4 : frame.index(b"\n")]
    return frame.replace(b"id: " + sequence, b"id: %SEQUENCE%").replace(
        b'"sequence": ' + sequence, b'"sequence": %SEQUENCE%'
    )
