"""A reflection carries the day that it was where it was held, on every page and in every file."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from hubcraft.apps.insights.actions import sharing
from hubcraft.apps.insights.models import Frozen, Look
from hubcraft.apps.networks.models import Network
from hubcraft.apps.reflections.models import Reflection
from tests.api.programs import Program, make_token
from tests.apps.insights.test_files import rows, word
from tests.apps.insights.test_hubs import keep
from tests.apps.insights.test_sharing import Place
from tests.cast import convening
from tests.device import text_of
from tests.homes import account, hub_address, signed_in
from tests.make import RIVERBEND

pytestmark = pytest.mark.django_db

# Half past seven in the evening of the fourth in Chicago; the fifth by UTC.
EVENING = datetime(2026, 10, 5, 0, 30, tzinfo=UTC)
CHICAGO = "America/Chicago"
ITS_DAY, ANOTHER = "Oct. 4, 2026", "Oct. 5, 2026"


@pytest.fixture
def place():
    there = Place(time_zone=CHICAGO)
    Network.objects.filter(id=there.network.id).update(time_zone=CHICAGO)
    Reflection.objects.filter(id=there.board.id).update(made_at=EVENING, revealed_at=EVENING)
    there.network.refresh_from_db()
    return there


def test_pages_and_programs_tell_the_evening_s_own_day(place):
    reader, home = signed_in(place.rosa), hub_address(place.hub)
    look_for = place.hall.look_fors[0]
    for to in (
        "",
        f"boards/{place.board.id}/",
        "sharing/",
        "framework/",
        f"framework/{look_for}/",
    ):
        page = text_of(reader.get(f"{home}{to}"))
        assert (ITS_DAY in page, ANOTHER in page) == (True, False), to
    _token, key = make_token(place.rosa)
    program, path = Program(key), f"/hubs/{place.hub.id}"
    assert program.get(f"{path}/sessions").json()["rows"][0]["on"] == "2026-10-04"
    assert program.get(f"{path}/boards/{place.board.id}").json()["on"] == "2026-10-04"


def test_files_and_charts_tell_it_too(place):
    later = convening("revealed", time_zone=CHICAGO)
    keep(place.rosa, later.ben, place.hub)
    board = later.board(RIVERBEND)
    on = EVENING + timedelta(days=30)
    Reflection.objects.filter(id=board.id).update(made_at=on, revealed_at=on)
    reader, home = signed_in(place.rosa), hub_address(place.hub)
    page, told = text_of(reader.get(home)), word(reader.get(f"{home}file.docx"))
    assert "4 Oct 2026" in page and "5 Oct 2026" not in page
    assert ITS_DAY in told and "4 Oct 2026" in told
    assert ANOTHER not in told and "5 Oct 2026" not in told
    assert {it["day"] for it in rows(reader.get(f"{home}file.zip"), "board")} == {"2026-10-04", "2026-11-03"}
    chart = reader.get(f"{home}boards/{place.board.id}/charts/agreement.svg")
    assert "2026-10-04" in chart["Content-Disposition"]


def test_what_is_shared_carries_it_upward_and_a_look_the_day_of_its_network(place):
    place.share(place.board.id)
    sharing.look(
        by=account(place.lena), releases=list(sharing.releases_of(place.hub)), at=EVENING + timedelta(days=7)
    )
    assert (Frozen.everywhere.get().on, Look.everywhere.get().on) == (date(2026, 10, 4), date(2026, 10, 11))
    page = text_of(signed_in(place.lena).get(place.seen))
    assert (ITS_DAY in page, ANOTHER in page) == (True, False)


def test_what_was_shared_before_gets_its_own_day(place):
    place.share(place.board.id)
    Frozen.everywhere.update(on=EVENING.date())
    import_module("hubcraft.apps.insights.migrations.0007_dated_where_held").date_where_held(apps, None)
    assert Frozen.everywhere.get().on == date(2026, 10, 4)
