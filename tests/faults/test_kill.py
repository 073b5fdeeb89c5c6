"""The server is cut down in the middle of writing: what was acknowledged is there, and the rest arrives once."""

import asyncio
import os
import signal
import time
from random import Random

import psutil
import pytest

from tests.faults import reckoning
from tests.faults.phones import gather

PATIENCE = 60
PEOPLE = 30
pytestmark = pytest.mark.timeout(7200)


@pytest.fixture
def on_sqlite(engine) -> None:
    if engine != "sqlite":
        pytest.skip("PostgreSQL's own crash safety is not ours to test; its test server runs without fsync.")


def servers(product) -> list[psutil.Process]:
    family = psutil.Process(product.process.pid).children(recursive=True)
    return [child for child in family if "hubcraft.cli.listener" in child.cmdline()]


async def cut_down_while_writing(product, seed: int, strike) -> None:
    """Thirty phones deliver; after a seeded moment `strike` hits; all must have arrived once when it is over."""
    print(f"seed {seed}")
    chance = Random(seed)
    room = await gather(product.port, PEOPLE)
    await room.open_lines()
    until = time.monotonic() + PATIENCE
    rounds = [[room.operation(chance, it) for it in room.look_fors] for _ in room.phones]

    async def phone_rates(phone, operations, own):
        while operations:
            some, operations = operations[:1], operations[1:]
            room.history.note(phone.seat, some)
            await phone.deliver(some, own, until=until)

    rating = [
        asyncio.create_task(phone_rates(phone, operations, Random(chance.random())))
        for phone, operations in zip(room.phones, rounds, strict=True)
    ]
    await asyncio.sleep(chance.uniform(0.05, 0.9))
    before = set(room.history.acknowledged)
    await asyncio.to_thread(strike)
    found = reckoning.read(product, room.id)
    assert found.health == "ok"
    assert before - {one for one, *_ in found.changes} == set()
    await asyncio.gather(*rating)
    room.close()
    assert len(room.history.acknowledged) == PEOPLE * 11, "some never arrived"
    assert reckoning.list_faults(room.history, reckoning.read(product, room.id)) == []


@pytest.mark.usefixtures("on_sqlite")
def test_the_server_process_is_killed_while_commits_are_under_way(served, seeds):
    def strike():
        for server in servers(served):
            os.kill(server.pid, signal.SIGKILL)

    for seed in seeds[: max(1, len(seeds) // 2)]:
        asyncio.run(cut_down_while_writing(served, seed, strike))


@pytest.mark.usefixtures("on_sqlite")
def test_everything_is_killed_as_by_a_power_cut_and_started_again(served, seeds):
    def strike():
        everybody = psutil.Process(served.process.pid).children(recursive=True)
        served.kill()
        for child in everybody:
            if child.is_running():
                child.kill()
        psutil.wait_procs(everybody, 5)
        served.start()

    for seed in seeds[len(seeds) // 2 :]:
        asyncio.run(cut_down_while_writing(served, seed, strike))
