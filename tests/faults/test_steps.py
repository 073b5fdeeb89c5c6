"""A room goes on: every phone that is open is told, and every one of them can fetch where the room is."""

import asyncio
import re

import pytest

from tests.faults.phones import Line, gather
from tests.faults.turns import follow, step

pytestmark = pytest.mark.timeout(300)
PEOPLE = 40
WORKSHOP_RUBRIC = 10


def question(page: str) -> str:
    return re.search(r"<h1[^>]*>([^<]+)</h1>", page).group(1)


@pytest.mark.parametrize("processes", [1, 2])
def test_forty_phones_follow_from_step_to_step(serve, processes):
    product = serve(workers=processes)

    async def story():
        room = await gather(product.port, PEOPLE, script="workshop")
        lead = Line(product.port)
        followers = await follow(room)
        seen = []
        for position in (1, 2, WORKSHOP_RUBRIC, WORKSHOP_RUBRIC + 2, 0):
            await asyncio.wait_for(step(room, lead, followers, position), 60)
            seen.append({(it.address.removeprefix(f"/r/{room.id}/"), question(it.page)) for it in followers})
        for it in followers:
            it.close()
        lead.close()
        room.close()
        return seen

    pages = asyncio.run(story())
    assert [len(it) for it in pages] == [1, 1, 1, 1, 1], "everybody sees the same step"
    assert [address for [(address, _question)] in pages] == [
        "step/",
        "step/",
        "look-fors/1/",
        "step/",
        "step/",
    ]
    assert len({question for [(_address, question)] in pages}) == 5
