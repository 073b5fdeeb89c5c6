"""A calendar behind a secret link: read again by another program, and gone as soon as its person is."""

import logging
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from icalendar import Calendar

from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights.actions import promising
from hubcraft.apps.letters.actions import calendars
from hubcraft.apps.letters.models import CalendarLink
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.people.models import Person
from hubcraft.apps.records.actions.erasure import erase
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.roles.actions.roles import take_role
from hubcraft.apps.rooms import actions as rooms
from hubcraft.cli import keeping
from hubcraft.web.logs import without_keys
from tests.apps.insights.test_hubs import keep
from tests.apps.insights.test_merging import Valley
from tests.apps.letters.place import CHICAGO, Week
from tests.apps.people.test_second_step import question, sign_in_with, with_passkey
from tests.apps.people.test_sign_in import sign_in
from tests.device import Device, says, text_of
from tests.homes import account, hub_address, make_account, signed_in, trail
from tests.hostile import HOSTILE
from tests.make import NOW, start

pytestmark = pytest.mark.django_db
DUE = (NOW + timedelta(days=5)).date()


@pytest.fixture(autouse=True)
def has_an_address(settings, tmp_path):
    settings.HUBCRAFT_ADDRESS = "https://hub.example.org"
    settings.DATA = tmp_path


@pytest.fixture
def week():
    return Week(DUE)


def link_of(person: Person) -> str:
    return f"/calendar/{calendars.make_link(person=person, at=NOW)}.ics"


def read(address: str, device: Device | None = None) -> Calendar:
    answer = (device or Device()).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store" and answer["Referrer-Policy"] == "no-referrer"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.content)
    assert [it.errors for it in calendar.walk() if it.errors] == []
    return calendar


def events(address: str) -> dict[str, object]:
    return {str(it["summary"]): it for it in read(address).walk("VEVENT")}


def test_it_holds_ones_own_steps_and_the_team_s(week):
    found = events(link_of(week.rosa))
    assert found.keys() == {"Meet weekly.", "Call the schools."}
    own = found["Meet weekly."]
    assert (own.decoded("dtstart"), own.decoded("dtend")) == (DUE, DUE + timedelta(days=1))
    assert own["uid"] == f"step-{week.own.id}@hub.example.org"
    address = f"https://hub.example.org{hub_address(week.hub)}next-steps/{week.own.id}/"
    assert own["url"] == address
    assert str(own["description"]) == f"Meet weekly.\n\nRiverbend\n{address}"


def test_it_is_the_same_twice_and_a_change_is_the_later_state(week):
    address = link_of(week.rosa)
    first = Device().get(address).content
    assert Device().get(address).content == first
    before = events(address)["Meet weekly."]
    later = NOW + timedelta(hours=2)
    improvement.change_promise(
        by=week.hall.ben.viewer,
        seat_id=week.hall.ben.seat_id,
        step_id=week.own.id,
        words="Meet daily.",
        owner="",
        due_on=DUE,
        look_for="",
        at=later,
    )
    after = events(address)["Meet daily."]
    assert after["uid"] == before["uid"]
    assert int(after["sequence"]) > int(before["sequence"])
    assert after.decoded("last-modified") == later > before.decoded("last-modified")


def test_what_is_settled_or_no_longer_theirs_is_gone(week):
    address = link_of(week.rosa)
    NextStep.everywhere.filter(id=week.step.id).update(state="done")
    assert events(address).keys() == {"Meet weekly."}
    rooms.remove_seat(by=week.hall.leader, seat=week.hall.ben.seat, at=NOW)
    assert events(address) == {}


def test_a_session_ends_where_its_room_is(week):
    hall = start(until_on=DUE, title="Autumn look", time_zone=CHICAGO)
    ReflectionSession.everywhere.filter(room_id=hall.id).update(until_on=date(2099, 3, 8))
    week.take(hall.sit("RO"), week.rosa)
    address = link_of(week.rosa)
    event = events(address)["Open until today: Autumn look"]
    assert event["dtstart"].params["TZID"] == CHICAGO
    # Clocks are put forward on that day.
    start_at, end_at = event.decoded("dtstart"), event.decoded("dtend")
    assert start_at.astimezone(UTC) == datetime(2099, 3, 8, 14, tzinfo=UTC)
    assert end_at.astimezone(UTC) == datetime(2099, 3, 9, 5, tzinfo=UTC)
    assert [str(it["tzid"]) for it in read(address).walk("VTIMEZONE")] == [CHICAGO]
    rooms.close_room(by=hall.leader, room=hall.room, at=NOW)
    assert events(address).keys() == {"Meet weekly.", "Call the schools."}


def left(week):
    week.leave(week.rosa)


def removed(week):
    Person.objects.filter(id=week.rosa.id).update(removed_at=NOW)


def erased(week):
    make_account("Olaf", hub=week.hub, role="hub-leader")
    erase(by=account(week.rosa), person_id=week.rosa.id, at=NOW)


def ended(week):
    signed_in(week.rosa).post("/account/calendar/end/")


def renewed(week):
    assert read(link_of(week.rosa))


def signed_out_everywhere(week):
    signed_in(week.rosa).post("/sign-out/everywhere/")


def gone_and_back(week):
    make_account("Olaf", hub=week.hub, role=Role.HUB_LEADER)
    take_role(by=account(week.rosa), membership_id=Membership.objects.get(person=week.rosa).id, at=NOW)
    Membership.objects.create(
        person=week.rosa, network=week.network, team=week.hub, role=Role.MEMBER, made_at=NOW
    )


@pytest.mark.parametrize(
    "happens", [left, removed, erased, ended, renewed, signed_out_everywhere, gone_and_back]
)
def test_a_link_opens_nothing_once_it_is_over(week, happens):
    address = link_of(week.rosa)
    assert read(address)
    happens(week)
    assert Device().get(address).status_code == 404
    assert Device().get("/calendar/nobody-s.ics").status_code == 404


def valley_with(day: date) -> Valley:
    """Hillside, whose people sit in a room that is open until a day, and which Riverbend joins."""
    valley = Valley()
    hall = start(until_on=day, title="Dealing with the board", is_open_board=True)
    keep(valley.olaf, hall.sit("OL"), valley.hillside)
    promising.promise(
        by=account(valley.rosa), hub=valley.hub, once="1", words="Call Ana.", owner="", due_on=day, at=NOW
    )
    return valley


def test_where_two_hubs_became_one_each_has_of_before_what_was_theirs():
    valley = valley_with(DUE)
    theirs, ours = link_of(valley.olaf), link_of(valley.rosa)
    room, step = "Open until today: Dealing with the board", "Call Ana."
    assert room in events(theirs) and step not in events(theirs)
    assert step in events(ours) and room not in events(ours)
    valley.merge()
    assert room in events(theirs) and step not in events(theirs)
    assert step in events(ours) and room not in events(ours)


def test_a_link_does_not_come_back_with_a_backup(week):
    link_of(week.rosa)
    kept = {it._meta.label_lower for it in keeping.kept_models(apps)}
    assert "letters.weeklyletter" in kept
    assert "letters.calendarlink" not in kept


def test_it_is_made_on_the_account_shown_once_and_kept_as_a_hash(week):
    rosa = signed_in(week.rosa)
    assert says(rosa.get("/account/letters/"), "Make a link")
    with_passkey(sign_in(email="rosa@example.org"))
    assert rosa.post("/account/calendar/")["Location"].startswith("/account/again/")
    assert not CalendarLink.objects.exists()


def test_who_ought_to_have_a_second_step_sets_it_up_before_they_make_it(week):
    assert signed_in(week.rosa).post("/account/calendar/").status_code == 200
    CalendarLink.objects.all().delete()
    lena = Device()
    lena.client.force_login(week.lena)
    assert lena.get("/account/letters/").status_code == 200
    assert lena.post("/account/calendar/")["Location"].startswith("/account/second-step/")
    assert not CalendarLink.objects.exists()


def test_who_has_just_shown_their_second_step_makes_it(week):
    passkey, device = with_passkey(sign_in(email="rosa@example.org")), Device()
    sign_in_with(device, passkey)
    away = device.post("/account/calendar/")["Location"]
    assert away.startswith("/account/again/")
    page = device.post(away, {"credential": passkey.show(question(device.get(away)))})
    link = re.search(r"https://hub\.example\.org(/calendar/([\w-]+)\.ics)", text_of(page))
    assert read(link[1])
    assert CalendarLink.objects.get().key not in text_of(page)
    assert link[2] not in str(CalendarLink.objects.values())
    assert link[2] not in text_of(device.get("/account/letters/"))
    assert trail(did="made a link to their calendar") == [("Rosa", "made a link to their calendar")]


def test_a_link_is_asked_for_a_few_times_an_hour_and_no_more(week, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    address, other = link_of(week.rosa), link_of(make_account("Mia", hub=week.hub))
    assert {Device().get(address).status_code for _time in range(30)} == {200}
    assert Device().get(address).status_code == 429
    assert Device().get(other).status_code == 200


@pytest.mark.parametrize("words", ["calendar", "no-more-letters", "invitation", "welcome", "j"])
def test_no_key_is_in_the_log(words):
    key = "aB3-_x" * 5
    assert without_keys(f"GET /{words}/{key}/ failed: '/{words}/{key}.ics'") == (
        f"GET /{words}/–/ failed: '/{words}/–'"
    )


def test_a_fault_on_the_way_is_logged_without_the_key(week, settings, monkeypatch, capsys):
    def fail(*_args):
        raise ValueError("no calendar at /calendar/SECRETKEY.ics")

    monkeypatch.setattr("hubcraft.apps.letters.pages.calendars.calendar_of", fail)
    address = link_of(week.rosa)
    handler = logging.getLogger().handlers[:]
    logging.config.dictConfig(settings.LOGGING)
    try:
        assert Device().get(address).status_code == 500
    finally:
        logging.getLogger().handlers = handler
    said = capsys.readouterr().err
    assert "Internal Server Error: /calendar/–" in said and "no calendar at /calendar/–" in said
    assert address.split("/")[2].removesuffix(".ics") not in said and "SECRETKEY" not in said


def test_one_step_is_put_into_a_calendar_by_who_sees_it(week):
    page = f"{hub_address(week.hub)}next-steps/{week.cleos.id}/"
    rosa = signed_in(week.rosa)
    assert says(rosa.get(page), "Put it into my calendar")
    [event] = read(f"{page}next-step.ics", rosa).walk("VEVENT")
    assert str(event["summary"]) == "Write to the board."
    assert signed_in(week.lena).get(f"{page}next-step.ics").status_code == 404
    week.due(None)
    assert not says(rosa.get(page), "Put it into my calendar")
    assert rosa.get(f"{page}next-step.ics").status_code == 404


def test_nothing_that_people_wrote_breaks_it(week):
    address = link_of(week.rosa)
    NextStep.everywhere.exclude(id=week.own.id).update(due_on=None)
    for name, words in HOSTILE.items():
        NextStep.everywhere.filter(id=week.own.id).update(words=words)
        [event] = (calendar := read(address)).walk("VEVENT")
        assert [it.name for it in calendar.walk()] == ["VCALENDAR", "VEVENT"], name
        summary, description = str(event["summary"]), str(event["description"])
        assert summary.splitlines() == [summary]
        for told in (summary, description):
            assert [it for it in words if it.isalnum()] == [
                it for it in told.partition("\n\nRiverbend")[0] if it.isalnum()
            ], name
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", told)
        assert description.endswith(f"\n{event['url']}")
