"""The clock on the wall is put right, or wrong, in the middle of a session: nobody is turned out, nothing is lost.

The clock is the whole product's, all of its processes see it jump; what it measures waits with goes on as it was.
"""

import asyncio
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from urllib.parse import urlencode

import pytest

from tests.faults import reckoning
from tests.faults.phones import FORM, Line, Room, find_door, gather
from tests.faults.shims import WallClock, built
from tests.faults.turns import Follower, follow, step

PEOPLE = 8
HOUR, DAY = 3600, 86_400
# By how much it is wrong, one after the other; and what that is called.
JUMPS = {
    "an hour ahead": HOUR,
    "right again, an hour back": 0,
    "an hour behind": -HOUR,
    "right again, an hour on": 0,
    "two days ahead": 2 * DAY,
    "right again, two days back": 0,
    "four hundred days ahead": 400 * DAY,
    "right again": 0,
    "a second behind": -1,
}
RUBRIC, LATER, LOBBY = 10, 12, 0
SLOW = pytest.mark.slow
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(autouse=True)
def on_sqlite(engine) -> None:
    if engine != "sqlite":
        pytest.skip("A clock is a clock on every engine.")


@pytest.fixture
def clock(tmp_path) -> WallClock:
    return WallClock(tmp_path / "clock")


@pytest.fixture
def serve_by(serve, clock, tmp_path) -> Callable:
    """Starts the product by a clock that may be wrong."""
    library = built(tmp_path)
    return lambda: serve(LD_PRELOAD=str(library), SHIM_CLOCK=str(clock.place))


def marked(page: str) -> tuple[list[str], list[str]]:
    """The look-fors and the levels of a rubric."""
    look_fors = list(dict.fromkeys(re.findall(r'data-look-for="([^"]+)"', page)))
    return look_fors, list(dict.fromkeys(re.findall(r'type="radio"[^>]*value="([^"]+)"', page)))[:4]


async def mark_once(room: Room, chance: Random) -> None:
    """Everybody changes one answer, and is told that it is taken."""
    # Never all of them: who has finished is led elsewhere.
    some = room.look_fors[:5]
    answers = await asyncio.gather(
        *(it.post([room.operation(chance, chance.choice(some))]) for it in room.phones)
    )
    assert {it.status for it in answers} == {200}


async def turn_a_step(room: Room, lead: Line, followers: list[Follower], position: int) -> set[str]:
    """Everybody hears that the room goes on, and has its page; which pages these are."""
    lead.close()
    await asyncio.wait_for(step(room, lead, followers, position), 120)
    return {it.address.removeprefix(f"/r/{room.id}/") for it in followers}


async def timed_step(room: Room, lead: Line) -> None:
    """The facilitator gives a step a minute more, stops its clock and lets it run."""
    for path in ("step/longer/", "pause/", "pause/remove/"):
        lead.close()
        body = urlencode({"position": RUBRIC, "minutes": 1}).encode()
        answer = await lead.ask("POST", f"/r/{room.id}/lead/{path}", room.lead, body, FORM)
        assert answer.status == 302, (path, answer.status)


async def hold(product, clock: WallClock, jumps: dict[str, float], tell: Callable[[str], None]) -> list[str]:
    """A room in which everything goes on at each jump; everything that is not as it was promised."""
    chance = Random(11)
    room = await gather(product.port, PEOPLE, script="workshop")
    lead = Line(product.port)
    followers = await follow(room)
    assert await turn_a_step(room, lead, followers, RUBRIC) == {"look-fors/1/"}
    room.look_fors, room.levels = marked((await room.phones[0].get("look-fors/")).text)
    await mark_once(room, chance)
    for name, seconds in jumps.items():
        clock.turn(seconds)
        begun = time.monotonic()
        await mark_once(room, chance)
        await timed_step(room, lead)
        assert await turn_a_step(room, lead, followers, LATER) == {"step/"}
        assert all(it.startswith("look-fors/") for it in await turn_a_step(room, lead, followers, RUBRIC))
        # Long enough for two rounds of the worker, which looks for what is due.
        await asyncio.sleep(11)
        await mark_once(room, chance)
        lead.close()
        await find_door(lead, room.id, room.lead)  # the code on the screen still lets people in
        tell(f"{name}: {time.monotonic() - begun:.0f} s")
    for it in followers:
        it.close()
    lead.close()
    room.close()
    return room.history.faults + reckoning.list_faults(room.history, reckoning.read(product, room.id))


def states(product) -> list[str]:
    """How every room stands."""
    with reckoning.asking(product) as ask:
        return [state for (state,) in ask("SELECT state FROM rooms_room ORDER BY made_at")]


async def leave_idle(product) -> None:
    (await gather(product.port, 2)).close()


@SLOW
def test_a_clock_that_jumps_turns_nobody_out_and_loses_nothing(serve_by, clock, tell):
    product = serve_by()
    # Another room, in which nobody does anything: by a clock that is far ahead it is long idle.
    asyncio.run(leave_idle(product))
    assert asyncio.run(hold(product, clock, JUMPS, tell)) == []
    assert states(product) == ["open", "open"]
    assert "Traceback" not in product.log


@SLOW
@pytest.mark.parametrize("change", ["2027-03-14T08:00", "2027-11-07T07:00"], ids=["spring", "autumn"])
def test_a_session_goes_over_the_change_of_the_clocks(serve_by, clock, tell, change):
    """Chicago's clocks go from two to three, and from two back to one, while everybody is at work."""
    due = datetime.fromisoformat(change).replace(tzinfo=UTC).timestamp()
    clock.turn(due - time.time() - 20)
    product = serve_by()
    wrong = due - time.time() - 8
    assert asyncio.run(hold(product, clock, {"eight seconds before": wrong, "after it": wrong}, tell)) == []
