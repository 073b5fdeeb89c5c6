"""All six domains at a glance, by keyboard: started, rated a row a practice, opened, and read."""

import re

import pytest

from tests import browsers
from tests.journeys.people import room_of
from tests.journeys.printed import TOO_WIDE
from tests.journeys.test_keyboard import NAME, press, tab_to


def complaints(page) -> list[str]:
    """What axe says of a page on a phone and on a wide dark screen, and whether it scrolls sideways."""
    found = []
    for scheme, width in (("light", 320), ("dark", 1280)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{page.url} {width}: {it}" for it in browsers.axe(page)]
        found += [f"{page.url} {width}: scrolls sideways"] if page.evaluate(TOO_WIDE) else []
    return found


@pytest.mark.timeout(300)
def test_a_team_looks_at_all_of_its_work_at_once(person, product):
    lead = person(viewport={"width": 1280, "height": 900})
    page = lead.visit("/start/")
    # What is quiet is there all the same: one practice of a domain.
    press(page, "^Only one practice of it")
    assert page.locator("details.choice-parts[open] .choice").count() > 3
    found = complaints(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    tab_to(page, "Hub leadership: one domain")
    while not page.evaluate(NAME).startswith("All six at a glance"):
        page.keyboard.press("ArrowDown")
    tab_to(page, "Teams, one a line")
    page.keyboard.type("Riverbend hub")
    press(page, "^Start the room")
    page.wait_for_url("**/lead/")
    room = room_of(lead, product, re.search(r"/r/(\w+)/", page.url).group(1))

    people = [room.sit(person(), initials, "Riverbend hub") for initials in ("KM", "BO", "AL")]
    room.begin()
    room.lead.send(f"{room.base}lead/step/", position="1")
    mine = people[0].visit(f"{room.base}look-fors/1/")
    # The first is the authors' own: nothing is said of drafts below it.
    assert mine.locator("fieldset:visible .draft-mark").count() == 0
    assert not mine.locator(".library-whose").is_visible()
    tab_to(mine, "really need")
    mine.keyboard.press("ArrowDown")
    mine.locator("[data-status][data-state=saved]").wait_for()
    every = people[0].visit(f"{room.base}look-fors/")
    rows = every.locator("fieldset.look-for").count()
    domains = every.locator(".poster-practice").count()
    assert (rows > 20, domains) == (True, 6)
    # Some practices are named by the authors, some by us, and these say so.
    assert every.locator(".library-whose").is_visible()
    assert 0 < every.locator("fieldset .draft-mark").count() < rows
    found += complaints(every)

    for at, one in enumerate(people):
        room.place(one, "".join(str((at + number) % 4 + 1) for number in range(rows)))
    room.open_board(people[0])
    board = people[0].visit(f"{room.base}board/")
    assert board.locator(".board-row").count() == rows
    found += complaints(board)
    assert found == [], "\n".join(found)
    assert (lead.faults, people[0].faults) == ([], [])
