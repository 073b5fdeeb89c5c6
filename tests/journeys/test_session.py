"""The workshop from hello to goodbye: the facilitator presses Next, and everybody is where the room is."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import LAPTOP, PROJECTOR
from tests.journeys.people import Person, Room, rows

LINE = "33333333333"
SOON = 5_000


class Session:
    """The facilitator at their page, with a keyboard alone."""

    def __init__(self, room: Room, product):
        self.room, self.product = room, product
        self.lead: Page = room.lead.visit(f"{room.base}lead/")

    def press(self, control: str) -> None:
        """Walk to a control with the Tab key, from wherever one is, and press it."""
        for _press in range(200):
            if self.lead.evaluate("id => document.activeElement?.id === id", control):
                break
            self.lead.keyboard.press("Tab")
        else:
            raise AssertionError(f"{control} can not be reached with the keyboard")
        before = self.sequence
        self.lead.keyboard.press("Enter")
        self.lead.wait_for_timeout(50)
        for _look in range(100):
            # Done, and answered: what is pressed while an answer is on its way is pressed on a button that goes.
            if self.sequence > before and not self.lead.locator(".htmx-request").count():
                return
            self.lead.wait_for_timeout(50)
        raise AssertionError(f"{control} did nothing")

    @property
    def sequence(self) -> int:
        return rows(self.product, "select sequence from rooms_room where id = ?", self.room.id)[0][0]

    @property
    def steps(self) -> list[str]:
        """What the road says."""
        return self.lead.locator(".lead-step-title").evaluate_all(
            "all => all.map(one => one.lastChild.textContent.trim())"
        )

    @property
    def question(self) -> str:
        """What every screen asks, as the facilitator is told; where it is not told, it is the title."""
        return self.lead.locator(".lead-title").evaluate(
            "title => (document.querySelector('.lead-shown-question') ?? title).textContent"
        )

    @property
    def current(self) -> str:
        return self.lead.locator(".lead-step[aria-current] .lead-step-title").inner_text().strip()


@pytest.fixture
def session(start, product) -> Session:
    return Session(start(script="workshop", teams=["Riverbend hub"]), product)


def projector(session: Session, person) -> Page:
    path = session.lead.locator(".top-projector").get_attribute("href")
    return person(viewport=PROJECTOR).visit(path)


def seconds(clock: str) -> int:
    """What a clock shows; past its end it is below nothing."""
    minutes, rest = re.search(r"(\d+):(\d\d)", clock).groups()
    return (int(minutes) * 60 + int(rest)) * (-1 if "+" in clock else 1)


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_a_workshop_from_hello_to_goodbye(session, person):
    room, base = session.room, session.room.base
    ben, cleo = room.sit(person(), "BE", "Riverbend hub"), room.sit(person(), "CL", "Riverbend hub")
    finn = room.sit(person(), "FI")
    wall = projector(session, person)
    for one in (ben, finn):
        one.visit(base)
        expect(one.page).to_have_url(re.compile("/lobby/$"))
    session.press("begin")
    shown = []
    for number, title in enumerate(session.steps):
        expect(session.lead.locator(".lead-title")).to_have_text(title, timeout=SOON)
        if title == "Place your initials":
            for one in (ben, finn):
                expect(one.page).to_have_url(re.compile("/look-fors/1/$"), timeout=SOON)
            room.place(ben, LINE), room.place(cleo, LINE), room.place(finn, LINE)
            expect(wall.locator(".projector-finished")).to_have_text("3 of 3 have finished", timeout=SOON)
            room.open_board(ben)
        elif title == "Talk together":
            # At its board already, the team stays there.
            ben.visit(base)
            finn.visit(base)
            for one in (ben, finn):
                expect(one.page).to_have_url(re.compile("/board/$"), timeout=SOON)
        else:
            for one in (ben, finn):
                expect(one.page).to_have_url(re.compile("/step/$"), timeout=SOON)
                expect(one.page.locator("h1")).to_have_text(session.question, timeout=SOON)
            shown.append(session.question)
        expect(wall.locator("h1")).to_have_text(session.question, timeout=SOON)
        expect(wall.locator(".road-stop[aria-current]")).to_have_text(movement(session), timeout=SOON)
        if number == len(session.steps) - 1:
            break
        session.press("next")
    assert len(shown) == len(session.steps) - 2
    assert len(set(shown)) == len(shown), "every step asks something else"
    assert "Our board" in ben.page.locator("main").inner_text()
    assert [one.faults for one in (ben, finn, room.lead)] == [[], [], []]


def movement(session: Session) -> str:
    return session.lead.locator(".lead-movement-now").inner_text()


def test_who_comes_late_is_where_everybody_is(session, person):
    session.press("begin")
    session.press("step-7")
    late = person()
    late.visit(session.room.join_path)
    late.page.locator("#initials").fill("LE")
    late.page.get_by_text("Riverbend hub").click()
    late.page.get_by_role("button", name="Come in").click()
    expect(late.page).to_have_url(re.compile("/step/$"))
    assert heading(late.page) == "Share your sensemaking"
    alone = session.room.sit(person(), "FI")
    assert "You came on your own" in alone.visit(session.room.base).locator("main").inner_text()


def test_more_time_and_a_pause_are_seen_on_every_screen(session, person):
    phone = session.room.sit(person(), "BE", "Riverbend hub")
    phone.visit(session.room.base)
    wall = projector(session, person)
    session.press("begin")
    phone.page.wait_for_url("**/step/")
    clocks = [page.locator(".step-clock-digits") for page in (session.lead, wall, phone.page)]
    for clock in clocks:
        expect(clock).to_have_text(re.compile(r"^4:5\d$"), timeout=SOON)
    session.press("longer")
    for clock in clocks:
        expect(clock).to_have_text(re.compile(r"^6:\d\d$"), timeout=SOON)
    expect(wall.locator("session-end")).to_have_text(re.compile(r"^Ends at about \d+:\d\d, 2 minutes later"))
    session.press("shorter")
    expect(wall.locator("session-end")).to_have_text(re.compile(r"^On track to end at \d+:\d\d\.$"))
    session.press("pause")
    for page in (session.lead, wall, phone.page):
        expect(page.locator(".step-clock-words")).to_have_text("paused", timeout=SOON)
    stood = [clock.inner_text() for clock in clocks]
    wall.wait_for_timeout(1_500)
    assert [clock.inner_text() for clock in clocks] == stood
    assert len(set(stood)) == 1, "everybody's clock stands at the same second"
    session.press("pause")
    for clock, was in zip(clocks, stood, strict=True):
        expect(clock).not_to_have_text(was, timeout=SOON)
        assert seconds(clock.inner_text()) <= seconds(was)


def test_the_clock_counts_on_past_its_end_and_hurries_nobody(session, person):
    wall = projector(session, person)
    session.press("begin")
    expect(wall.locator(".step-clock-digits")).to_have_text(re.compile(r"^4:5\d$"), timeout=SOON)
    for _times in range(3):
        session.press("shorter")
    expect(wall.locator(".step-clock-digits")).to_have_text(re.compile(r"^\+ 0:0\d$"), timeout=SOON)
    expect(wall.locator(".step-clock-words")).to_have_text("no hurry")


def test_going_back_takes_everybody_back(session, person):
    phone = session.room.sit(person(), "BE", "Riverbend hub")
    phone.visit(session.room.base)
    session.press("begin")
    phone.page.wait_for_url("**/step/")
    first = heading(phone.page)
    session.press("next")
    expect(phone.page.locator("h1")).not_to_have_text(first, timeout=SOON)
    session.press("before")
    expect(phone.page.locator("h1")).to_have_text(first, timeout=SOON)
    current = session.lead.locator(".lead-step[aria-current] .lead-step-title")
    expect(current).to_have_text("Say hello", timeout=SOON)


def test_two_facilitators_who_press_next_together_skip_nothing(session, product):
    other = session.room.lead.open_page()
    session.press("begin")
    other.goto(f"{session.room.base}lead/")
    stale = other.locator("#next")
    expect(stale).to_have_text("Next: The leadership team")
    for _twice in range(2):
        assert session.room.lead.send(f"{session.room.base}lead/step/", position="1").status == 302
    expect(session.lead.locator(".lead-title")).to_have_text("The leadership team", timeout=SOON)
    assert rows(product, "select position from facilitation_run order by rowid desc")[0] == (1,)


def test_who_looks_at_their_answers_on_purpose_stays_until_the_room_goes_on(session, person):
    phone: Person = session.room.sit(person(), "FI")
    session.press("begin")
    session.press("step-10")
    session.press("step-13")
    page = phone.visit(f"{session.room.base}look-fors/")
    expect(page).to_have_url(re.compile("/look-fors/$"))
    page.get_by_role("link", name="Go where everyone is").click()
    expect(page).to_have_url(re.compile("/step/$"))
    page.goto(f"{session.room.base}look-fors/")
    page.wait_for_timeout(500)
    session.press("step-14")
    expect(page).to_have_url(re.compile("/step/$"), timeout=SOON)


def test_without_scripts_a_step_can_be_read_and_turned_by_hand(session, person):
    session.press("begin")
    session.press("step-5")
    reader = session.room.sit(person(java_script_enabled=False), "NO")
    page = reader.visit(session.room.base)
    page.get_by_role("link", name="Supporting Improvement Activity").click()
    expect(page.locator("#read")).to_have_text("Supporting Improvement Activity")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("#read")).to_have_text("Integrating Equity")
    assert re.search(r"until \d+:\d\d", page.locator("step-clock").inner_text())
    session.press("next")
    page.get_by_role("link", name="Show what changed").click()
    expect(page.locator("#read")).to_have_count(0)


def test_nothing_of_a_step_is_wider_than_a_phone(session, person):
    phone = session.room.sit(person(), "BE", "Riverbend hub")
    phone.visit(session.room.base)
    small = person(viewport=LAPTOP)
    small.close()
    session.press("begin")
    phone.page.wait_for_url("**/step/")
    for position in (1, 5, 7, 8, 9):
        before = heading(phone.page)
        session.press(f"step-{position}")
        expect(phone.page.locator("h1")).not_to_have_text(before, timeout=SOON)
        assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), position
