"""One team over three sessions: what it promised is asked for the next time, and no session mixes with another."""

from playwright.sync_api import expect

from tests import browsers
from tests.journeys.people import Person, Room, rows
from tests.journeys.states import RIVERBEND, next_session, next_year, place_all, sit_all, sit_by_code

TEAM = "Riverbend hub"
RUBRIC, PLAN = "10", "15"
MEET, ASK, VISIT = "Meet every second Monday.", "Ask who joined last.", "Visit North Shore."
CARRIED, WRITE = "Visit North Shore, two of us.", "Write down who decides what."
MARKED = """
    select m.look_for, m.answer from reflections_mark m join rooms_seat s on s.id = m.seat_id
    where s.room_id = ? and s.label = ? order by m.look_for
"""


def go_to(room: Room, position: str) -> None:
    assert room.lead.send(f"{room.base}lead/step/", position=position).status == 302


def reflect(room: Room, people: list[Person], lines: dict[str, str]) -> None:
    """The team places its initials and opens its board."""
    go_to(room, RUBRIC)
    place_all(room, people, lines)
    room.open_board(people[0])
    board = people[0].visit(f"{room.base}board/")
    expect(board.locator(".board-row").first.locator(".chip")).to_have_count(len(people))


def promise(one: Person, room: Room, words: str, whose: str = "Mine") -> None:
    """One writes a next step at the session's last movement."""
    page = one.visit(room.base)
    page.get_by_role("link", name="Write a next step").or_(
        page.get_by_role("link", name="Write your team’s as well")
    ).click()
    page.get_by_label(whose).check()
    page.get_by_label("What will be done").fill(words)
    page.get_by_label("By when").fill(next_year())
    page.get_by_role("button", name="Promise it").click()
    expect(page.get_by_text(words, exact=True)).to_be_visible()


def promised(page) -> list[str]:
    """What was promised last time, as the opening shows it."""
    expect(page.get_by_role("heading", name="What we promised last time")).to_be_visible()
    return page.locator("#region-promises .written-one > .written-words").all_inner_texts()


def settle(page, words: str, became: str, why: str = "") -> None:
    """Tell what became of one promise."""
    page.locator(".written-one", has_text=words).get_by_role("link", name="Tell what became of it").click()
    page.get_by_label(became).check()
    page.get_by_label("What happened, or why").fill(why)
    page.get_by_role("button", name="Tell the team").click()


def state_of(page, words: str) -> str:
    return (
        page.locator("#region-promises .written-one", has_text=words).locator(".written-state").inner_text()
    )


def test_a_team_promises_and_tells_and_promises_again(person, start, product):
    first = start(script="workshop", teams=[TEAM, "North Shore hub"], title="Spring")
    lines = {it: RIVERBEND[it] for it in ("AM", "BO", "EJ")}
    people = sit_all(person, first, lines, TEAM)
    am, bo, ej = people
    stranger = first.sit(person(), "ZZ", "North Shore hub")
    first.begin()
    reflect(first, people, lines)
    go_to(first, PLAN)
    promise(am, first, ASK)
    promise(am, first, MEET, "Our team’s")
    promise(bo, first, VISIT)
    stood = rows(product, MARKED, first.id, "AM")
    assert first.lead.send(f"{first.base}lead/closure/").status == 302

    # The second session opens with what was promised; the team tells, each from their own phone.
    second = next_session(first)
    for one, initials in ((am, "AM"), (bo, "BO"), (ej, "EJ")):
        sit_by_code(one, second, initials, TEAM)
    sit_by_code(stranger, second, "ZZ", "North Shore hub")
    second.begin()
    opening, other = am.visit(second.base), ej.visit(second.base)
    assert sorted(promised(opening)) == sorted([MEET, ASK, VISIT])
    assert MEET not in stranger.visit(second.base).content()
    settle(opening, MEET, "It is done", "Seven times.")
    expect(other.get_by_text("Seven times.", exact=True)).to_be_visible()
    settle(opening, ASK, "We dropped it")
    expect(opening.get_by_role("alert")).to_contain_text("Write why you dropped it")
    opening.get_by_label("What happened, or why").fill("Nobody joined.")
    opening.get_by_role("button", name="Tell the team").click()
    settle(other, VISIT, "We carry it on", "In May they were away.")
    expect(other.get_by_text("Carried on into this session.")).to_be_visible()
    expect(opening.locator("#region-promises .written-state")).to_have_count(3)
    assert state_of(opening, MEET) == "Done. Seven times."
    assert state_of(opening, ASK) == "Dropped: Nobody joined."
    assert state_of(opening, VISIT) == "Carried on into this session. In May they were away."
    assert browsers.axe(opening) == []

    # A new board, on which nothing stands of the old one; what is carried on is this session's own.
    assert rows(product, MARKED, second.id, "AM") == []
    reflect(second, people, {"AM": "44444444444", "BO": RIVERBEND["BO"], "EJ": RIVERBEND["EJ"]})
    assert rows(product, MARKED, first.id, "AM") == stood
    go_to(second, PLAN)
    carrying = ej.visit(second.base).locator("#region-next-steps .written-one", has_text=VISIT)
    expect(carrying.get_by_text("Carried on from last time")).to_be_visible()
    promise(am, second, WRITE, "Our team’s")
    assert second.lead.send(f"{second.base}lead/closure/").status == 302

    # The third asks for what the second promised, and no more for what is done or dropped.
    third = next_session(second)
    for one, initials in ((am, "AM"), (bo, "BO")):
        sit_by_code(one, third, initials, TEAM)
    third.begin()
    opening = bo.visit(third.base)
    assert sorted(promised(opening)) == sorted([VISIT, WRITE])
    settle(opening, VISIT, "It is done", "They showed us their board.")
    assert state_of(opening, VISIT) == "Done. They showed us their board."

    # Each session's page keeps what became of what was promised in it.
    kept = bo.visit(f"{first.base}team-page/").locator("main")
    for words in (MEET, "Seven times.", ASK, "Nobody joined.", VISIT, "Carried on into the next session."):
        expect(kept.get_by_text(words, exact=True)).to_be_visible()
    assert WRITE not in kept.inner_text()
    kept = bo.visit(f"{second.base}team-page/").locator("main")
    for words in (VISIT, WRITE, "They showed us their board."):
        expect(kept.get_by_text(words, exact=True).first).to_be_visible()
    assert [one.faults for one in (am, bo, ej, stranger, first.lead)] == [[]] * 5
