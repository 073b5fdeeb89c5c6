"""A hub adapts a framework and reflects with it: its leader by keyboard, the others on their phones."""

import re

from playwright.sync_api import expect

from tests import browsers
from tests.journeys.people import room_of
from tests.journeys.test_keyboard import leader_of_a_hub, press, tab_to

OURS = "We keep our word, all of us."


def test_a_hub_adapts_a_framework_and_reflects_with_it(person, product):
    rosa = leader_of_a_hub(person, product)
    hub = re.search(r"/n/\w+/teams/\w+/", rosa.read("/home/"))[0]
    page = rosa.visit(hub)
    press(page, "Your own framework")
    tab_to(page, "What you call it")
    page.keyboard.type("Our valley’s way")
    press(page, "Take it over")
    expect(page.get_by_role("heading", level=1)).to_have_text("Our valley’s way")
    assert browsers.axe(page) == []
    press(page, "Developing and Sustaining")
    press(page, "Other words ?: Identify members")
    tab_to(page, "English")
    page.keyboard.press("Control+A")
    page.keyboard.type(OURS)
    press(page, "Keep these words")
    expect(page.get_by_text("Your hub’s words", exact=True)).to_be_visible()
    assert browsers.axe(page) == []
    page.goto(f"{hub}own-framework/publish/")
    press(page, "Make the version")
    press(page, "Start a session with it")
    tab_to(page, "Teams, one a line")
    page.keyboard.type("Riverbend hub")
    press(page, "Start the room")
    expect(page).to_have_url(re.compile("/lead/"))
    room = room_of(rosa, product, page.url.split("/")[4])
    one = room.sit(person(), "KM", "Riverbend hub")
    room.begin()
    room.lead.send(f"{room.base}lead/step/", position="10")
    assert OURS in one.read(f"{room.base}look-fors/")
    assert rosa.faults == []
