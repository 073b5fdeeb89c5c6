"""Networks that hold streams back or cut them, a server that is full, people who leave or change their phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsers import PROJECTOR
from tests.journeys.states import projector_path
from tests.served import Served

SOON = 2_000
# So long at most until a page shows what changed where no stream gets through.
WITHIN = 5_000


@pytest.fixture
def full_house(tmp_path_factory):
    """The product with room for one stream in all."""
    running = Served(data=tmp_path_factory.mktemp("served"), more={"HUBCRAFT_STREAMS": "1"}).start()
    yield running
    running.kill()


def ready_room(start, one, other):
    """Two have finished; the first looks at the waiting page."""
    room = start(teams=["Riverbend hub"])
    for person, initials in ((one, "AM"), (other, "BO")):
        room.sit(person, initials, "Riverbend hub")
    room.begin()
    room.place(one, "33333333333")
    one.visit(f"{room.base}team/")
    return room


def test_a_network_that_holds_streams_back_still_shows_the_reveal(start, person, product, wires):
    wire = wires.open(product.port, "holds streams")
    one, other = person(address=wire.address), person()
    room = ready_room(start, one, other)
    one.page.wait_for_event("request", lambda it: "part=live" in it.url, timeout=WITHIN)
    room.place(other, "12341234123")
    one.page.get_by_role("button", name="Yes, this is everyone").wait_for(timeout=6_000)
    room.open_board(other)
    one.page.locator(".board-row").first.wait_for(timeout=6_000)
    assert one.faults == []


@pytest.mark.parametrize("weather", ["clear", "holds streams"])
def test_who_still_answers_hears_of_the_talk_and_goes_on_undisturbed(start, person, product, wires, weather):
    one = person(address=wires.open(product.port, weather).address)
    room = start(script="workshop", teams=["Riverbend hub"])
    room.sit(one, "AM", "Riverbend hub")
    room.begin()
    assert room.lead.send(f"{room.base}lead/step/", position="10").status == 302
    page = one.visit(f"{room.base}look-fors/1/")
    level = page.locator(".look-for:not([hidden]) .level-input").first
    page.locator(".look-for:not([hidden]) .level").first.click()
    level.focus()
    line = page.locator(".foot").get_by_text("The room has gone on to the talk.")
    expect(line).to_have_count(0)
    where = page.locator(".look-for:not([hidden]) .level").first.bounding_box()
    assert room.lead.send(f"{room.base}lead/step/", position="11").status == 302
    expect(line).to_be_visible(timeout=WITHIN)
    # Neither the focus, nor the answer, nor what is under the finger has moved; it is said, politely.
    expect(level).to_be_focused()
    expect(level).to_be_checked()
    assert page.locator(".look-for:not([hidden]) .level").first.bounding_box() == where
    spoken = page.get_by_role("status").filter(has_text="The room has gone on to the talk.")
    expect(spoken).to_have_count(1, timeout=WITHIN)
    page.get_by_role("link", name="See how far my team is").click()
    expect(page).to_have_url(re.compile("/team/$"))
    assert one.faults == []


def test_a_network_that_holds_streams_back_follows_from_step_to_step(start, person, product, wires):
    wire = wires.open(product.port, "holds streams")
    phone, wall = person(address=wire.address), person(address=wire.address, viewport=PROJECTOR)
    room = start(script="workshop", teams=["Riverbend hub"])
    room.sit(phone, "AM", "Riverbend hub")
    pages = [phone.visit(room.base), wall.visit(projector_path(room))]
    expect(pages[0]).to_have_url(re.compile("/lobby/$"))
    room.begin()
    # Where each page is new, its stream is tried anew: what changes meanwhile is not waited for.
    for position, question in enumerate(("Introduce yourself!", "What is a hub, and what is it for?")):
        for page in pages:
            expect(page.locator("h1")).to_have_text(question, timeout=WITHIN)
        assert room.lead.send(f"{room.base}lead/step/", position=str(position + 1)).status == 302
    for page in pages:
        expect(page.locator("h1")).not_to_have_text("What is a hub, and what is it for?", timeout=WITHIN)
    # The facilitator is told what is there: a screen that asks by itself is connected.
    lead = room.lead.visit(f"{room.base}lead/")
    expect(lead.get_by_text("The projector is connected.")).to_be_visible(timeout=WITHIN)
    assert (phone.faults, wall.faults) == ([], [])


def test_a_stream_that_was_cut_comes_back(start, person, product, wires):
    wire = wires.open(product.port)
    one, other = person(address=wire.address), person()
    room = ready_room(start, one, other)
    one.page.wait_for_timeout(300)
    tries = wire.tries
    assert wires.cut_streams(wire) == 1
    room.place(other, "12341234123")
    one.page.get_by_role("button", name="Yes, this is everyone").wait_for(timeout=15_000)
    assert wire.tries > tries


def test_a_server_without_room_for_a_stream_is_asked_again(full_house, browser):
    from tests.journeys.people import Person, start_room

    people = [Person(browser, full_house.address) for _ in range(4)]
    lead, one, other, watcher = people
    room = ready_room(lambda **more: start_room(lead, full_house, **more), watcher, other)
    watcher.page.wait_for_timeout(500)
    room.sit(one, "CW", "Riverbend hub")
    one.visit(f"{room.base}team/")
    one.page.wait_for_event("response", lambda it: "part=live" in it.url, timeout=14_000)
    for person in (one, other):
        room.place(person, "12341234123")
    one.page.get_by_role("button", name="Yes, this is everyone").wait_for(timeout=6_000)
    for person in people:
        person.close()


def test_whoever_is_removed_is_shown_out(start, person):
    one, other = person(), person()
    room = ready_room(start, one, other)
    lead = room.lead.visit(f"{room.base}lead/")
    lead.get_by_role("link", name=re.compile("People and name.*Riverbend hub")).click()
    lead.locator(".lead-seat summary").first.click()
    lead.get_by_text("Remove AM", exact=True).click()
    lead.get_by_role("button", name="Yes, remove AM").click()
    one.page.get_by_role("heading", name="Who are you?").wait_for(timeout=5_000)
    assert lead.get_by_text("Remove AM").count() == 0


def test_the_facilitator_goes_on_with_the_link_on_another_device(start, person):
    room = start(teams=["Riverbend hub"])
    first = room.lead.visit(f"{room.base}lead/")
    link = first.get_by_label("Your link").input_value()
    second = person().visit(link.replace("localhost", "127.0.0.1"))
    assert "key=" not in second.url
    second.get_by_role("button", name="Let everyone begin").click()
    second.get_by_role("heading", name="Place your initials").wait_for()
    first.get_by_role("heading", name="Place your initials").wait_for(timeout=SOON)


def test_a_seat_moves_to_another_phone_with_the_facilitators_yes(start, person):
    room = start(teams=["Riverbend hub"])
    old, new = room.sit(person(), "KM", "Riverbend hub"), person()
    room.begin()
    room.place(old, "3333.......")
    old.visit(f"{room.base}look-fors/5/")
    lead = room.lead.visit(f"{room.base}lead/")
    page = new.visit(room.join_path)
    page.get_by_text("I was already in, on another device").click()
    page.get_by_label("Your initials").fill("km")
    page.get_by_text("Riverbend hub").click()
    page.get_by_role("button", name="That is me: ask the facilitator").click()
    page.get_by_text("You asked for the seat of KM.").wait_for()
    lead.get_by_role("button", name="Yes: KM of Riverbend hub").or_(lead.locator("[id^=yes-]")).first.click(
        timeout=SOON
    )
    page.wait_for_timeout(500)
    page.get_by_role("link", name="Look again").click()
    page.wait_for_url("**/look-fors/5/")
    old.page.get_by_role("heading", name="Who are you?").wait_for(timeout=5_000)


def test_one_device_goes_round_and_is_blank_between_two_people(start, person):
    room = start(teams=["Riverbend hub"])
    table = room.sit(person(), "AM", "Riverbend hub")
    room.begin()
    room.place(table, "3333.......")
    page = table.visit(f"{room.base}pass/")
    cover = page.locator("main").text_content()
    assert "pretty" not in cover
    page.get_by_label("Someone new: their initials").fill("BO")
    page.get_by_role("button", name="Give them a seat").click()
    page.get_by_role("heading", name="This is for BO").wait_for()
    page.get_by_role("link", name="I am BO").click()
    page.wait_for_url("**/look-fors/1/")
    assert page.locator(".look-for input:checked").count() == 0
    page.locator(".look-for:not([hidden]) .level").nth(0).click()
    page.locator("[data-status][data-state=saved]").wait_for()
    page.get_by_role("link", name="Hand it on").click()
    assert page.locator("main .look-for").count() == 0
    page.get_by_role("button", name="AM").click()
    page.get_by_role("link", name="I am AM").click()
    page.wait_for_url("**/look-fors/5/")
    page.goto(f"{room.base}look-fors/1/")
    assert (
        page.locator(".look-for:not([hidden]) input:checked").get_attribute("value").endswith("pretty-good")
    )
