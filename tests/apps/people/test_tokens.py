"""Tokens: made by who has just shown themselves, shown once, revoked in one press, gone with their person."""

import re
from datetime import timedelta

import pytest
from django.utils.formats import date_format

from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people import actions, queries
from hubcraft.apps.people.models import Person, Token
from hubcraft.apps.records.actions.erasure import erase
from hubcraft.apps.records.actions.retention import keep_to_rules
from hubcraft.apps.roles.actions import roles
from tests.api.programs import LAST_DAY, Program, make_token
from tests.apps.records.test_erasure import showing_again
from tests.device import Device, says
from tests.homes import account, make_account, make_hub, make_initiative, make_network, signed_in, trail
from tests.make import NOW

pytestmark = pytest.mark.django_db
NEW = "/account/tokens/new/"


@pytest.fixture
def hub():
    return make_hub(make_network("Delta", make_initiative()))


@pytest.fixture
def rosa(hub) -> Person:
    return make_account("Rosa", hub=hub, role=Role.HUB_LEADER)


def filled(hub, **more) -> dict:
    return {
        "name": "Spreadsheet",
        "may": "read",
        "places": [f"team {hub.id}"],
        "until_on": LAST_DAY.isoformat(),
    } | more


def key_on(page) -> str:
    return re.search(r'value="(hubcraft_[\w-]+)"', page.content.decode())[1]


def works(key: str) -> bool:
    return Program(key).get("/me").status_code == 200


def test_a_token_is_shown_once_and_kept_as_a_hash(rosa, hub):
    page = signed_in(rosa).post(NEW, filled(hub))
    key, token = key_on(page), Token.objects.get()
    assert works(key)
    assert (token.secret, token.name, token.may_write) == (queries.hashed(key), "Spreadsheet", False)
    assert key not in signed_in(rosa).get("/account/").content.decode()
    assert not Token.objects.filter(secret=key).exists()


def test_making_and_revoking_are_in_the_trail_and_told_by_mail(rosa, hub):
    rosas = signed_in(rosa)
    key = key_on(rosas.post(NEW, filled(hub)))
    mail = OutboxMail.objects.get(to=rosa.email)
    assert "Spreadsheet" in mail.words and key not in mail.words
    assert says(rosas.get("/account/"), "Spreadsheet")
    token = Token.objects.get()
    assert rosas.post(f"/account/tokens/{token.id}/removal/")["Location"] == "/account/#tokens"
    assert trail(thing=f"token {token.id}") == [("Rosa", "made a token"), ("Rosa", "revoked a token")]
    assert not works(key)
    assert not says(rosas.get("/account/"), "Spreadsheet")


def test_the_mail_about_a_token_says_its_name_and_its_last_day(rosa, hub):
    signed_in(rosa).post(NEW, filled(hub))
    words = OutboxMail.objects.get(to="rosa@example.org").words
    assert "“Spreadsheet”" in words
    assert f"until {date_format(LAST_DAY, 'DATE_FORMAT')}." in words


def test_nobody_revokes_somebody_else_s(rosa, hub):
    lena = make_account("Lena", hub=hub)
    token, key = make_token(rosa)
    assert signed_in(lena).post(f"/account/tokens/{token.id}/removal/").status_code == 404
    assert works(key)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Say which program it is for"),
        ({"may": "rule"}, "Say whether it may only read."),
        ({"places": []}, "Choose at least one place."),
        ({"places": ["team " + "0" * 32]}, "Choose at least one place."),
        ({"until_on": "soon"}, "Write a day like"),
        ({"until_on": (NOW - timedelta(days=2)).date().isoformat()}, "a day within a year"),
        ({"until_on": (NOW + timedelta(days=400)).date().isoformat()}, "a day within a year"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(rosa, hub, wrong, sentence):
    rosas = signed_in(rosa)
    page = rosas.post(NEW, filled(hub, **wrong))
    assert (page.status_code, says(page, sentence)) == (422, True)
    assert not Token.objects.exists()
    assert rosas.post(NEW, filled(hub)).status_code == 200


def test_twenty_are_enough(rosa, hub):
    for _each in range(19):
        make_token(rosa)
    rosas = signed_in(rosa)
    assert rosas.post(NEW, filled(hub)).status_code == 200
    page = rosas.post(NEW, filled(hub))
    assert (page.status_code, says(page, "You have twenty tokens already.")) == (422, True)
    assert Token.objects.count() == 20


def test_who_has_a_second_step_shows_it_once_more(rosa, hub):
    lead = make_account("Lou", network=hub.network, role=Role.NETWORK_LEAD)
    sent = filled(hub, places=[f"network {hub.network_id}"])
    lous = signed_in(lead)
    assert lous.post(NEW, sent)["Location"].startswith("/account/again/")
    assert not Token.objects.exists()
    assert showing_again(lous).post(NEW, sent).status_code == 200


def test_who_ought_to_have_a_second_step_sets_it_up_first(hub):
    lead = make_account("Lou", network=hub.network, role=Role.NETWORK_LEAD)
    device = Device()
    device.client.force_login(lead)
    assert device.get("/account/").status_code == 200
    for response in (device.get(NEW), device.post(NEW, filled(hub))):
        assert response["Location"].startswith("/account/second-step/")
    assert not Token.objects.exists()


def test_signing_out_everywhere_ends_programs_too(rosa):
    _token, key = make_token(rosa)
    rosas = signed_in(rosa)
    rosas.post("/sign-out/")
    assert works(key)
    signed_in(rosa).post("/sign-out/everywhere/")
    assert not works(key)


def test_who_leaves_the_last_place_takes_their_programs_along(rosa, hub):
    admin = make_account("Ada")
    Person.objects.filter(id=admin.id).update(is_administrator=True)
    by = account(Person.objects.get(id=admin.id))
    other = make_hub(hub.network, "Elm Street")
    Membership.objects.filter(person=rosa).update(role=Role.MEMBER)
    first = Membership.objects.get(person=rosa)
    second = roles.give_role(
        by=by, to=other, role=Role.MEMBER, email=rosa.email, name="Rosa", language="en", at=NOW
    )
    _token, key = make_token(rosa, places=[f"team {hub.id}"])
    roles.take_role(by=by, membership_id=second.id, at=NOW)
    assert works(key)
    roles.take_role(by=by, membership_id=first.id, at=NOW)
    assert not works(key)


def test_an_erased_person_s_tokens_are_gone(rosa):
    _token, key = make_token(rosa)
    assert works(key)
    erase(by=account(rosa), person_id=rosa.id, at=NOW)
    assert not works(key)
    assert not Token.objects.exists()


def test_who_has_lost_their_second_step_has_lost_their_tokens(rosa):
    _token, key = make_token(rosa)
    assert works(key)
    actions.forget_second_step(by=None, person=rosa, at=NOW)
    assert not works(key)


def test_tokens_that_are_over_are_deleted_after_thirty_days(rosa):
    stays, _key = make_token(rosa, until_on=(NOW - timedelta(days=20)).date())
    make_token(rosa, until_on=(NOW - timedelta(days=40)).date())
    revoked, _key = make_token(rosa)
    actions.end_token(person=rosa, token_id=revoked.id, at=NOW - timedelta(days=31))
    keep_to_rules(at=NOW)
    assert [it.id for it in Token.objects.all()] == [stays.id]
