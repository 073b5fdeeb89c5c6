"""The whole path by keyboard alone: the focus is always somewhere, and always to be seen."""

import re

from playwright.sync_api import Error

from tests.journeys.home_states import give, send, set_up_app, sign_in
from tests.journeys.people import Person, room_of

NAME = """() => {
    const one = document.activeElement;
    const words = one.getAttribute("aria-label") || [...(one.labels ?? [])].map(it => it.innerText).join(" ")
        || one.innerText || one.value || "";
    return words.replace(/\\s+/g, " ").trim();
}"""
# What tells the focus: a line around the control, or around the label it stands in.
IS_SEEN = """() => {
    const drawn = one => one && (parseFloat(getComputedStyle(one).outlineWidth) > 0
        && getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none");
    const one = document.activeElement, place = one.getBoundingClientRect();
    return one !== document.body && (drawn(one) || drawn(one.closest("label"))
        || drawn(one.nextElementSibling)) && place.bottom > 0 && place.top < innerHeight;
}"""

FOCUS = f"[({NAME})(), document.activeElement === document.body, ({IS_SEEN})()]"


def tab_to(page, words: str, key: str = "Tab"):
    """Press Tab until the control with these words has the focus; every stop on the way shows where it is."""
    for _ in range(60):
        page.keyboard.press(key)
        try:
            name, is_nowhere, is_seen = page.evaluate(
                f"[({NAME})(), document.activeElement === document.body, ({IS_SEEN})()]"
            )
        except Error:
            # The page is just turning: on the next one the way begins anew.
            page.wait_for_load_state()
            continue
        if is_nowhere:
            continue
        assert is_seen, f"The focus can't be seen on “{name}”"
        if re.search(words, name):
            return
    raise AssertionError(f"“{words}” can't be reached by keyboard")


def press(page, words: str, key: str = "Enter"):
    tab_to(page, words)
    page.keyboard.press(key)


def keeps_focus(page) -> bool:
    return page.evaluate("document.activeElement !== document.body")


def test_from_start_to_move(person, product):
    lead = person(viewport={"width": 1280, "height": 900})
    page = lead.visit("/")
    press(page, "Start a room")
    page.wait_for_url("**/start/")
    tab_to(page, "Hub leadership: one domain")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(NAME).startswith("Only the rubric")
    tab_to(page, "With their initials")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(NAME).startswith("With an alias")
    page.keyboard.press("ArrowUp")
    tab_to(page, "Teams, one a line")
    page.keyboard.type("Riverbend hub")
    press(page, "^Start the room")
    page.wait_for_url("**/lead/")
    room = room_of(lead, product, re.search(r"/r/(\w+)/", page.url).group(1))

    phone = person()
    mine = phone.visit(room.join_path)
    tab_to(mine, "Your initials")
    mine.keyboard.type("KM")
    tab_to(mine, "Riverbend hub")
    mine.keyboard.press("Space")
    press(mine, "^Come in")
    mine.wait_for_url("**/lobby/")
    other = room.sit(person(), "BO", "Riverbend hub")

    # A form that is answered in place keeps the focus, also when the page changes under it.
    press(page, "^Lock room")
    page.get_by_role("button", name="Unlock room").wait_for()
    assert page.evaluate(NAME) == "Unlock room"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lock room", exact=True).wait_for()
    assert keeps_focus(page)
    tab_to(page, "Let everyone begin", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Place your initials").wait_for()
    assert keeps_focus(page)

    mine.wait_for_url("**/look-fors/1/")
    for number in range(1, 12):
        if number == 1:
            tab_to(mine, "really need")
        else:
            mine.keyboard.press("Tab")
        assert mine.evaluate(IS_SEEN)
        mine.keyboard.press("ArrowDown")
        mine.keyboard.press("ArrowDown")
        assert "pretty good" in mine.evaluate(NAME)
        press(mine, "I have finished" if number == 11 else "Next look-for")
        if number < 11:
            assert mine.evaluate("document.activeElement.matches('.look-for:not([hidden]) .look-for-text')")
    mine.wait_for_url("**/team/")
    assert set(re.findall("pretty", phone.read(f"{room.base}look-fors/"))) == {"pretty"}
    room.place(other, "12341234123")
    mine.get_by_role("button", name="Yes, this is everyone").wait_for()
    press(mine, "Yes, this is everyone")
    mine.wait_for_url("**/board/")
    press(mine, "Move my initials: 1$|Move my initials ?: 1$")
    mine.wait_for_url("**/look-fors/1/")
    tab_to(mine, "pretty good")
    mine.keyboard.press("ArrowDown")
    mine.locator("[data-status][data-state=saved]").wait_for()
    assert keeps_focus(mine)
    press(mine, "Board|board")
    mine.wait_for_url(re.compile(r"/board/#row-"))
    assert mine.get_by_text("One moved after talking.").count() == 1
    assert (phone.faults, lead.faults) == ([], [])


def leader_of_a_hub(person, product) -> Person:
    """Somebody who leads a hub, on a wide screen, signed in."""
    ada = person()
    send(ada, re.search(r"/welcome/\S+", product.log)[0], name="Ada Moss", email="ada@example.org")
    set_up_app(ada)
    named = {"name": "Delta network", "time_zone": "America/Chicago"}
    network = send(ada, "/administration/networks/", **named).split("/")[3]
    place = f"/administration/networks/{network}/"
    send(ada, f"{place}teams/", name="Riverbend")
    hub = re.search(r"teams/(\w+)/move/", ada.read(place))[1]
    to = give(ada, f"networks/{network}/teams/{hub}", "hub-leader", "Rosa Diaz")
    return sign_in(person(viewport={"width": 1280, "height": 900}), product, to)


def test_a_token_and_a_calendars_link_are_made_and_ended(person, product):
    rosa = leader_of_a_hub(person, product)
    page = rosa.visit("/account/")
    press(page, "^Make a token")
    page.wait_for_url("**/tokens/new/")
    tab_to(page, "Which program is it for")
    page.keyboard.type("Night watch")
    tab_to(page, "Only read")
    page.keyboard.press("ArrowDown")
    assert "write next steps" in page.evaluate(NAME)
    press(page, "^Make the token")
    tab_to(page, "^The key")
    key = page.evaluate("document.activeElement.value")
    called = {"headers": {"Authorization": f"Bearer {key}"}}
    assert rosa.context.request.get("/api/v1/me", **called).json()["may_write"] is True
    press(page, "^Your account")
    page.wait_for_url("**/account/**")
    press(page, "^Revoke")
    press(page, "^Yes, revoke it")
    page.get_by_text("Night watch").wait_for(state="detached")
    assert rosa.context.request.get("/api/v1/me", **called).status == 401

    page = rosa.visit("/account/letters/")
    press(page, "^Make a link")
    page.get_by_role("heading", name="The link to your calendar").wait_for()
    link = page.locator("code").inner_text()
    assert person().context.request.get(link).text().startswith("BEGIN:VCALENDAR")
    press(page, "^I have copied it")
    page.wait_for_url("**/account/letters/")
    press(page, "^End the link")
    page.get_by_role("button", name="Make a link").wait_for()
    assert person().context.request.get(link).status == 404
