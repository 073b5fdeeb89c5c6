"""A session over days, in real browsers: begin on Monday, go on on Thursday, be reminded, and meet after all."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browsers import axe
from tests.journeys.people import room_of, rows
from tests.served import Served

SOON = 6_000


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """The product with a mail server that does not answer, so that what is to be sent can be read."""
    running = Served(data=tmp_path_factory.mktemp("days"), more={"HUBCRAFT_SMTP_URL": "smtp://127.0.0.1:9"})
    yield running.start()
    running.kill()


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def told(day: str) -> str:
    """A day as pages say it."""
    it = datetime.fromisoformat(day)
    return f"{it:%A} {it.day} {it:%B}"


def begin(person, product, script: str):
    """The facilitator starts it by the form, and lets it be open for six days."""
    lead = person(viewport={"width": 1280, "height": 900})
    page = lead.visit("/start/")
    page.locator(f'input[name="script"][value="{script}"]').check()
    page.get_by_label("Open until").fill(in_days(6))
    page.get_by_label("Teams, one a line").fill("Riverbend hub")
    page.get_by_role("button", name="Start the room").click()
    expect(page.get_by_role("heading", name=f"Open until {told(in_days(6))}")).to_be_visible()
    return room_of(lead, product, page.url.split("/")[4])


def test_somebody_begins_goes_on_is_reminded_and_meets_the_others_after_all(person, product):
    room = begin(person, product, "workshop")
    am = person()
    page = am.visit("/j/" + room.lead.page.get_by_label("Send this link").input_value().split("/j/")[1])
    expect(page.get_by_text(f"Open until {told(in_days(6))}. Fill it in when it suits you.")).to_be_visible()
    page.get_by_label("Your initials").fill("AM")
    page.get_by_text("Riverbend hub").click()
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_role("link", name="Begin")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Begin").click()
    expect(page).to_have_url(re.compile(r"/look-fors/1/$"))
    room.place(am, "334........")

    # Another day, the same device.
    page = am.visit(room.base)
    expect(page.get_by_text("You have answered 3 of 11.")).to_be_visible()
    expect(page.get_by_role("link", name="Go on with look-for 4")).to_be_visible()
    page.get_by_text("Remind me").first.click()
    page.get_by_label("Your mail address").fill("am@example.org")
    page.get_by_role("button", name="Remind me").click()
    expect(page.get_by_text("Mail goes to am@example.org")).to_be_visible()
    assert axe(page) == []
    [(words,)] = rows(product, 'select words from notices_outboxmail where "to" = ?', "am@example.org")
    out = person()
    out.visit(re.search(r"/no-more-mails/\w+/", words).group()).get_by_role("button").click()
    expect(out.page.get_by_role("heading", name="You get no more of these mails")).to_be_visible()
    assert axe(out.page) == []

    # The facilitator moves the day, under the eyes of whoever has the page open.
    lead = room.lead.page
    lead.get_by_role("link", name="Move the day").click()
    lead.get_by_label("Open until the end of").fill("2020-01-02")
    lead.get_by_role("button", name="Move the day").click()
    expect(lead.get_by_role("alert")).to_contain_text("This day is over already: Thursday 2 January.")
    expect(lead.get_by_label("Open until the end of")).to_have_value("2020-01-02")
    lead.get_by_label("Open until the end of").fill(in_days(9))
    lead.get_by_role("button", name="Move the day").click()
    expect(lead.get_by_role("heading", name=f"Open until {told(in_days(9))}")).to_be_visible()
    expect(page.get_by_text(f"Open until {told(in_days(9))}.")).to_be_visible(timeout=SOON)

    # They meet: the script begins, and what was answered is still there.
    lead.get_by_role("button", name="We are together now").click()
    expect(lead.get_by_role("heading", name="Say hello", level=2)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/step/$"), timeout=SOON)
    assert "3 of 11" in am.read(f"{room.base}look-fors/")
    for one in (am, out, room.lead):
        assert one.faults == []


def test_it_is_done_without_javascript_and_alone(person, product):
    room = begin(person, product, "")
    plain = room.sit(person(java_script_enabled=False), "FI")
    page = plain.visit(room.base)
    expect(page.get_by_text("Fill it in when it suits you.")).to_be_visible()
    page.get_by_role("link", name="Begin").click()
    page.locator("label.level").first.click()
    page.get_by_role("button", name="Save").click()
    page.goto(room.base)
    expect(page.get_by_text("You have answered 1 of 11.")).to_be_visible()
    page.get_by_text("Remind me").first.click()
    page.get_by_label("Your mail address").fill("fi@example.org")
    page.get_by_role("button", name="Remind me").click()
    page.get_by_role("button", name="No more mails").click()
    expect(page.get_by_text("Remind me").first).to_be_visible()
    room.place(plain, "33333333333")
    page.goto(room.base)
    expect(page).to_have_url(re.compile(r"/board/$"))
