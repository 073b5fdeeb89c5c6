"""The processes of a running product: servers that share one socket, and the worker."""

import ctypes
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

BACKLOG = 4096
# uvicorn waits 3 s for streams to end (listener.py); the rest is for a commit under way.
PATIENCE = 6.0
QUICK_DEATH = 2.0


@dataclass
class Child:
    """One process that is started again when it ends by itself."""

    words: list[str]
    passed: tuple[int, ...] = ()
    process: subprocess.Popen | None = None
    started: float = 0.0
    deaths: int = 0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.words], pass_fds=self.passed, stdin=subprocess.DEVNULL
        )


def take_port(host: str, port: int) -> socket.socket:
    """The one socket all servers accept from; it outlives any of them, so nobody is turned away meanwhile.

    It is taken before anything is prepared, so that a taken port is told at once; nobody is let in yet.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((host, port))
    door.set_inheritable(True)
    return door


def keep_running(children: list[Child], whistle: int, servers: int, when_ready: Callable[[], None]) -> int:
    """Start the children and stay with them until we are told to stop; 0 when all ended in peace.

    `whistle` is the reading end of a pipe on which each server writes one byte once it answers.
    """
    wishes: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _: wishes.append(received))
    for child in children:
        child.start()
    ready = 0
    while not wishes:
        heard, _, _ = select.select([whistle], [], [], 0.2)
        if heard:
            ready += len(os.read(whistle, 64))
            if 0 < servers <= ready:
                when_ready()
                servers = -1
        for child in children:
            look_after(child)
            if servers > 0 and child.deaths >= 3:
                stop(children)
                return 1
    return stop(children)


def look_after(child: Child) -> None:
    """Start a child again that ended by itself; at once the first time, then ever more slowly."""
    now = time.monotonic()
    if child.process is not None and child.process.poll() is not None:
        print(
            f"A process ended with {child.process.returncode} and is started again.",
            file=sys.stderr,
            flush=True,
        )
        child.process = None
        child.deaths = child.deaths + 1 if now - child.started < QUICK_DEATH + child.deaths * 10 else 1
        child.not_before = now + min(30.0, 0.5 * 2 ** (child.deaths - 1)) if child.deaths > 1 else now
    if child.process is None and now >= child.not_before:
        child.start()


def stop(children: list[Child]) -> int:
    """Ask every child to end, and wait; whoever does not is ended."""
    alive = [child.process for child in children if child.process is not None]
    for process in alive:
        process.terminate()
    until = time.monotonic() + PATIENCE
    stubborn = 0
    for process in alive:
        try:
            process.wait(max(0.05, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            stubborn += 1
    return 1 if stubborn else 0


def end_with_parent(parent: int) -> None:
    """End in peace when this parent is gone, or has gone while we were still loading (Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        die_with_parent = 1
        ctypes.CDLL(None).prctl(die_with_parent, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
