"""The server is cut down in the middle of writing: what was acknowledged is there, and the rest arrives once."""

import asyncio
import os
import signal
import time
import warnings
from random import Random

import psutil
import pytest

from tests.faults import reckoning
from tests.faults.conftest import SOAK
from tests.faults.phones import Room, gather

# On a busy machine a start takes long, and so does everything after it.
PATIENCE = 300 if SOAK else 60
PEOPLE = 30
EACH = 10
SAID_EACH = 5
pytestmark = pytest.mark.timeout(7200)


@pytest.fixture
def on_sqlite(engine) -> None:
    if engine != "sqlite":
        pytest.skip("PostgreSQL's own crash safety is not ours to test; its test server runs without fsync.")


def servers(product) -> list[psutil.Process]:
    family = psutil.Process(product.process.pid).children(recursive=True)
    return [child for child in family if "hubcraft.cli.listener" in child.cmdline()]


async def cut_down_while_writing(product, room: Room, seed: int, strike) -> None:
    """Thirty phones deliver; after a seeded moment `strike` hits; all must have arrived once when it is over."""
    chance = Random(seed)
    until = time.monotonic() + PATIENCE
    arrived = len(room.history.acknowledged)

    async def phone_rates(phone, operations, own):
        for operation in operations:
            room.history.note(phone.seat, [operation])
            await phone.deliver([operation], own, until=until)

    rating = [
        asyncio.create_task(phone_rates(phone, room.answers(chance), Random(chance.random())))
        for phone in room.phones
    ]
    await asyncio.sleep(chance.uniform(0.05, 0.9))
    before = set(room.history.acknowledged)
    await asyncio.to_thread(strike)
    found = reckoning.read(product, room.id)
    assert found.health == "ok"
    assert before - {one for one, *_ in found.changes} == set()
    await asyncio.gather(*rating)
    assert len(room.history.acknowledged) - arrived == PEOPLE * 11, f"some never arrived, seed {seed}"
    assert reckoning.list_faults(room.history, reckoning.read(product, room.id)) == [], f"seed {seed}"


async def hold_out(product, seeds: list[int], strike, budget: float, tell) -> None:
    """One kill a seed, as many as there is time for; says how far it is, and what was left out."""
    begun, room = time.monotonic(), None
    for done, seed in enumerate(seeds):
        taken = time.monotonic() - begun
        if taken > budget:
            left_out = (
                f"{done} of {len(seeds)} kills survived, the rest left out: {budget / 60:g} minutes were over"
            )
            tell(left_out)
            warnings.warn(pytest.PytestWarning(left_out), stacklevel=2)
            break
        if done % EACH == 0:
            if room is not None:
                room.close()
            # A room of its own now and then: reckoning looks through all of it after each kill.
            room = await gather(product.port, PEOPLE)
        await cut_down_while_writing(product, room, seed, strike)
        if (done + 1) % SAID_EACH == 0:
            each = (time.monotonic() - begun) / (done + 1)
            tell(f"{done + 1} of {len(seeds)} kills survived, {each:.1f} s each")
    else:
        tell(f"All {len(seeds)} kills survived in {(time.monotonic() - begun) / 60:.1f} minutes")
    room.close()


@pytest.mark.usefixtures("on_sqlite")
def test_the_server_process_is_killed_while_commits_are_under_way(served, seeds, budget, tell):
    def strike():
        for server in servers(served):
            os.kill(server.pid, signal.SIGKILL)

    half = seeds[: max(1, len(seeds) // 2)]
    asyncio.run(hold_out(served, half, strike, budget, tell))


@pytest.mark.usefixtures("on_sqlite")
def test_everything_is_killed_as_by_a_power_cut_and_started_again(served, seeds, budget, tell):
    def strike():
        everybody = psutil.Process(served.process.pid).children(recursive=True)
        served.kill()
        for child in everybody:
            if child.is_running():
                child.kill()
        psutil.wait_procs(everybody, 5)
        served.start()

    half = seeds[len(seeds) // 2 :]
    asyncio.run(hold_out(served, half, strike, budget, tell))
