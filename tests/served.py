"""The real product as people run it: `hubcraft serve` in processes of its own, with a place of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
# Cutting the fonts takes seconds; the files are named by what goes into them, so any run may use them again.
FACES = CHECKOUT / ".cache" / "faces"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def surroundings(data: Path, **more: str) -> dict[str, str]:
    """The environment of a command that must see this place and nothing of the machine's own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HUBCRAFT_")}
    for name in ("DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE"):
        plain.pop(name, None)
    return {**plain, "PYTHONPATH": str(CHECKOUT / "src"), "HUBCRAFT_DATA": str(data), **more}


def hubcraft(*words: str, data: Path, timeout: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "hubcraft.cli", *words],
        env=surroundings(data, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def carry_faces(source: Path, target: Path) -> None:
    """Copy what is not there yet, each file whole."""
    for face in source.glob("*.woff2"):
        if not (target / face.name).exists():
            target.mkdir(parents=True, exist_ok=True)
            draft = target / f"{face.name}.{os.getpid()}"
            draft.write_bytes(face.read_bytes())
            draft.chmod(0o600)
            draft.rename(target / face.name)


@dataclass
class Served:
    """One running product; `stop` and `kill` end it, `start` brings it back to the same place and port."""

    data: Path
    workers: int = 1
    database_url: str = ""
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    words: tuple[str, ...] = ()
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What its processes said so far."""
        return (self.data / "served.log").read_text()

    def start(self, patience: float = 90) -> "Served":
        self.data.mkdir(parents=True, exist_ok=True)
        carry_faces(FACES, self.data / "static" / "fonts")
        more = {**self.more}
        if self.database_url:
            more["HUBCRAFT_DATABASE_URL"] = self.database_url
        words = self.words or ("serve",)
        options = ("--host", "127.0.0.1", "--port", str(self.port), "--workers", str(self.workers))
        with (self.data / "served.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hubcraft.cli", *words, *options],
                env=surroundings(self.data, **more),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(f"The product ended with {self.process.returncode}:\n{self.log}")
            if self.answers():
                carry_faces(self.data / "static" / "fonts", FACES)
                return self
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"The product did not answer within {patience} s:\n{self.log}")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/live", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> int:
        """End it in peace, as an operator does; the exit code."""
        if self.process is None:
            return 0
        self.process.terminate()
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"The product did not stop:\n{self.log}") from None

    def kill(self) -> None:
        """End all of its processes as a power cut would: no goodbye."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
