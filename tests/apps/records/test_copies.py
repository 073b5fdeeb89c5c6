"""Everybody takes a copy of everything that is kept about them, and of nobody else."""

import json
import zipfile
from io import BytesIO

import pytest

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.cards.models import Card, CardVersion, Try
from hubcraft.apps.improvement.models import Raising
from hubcraft.apps.insights.actions import claims
from hubcraft.apps.insights.models import FormerMember, Look, Merge, Release, SeatClaim, TeamClaim
from hubcraft.apps.letters.models import CalendarLink, WeeklyLetter
from hubcraft.apps.lifecycle.models import KINDS, Charter, Evidence, Problem, RosterEntry, Routine, StageSaid
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.people.models import OneTimeKey, Person, SignedIn, Token
from hubcraft.apps.records.queries.copies import CHAPTERS
from hubcraft.apps.roles.models import Invitation
from tests.apps.insights.test_sharing import Place
from tests.apps.lifecycle.place import Home, keep_one_of_each, make_home
from tests.device import says
from tests.homes import account, signed_in
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    place = Place()
    cleo = place.hall.cleo
    claims.claim_seat(
        by=cleo.viewer, account=account(place.rosa), who=place.rosa.in_trail, seat_id=cleo.seat_id, at=NOW
    )
    place.share(place.strategy.id)
    return place


def copy(person) -> tuple[dict, str]:
    response = signed_in(person).post("/account/copy/")
    assert response["Content-Disposition"].startswith('attachment; filename="hubcraft-about-you-')
    with zipfile.ZipFile(BytesIO(response.content)) as file:
        return json.loads(file.read("about-you.json")), file.read("about-you.html").decode()


def test_it_holds_what_somebody_is_answered_wrote_and_did(place):
    told, page = copy(place.rosa)
    assert told.keys() == {"at", *CHAPTERS}
    assert told["account"][0]["email"] == "rosa@example.org"
    assert [it["role"] for it in told["roles"]] == ["hub leader"]
    assert [it["label"] for it in told["seats"]] == ["CL"]
    assert len(told["answers"]) == 11
    assert [it["words"] for it in told["strategies"]] == ["We meet on Mondays."]
    assert told["what_you_shared"][0]["hub"] == "Riverbend"
    assert "took their seat along" in [it["did"] for it in told["trail"]]
    assert "We meet on Mondays." in page and told["answers"][0]["look_for"] in page


def test_it_holds_nothing_of_anybody_else(place):
    told, page = copy(place.lena)
    assert told["account"][0]["email"] == "lena@example.org"
    assert told["strategies"] == told["answers"] == told["seats"] == []
    assert "Rosa" not in page and "We meet on Mondays." not in page


@pytest.fixture
def left() -> Home:
    """Ben led the hub, wrote one of each kind, and left; Rosa wrote on in all of it."""
    home = make_home()
    Membership.objects.filter(person=home.ben).update(role=Role.HUB_LEADER)
    kept = keep_one_of_each(account(home.ben), home.hub)
    Membership.objects.filter(person=home.ben).update(ended_at=NOW)
    for kind, field in WRITTEN_ON.items():
        KINDS[kind].everywhere.filter(id=kept[kind].id).update(**{field: f"Rosa on the {kind}."})
    return home


WRITTEN_ON = {
    "stage": "why",
    "evidence": "where",
    "charter": "agreements",
    "routine": "agenda",
    "roster": "hand_over",
    "problem": "decision",
}


def test_who_has_left_is_told_what_they_wrote_by_kind_and_moment_and_no_word_of_others(left):
    Membership.objects.filter(person=left.ben).update(ended_at=None)
    told, page = copy(left.ben)
    assert sum("Rosa on the" in str(it) for it in told["what_you_wrote_of_a_hub"]) == len(KINDS)
    Membership.objects.filter(person=left.ben).update(ended_at=NOW)
    told, page = copy(left.ben)
    assert told["what_you_wrote_of_a_hub"] == [
        {"hub": "Riverbend", "kind": kind, "made_at": NOW.isoformat()} for kind in KINDS
    ]
    assert not any(it in json.dumps(told) + page for it in ("Rosa on the", "Ada", "We call."))


def test_what_was_taken_away_is_told_to_who_could_put_it_back(left):
    Membership.objects.filter(person=left.ben).update(ended_at=None)
    for model in KINDS.values():
        model.everywhere.update(removed_at=NOW)
    assert all("id" not in it and len(it) > 3 for it in copy(left.ben)[0]["what_you_wrote_of_a_hub"])
    Membership.objects.filter(person=left.ben).update(role=Role.MEMBER)
    told = copy(left.ben)[0]["what_you_wrote_of_a_hub"]
    assert [it["kind"] for it in told if len(it) > 3] == ["problem"]


def test_every_table_that_points_at_a_person_has_a_chapter():
    told = {SignedIn, OneTimeKey, Membership, Invitation, SeatClaim, TeamClaim, Release, Look}
    told |= {FormerMember, Merge, WeeklyLetter, CalendarLink, Token}
    told |= {Card, CardVersion, Try, Raising}
    told |= {StageSaid, Evidence, Charter, Routine, RosterEntry, Problem}
    ours = {
        it.related_model
        for it in Person._meta.get_fields(include_hidden=True)
        if it.auto_created and not it.concrete and it.related_model.__module__.startswith("hubcraft.")
    }
    assert ours == told


def test_that_a_copy_was_taken_is_in_the_trail(place):
    before = TrailEntry.objects.filter(who=place.rosa.in_trail).count()
    copy(place.rosa)
    assert TrailEntry.objects.filter(who=place.rosa.in_trail).count() == before + 1


def test_the_account_page_offers_both(place):
    page = signed_in(place.rosa).get("/account/")
    assert says(page, "Take a copy") and says(page, "Erase my account")
