"""Many phones at the same moment: nothing lost, nothing doubled, nobody refused."""

import asyncio
import time
from random import Random

import pytest

from tests.faults import reckoning
from tests.faults.phones import Operation, Phone, gather

PROCESSES = [pytest.param(1, id="one process"), pytest.param(2, id="two processes")]
pytestmark = pytest.mark.timeout(900)


def run(product, people: int, play, seed: int = 1, **more) -> list[str]:
    """Let so many people play, and list everything that is not as it was promised."""
    print(f"seed {seed}")

    async def story() -> list[str]:
        room = await gather(product.port, people, **more)
        await room.open_lines()
        try:
            await play(room, Random(seed))
        finally:
            room.close()
        return room.history.faults + reckoning.list_faults(room.history, reckoning.read(product, room.id))

    return asyncio.run(story())


def torn(chance: Random, operations: list[Operation]) -> list[Operation]:
    """As a poor network delivers them: each once to three times, in any order."""
    sent = [it for it in operations for _ in range(chance.randint(1, 3))]
    chance.shuffle(sent)
    return sent


@pytest.mark.parametrize("processes", PROCESSES)
def test_thirty_people_mark_in_the_same_instant(serve, processes):
    async def play(room, chance):
        for look_for in room.look_fors[:3]:
            marks = [(phone, room.operation(chance, look_for)) for phone in room.phones]
            await asyncio.gather(*(phone.post([mark]) for phone, mark in marks))

    assert run(serve(workers=processes), 30, play, team_of=30) == []


def test_a_crowd_rates_for_a_minute(served, crowd):
    lasting = 60 if crowd > 100 else 5

    async def rate(phone: Phone, operations: list[Operation], chance: Random) -> None:
        begun = time.monotonic()
        for moment, operation in zip(
            sorted(chance.uniform(0, lasting) for _ in operations), operations, strict=True
        ):
            await asyncio.sleep(max(0, begun + moment - time.monotonic()))
            await phone.post([operation])

    async def play(room, chance):
        lines = [(phone, room.answers(chance), Random(chance.random())) for phone in room.phones]
        await asyncio.gather(*(rate(*line) for line in lines))

    assert run(served, crowd, play) == []


@pytest.mark.parametrize("processes", PROCESSES)
def test_offline_phones_come_back_at_once(serve, crowd, processes):
    async def play(room, chance):
        queues = [(phone, torn(chance, room.answers(chance))) for phone in room.phones]
        await asyncio.gather(*(phone.post(queue) for phone, queue in queues))

    assert run(serve(workers=processes), crowd, play) == []


def test_offline_phones_come_back_mark_by_mark_on_several_lines(serve, crowd):
    async def play(room, chance):
        posts = []
        for phone in room.phones:
            operations = torn(chance, room.answers(chance))
            lines = [phone, *(Phone(type(phone.line)(room.port), *twin(phone)) for _ in range(2))]
            posts.append(
                asyncio.gather(*(one_by_one(line, operations[at::3]) for at, line in enumerate(lines)))
            )
        await asyncio.gather(*posts)

    def twin(phone: Phone):
        return phone.room, phone.cookies, phone.seat, phone.history

    async def one_by_one(phone: Phone, operations: list[Operation]) -> None:
        for operation in operations:
            await phone.post([operation])
        phone.line.close()

    assert run(serve(workers=2), crowd // 2, play) == []
