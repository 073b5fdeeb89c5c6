"""What a team has on paper is typed in by keyboard alone, comes back when something is wrong, and stands on the board."""

import re

from tests import browsers
from tests.journeys.test_keyboard import IS_SEEN, NAME, press, tab_to


def go(page, *keys: str) -> str:
    """Press keys one after the other; the focus is always to be seen. Says where it is then."""
    for key in keys:
        page.keyboard.press(key)
        assert page.evaluate(IS_SEEN), f"The focus can't be seen after {key}"
    return page.evaluate("document.activeElement.id || document.activeElement.textContent")


def open_paper(room):
    """The facilitator finds the table from the page of what can be printed."""
    page = room.lead.visit(f"{room.base}lead/paper/")
    press(page, "^Riverbend hub")
    page.wait_for_url(re.compile(r"/teams/\w+/paper/$"))
    return page


def send(page) -> None:
    """Enter goes down the lines to the button, and presses it."""
    for _line in range(12):
        if go(page, "Enter") == "Put it on the board":
            page.keyboard.press("Enter")
            return
    raise AssertionError("Enter doesn't lead to the button")


def test_initials_by_keyboard(person, start):
    room = start(teams=["Riverbend hub"])
    room.begin()
    ben = room.sit(person(), "BE", "Riverbend hub")
    room.place(ben, "44444444444")
    page = open_paper(room)
    assert page.locator("textarea").first.input_value() == ""
    tab_to(page, "^Look-for 1, really need to")
    page.keyboard.type("KM")
    # Through the word first, then to the next box; back again the same way.
    assert go(page, "ArrowRight").startswith("box-1-")
    assert "could get better" in page.evaluate(NAME)
    page.keyboard.type("BO TL")
    assert page.locator("[data-line] [data-sum]").first.inner_text() == "3"
    assert go(page, "Enter").startswith("box-2-")
    page.keyboard.type("KM KATHY")
    go(page, "ArrowUp", "ArrowDown", "ArrowDown")
    assert page.evaluate(NAME).startswith("Look-for 3, really need to")
    send(page)
    page.get_by_text("One thing before you go on").wait_for()
    assert page.evaluate("document.activeElement.matches('[data-focus]')")
    press(page, "“KATHY” is more than four letters")
    assert "Look-for 2" in page.evaluate(NAME)
    assert page.locator("textarea").nth(1).input_value() == "BO TL"
    assert browsers.axe(page) == []
    go(page, "ControlOrMeta+a")
    page.keyboard.type("KM")
    send(page)
    page.get_by_text("3 people typed in from paper").wait_for()
    assert browsers.axe(page) == []

    room.open_board_as_lead("Riverbend hub")
    mine = ben.visit(f"{room.base}board/")
    first = mine.locator(".board-row", has_text="Identify members")
    assert first.locator(".chip", has_text="from paper").count() == 3
    assert browsers.axe(mine) == []
    assert (room.lead.faults, ben.faults) == ([], [])


def test_counts_by_arrows_and_digits(start):
    room = start(teams=["Riverbend hub"], rung="anonymous")
    room.begin()
    page = open_paper(room)
    tab_to(page, "^Look-for 1, really need to")
    go(page, "2", "ArrowRight", "3", "ArrowRight", "ArrowRight", "1", "ArrowLeft", "ArrowLeft", "4")
    values = [page.locator("input.field-input").nth(place).input_value() for place in range(4)]
    assert values == ["2", "4", "", "1"]
    assert page.locator("[data-line] [data-sum]").first.inner_text() == "7"
    send(page)
    page.get_by_text("7 people typed in from paper").wait_for()
    assert room.lead.faults == []


def test_without_javascript(person, start):
    room = start(teams=["Riverbend hub"])
    room.begin()
    ben = room.sit(person(java_script_enabled=False), "BE", "Riverbend hub")
    page = ben.visit(f"{room.base}team/paper/")
    page.get_by_label("Look-for 1, great").fill("BE\nKM")
    page.get_by_role("button", name="Put it on the board").click()
    assert page.get_by_text("2 people typed in from paper").count() == 1
    assert page.get_by_label("Look-for 1, great").input_value() == "BE KM"
