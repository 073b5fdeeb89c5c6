"""A stream's reader and a server to read from, over real sockets."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 15.0


@dataclass
class Event:
    name: str
    content: dict
    id: int | None


class Stream:
    """One open stream; `next` waits for an event, beats left out."""

    def __init__(
        self,
        port: int,
        seat: str,
        *,
        has: object = None,
        last_id: object = None,
        badge: str = "",
        method: str = "GET",
    ):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        query = f"?badge={badge}" + ("" if has is None else f"&sequence={has}")
        lines = [f"{method} /r/r1/stream/{query} HTTP/1.1", "Host: x", f"Cookie: seat={seat}"]
        if last_id is not None:
            lines.append(f"Last-Event-ID: {last_id}")
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.response = http.client.HTTPResponse(self.socket, method=method)
        self.response.begin()
        self.status = self.response.status
        self.retry: list[int] = []
        self.first = self.read() if self.status == 200 else None

    def read(self, patience: float = PATIENCE) -> Event | None:
        """The next event of any kind; None at the end of the stream."""
        self.socket.settimeout(patience)
        name, content, number = "message", "", None
        while True:
            try:
                line = self.response.readline().decode()
            except (ConnectionError, http.client.IncompleteRead):
                return None
            if not line:
                return None
            field, _, value = line.rstrip("\n").partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                content += value
            elif field == "id":
                number = int(value)
            elif field == "retry":
                self.retry.append(int(value))
            elif not field and content:
                return Event(name, json.loads(content), number)

    def next(self, patience: float = PATIENCE) -> Event | None:
        while (event := self.read(patience)) is not None and event.name == "beat":
            pass
        return event

    def regions(self, count: int) -> dict[str, str]:
        """The next so many frames, as region → html."""
        events = [self.next() for _ in range(count)]
        return {event.content["region"]: event.content["html"] for event in events if event}

    def is_silent(self, seconds: float = 0.6) -> bool:
        try:
            return self.next(seconds) is None and False
        except TimeoutError:
            return True

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class Server:
    """A real uvicorn with the small house in it."""

    def __init__(self, database: Path, **surroundings: str):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.streams: list[Stream] = []
        command = [sys.executable, "-m", "uvicorn", "tests.live.house:application", "--port", str(self.port)]
        command += [
            "--http",
            "httptools",
            "--loop",
            "uvloop",
            "--timeout-graceful-shutdown",
            "8",
            "--log-level",
            "error",
        ]
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HOUSE_DATABASE": str(database)}
        self.log = (database.parent / f"server-{self.port}.log").open("w+")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**environment, **surroundings}, stdout=self.log, stderr=self.log
        )
        until = time.monotonic() + 30
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(self.said())

    def said(self) -> str:
        self.log.flush()
        return Path(self.log.name).read_text()

    def open(self, seat: str, **kwargs: object) -> Stream:
        """Open a stream, and give the server the moment in which it looks at what the page says it has."""
        stream = Stream(self.port, seat, **kwargs)
        self.streams.append(stream)
        time.sleep(0.3)
        return stream

    def ask(self, seat: str) -> None:
        """Ask for the parts of a page, as where no stream gets through."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/page/?part=live", headers={"Cookie": f"seat={seat}"})
        connection.getresponse().read()

    def change(self, *sets: tuple[str, str, str], moves: dict[str, str | None] | None = None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("POST", "/change", json.dumps({"sets": sets, "moves": moves or {}}))
        return int(connection.getresponse().read())

    def stop(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)

    def end(self) -> None:
        for stream in self.streams:
            stream.close()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(12)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
