"""Before a reveal nothing that reaches any device depends on what somebody else chose.

Not one word is looked for: everybody opens every address there is, somebody answers otherwise, and everybody opens
everything again. Whatever differs for anybody but that person has told something.
"""

import re

import pytest
from django.db import transaction

from hubcraft.apps.reflections.models import Wish
from hubcraft.live.source import served
from tests.access.addresses import STREAMS, Visit, routes
from tests.cast import Convening, convening, wish
from tests.make import NORTH_SHORE

pytestmark = pytest.mark.django_db
# A form's own number, and when the page was drawn, which sets its clock.
OF_EACH_PAGE = re.compile(rb'name="once" value="[0-9a-f]{32}"|data-now="[0-9]+"')
OTHERWISE = {"Ben": "12?41-23421", "Finn": "44444444444"}


# One or two of each kind; the others see what these see.
WALKERS = ("Ada", "projector", "Ben", "Cleo", "Ivo", "Finn", "Gale", "Lea", "Dot")


def everything(hall: Convening, visit: Visit) -> dict[tuple[str, str], list]:
    """What every address answers to everybody, and what every audience's stream would draw."""
    seen: dict[tuple[str, str], list] = {}
    addresses = [visit.address(name) for name, it in routes().items() if "GET" in it.callback.methods]
    addresses = [it for it in addresses if it.startswith(f"/r/{hall.id}/")]
    pages = ("lobby", "team", "board", "late", "lead", "projector", "look-fors")
    addresses += [f"/r/{hall.id}/{page}/?part=live" for page in pages]
    addresses += [f"/r/{hall.id}/lead/teams/{hall.team(NORTH_SHORE)}/", f"/r/{hall.id}/lead/teams/alone/"]
    for who in WALKERS:
        if who not in visit.devices:
            continue
        device = visit.devices[who]
        for address in addresses:
            response = device.client.get(address)
            page = OF_EACH_PAGE.sub(b"", response.content)
            told = [response.status_code, response.get("Location"), response.get("ETag"), page]
            seen[who, address] = told
        for path in STREAMS.values():
            admission = served().admit(path.replace("<room_id>", hall.id), device.cookies, {})
            if admission:
                seen[who, path] = [admission, served().render(hall.id, admission.audience, None)]
    seen["everybody", "sequence"] = [hall.room.sequence, hall.room.epoch]
    return seen


def differences(before: dict, after: dict, besides: str) -> list[tuple[str, str]]:
    return [it for it in before if before[it] != after[it] and it[0] != besides]


@pytest.mark.parametrize("room", [{}, {"rung": "anonymous"}, {"wishes": ("Cleo",)}])
def test_what_somebody_answers_reaches_nobody_else(room):
    hall = convening("rating", **room)
    visit = Visit(hall)
    before = everything(hall, visit)
    for who, line in OTHERWISE.items():
        with transaction.atomic():
            taken = hall.people[who].fill(line).place
            assert taken.finish.answered == 11
            assert differences(before, everything(hall, visit), besides=who) == []
            transaction.set_rollback(True)


def test_a_wish_reaches_nobody():
    hall = convening("rating")
    visit = Visit(hall)
    before = everything(hall, visit)
    wish(hall.ben)
    assert Wish.everywhere.count() == 1
    assert differences(before, everything(hall, visit), besides="Ben") == []


NUMBER = re.compile(rb'data-sequence="[0-9]+"')


def without_numbers(seen: dict) -> dict:
    """Without the room's number, which says only that something happened somewhere."""
    return {
        key: [NUMBER.sub(b"", it) if isinstance(it, bytes) else it for it in told]
        if key[1].endswith("stream/")
        else [told[0], told[1], NUMBER.sub(b"", told[3])]
        for key, told in seen.items()
        if key[0] != "everybody"
    }


def test_the_walk_finds_what_an_open_board_shows_and_only_its_team_sees_it():
    hall = convening("revealed")
    visit = Visit(hall)
    before = without_numbers(everything(hall, visit))
    hall.ben.fill(OTHERWISE["Ben"], phase="after")
    seen = differences(before, without_numbers(everything(hall, visit)), besides="Ben")
    base = f"/r/{hall.id}/"
    assert seen == [
        ("Cleo", f"{base}board/"),
        ("Cleo", f"{base}team-page/file.docx"),
        ("Cleo", f"{base}team-page/charts/"),
        ("Cleo", f"{base}team-page/charts/agreement.csv"),
        ("Cleo", f"{base}board/?part=live"),
        ("Cleo", f"{base}look-fors/?part=live"),
        ("Cleo", STREAMS["stream"]),
    ]
