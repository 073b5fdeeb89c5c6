"""Building the two C tools, running processes on a core of their own, and reading what they cost."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
KEPT = ROOT / ".cache/bench"
SERVER_CORE, OTHER_CORE = 0, 1


def built(name: str) -> Path:
    """One of the C tools, compiled when its source is newer."""
    tool, source = KEPT / name, HERE / f"{name}.c"
    if not tool.exists() or tool.stat().st_mtime < source.stat().st_mtime:
        KEPT.mkdir(parents=True, exist_ok=True)
        subprocess.run(["gcc", "-O2", "-D_GNU_SOURCE", "-o", tool, source], check=True)
    return tool


def floor_command(port: int) -> list[str]:
    """The floor."""
    return [str(built("floor")), str(port)]


def watch_command() -> list[str]:
    """The watchers, in C too: a Python client would be what is measured."""
    return [str(built("watch"))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(command: list, core: int = SERVER_CORE, **more) -> subprocess.Popen:
    """Start a process that stays on one core, with a log of its own where it says anything."""
    return subprocess.Popen(["taskset", "-c", str(core), *map(str, command)], start_new_session=True, **more)


def stop(process: subprocess.Popen) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(port: int, patience: float = 240) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def cpu_seconds(pid: int) -> float:
    """What the scheduler gave to every thread of this process and its children, to the nanosecond."""
    total = 0
    for one in family(pid):
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def resident_kilobytes(pid: int) -> int:
    total = 0
    for one in family(pid):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{one}/status").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return total
