"""How long after the facilitator's press every phone in the room has the next step's page.

python -m bench.step_change [phones] [rounds]: starts the product with one server process, lets so many phones follow
a script over real sockets, and prints the median, the 99th percentile and the last for each round and for all: once
with streams, once by asking every two seconds or so. What counts is what a person waits for: from the press to the
whole page, the moment that spreads the phones included.
"""

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

from tests.faults.phones import Line, Room, gather
from tests.faults.turns import Asker, Follower, follow, step
from tests.served import Served

# Two steps of the workshop that everybody sees as a page of its own.
THERE, BACK = 1, 0
NAMES = {Follower: "streaming", Asker: "asking"}


def told(name: str, taken: list[float]) -> str:
    """One line of what was measured, in milliseconds."""
    ordered = sorted(taken)
    last_but = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    median = statistics.median(ordered)
    return f"{name}: median {median * 1000:.0f} ms, p99 {last_but * 1000:.0f} ms, last {ordered[-1] * 1000:.0f} ms"


async def measure(room: Room, how: type[Follower], rounds: int) -> None:
    lead = Line(room.phones[0].line.port)
    followers = await follow(room, how)
    everything: list[float] = []
    for number in range(rounds):
        taken = await step(room, lead, followers, BACK if number % 2 else THERE)
        everything += taken
        print(told(f"round {number + 1}", taken), flush=True)
        await asyncio.sleep(0.5)
    print(told(f"{NAMES[how]}: all {rounds} rounds, {len(followers)} phones", everything))
    for it in followers:
        it.close()
    lead.close()


async def measure_both(port: int, phones: int, rounds: int) -> None:
    room = await gather(port, phones, script="workshop")
    for how in (Follower, Asker):
        await measure(room, how, rounds)
    room.close()


def main() -> None:
    phones = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    rounds += rounds % 2  # who asks begins where the streams began
    product = Served(data=Path(tempfile.mkdtemp())).start()
    try:
        asyncio.run(measure_both(product.port, phones, rounds))
    finally:
        product.stop()


if __name__ == "__main__":
    main()
