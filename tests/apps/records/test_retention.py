"""What retention.toml says is done: once a day, and on command."""

import tomllib
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.audit.retention import rules
from hubcraft.apps.notices.actions import promise_mail
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people import actions as people
from hubcraft.apps.people.models import OneTimeKey
from hubcraft.apps.records.actions.retention import keep_daily, keep_to_rules
from hubcraft.apps.records.queries.retention import SWEEPS, count_due
from hubcraft.apps.rooms.models import Brake, Seat
from hubcraft.apps.upkeep.models import Proof
from tests.make import NOW, opened, seated

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def days(rule: str) -> timedelta:
    return timedelta(days=rules()[rule].days)


def old_mail() -> None:
    promise_mail(to="ada@example.org", subject="Hello", words="Hello", at=NOW)
    OutboxMail.objects.update(sent_at=NOW, to="", words="", subject="")


def removed_seat() -> None:
    hall = opened()
    seated(hall, "BE")
    Seat.objects.filter(room=hall.room).update(removed_at=NOW)


THINGS = {
    "proof": (lambda: Proof.objects.create(begun_at=NOW), Proof.objects),
    "mail": (old_mail, OutboxMail.objects),
    "key": (lambda: people.make_key(person=None, at=NOW - DAY), OneTimeKey.objects),
    "room": (removed_seat, Seat.everywhere),
    "trail": (
        lambda: audit.record(who="Ada", did="started a room", thing="room 1", at=NOW),
        TrailEntry.objects.filter(who="Ada"),
    ),
}


@pytest.mark.parametrize("rule", THINGS)
def test_a_thing_is_kept_as_long_as_its_rule_says_and_no_longer(rule):
    make, rows = THINGS[rule]
    make()
    keep_to_rules(at=NOW + days(rule) - timedelta(hours=1))
    assert rows.count() == 1
    keep_to_rules(at=NOW + days(rule) + timedelta(hours=1))
    assert rows.count() == 0


def test_every_rule_that_names_days_is_executed_and_no_other():
    told = tomllib.loads(settings.RETENTION.read_text())["rules"]
    assert {it.rule for it in SWEEPS} == {key for key, it in told.items() if "days" in it}


def test_whatever_is_counted_is_what_goes():
    removed_seat(), old_mail()
    Brake.objects.create(name="codes", misses=1, at=NOW)
    at = NOW + 31 * DAY
    counted = count_due(at)
    assert sum(counted.values()) == 3
    assert (count_due(at), keep_to_rules(at=at)) == (counted, counted)
    assert sum(count_due(at).values()) == 0


def test_it_is_done_once_a_day():
    old_mail()
    at = NOW + 31 * DAY
    assert keep_daily(at=at) == 1
    old_mail()
    assert keep_daily(at=at + timedelta(hours=23)) == 0
    assert keep_daily(at=at + DAY) == 1
    assert TrailEntry.objects.filter(did="kept to the rules of retention").count() == 2


def test_the_command_counts_and_deletes_only_when_told_to(capsys):
    old_mail()
    OutboxMail.objects.update(sent_at=timezone.now() - 31 * DAY)
    call_command("retention")
    assert "1  mails that were sent or given up  (mail, 30 days)" in capsys.readouterr().out
    assert OutboxMail.objects.count() == 1
    call_command("retention", remove=True)
    assert "1  in all were removed." in capsys.readouterr().out
    assert OutboxMail.objects.count() == 0
