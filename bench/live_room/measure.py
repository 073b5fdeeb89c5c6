"""One run: open the watchers, send marks on time, and reckon cost and delay of every delivery."""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy

from .tools import OTHER_CORE, cpu_seconds, resident_kilobytes, run, stop, watch_command

NOTE = numpy.dtype([("watcher", "u4"), ("sequence", "u4"), ("at", "f8")])
LAST_WORD = 1.5


class Place(Protocol):
    """Something that can be watched and marked."""

    name: str
    port: int
    process: subprocess.Popen
    clock: Path | None  # a file in which the place keeps the CPU it spent on writing to its watchers

    def requests(self, count: int) -> list[str]: ...
    def mark(self, number: int) -> int | None:
        """Send a mark and wait for the answer; its sequence, where that isn't simply the next."""


@dataclass
class Run:
    name: str
    watchers: int
    rate: float
    marks: int
    deliveries: int  # sockets written to
    cpu: float
    writing: float  # seconds of CPU of that, spent on writing to the watchers
    p50: float  # from the moment a mark should have been sent, ms
    p99: float
    spread99: float  # from the first watcher that has it to each, ms
    answer50: float
    kilobytes: float = 0.0

    def per_write(self) -> float:
        """Microseconds of CPU for writing to one watcher."""
        return self.writing / max(1, self.deliveries) * 1e6

    def per_delivery(self) -> float:
        return self.cpu / max(1, self.deliveries) * 1e6


def measure(place: Place, watchers: int, rate: float, seconds: float) -> Run:
    """Open so many watchers at this place, mark at this rate, and close them again."""
    with tempfile.TemporaryDirectory() as folder:
        requests, notes = Path(folder, "requests"), Path(folder, "notes")
        requests.write_text("".join(f"{line}\n" for line in place.requests(watchers)))
        before = resident_kilobytes(place.process.pid)
        watch = run(
            [*watch_command(), place.port, requests, notes],
            OTHER_CORE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            opened = watch.stdout.readline()
            if opened != f"open {watchers} refused 0\n":
                raise RuntimeError(f"{place.name}: {opened!r} instead of {watchers}")
            time.sleep(3 if watchers < 2_000 else 6)
            kilobytes = (resident_kilobytes(place.process.pid) - before) / watchers
            place.mark(0)
            time.sleep(1)
            tell(watch, "note\n")
            spent, written = cpu_seconds(place.process.pid), clocked(place)
            planned, answered = send(place, rate, round(rate * seconds))
            time.sleep(LAST_WORD)
            spent, written = cpu_seconds(place.process.pid) - spent, clocked(place) - written
            tell(watch, "end\n")
            watch.wait(60)
            noted = numpy.fromfile(notes, NOTE)
        finally:
            stop(watch)
    return reckon(place.name, watchers, rate, noted, planned, answered, spent, written, kilobytes)


def clocked(place: Place) -> float:
    """Seconds on this place's clock; 0 where it has none."""
    return int.from_bytes(place.clock.read_bytes(), sys.byteorder) / 1e9 if place.clock else 0.0


def tell(watch: subprocess.Popen, word: str) -> None:
    watch.stdin.write(word)
    watch.stdin.flush()
    time.sleep(0.1)


def send(place: Place, rate: float, count: int) -> tuple[dict[int, float], list[float]]:
    """Marks at their times: sequence → when it should have been sent; and how long each answer took."""
    start, planned, answered = time.monotonic() + 0.1, {}, []
    previous = None
    for number in range(count):
        due = start + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        sequence = place.mark(number + 1)
        answered.append(time.monotonic() - due)
        if sequence is None:
            sequence = -1 if previous is None else previous + 1
        previous = sequence
        planned[sequence] = due
    return planned, answered


def reckon(name, watchers, rate, noted, planned, answered, spent, written, kilobytes) -> Run:
    if -1 in planned:  # sequences follow each other; the last that was heard is the last that was sent
        last = int(noted["sequence"].max())
        planned = {last - len(planned) + 1 + order: due for order, due in enumerate(planned.values())}
    heard = numpy.unique(noted["sequence"])
    first = {int(one): float(noted["at"][noted["sequence"] == one].min()) for one in heard}
    delays, spreads = [], []
    order = numpy.argsort(noted["sequence"], kind="stable")
    rows = noted[order]
    starts = numpy.searchsorted(rows["sequence"], heard)
    groups = dict(zip(heard.tolist(), numpy.split(rows["at"], starts[1:]), strict=True))
    for at in groups.values():
        spreads.append(at - at.min())
    for sequence, due in planned.items():
        after = heard[heard >= sequence]
        if len(after):
            delays.append(groups[int(after[0])] - due)
    delays, spreads = numpy.concatenate(delays) * 1e3, numpy.concatenate(spreads) * 1e3
    del first
    return Run(
        name, watchers, rate, len(planned), len(noted), spent, written,
        float(numpy.percentile(delays, 50)), float(numpy.percentile(delays, 99)),
        float(numpy.percentile(spreads, 99)), float(numpy.median(answered) * 1e3), kilobytes,
    )  # fmt: skip
