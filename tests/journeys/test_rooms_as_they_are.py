"""Rooms as they are: a helper who types, an interpreter, one person in two teams, and somebody without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests import browsers
from tests.journeys.people import rows
from tests.journeys.said_states import go

SOON = 6_000
LINE = "33333333333"
TEAMS = ("Riverbend hub", "North Shore hub")
COUNTED = "select count(distinct s.person) from rooms_seat s where s.room_id = ? and s.label = ?"
MARKED = """
    select t.name, count(*) from reflections_mark m join rooms_seat s on s.id = m.seat_id
    join networks_team t on t.id = s.team_id where s.room_id = ? and s.label = ? group by t.name order by t.name
"""


@pytest.fixture
def room(start):
    return start(script="workshop", teams=TEAMS)


def test_somebody_types_for_a_person_who_sees_that_they_do(room, person):
    ben, cleo = room.sit(person(), "BE", TEAMS[0]), room.sit(person(), "CL", TEAMS[0])
    room.begin()
    go(room, "10")
    watching = cleo.visit(f"{room.base}team/")
    page = ben.visit(f"{room.base}seat/")
    page.get_by_text("Does someone else hold this device for you?").click()
    page.get_by_label("Who types for me").fill("DANA")
    page.get_by_role("button", name="They type for me").click()
    expect(page.get_by_text("DANA types for you. It is you who chooses.")).to_be_visible()
    assert browsers.axe(page) == []
    expect(watching.get_by_text("with a helper")).to_be_visible(timeout=SOON)
    room.place(ben, LINE), room.place(cleo, LINE)
    room.open_board(cleo)
    board = ben.visit(f"{room.base}board/")
    expect(board.locator(".board-row").first.locator(".chip")).to_have_count(2)
    page = ben.visit(f"{room.base}seat/")
    page.get_by_role("button", name="I type for myself now").click()
    expect(page.get_by_text("DANA types for you.")).to_have_count(0)
    assert (ben.faults, cleo.faults) == ([], [])


def test_who_interprets_sees_what_comes_next_and_is_asked_for_nothing(room, person, product):
    ben, noor = room.sit(person(), "BE", TEAMS[0]), room.sit(person(), "NO", TEAMS[0])
    page = noor.visit(f"{room.base}seat/")
    page.get_by_text("Are you here to interpret?").click()
    page.get_by_role("button", name="I only interpret").click()
    room.begin()
    expect(noor.visit(room.base)).to_have_url(re.compile("/step/$"))
    road = room.lead.visit(f"{room.base}lead/").locator(".lead-step-title").count()
    for position in range(road):
        if position:
            go(room, str(position))
        noor.visit(room.base)
        expect(page.locator("main textarea, main input:not([type=hidden])")).to_have_count(0)
        if position == 10:
            # All look-fors, and no box.
            expect(page.get_by_text("You interpret: this page holds no boxes.")).to_be_visible()
            expect(page.locator(".prompts-list > li")).to_have_count(11)
            room.place(ben, LINE)
            room.open_board(ben)
        elif position < road - 1 and position != 11:
            ahead = page.locator("section[aria-labelledby=ahead]")
            title = room.lead.visit(f"{room.base}lead/").locator(".lead-step-title").nth(position + 1)
            words = title.evaluate("one => one.lastChild.textContent.trim()")
            expect(ahead.get_by_role("heading", name=f"Next: {words}")).to_be_visible()
            expect(ben.visit(f"{room.base}step/").locator("section[aria-labelledby=ahead]")).to_have_count(0)
    assert rows(product, MARKED, room.id, "NO") == []
    assert (ben.faults, noor.faults) == ([], [])


def test_one_person_in_two_teams_answers_twice_and_counts_once(room, person, product):
    ivo, jo = room.sit(person(), "IV", TEAMS[0]), room.sit(person(), "JO", TEAMS[1])
    kim = room.sit(person(), "KM", TEAMS[0])
    page = kim.visit(f"{room.base}seat/")
    page.get_by_text("In two teams?").click()
    page.get_by_role("link", name="Take a second seat").click()
    page.locator("#initials").fill("KM")
    page.get_by_text(TEAMS[1]).click()
    page.get_by_role("button", name="Come in").click()
    expect(page).to_have_url(re.compile("/lobby/$"))
    assert rows(product, COUNTED, room.id, "KM") == [(1,)]
    room.begin()
    go(room, "10")
    for one in (ivo, jo):
        room.place(one, LINE)
    room.place(kim, "4" * 11)
    assert rows(product, MARKED, room.id, "KM") == [(TEAMS[1], 11)]
    page = kim.visit(f"{room.base}pass/")
    assert "North Shore" not in page.locator("main").inner_text()
    page.get_by_role("button", name="KM").click()
    page.get_by_role("link", name="I am KM").click()
    expect(page).to_have_url(re.compile("/look-fors/1/$"))
    room.place(kim, "2" * 11)
    assert rows(product, MARKED, room.id, "KM") == [(TEAMS[1], 11), (TEAMS[0], 11)]
    lead = room.lead.visit(f"{room.base}lead/")
    expect(lead.get_by_text("3 of 3").first).to_be_visible(timeout=SOON)
    for one, chosen in ((ivo, TEAMS[0]), (jo, TEAMS[1])):
        room.open_board(one)
        board = one.visit(f"{room.base}board/")
        expect(board.get_by_role("heading", level=1)).to_have_text(chosen)
        expect(board.locator(".board-row").first.locator(".chip")).to_have_count(2)
    assert (ivo.faults, jo.faults, kim.faults) == ([], [], [])


def test_the_whole_workshop_without_javascript(room, person, product):
    plain, other = (
        room.sit(person(java_script_enabled=False), "BE", TEAMS[0]),
        room.sit(person(), "CL", TEAMS[0]),
    )
    page = plain.visit(room.base)
    room.begin()

    def on(position: str) -> None:
        go(room, position)
        page.get_by_role("link", name="Show what changed").click()
        elsewhere = page.get_by_role("link", name="Go where everyone is")
        if elsewhere.count():
            elsewhere.click()

    on("6")
    for question, domain in (("know", "Integrating Equity"), ("learn", "Supporting Improvement Activity")):
        page.locator(f"#{question}").get_by_text(domain).click()
    page.get_by_role("button", name="Save what I chose").click()
    expect(page.get_by_text("What you chose")).to_be_visible()
    on("10")
    for _number in range(11):
        page.locator(".look-for:not([hidden]) .level").nth(2).click()
        page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile("/team/$"))
    room.place(other, LINE)
    page.get_by_role("link", name="Show what changed").click()
    page.get_by_role("button", name="Yes, this is everyone. Open our board").click()
    assert page.locator(".board-row").count() == 11
    on("12")
    page.get_by_role("link", name="Recruit and onboard").click()
    page.get_by_label("Share a strategy you use.").fill("Everybody has a buddy.")
    page.get_by_role("button", name="Share this strategy").click()
    expect(page.get_by_text("Everybody has a buddy.", exact=True)).to_be_visible()
    on("14")
    page.get_by_role("button", name=re.compile("Offer it to the room")).click()
    expect(page.get_by_text("Offered.")).to_be_visible()
    on("15")
    page.get_by_role("link", name="Write a next step").click()
    page.get_by_label("What will be done").fill("Ask who joined last.")
    page.get_by_role("button", name="Promise it").click()
    expect(page.get_by_text("Ask who joined last.", exact=True)).to_be_visible()
    on("16")
    page.get_by_label("What was helpful about using this rubric?").fill("Its words.")
    page.get_by_role("button", name="Send without my name").click()
    expect(page.get_by_text("Thank you. Your feedback is kept.")).to_be_visible()
    on("17")
    kept = plain.visit(f"{room.base}team-page/").locator("main")
    for words in ("Everybody has a buddy.", "Ask who joined last."):
        expect(kept.get_by_text(words, exact=True)).to_be_visible()
