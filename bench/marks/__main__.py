"""`python -m bench.marks [people] [seconds]`: measure, and write bench/marks.md."""

import asyncio
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.live_room.tools import cpu_seconds
from tests.faults import reckoning
from tests.faults.phones import Room, gather
from tests.served import Served

HERE = Path(__file__).resolve()
ROUNDS = 3
CLOSED_LOOP, LASTING = 40, 10.0
BARE_LOOP = 2_000_000


@dataclass(frozen=True)
class Run:
    """One measured round."""

    posts: int
    seconds: float
    p50: float
    p99: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.posts / self.seconds


async def measured(room: Room, product: Served, play: Callable[[], Awaitable]) -> Run:
    room.history.waits.clear()
    spent, begun = cpu_seconds(product.process.pid), time.monotonic()
    await play()
    seconds = time.monotonic() - begun
    posts = len(room.history.waits)
    cpu = (cpu_seconds(product.process.pid) - spent) / posts * 1000
    return Run(posts, seconds, room.history.percentile(0.5), room.history.percentile(0.99), cpu)


async def back_at_once(room: Room, chance: Random) -> None:
    """Every phone sends its eleven marks in one POST, all in the same instant."""
    queues = [(phone, room.answers(chance)) for phone in room.phones]
    await asyncio.gather(*(phone.post(queue) for phone, queue in queues))


async def back_one_by_one(room: Room, chance: Random) -> None:
    """The same, as eleven POSTs one after the other."""

    async def send(phone, queue) -> None:
        for operation in queue:
            await phone.post([operation])

    await asyncio.gather(*(send(phone, room.answers(chance)) for phone in room.phones))


async def crowd(room: Room, chance: Random, lasting: float) -> None:
    """Everybody rates at their own pace; a POST is timed from the moment it was due."""

    async def rate(phone, operations, moments) -> None:
        for operation, moment in zip(operations, moments, strict=True):
            await asyncio.sleep(max(0.0, begun + moment - time.monotonic()))
            answer = await phone.post([operation])
            room.history.waits[-1] = time.monotonic() - begun - moment if answer.status == 200 else lasting

    begun = time.monotonic()
    await asyncio.gather(
        *(
            rate(phone, room.answers(chance), sorted(chance.uniform(0, lasting) for _ in room.look_fors))
            for phone in room.phones
        )
    )


async def closed_loop(room: Room, chance: Random) -> None:
    """Forty phones send single marks, each as soon as the last is acknowledged."""
    until = time.monotonic() + LASTING

    async def send(phone) -> None:
        while time.monotonic() < until:
            await phone.post([room.operation(chance, chance.choice(room.look_fors))])

    await asyncio.gather(*(send(phone) for phone in room.phones[:CLOSED_LOOP]))


def machine_speed() -> float:
    """Milliseconds for a million turns of a bare loop: what Python gets of this machine at this moment."""
    begun = time.perf_counter()
    sum(range(BARE_LOOP))
    return (time.perf_counter() - begun) * 1000 / (BARE_LOOP / 1_000_000)


async def measure(people: int, lasting: float) -> str:
    chance = Random(1)
    with tempfile.TemporaryDirectory(prefix="bench-marks-") as place:
        durable = Served(data=Path(place, "full")).start()
        unsynced = Served(data=Path(place, "off"), more={"HUBCRAFT_SYNCHRONOUS": "OFF"}).start()
        try:
            room = await gather(durable.port, people)
            other = await gather(unsynced.port, CLOSED_LOOP)
            await room.open_lines()
            load, speed = os.getloadavg()[0], [machine_speed()]
            once, full, off = [], [], []
            for _ in range(ROUNDS):
                once.append(await measured(room, durable, lambda: back_at_once(room, chance)))
                full.append(await measured(room, durable, lambda: closed_loop(room, chance)))
                off.append(await measured(other, unsynced, lambda: closed_loop(other, chance)))
                speed.append(machine_speed())
            spread = [await measured(room, durable, lambda: crowd(room, chance, lasting))]
            single = [await measured(room, durable, lambda: back_one_by_one(room, chance))]
            faults = room.history.faults + reckoning.list_faults(
                room.history, reckoning.read(durable, room.id)
            )
        finally:
            durable.kill()
            unsynced.kill()
    rows = [
        row(f"{people} phones come back, 11 marks in one POST", once),
        row(f"{people} phones come back, 11 POSTs each (one run)", single),
        row(f"{people} people × 11 marks in {lasting:.0f} s (one run)", spread),
        row(f"{CLOSED_LOOP} phones, single marks, closed loop, FULL", full),
        row("the same without sync (HUBCRAFT_SYNCHRONOUS=OFF)", off),
    ]
    share = statistics.median(one.rate / bare.rate for one, bare in zip(full, off, strict=True))
    return PAGE.format(
        rows="\n".join(rows),
        share=f"{share:.0%}",
        faults="none" if not faults else "; ".join(faults[:5]),
        rounds=ROUNDS,
        python=platform.python_version(),
        cores=os.cpu_count(),
        load=f"{load:.1f}",
        speed=f"{min(speed):.0f}-{max(speed):.0f}",
    )


def row(name: str, runs: list[Run]) -> str:
    def middle(value: Callable[[Run], float]) -> float:
        return statistics.median(map(value, runs))

    times = f"{middle(lambda it: it.p50):.2f} | {middle(lambda it: it.p99):.2f}"
    return f"| {name} | {middle(lambda it: it.rate):.0f} | {times} | {middle(lambda it: it.cpu):.1f} |"


PAGE = """# What a mark costs until it is on the disk

`python -m bench.marks` writes this page (arguments: people, seconds of the crowd). Phones speak real HTTP over kept-open
connections to one `hubcraft serve` on SQLite; every answer is believed only with its operations in it, and afterwards
the file is compared with what the phones were told. Medians of {rounds} interleaved rounds.

| what | POSTs/s | p50 s | p99 s | server CPU ms a POST |
| --- | --- | --- | --- | --- |
{rows}

Throughput with sync against without, median of the pairs: **{share}** (judged: 85 % or more).
Lost, doubled or refused: {faults}.

Conditions: Python {python}, {cores} cores shared with the phones themselves and with whatever else ran; load {load} at the
start; a million turns of a bare loop took {speed} ms meanwhile.
"""


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    lasting = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    page = asyncio.run(measure(people, lasting))
    HERE.parents[1].joinpath("marks.md").write_text(page)
    print(page)


if __name__ == "__main__":
    main()
