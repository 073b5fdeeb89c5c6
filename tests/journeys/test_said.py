"""What is said in a room, in real browsers: a picture that grows, a line on the screen, feedback that is not lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsers import PROJECTOR
from tests.journeys.said_states import (
    CHOICE,
    FEEDBACK,
    HEAR,
    RUBRIC,
    choose,
    give_feedback,
    go,
    name_strategy,
)
from tests.journeys.states import projector_path

SOON = 6_000


@pytest.fixture
def room(person, start):
    """Nine people in three teams, before the first step."""
    made = start(script="workshop", teams=["Riverbend hub", "North Shore hub", "Lakeside hub"])
    made.people = [
        made.sit(person(), f"{sign}{at}", team)
        for sign, team in zip("RNL", ("Riverbend hub", "North Shore hub", "Lakeside hub"), strict=True)
        for at in range(3)
    ]
    made.begin()
    return made


def screen(room, person):
    return person(viewport=PROJECTOR).visit(projector_path(room))


def test_the_rooms_picture_grows_for_several_at_once(room, person):
    go(room, CHOICE)
    wall, lead = screen(room, person), room.lead.visit(f"{room.base}lead/")
    first = room.people[0]
    first.visit(room.base)
    for question, domain in (("know", "Integrating Equity"), ("learn", "Supporting Improvement Activity")):
        first.page.locator(f"#{question}").get_by_text(domain).click()
    first.page.get_by_role("button", name="Save what I chose").click()
    expect(first.page.get_by_text("What you chose")).to_be_visible()
    expect(first.page.get_by_text("once five people have chosen")).to_be_visible()
    expect(lead.get_by_role("heading", name="1 of 9 have chosen.")).to_be_visible(timeout=SOON)
    for at, one in enumerate(room.people[1:8]):
        choose(room, one, at % 4 + 1, at % 5 + 2)
    expect(lead.get_by_role("heading", name="8 of 9 have chosen.")).to_be_visible(timeout=SOON)
    drawn = wall.get_by_role("table", name=re.compile(r"\d people have chosen"))
    expect(drawn).to_be_visible(timeout=SOON)
    choose(room, room.people[8], 4, 6)
    for page in (wall, first.page):
        expect(page.get_by_role("table", name="9 people have chosen")).to_be_visible(timeout=SOON)
        equity = page.get_by_role("row", name=re.compile("Integrating Equity"))
        expect(equity.get_by_role("cell").first).to_have_text("3")
    assert first.faults == []


def test_a_line_is_written_and_stands_on_the_screen_only_if_the_speaker_agrees(room, person):
    go(room, RUBRIC)
    name_strategy(room, room.people[1])
    go(room, HEAR)
    wall, lead = screen(room, person), room.lead.visit(f"{room.base}lead/")
    phone = room.people[0].visit(room.base)
    lead.get_by_label("What somebody says").fill("We are afraid of March.")
    lead.get_by_role("button", name="Write it down").click()
    expect(lead.get_by_text("Only you see this")).to_be_visible()
    lead.get_by_label("What somebody says").fill("Norms first.")
    lead.get_by_label("Whose hub").select_option("Lakeside hub")
    lead.get_by_text("They agree that the room sees it").click()
    lead.get_by_role("button", name="Write it down").click()
    for page in (wall, phone):
        expect(page.get_by_text("Norms first.")).to_be_visible(timeout=SOON)
        expect(page.get_by_text("Lakeside hub")).to_be_visible()
        expect(page.get_by_text("afraid of March")).to_have_count(0)
    author = room.people[1].visit(room.base)
    author.get_by_role("button", name=re.compile("Offer it to the room")).click()
    expect(author.get_by_text("Offered.")).to_be_visible()
    expect(lead.get_by_text("Offered from a phone; only you see this")).to_be_visible(timeout=SOON)
    expect(wall.get_by_text("Everybody who joins has a buddy.")).to_have_count(0)
    lead.get_by_role("button", name=re.compile("put it on the screen.*Everybody who joins")).click()
    expect(wall.get_by_text("Everybody who joins has a buddy.")).to_be_visible(timeout=SOON)
    assert room.lead.faults == []


def test_what_was_begun_as_feedback_is_there_again_when_the_room_has_gone_on(room, person):
    go(room, FEEDBACK)
    one = room.people[0]
    page = one.visit(room.base)
    page.get_by_label("What was helpful about using this rubric?").fill("The words of the levels")
    page.locator("#answer-1").get_by_text("Integrating Equity").click()
    go(room, "17")
    expect(page.get_by_role("link", name="My feedback")).to_be_visible(timeout=SOON)
    page.get_by_role("link", name="My feedback").click()
    expect(page.get_by_label("What was helpful about using this rubric?")).to_have_value(
        "The words of the levels"
    )
    expect(page.locator("#answer-1").get_by_label("Integrating Equity")).to_be_checked()
    page.get_by_role("button", name="Send without my name").click()
    expect(page.get_by_text("Thank you. Your feedback is kept.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(one => one.includes('draft'))") == []
    for other in room.people[1:5]:
        give_feedback(room, other, "Simple.", 1)
    harvest = room.lead.visit(f"{room.base}lead/harvest/")
    expect(harvest.get_by_text("The words of the levels")).to_be_visible()
    assert one.faults == []
