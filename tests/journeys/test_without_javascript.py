"""Without JavaScript everything still works, one page after another."""

import re

from tests.journeys.people import room_of


def test_from_start_to_move(person, product):
    lead = person(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = lead.visit("/start/")
    page.get_by_label("Only the rubric").check()
    page.get_by_label("Teams, one a line").fill("Riverbend hub")
    page.get_by_role("button", name="Start the room").click()
    room = room_of(lead, product, re.search(r"/r/(\w+)/", page.url).group(1))

    one, other = person(java_script_enabled=False), person(java_script_enabled=False)
    for phone, initials in ((one, "KM"), (other, "BO")):
        mine = phone.visit(room.join_path)
        mine.get_by_label("Your initials").fill(initials)
        mine.get_by_text("Riverbend hub").click()
        mine.get_by_role("button", name="Come in").click()
        mine.get_by_role("heading", name="You are in.").wait_for()
    page.get_by_role("button", name="Let everyone begin").click()
    page.get_by_role("heading", name="Place your initials").wait_for()

    # One look-for after another.
    mine = one.page
    mine.get_by_role("link", name="Show what changed").click()
    for number, level in enumerate((0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2), 1):
        mine.wait_for_url(f"**/look-fors/{number}/")
        mine.locator(".look-for:not([hidden]) .level").nth(level).click()
        mine.get_by_role("button", name="Save").click()
    mine.wait_for_url("**/team/")
    mine.get_by_text("You have answered 11 of 11.").wait_for()

    # All of them on one page.
    mine = other.visit(f"{room.base}look-fors/")
    for fieldset in mine.locator(".look-for").all():
        fieldset.locator(".level").nth(1).click()
    mine.get_by_role("button", name="Save").click()
    mine.get_by_text("11 of 11 answered").wait_for()
    mine.get_by_role("link", name="I have finished").click()
    mine.get_by_role("button", name="Yes, this is everyone. Open our board").click()
    assert mine.locator(".board-row").count() == 11

    mine.get_by_role("link", name="Move my initials").first.click()
    moved = re.search(r"/look-fors/(\d+)/", mine.url).group(1)
    mine.locator(".look-for:not([hidden]) .level").nth(3).click()
    mine.get_by_role("button", name="Save").click()
    one.visit(f"{room.base}board/")
    row = one.page.locator(".board-row").filter(has=one.page.locator(f'.board-move[href$="/{moved}/"]'))
    assert row.locator(".chip-before").count() == 1
    one.page.get_by_text("One moved after talking.").wait_for()
