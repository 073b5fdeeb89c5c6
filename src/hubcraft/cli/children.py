"""The processes of a running product: servers that share one socket, and the worker."""

import ctypes
import math
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

BACKLOG = 4096
# uvicorn waits 3 s for streams to end (listener.py); the rest is for a commit under way.
PATIENCE = 6.0
QUICK_DEATH = 2.0
# glibc gives each of a server's threads a heap of its own and keeps what it frees in all of them (bench/results/soak.md).
FEW_HEAPS = {"MALLOC_ARENA_MAX": "2"}
# What a server writes into its whistle: its number.
WHISTLE = struct.Struct("=i")


@dataclass
class Child:
    """One process that is started again when it ends by itself."""

    words: list[str]
    passed: tuple[int, ...] = ()
    # A server says when it answers; whoever does not is started once all servers have.
    is_server: bool = True
    process: subprocess.Popen | None = None
    started: float = 0.0
    answered: float | None = None
    deaths: int = 0
    not_before: float = 0.0

    def start(self) -> None:
        self.started, self.answered = time.monotonic(), None
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.words],
            env=FEW_HEAPS | os.environ,
            pass_fds=self.passed,
            stdin=subprocess.DEVNULL,
        )

    def died_quickly(self, now: float) -> bool:
        """Whether starting it again at once may be in vain: then it is done ever more slowly."""
        if self.is_server:
            return self.answered is None or now - self.answered < QUICK_DEATH
        return now - self.started < QUICK_DEATH + self.deaths * 10


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

    `whistle` is the reading end of a pipe on which each server writes its number once it answers. The worker waits
    for that: while everything is loaded, people come first.
    """
    wishes: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _: wishes.append(received))
    for child in children:
        child.not_before = 0.0 if child.is_server else math.inf
    ready = 0
    while not wishes:
        for child in children:
            look_after(child)
            if servers > 0 and child.deaths >= 3:
                stop(children)
                return 1
        heard, _, _ = select.select([whistle], [], [], 0.2)
        if heard:
            ready += note_who_answers(children, os.read(whistle, 64 * WHISTLE.size))
            if 0 < servers <= ready:
                when_ready()
                servers = -1
                for child in children:
                    child.not_before = 0.0
    return stop(children)


def note_who_answers(children: list[Child], said: bytes) -> int:
    """How many servers said that they answer."""
    numbers = [number for (number,) in WHISTLE.iter_unpack(said)]
    for child in children:
        if child.process is not None and child.process.pid in numbers:
            child.answered = time.monotonic()
    return len(numbers)


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
        child.deaths = child.deaths + 1 if child.died_quickly(now) else 1
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
