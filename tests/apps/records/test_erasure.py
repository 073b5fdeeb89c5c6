"""Somebody is erased: nothing says who they were, what was their team's stays, and no older backup brings them back."""

import json
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.insights.actions import claims, promising
from hubcraft.apps.insights.models import Look, Release, SeatClaim
from hubcraft.apps.lifecycle.models import Charter, Problem, RosterEntry, Routine
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import Person, SignedIn
from hubcraft.apps.records.actions import erasure
from hubcraft.apps.records.queries.ledger import ledger_file, read_ledger
from hubcraft.apps.reflections.models import Mark
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.rooms.models import Seat
from hubcraft.domain.verdict import NotThere, Refused
from tests.apps.insights.test_sharing import Place
from tests.apps.lifecycle.place import keep_one_of_each
from tests.apps.people.test_second_step import question, sign_in_with, with_app, with_passkey
from tests.apps.people.test_sign_in import ask_for_code, sign_in
from tests.apps.roles.people import administrator, viewer
from tests.device import Device, says
from tests.homes import account, make_account, signed_in
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger(tmp_path, settings):
    """A ledger of this test's own."""
    settings.DATA = tmp_path


@pytest.fixture
def place():
    """Rosa leads a hub, sat in a room as BE, shared and promised something; Lena looked."""
    place = Place()
    ben = place.hall.ben
    claims.claim_seat(
        by=ben.viewer, account=account(place.rosa), who=place.rosa.in_trail, seat_id=ben.seat_id, at=NOW
    )
    place.share(place.strategy.id)
    signed_in(place.lena).get(place.seen)
    return place


def erase(person: Person, by: Person | None = None) -> None:
    erasure.erase(by=viewer(by or person), person_id=person.id, at=NOW)


def everything() -> str:
    """Every row of every table as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            told += [repr(row) for row in cursor.fetchall()]
    return "\n".join(told)


def test_no_table_says_their_name_or_address(place):
    rosa = signed_in(place.rosa)
    assert rosa.get("/account/").status_code == 200
    assert "Rosa" in everything() and "rosa@example.org" in everything()
    erase(place.rosa)
    assert "Rosa" not in everything() and "rosa@example.org" not in everything()
    assert rosa.get("/account/").status_code == 302


def test_who_sees_to_what_their_hub_promised_outside_of_sessions_is_nobody(place):
    more = {"by": viewer(place.rosa), "hub": place.hub, "due_on": None, "at": NOW}
    hers = promising.promise(once="1", words="Meet weekly.", owner="rosa", **more)
    ben_s = promising.promise(once="2", words="Call Ana.", owner="Ben", **more)
    erase(place.rosa)
    hers.refresh_from_db(), ben_s.refresh_from_db()
    assert (hers.owner, ben_s.owner) == ("", "Ben")


NAMED = (
    (Problem, "whose"),
    (Problem, "decided_by"),
    (Problem, "told"),
    (RosterEntry, "name"),
    (Routine, "who"),
    (Charter, "who"),
)


@pytest.fixture
def kept(place):
    """One of each that Rosa's hub keeps; in it is another Rosa, called by her whole name."""
    make_account("Rosa Field", hub=place.hub)
    keep_one_of_each(viewer(place.rosa), place.hub)
    return place


def take_names_out(place, words: str) -> dict[str, str]:
    """What these words become in each field that holds names; in one that does not they stay."""
    for model, field in (*NAMED, (Problem, "decision"), (Charter, "decisions")):
        model.everywhere.update(**{field: words})
    erasure.stand_nowhere(place.rosa)
    assert (Problem.everywhere.get().decision, Charter.everywhere.get().decisions) == (words, words)
    return {f"{it.__name__}.{field}": getattr(it.everywhere.get(), field) for it, field in NAMED}


def test_a_name_goes_from_every_field_of_names_and_from_no_other(kept):
    for words, left in {
        "Rosa": "",
        "ROSA@example.org": "",
        "Rosa, Ben": "Ben",
        "Ben and rosa": "Ben",
        "Rosa y Ben": "Ben",
        "Ben, Rosa (secretary)": "Ben, secretary",
        "Rosalind, Rosa Field, Rosa": "Rosalind, Rosa Field",
    }.items():
        assert take_names_out(kept, words) == dict.fromkeys(
            (f"{it.__name__}.{field}" for it, field in NAMED), left
        ), words


def test_a_charter_keeps_a_name_inside_a_sentence_and_a_line_of_names_does_not(kept):
    found = take_names_out(kept, "Ask Rosa first")
    assert found.pop("Charter.who") == "Ask Rosa first"
    assert set(found.values()) == {"Ask first"}


def test_the_whole_erasure_takes_names_out_of_lists(kept):
    Problem.everywhere.update(told="Ben and Rosa")
    promised = promising.promise(
        once="1",
        words="Meet.",
        owner="Ben and Rosa",
        by=viewer(kept.rosa),
        hub=kept.hub,
        due_on=None,
        at=NOW,
    )
    erase(kept.rosa)
    promised.refresh_from_db()
    assert (Problem.everywhere.get().told, promised.owner) == ("Ben", "Ben")


def test_what_the_team_wrote_and_answered_stays_without_a_name(place):
    seat = place.hall.ben.seat
    marks = Mark.objects.filter(seat=seat).count()
    assert (seat.label, marks) == ("BE", 11)
    erase(place.rosa)
    seat.refresh_from_db()
    assert (seat.label, seat.initials, seat.secret) == ("–", "–", "")
    assert Mark.objects.filter(seat=seat).count() == marks
    assert SeatClaim.everywhere.filter(seat=seat).count() == 0


def test_two_who_are_erased_in_one_team_stand_there_apart(place):
    mia, cleo = make_account("Mia", hub=place.hub), place.hall.cleo
    claims.claim_seat(by=cleo.viewer, account=account(mia), who=mia.in_trail, seat_id=cleo.seat_id, at=NOW)
    erase(place.rosa), erase(mia)
    assert sorted(
        Seat.objects.filter(id__in=[place.hall.ben.seat_id, cleo.seat_id]).values_list("label", flat=True)
    ) == ["–", "– 2"]


def test_what_they_shared_stays_the_hub_s_and_their_roles_end(place):
    release = Release.everywhere.get()
    assert release.person == place.rosa
    erase(place.rosa)
    release.refresh_from_db()
    assert (release.person, release.revoked_at, release.words["words"]) == (None, None, "We meet on Mondays.")
    held = Membership.objects.get(person=place.rosa)
    assert (held.role, held.ended_at) == (Role.HUB_LEADER, NOW)


def test_that_they_looked_is_told_no_more(place):
    assert Look.everywhere.filter(person=place.lena).count() == 1
    erase(place.lena)
    assert Look.everywhere.count() == 0


def test_the_trail_stays_whole_and_names_nobody(place):
    before = list(TrailEntry.objects.order_by("id").values_list("id", "who", "did"))
    erase(place.rosa)
    after = list(TrailEntry.objects.order_by("id").values_list("id", "who", "did"))
    assert after[: len(before)] == before
    assert after[len(before) :] == [(after[-1][0], place.rosa.in_trail, "erased their account")]


def test_the_administrator_erases_whoever_asks_and_nobody_else_does(place):
    admin = administrator()
    with pytest.raises(NotThere):
        erase(place.rosa, by=place.lena)
    assert Person.objects.get(id=place.rosa.id).removed_at is None
    erase(place.rosa, by=admin)
    assert Person.objects.get(id=place.rosa.id).removed_at == NOW
    with pytest.raises(NotThere):
        erase(place.rosa, by=admin)


def test_the_last_administrator_is_not_erased():
    admin = administrator()
    with pytest.raises(Refused):
        erase(admin)
    other = make_account("Olga")
    Person.objects.filter(id=other.id).update(is_administrator=True)
    erase(admin)
    assert Person.objects.get(id=admin.id).removed_at == NOW


def test_the_address_is_free_again(place):
    erase(place.rosa)
    again = make_account("Rosa", hub=place.hub)
    assert again.id != place.rosa.id
    assert erasure.replay(at=NOW) == 0
    assert Person.objects.get(email="rosa@example.org").removed_at is None


def test_the_ledger_tells_nobody_s_name(place):
    erase(place.rosa)
    [line] = [json.loads(it) for it in ledger_file().read_text().splitlines() if it]
    assert line["person"] == place.rosa.id
    assert "rosa" not in json.dumps(line).lower()
    assert ledger_file().stat().st_mode & 0o777 == 0o600


def come_back(person: Person) -> None:
    """As an older backup would have it."""
    Person.objects.filter(id=person.id).update(name="Rosa", email="rosa@example.org", removed_at=None)
    Invitation.everywhere.create(
        key="k",
        once="o",
        email="rosa@example.org",
        role="member",
        network_id=Membership.objects.get(person=person).network_id,
        made_by=make_account("Olga"),
        made_at=NOW - timedelta(days=1),
        until=NOW,
    )
    OutboxMail.objects.create(to="rosa@example.org", subject="", words="Rosa", due_at=NOW - timedelta(days=1))


def test_who_comes_back_is_erased_again_and_without_the_ledger_stays(place):
    erase(place.rosa)
    kept = ledger_file().read_text()
    come_back(place.rosa)
    ledger_file().unlink()
    assert erasure.replay(at=NOW) == 0
    assert "Rosa" in everything()

    ledger_file().write_text(kept)
    assert erasure.replay(at=NOW) == 1
    assert "Rosa" not in everything() and "rosa@example.org" not in everything()
    assert erasure.replay(at=NOW) == 0


def test_who_was_invited_before_they_had_an_account_is_forgotten_as_well(place):
    erase(place.rosa)
    come_back(place.rosa)
    Person.objects.filter(id=place.rosa.id).update(name="", email="", removed_at=NOW)
    assert erasure.replay(at=NOW) == 0
    assert Invitation.everywhere.count() == OutboxMail.objects.filter(to="rosa@example.org").count() == 0


def test_a_line_that_was_cut_short_spoils_no_other(place):
    erase(place.rosa)
    with ledger_file().open("a") as file:
        file.write('{"person": "abc')
    erase(place.lena)
    assert {it.person for it in read_ledger()} == {place.rosa.id, place.lena.id}


def test_a_ledger_that_is_lost_is_made_again_from_who_is_erased(place):
    erase(place.rosa)
    ledger_file().unlink()
    erasure.replay(at=NOW)
    assert [it.person for it in read_ledger()] == [place.rosa.id]
    assert ledger_file().parent == settings.DATA


def test_passkeys_apps_recovery_codes_and_sessions_go_with_their_person(place, settings):
    settings.HUBCRAFT_ADDRESS = "https://hub.example.org"
    rosa, lena = sign_in(email="rosa@example.org"), signed_in(place.lena)
    passkey = with_passkey(rosa)
    with_app(rosa)
    steps = Authenticator.objects.filter(user=place.rosa)
    assert {it.type for it in steps} == {"webauthn", "totp", "recovery_codes"}
    assert sign_in_with(Device(), passkey).status_code == 302
    assert SignedIn.objects.filter(person=place.rosa).count() == 2
    others = Authenticator.objects.filter(user=place.lena).count()
    erase(place.rosa)
    assert not steps.all().exists() and Authenticator.objects.filter(user=place.lena).count() == others == 1
    assert not SignedIn.objects.filter(person=place.rosa).exists()
    assert sign_in_with(Device(), passkey).status_code == 422
    assert rosa.get("/account/").status_code == 302 and lena.get("/account/").status_code == 200


def test_a_device_on_which_they_only_began_to_sign_in_forgets_them(place):
    begun, other = Device(), Device()
    code = ask_for_code(begun, "rosa@example.org")
    ask_for_code(other, "lena@example.org")

    def held(word: str) -> int:
        return sum(word in json.dumps(it.get_decoded()) for it in SignedIn.objects.all())

    assert (held("rosa@example.org"), held("lena@example.org")) == (1, 1)
    erase(place.rosa)
    assert (held("rosa@example.org"), held("lena@example.org")) == (0, 1)
    assert begun.post("/sign-in/code/", {"code": code, "action": "verify"})["Location"] == "/sign-in/"


# -- pages -------------------------------------------------------------------------------------------------


def test_somebody_erases_themselves_with_their_own_address(place):
    rosa = signed_in(place.rosa)
    page = rosa.get("/account/erasure/")
    assert says(page, "1 seat in a room loses its initials")
    assert rosa.post("/account/erasure/", {"address": "lena@example.org"}).status_code == 422
    assert Person.objects.get(id=place.rosa.id).removed_at is None
    page = rosa.post("/account/erasure/", {"address": " Rosa@Example.org"})
    assert (page.status_code, says(page, "Your account is erased")) == (200, True)
    assert Person.objects.get(id=place.rosa.id).email == ""
    assert rosa.get("/account/erasure/").status_code == 302


def showing_again(device: Device) -> Device:
    """As if a second step had been shown a moment ago."""
    session = device.client.session
    for it in session["account_authentication_methods"]:
        it |= {"at": time.time(), "reauthenticated": True}
    session.save()
    return device


def test_who_has_a_second_step_shows_it_once_more_before_they_are_erased(place, settings):
    settings.HUBCRAFT_ADDRESS = "https://hub.example.org"
    passkey, left = with_passkey(sign_in(email="rosa@example.org")), Device()
    sign_in_with(left, passkey)
    assert says(left.get("/account/erasure/"), "Erase for good")
    away = left.post("/account/erasure/", {"address": "rosa@example.org"})["Location"]
    assert away.startswith("/account/again/?next=")
    assert left.post(away, {"code": "123456"}).status_code == 422
    assert Person.objects.get(id=place.rosa.id).removed_at is None
    page = left.post(away, {"credential": passkey.show(question(left.get(away)))})
    assert says(page, "Your account is erased")
    assert Person.objects.get(id=place.rosa.id).email == ""
    assert left.get("/account/").status_code == 302


def test_an_administrator_shows_theirs_before_they_erase_somebody(place):
    admin = signed_in(administrator())
    address = f"/administration/people/{place.rosa.id}/erasure/"
    assert admin.post(address, {"address": "rosa@example.org"})["Location"].startswith("/account/again/")
    assert Person.objects.get(id=place.rosa.id).removed_at is None
    showing_again(admin).post(address, {"address": "rosa@example.org"})
    assert Person.objects.get(id=place.rosa.id).removed_at is not None


def test_the_administrator_s_page_erases_whoever_asked(place):
    admin = showing_again(signed_in(administrator()))
    address = f"/administration/people/{place.rosa.id}/erasure/"
    assert says(admin.get("/administration/people/"), address)
    assert admin.post(address, {"address": "lena@example.org"}).status_code == 422
    assert admin.post(address, {"address": "rosa@example.org"})["Location"] == "/administration/people/"
    assert admin.get(address).status_code == 404
    assert not says(admin.get("/administration/people/"), "Rosa")


def test_the_last_administrator_reads_why_not():
    admin = administrator()
    page = signed_in(admin).get("/account/erasure/")
    assert says(page, "This is the last administrator.") and not says(page, "Erase for good")
