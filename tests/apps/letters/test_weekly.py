"""One letter a week at most, only where something waits, and never to somebody who may not read it any more."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights.actions import raising
from hubcraft.apps.letters.actions import weekly
from hubcraft.apps.letters.models import WeeklyLetter
from hubcraft.apps.lifecycle.models import Charter
from hubcraft.apps.networks.models import Membership, Network, Role, Team
from hubcraft.apps.notices.actions import send_due
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import Person
from hubcraft.apps.records.actions.erasure import erase
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.rooms import actions as rooms
from hubcraft.domain.days import coming_monday
from tests.apps.letters.place import CHICAGO, Week, local
from tests.apps.lifecycle.place import keep_one_of_each
from tests.apps.notices.test_mails import faults_of, html_of, letters, links_of, read
from tests.device import Device, says
from tests.homes import account, make_account, make_hub, signed_in, trail
from tests.hostile import HOSTILE
from tests.make import NOW, start

pytestmark = pytest.mark.django_db
HERE = "https://hub.example.org"
# A Friday, the Monday after it, and when that Monday's letter is about.
FRIDAY, MONDAY = local("2026-10-23"), local("2026-10-26")
DUE = date(2026, 10, 28)


@pytest.fixture(autouse=True)
def has_an_address(settings, tmp_path):
    settings.HUBCRAFT_ADDRESS = HERE
    settings.DATA = tmp_path


@pytest.fixture
def week():
    week = Week(DUE)
    weekly.write_letters(at=FRIDAY)
    return week


def sent(at: datetime) -> list:
    """The letters that one round of the worker sends."""
    mail.outbox.clear()
    weekly.write_letters(at=at)
    send_due(at=at)
    return [it for it in mail.outbox if "List-Unsubscribe" in it.extra_headers]


def to(at: datetime) -> list[str]:
    return sorted(it.to[0] for it in sent(at))


def test_it_comes_on_monday_morning_where_its_reader_is(week):
    assert to(MONDAY - timedelta(minutes=1)) == []
    assert to(MONDAY) == ["rosa@example.org"]


def test_it_says_what_is_theirs_and_what_their_hub_promised(week):
    [letter] = sent(MONDAY)
    address = f"{HERE}/n/{week.network.id}/teams/{week.hub.id}/next-steps"
    assert letter.subject == "What waits for you this week"
    assert letter.body.partition("This letter comes")[0] == (
        "What you promised\n-----\n"
        + "".join(
            f"- “{it.words}”, by Wednesday 28 October (Riverbend)\n  {address}/{it.id}/\n"
            for it in sorted((week.own, week.step), key=lambda it: it.id)
        )
        + "\nWhat others of your hub promised\n-----\n"
        + f"- “Write to the board.”, by Wednesday 28 October (Riverbend)\n  {address}/{week.cleos.id}/\n\n"
    )
    assert links_of(html_of(letter)) == re.findall(r"https?://\S+", letter.body)
    assert faults_of(html_of(letter)) == []


def test_it_comes_once_a_week_however_often_the_worker_asks(week):
    moments = [MONDAY + timedelta(hours=step) for step in range(7 * 24)]
    assert [it for at in moments for it in to(at)] == ["rosa@example.org"]
    week.due(date(2026, 11, 4))
    assert to(local("2026-11-02")) == ["rosa@example.org"]
    assert to(local("2026-11-02")) == []


def test_a_letter_that_cannot_be_made_keeps_nobody_else_s(week, monkeypatch):
    make_account("Anna", network=week.network)
    weekly.write_letters(at=MONDAY - timedelta(days=1))
    asked = weekly.what_waits

    def fail(person, at):
        if person.name == "Anna":
            raise ValueError("a fault")
        return asked(person, at)

    monkeypatch.setattr(weekly, "what_waits", fail)
    assert to(MONDAY) == ["rosa@example.org"]
    assert not WeeklyLetter.objects.filter(next_at__lte=MONDAY).exists()


def test_two_workers_write_one(week):
    letter = WeeklyLetter.objects.get(person=week.rosa)
    assert [weekly.write_one(letter_id=letter.id, waits=True, at=MONDAY) for _twice in "ab"] == [1, 0]
    assert OutboxMail.objects.filter(kind=weekly.KIND).count() == 1


@pytest.mark.parametrize("first", ["2026-10-19", "2027-03-08"])
def test_monday_is_nine_there_on_both_sides_of_a_change_of_clocks(first):
    at, mornings = local(first) - timedelta(days=1), []
    for _week in range(4):
        at = coming_monday(at, CHICAGO, after=weekly.LATE if mornings else timedelta())
        mornings.append(at)
    days = [(date.fromisoformat(first) + timedelta(days=7 * step)).isoformat() for step in range(4)]
    assert mornings == [local(day) for day in days]
    assert len({it - datetime.combine(it.date(), datetime.min.time(), UTC) for it in mornings}) == 2


def test_who_moves_to_another_zone_gets_no_two_in_a_week(week):
    Network.objects.filter(id=week.network.id).update(time_zone="Pacific/Kiritimati")
    WeeklyLetter.objects.update(next_at=local("2026-10-26", zone="Pacific/Kiritimati"))
    assert to(local("2026-10-26", zone="Pacific/Kiritimati")) == ["rosa@example.org"]
    Network.objects.filter(id=week.network.id).update(time_zone="Pacific/Honolulu")
    hours = (MONDAY + timedelta(hours=step) for step in range(6 * 24))
    assert [it for at in hours for it in to(at)] == []


def test_a_worker_that_was_away_too_long_leaves_the_week_out(week):
    assert to(MONDAY + weekly.LATE + timedelta(hours=1)) == []
    week.due(date(2026, 11, 4))
    assert to(local("2026-11-02")) == ["rosa@example.org"]


def test_nobody_gets_an_empty_one(week):
    NextStep.everywhere.update(due_on=None)
    assert to(MONDAY) == []
    assert WeeklyLetter.objects.get(person=week.rosa).sent_at is None


def test_what_is_far_away_or_long_over_waits_for_nobody(week):
    week.due(None)
    told = {}
    for days in (14, 15, -56, -57):
        week.due(date(2026, 10, 26) + timedelta(days=days), week.own)
        WeeklyLetter.objects.update(next_at=MONDAY)
        told[days] = len(to(MONDAY))
    assert told == {14: 1, 15: 0, -56: 1, -57: 0}


def test_a_step_that_was_settled_meanwhile_is_not_in_it(week):
    weekly.write_letters(at=MONDAY)
    assert [it.to for it in OutboxMail.objects.filter(kind=weekly.KIND)] == ["rosa@example.org"]
    assert set(OutboxMail.objects.filter(kind=weekly.KIND).values_list("words", "subject")) == {("", "")}
    NextStep.everywhere.update(state="done")
    assert to(MONDAY) == []
    assert not OutboxMail.objects.filter(sent_at=None, kind=weekly.KIND).exists()


def gone_from_the_hub(week):
    week.leave(week.rosa)


def gone_from_here(week):
    Person.objects.filter(id=week.rosa.id).update(removed_at=NOW)


def erased(week):
    make_account("Olaf", hub=make_hub(week.network, "Other"), role=Role.HUB_LEADER)
    erase(by=account(week.rosa), person_id=week.rosa.id, at=NOW)


def wants_none(week):
    weekly.choose_letter(person=week.rosa, is_on=False, at=NOW)


@pytest.mark.parametrize("happens", [gone_from_the_hub, gone_from_here, erased, wants_none])
def test_who_is_gone_gets_nothing_also_where_it_was_promised_before(week, happens):
    mia = week.member()
    weekly.write_letters(at=FRIDAY)
    assert weekly.write_letters(at=MONDAY) == 2
    happens(week)
    assert to(MONDAY) == [mia.email]
    week.due(date(2026, 11, 4))
    assert to(local("2026-11-02")) == [mia.email]


def test_a_member_is_told_of_the_team_s_step_and_not_of_others(week):
    mia = week.member()
    weekly.write_letters(at=FRIDAY)
    [letter] = [it for it in sent(MONDAY) if it.to == [mia.email]]
    assert "Call the schools." in letter.body
    assert "Meet weekly." not in letter.body and "Write to the board." not in letter.body


def test_who_stands_as_its_owner_is_told(week):
    mia = week.member()
    NextStep.everywhere.filter(id=week.cleos.id).update(owner="MIA")
    weekly.write_letters(at=FRIDAY)
    [letter] = [it for it in sent(MONDAY) if it.to == [mia.email]]
    assert "Write to the board." in letter.body


def test_another_hub_and_who_leads_above_are_told_nothing_of_it(week):
    make_account("Olaf", hub=None, network=week.network, role=Role.COACH)
    weekly.write_letters(at=FRIDAY)
    assert to(MONDAY) == ["rosa@example.org"]


def test_a_seat_that_was_put_away_tells_nothing(week):
    week.due(None)
    week.due(DUE, week.own)
    assert "Meet weekly." in sent(MONDAY)[0].body
    WeeklyLetter.objects.update(next_at=MONDAY)
    rooms.remove_seat(by=week.hall.leader, seat=week.hall.ben.seat, at=NOW)
    assert to(MONDAY) == []


def test_a_session_that_is_open_until_a_day_is_told(week):
    week.due(None)
    hall = start(until_on=(NOW + timedelta(days=5)).date(), title="Autumn look", time_zone=CHICAGO)
    ReflectionSession.everywhere.filter(room_id=hall.id).update(until_on=DUE)
    week.take(hall.sit("RO"), week.rosa)
    [letter] = sent(MONDAY)
    assert "“Autumn look” is open until Wednesday 28 October." in letter.body
    assert f"{HERE}/r/{hall.id}/team/" in letter.body


def test_an_invitation_is_told_without_its_key(week):
    mia = make_account("Mia", hub=week.hub)
    week.due(None)
    weekly.write_letters(at=FRIDAY)
    asked = {"email": mia.email, "made_by": week.lena, "made_at": FRIDAY, "until": local("2026-11-05")}
    made = Invitation.objects.create(key="h" * 64, once="o", role="coach", network=week.network, **asked)
    [letter] = sent(MONDAY)
    assert "Lena invites you to Valley network. The link is in the mail of Friday 23 October." in letter.body
    assert "/invitation/" not in letter.body
    WeeklyLetter.objects.update(next_at=MONDAY)
    Membership.everywhere.filter(person=made.made_by).update(ended_at=NOW)
    assert to(MONDAY) == []


def test_it_is_read_in_its_reader_s_language(week):
    Person.objects.filter(id=week.rosa.id).update(language="es")
    [letter] = sent(MONDAY)
    assert letter.subject == "Lo que le espera esta semana"
    assert "“Meet weekly.”, para el miércoles 28 de octubre (Riverbend)" in letter.body
    assert '<html lang="es">' in html_of(letter)


def test_without_an_address_of_the_house_there_is_no_way_out_and_no_letter(week, settings):
    settings.HUBCRAFT_ADDRESS = ""
    assert to(MONDAY) == []
    settings.HUBCRAFT_ADDRESS = HERE
    assert to(MONDAY) == ["rosa@example.org"]


def test_nothing_that_people_wrote_breaks_it(week):
    for words in HOSTILE.values():
        NextStep.everywhere.update(words=words, owner=words[:120])
        Team.everywhere.filter(id=week.hub.id).update(name=words[:80])
        WeeklyLetter.objects.update(next_at=MONDAY)
        [letter] = sent(MONDAY)
        holds(letter, words)


def holds(letter, words: str) -> None:
    """Whatever was written: each point stays a point, no address is anybody's but ours, nothing is lost."""
    html = html_of(letter)
    assert faults_of(html) == []
    assert {it for it in links_of(html) if not it.startswith(HERE)} == set()
    assert letters(words) in letters(letter.body)
    assert letters(read(html)) == letters(
        "Hubcraft" + letter.subject + re.sub(r"\n  https://hub\S+", "", letter.body)
    )
    assert letter.message()["To"] == "rosa@example.org"
    assert len(re.findall(r"^- ", letter.body, re.MULTILINE)) == 3


# -- the way out -------------------------------------------------------------------------------------------


def way_out(letter) -> str:
    head = letter.extra_headers["List-Unsubscribe"]
    assert head.strip("<>") in letter.body
    return head.strip("<>").removeprefix(HERE)


def test_a_mail_program_stops_it_with_one_click_from_anywhere(week):
    [letter] = sent(MONDAY)
    assert letter.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = Client()
    assert program.get(way_out(letter)).status_code == 200
    assert WeeklyLetter.objects.get(person=week.rosa).is_off is False
    answer = program.post(way_out(letter), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies) == (200, {})
    assert WeeklyLetter.objects.get(person=week.rosa).is_off is True
    assert trail(did="turned the weekly letter off from a letter")[0][0] == "Rosa"
    WeeklyLetter.objects.update(next_at=MONDAY)
    assert to(MONDAY) == []


def test_the_way_out_opens_nothing_else(week):
    [letter] = sent(MONDAY)
    out, device = way_out(letter), Device()
    assert says(device.post(out), "You get no more of these letters")
    assert device.get("/account/").status_code == 302
    assert signed_in(week.rosa).get("/account/").status_code == 200
    assert device.post("/no-more-letters/nobody-s/").status_code == 200
    assert WeeklyLetter.objects.filter(is_off=True).count() == 1


def test_on_the_account_it_is_turned_off_and_on(week):
    rosa = signed_in(week.rosa)
    assert says(rosa.get("/account/"), "Letter and calendar")
    assert says(rosa.get("/account/letters/"), "You get it.")
    rosa.post("/account/letters/", {"weekly": "off"})
    assert says(rosa.get("/account/letters/"), "You don’t get it.")
    assert to(MONDAY) == []
    rosa.post("/account/letters/", {"weekly": "on"})
    rosa.post("/account/letters/", {"weekly": "on"})
    assert [did for _who, did in trail() if "weekly letter" in did] == [
        "turned the weekly letter off",
        "turned the weekly letter on",
    ]
    week.due(date(2026, 11, 4))
    assert to(local("2026-11-02")) == ["rosa@example.org"]


def test_a_charter_whose_day_is_near_stands_in_the_letter_of_who_leads_and_of_nobody_else(week):
    week.due(None)
    week.member()
    charter = keep_one_of_each(account(week.rosa), week.hub)["charter"]
    Charter.everywhere.update(review_on=MONDAY.date() + timedelta(days=15))
    assert to(MONDAY) == []
    WeeklyLetter.objects.update(next_at=MONDAY, sent_at=None)
    Charter.everywhere.update(review_on=MONDAY.date() + timedelta(days=14))
    [letter] = sent(MONDAY)
    assert letter.to == ["rosa@example.org"] and charter.team.name in letter.body
    assert f"{HERE}/n/{week.network.id}/teams/{week.hub.id}/charter/" in letter.body


def test_what_a_hub_asks_waits_for_who_leads_the_network_and_its_answer_for_who_asked(week):
    mia, nina = week.member(), make_account("Nina", hub=week.hub)
    week.due(None)
    ask = {"hub": week.hub, "step_id": week.step.id, "asked": "Who has done this?"}
    it = raising.raise_step(by=account(mia), **ask, at=MONDAY - timedelta(days=3))
    [letter] = sent(MONDAY)
    assert letter.to == ["lena@example.org"]
    assert "What hubs ask your network for" in letter.body
    assert "- “Who has done this?” (Riverbend)" in letter.body and f"/raised/{it.id}/" in letter.body
    # What they don't read there is not in the mail either.
    assert week.step.owner not in letter.body.split() and "Mia" not in letter.body

    told = {"network_id": week.network.id, "raising_id": it.id, "was": "", "answer": "will", "words": "Soon."}
    raising.answer(by=account(week.lena), **told, at=MONDAY + timedelta(days=2))
    letters = {it.to[0]: it.body for it in sent(local("2026-11-02"))}
    assert sorted(letters) == ["mia@example.org", "rosa@example.org"] and nina
    assert "You asked: “Who has done this?”. The network: We will do it." in letters["mia@example.org"]
    assert sent(local("2026-11-09")) == []
