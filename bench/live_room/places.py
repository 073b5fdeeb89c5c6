"""The places that are measured: the floor, and a small house with the real live room in it."""

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
        self.process = run(floor_command(self.port))
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


class Small:
    """The real live room, with a source that looks everything up and renders little: the stream by itself."""

    name = "small house"

    def __init__(self, seats: int) -> None:
        sys.path.insert(0, str(ROOT))
        from tests.live.house_tables import build

        self.folder = tempfile.TemporaryDirectory(dir=KEPT)
        database = Path(self.folder.name, "house.sqlite3")
        build(database, {f"s{number}": "team" for number in range(seats)})
        self.port = free_port()
        surroundings = {
            **os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HOUSE_DATABASE": str(database),
            "HOUSE_STREAMS": "19000",
        }  # fmt: skip
        command = [sys.executable, "-c", SERVE, self.port]
        self.process = run(command, env=surroundings, cwd=ROOT, stderr=subprocess.DEVNULL)
        wait_for(self.port)
        self.line = http.client.HTTPConnection("127.0.0.1", self.port)

    def requests(self, count: int) -> list[str]:
        return [f"GET /r/r1/stream/ HTTP/1.1|{BROWSER}|Cookie: seat=s{number}||" for number in range(count)]

    def mark(self, number: int) -> int:
        html = f'<div class="chip" data-seat="s{number}">KM {number}</div>' * 94
        self.line.request("POST", "/change", json.dumps({"sets": [["team", "board", html]]}))
        return int(self.line.getresponse().read())

    def close(self) -> None:
        self.line.close()
        stop(self.process)
        self.folder.cleanup()


SERVE = """
import gc, sys, uvicorn
class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        gc.collect(); gc.freeze(); gc.set_threshold(50_000, 20, 1_000)
Server(uvicorn.Config("tests.live.house:application", port=int(sys.argv[1]), loop="uvloop", http="httptools",
       access_log=False, log_level="error", backlog=4096, timeout_keep_alive=120)).run()
"""


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
        self.process = run(command, env=surroundings, cwd=ROOT, stdout=log, stderr=log)
        wait_for(self.port)
        seed = [sys.executable, "-m", "bench.live_room.seed", str(seats)]
        said = subprocess.run(seed, env=surroundings, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        self.room = json.loads(said.stdout)
        self.line = http.client.HTTPConnection("127.0.0.1", self.port)

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
