"""Leading a whole workshop by keyboard alone: every stop can be seen, and axe finds nothing, on any step or screen."""

import re

from playwright.sync_api import Page, expect

from tests.browsers import LAPTOP, PROJECTOR, axe
from tests.journeys.people import Room
from tests.journeys.states import RIVERBEND, place_all, projector_path, sit_all
from tests.journeys.test_keyboard import IS_SEEN, NAME, press, tab_to

SOON = 6_000
TEAM = "Riverbend hub"
STOP = f"""() => {{
    const one = document.activeElement, place = one.getBoundingClientRect();
    if (one === document.body) return null;
    const where = [one.tagName, one.id, Math.round(place.x), Math.round(place.y + scrollY)].join(" ");
    return {{where, name: ({NAME})(), isSeen: ({IS_SEEN})()}};
}}"""


def lap(page: Page) -> None:
    """Once around with the Tab key: whatever has the focus shows it."""
    stops: set[str] = set()
    for _press in range(250):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            continue
        if stop["where"] in stops:
            return
        # A part of the page that is drawn anew at this moment gives the focus back in the next.
        for _look in range(40):
            if stop["isSeen"]:
                break
            page.wait_for_timeout(50)
            stop = page.evaluate(STOP) or stop
        assert stop["isSeen"], f"The focus can't be seen on {stop}"
        stops.add(stop["where"])
    raise AssertionError("The Tab key never comes back")


def look_over(lead: Page, wall: Page, title: str) -> list[str]:
    """What is wrong with the two pages at a step."""
    lap(lead)
    wall.bring_to_front()
    wall.keyboard.press("Tab")
    if wall.evaluate(STOP) is not None:
        lap(wall)
    faults = [f"projector: {it}" for it in axe(wall)] + [f"facilitator: {it}" for it in axe(lead)]
    lead.bring_to_front()
    return [f"{title}: {it}" for it in faults]


def test_every_step_is_led_by_keyboard_and_readable_by_everyone(start, person):
    room: Room = start(script="workshop", teams=[TEAM])
    lines = {it: RIVERBEND[it] for it in ("AM", "BO")}
    people = sit_all(person, room, lines, TEAM)
    lead = room.lead.visit(f"{room.base}lead/")
    wall_person = person(viewport=PROJECTOR)
    wall = wall_person.visit(projector_path(room))
    faults = look_over(lead, wall, "Lobby")
    tab_to(lead, "^Let everyone begin")
    lead.keyboard.press("Enter")
    titles = lead.locator(".lead-step-title")
    expect(titles.first).to_be_visible(timeout=SOON)
    steps = titles.evaluate_all("all => all.map(one => one.lastChild.textContent.trim())")
    for number, title in enumerate(steps):
        expect(lead.locator(".lead-title")).to_have_text(title, timeout=SOON)
        if title == "Place your initials":
            place_all(room, people, lines)
        question = lead.locator(".lead-title").evaluate(
            "title => (document.querySelector('.lead-shown-question') ?? title).textContent"
        )
        expect(wall.locator("h1")).to_have_text(question, timeout=SOON)
        faults += look_over(lead, wall, title)
        if title == "Place your initials":
            press(lead, "^Ready: open its board")
            expect(lead.get_by_role("button", name="Ready: open its board")).to_have_count(0, timeout=SOON)
        if "hear from you" in title.lower():
            tab_to(lead, "What somebody says")
            lead.keyboard.type("Norms first.")
            tab_to(lead, "They agree")
            lead.keyboard.press("Space")
            with lead.expect_navigation():
                press(lead, "^Write it down")
            expect(wall.get_by_text("Norms first.")).to_be_visible(timeout=SOON)
            faults += look_over(lead, wall, f"{title}, heard")
        if number + 1 < len(steps):
            press(lead, "^Next: ")
    assert faults == [], "\n".join(faults)
    assert (room.lead.faults, wall_person.faults) == ([], [])


def test_handing_over_by_keyboard(start, person):
    room: Room = start(script="workshop", teams=[TEAM])
    room.begin()
    ada = room.lead.visit(f"{room.base}lead/facilitators/")
    tab_to(ada, "^Who are you")
    ada.keyboard.type("Ada")
    press(ada, "^That’s me")
    press(ada, "^Make a link for one more facilitator")
    link = ada.get_by_label("Their link").input_value()
    assert axe(ada) == []

    second = person(viewport=LAPTOP)
    bea = second.visit(link.replace(link.split("/r/")[0], second.address))
    tab_to(bea, "name|Who are you")
    bea.keyboard.type("Bea")
    assert axe(bea) == []
    bea.keyboard.press("Enter")
    expect(bea).to_have_url(re.compile("/lead/$"))

    press(ada, "^Back to who leads")
    tab_to(ada, "Bea")
    ada.keyboard.press("Enter")
    press(ada, "^Hand over to Bea")
    assert axe(ada) == []
    press(ada, "^Yes, Bea leads now")
    expect(ada.get_by_role("heading", name="Bea leads now")).to_be_visible()
    press(bea, "^Next: ")
    expect(bea.locator(".lead-title")).not_to_have_text("Say hello", timeout=SOON)
    assert (room.lead.faults, second.faults) == ([], [])
