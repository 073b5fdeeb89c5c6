"""Who is let in, how far, and how often."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from hubcraft.apps.insights.models import Look
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.people import actions, queries
from hubcraft.apps.people.models import Person, Token
from tests.api.programs import Program, make_token, program, whole
from tests.homes import make_account, make_hub, make_initiative, make_network, signed_in
from tests.make import NOW

pytestmark = pytest.mark.django_db


class Places:
    """Two hubs of one network, a hub of another, and Rosa, who leads the first and belongs to the second."""

    def __init__(self):
        self.delta = make_network("Delta", make_initiative())
        self.core, self.elm = make_hub(self.delta, "Core"), make_hub(self.delta, "Elm Street")
        self.other = make_hub(make_network("Gamma"), "Gamma hub")
        self.rosa = make_account("Rosa", hub=self.core, role=Role.HUB_LEADER)
        for place in ({"network": self.delta, "team": self.elm}, {"network": self.delta}):
            role = Role.MEMBER if "team" in place else Role.NETWORK_LEAD
            Membership.objects.create(person=self.rosa, role=role, made_at=NOW, **place)
        signed_in(self.rosa)  # with a second step, as who leads a network has


@pytest.fixture
def places() -> Places:
    return Places()


def said(response) -> tuple[int, str]:
    return response.status_code, response.json()["sentence"]


def test_nobody_is_let_in_without_a_token(places):
    assert program(places.rosa).get("/me").status_code == 200
    for key in ("", "hubcraft_made-up", "\u00e9", "x" * 5000):
        response = Program(key).get("/me")
        assert said(response)[0] == 401
        assert response["WWW-Authenticate"] == "Bearer"
        assert response["Content-Type"].startswith("application/json")


def test_being_signed_in_opens_nothing_here(places):
    rosas = signed_in(places.rosa)
    assert rosas.get("/account/").status_code == 200
    assert rosas.client.get(whole("/me")).status_code == 401
    assert rosas.client.get(whole(f"/hubs/{places.core.id}")).status_code == 401


def test_a_key_in_the_address_or_another_scheme_opens_nothing(places):
    _token, key = make_token(places.rosa)
    assert Program(key).get("/me").status_code == 200
    assert Client().get(whole(f"/me?token={key}&access_token={key}")).status_code == 401
    assert Client().get(whole("/me"), headers={"Authorization": f"Basic {key}"}).status_code == 401


def test_a_token_ends_with_its_day_and_at_once_where_it_is_revoked(places):
    yesterday, today = (NOW - timedelta(days=1)).date(), NOW.date()
    assert program(places.rosa, until_on=today).get("/me").status_code == 200
    assert program(places.rosa, until_on=yesterday).get("/me").status_code == 401
    token, key = make_token(places.rosa)
    actions.end_token(person=places.rosa, token_id=token.id, at=NOW)
    assert Program(key).get("/me").status_code == 401


def test_a_token_reaches_the_places_it_is_for_and_no_other(places):
    core, elm = f"/hubs/{places.core.id}", f"/hubs/{places.elm.id}"
    whole_one = program(places.rosa)
    assert [whole_one.get(it).status_code for it in (core, elm, f"/networks/{places.delta.id}")] == [200] * 3
    narrow = program(places.rosa, places=[f"team {places.core.id}"])
    assert [narrow.get(it).status_code for it in (core, elm, f"/networks/{places.delta.id}")] == [
        200,
        404,
        404,
    ]
    assert [it["name"] for it in narrow.get("/me").json()["places"]] == ["Core"]
    assert narrow.get("/networks").json()["rows"] == []
    assert [it["name"] for it in narrow.get("/hubs").json()["rows"]] == ["Core"]
    assert narrow.get(f"/hubs/{places.other.id}").status_code == 404


def test_a_token_does_not_grow_with_its_person(places):
    caller = program(places.rosa)
    Membership.objects.create(
        person=places.rosa, role=Role.MEMBER, network=places.other.network, team=places.other, made_at=NOW
    )
    assert caller.get(f"/hubs/{places.core.id}").status_code == 200
    assert caller.get(f"/hubs/{places.other.id}").status_code == 404
    assert program(places.rosa).get(f"/hubs/{places.other.id}").status_code == 200


def test_a_role_that_is_taken_is_taken_from_the_token_too(places):
    caller, elm = program(places.rosa), f"/hubs/{places.elm.id}"
    assert caller.get(elm).status_code == 200
    Membership.objects.filter(person=places.rosa, team=places.elm).update(ended_at=NOW)
    assert caller.get(elm).status_code == 404
    assert caller.get(f"/hubs/{places.core.id}").status_code == 200


def test_an_administrator_s_token_administers_nothing(places):
    Person.objects.filter(id=places.rosa.id).update(is_administrator=True)
    caller = program(places.rosa, places=[f"team {places.core.id}"])
    assert caller.get(f"/hubs/{places.core.id}").status_code == 200
    assert caller.get(f"/hubs/{places.other.id}").status_code == 404


def test_whose_role_asks_for_a_second_step_has_one(places):
    lou = make_account("Lou", hub=places.core)
    caller = program(lou)
    assert caller.get("/me").status_code == 200
    Membership.objects.create(person=lou, role=Role.COACH, network=places.delta, made_at=NOW)
    # A token for the hub alone sees no more than before; one for the network does.
    assert caller.get("/me").status_code == 200
    of_network = program(lou)
    assert said(of_network.get("/me")) == (
        403,
        "Set up a second step on the page of your account first: your role asks for one.",
    )
    signed_in(lou)
    assert of_network.get("/me").status_code == 200


def test_calls_are_counted_in_the_database_and_a_minute_forgets_them(places, monkeypatch):
    monkeypatch.setattr(queries, "CALLS_A_MINUTE", 3)
    caller, other = program(places.rosa), program(places.rosa)
    assert [caller.get("/me").status_code for _each in range(3)] == [200] * 3
    Token.objects.update(calls_at=NOW + timedelta(days=1))  # however long this test takes
    response = caller.get("/me")
    assert said(response) == (429, "These are too many calls in one minute. Wait, then go on more slowly.")
    assert 0 < int(response["Retry-After"]) <= 60
    assert other.get("/me").status_code == 200
    Token.objects.update(calls_at=NOW - timedelta(minutes=2))
    assert caller.get("/me").status_code == 200


def test_the_day_of_the_last_call_is_kept_and_no_moment_is_shown(places):
    token, key = make_token(places.rosa)
    assert token.used_on is None
    Program(key).get("/me")
    assert Token.objects.get(id=token.id).used_on is not None
    assert "last used" in signed_in(places.rosa).get("/account/").content.decode()


def test_sentences_are_in_the_language_asked_for_or_in_one_s_own(places):
    Person.objects.filter(id=places.rosa.id).update(language="es")
    _token, key = make_token(places.rosa)
    sentence = "There is no such thing here, or it is not yours to see."
    with translation.override("es"):
        spanish = translation.gettext(sentence)
    assert spanish != sentence
    address = f"/hubs/{places.other.id}"
    assert said(Program(key, language="").get(address)) == (404, spanish)
    assert said(Program(key, language="en").get(address)) == (404, sentence)


def test_an_address_with_nonsense_in_it_is_not_there(places):
    caller = program(places.rosa)
    for nonsense in ("%00", "a", "é", "9" * 400, "../me", "%2e%2e"):
        response = caller.get(f"/hubs/{nonsense}")
        assert (response.status_code, response["Content-Type"].partition(";")[0]) == (404, "application/json")
    assert caller.get("/nothing/of/the/kind").status_code == 404


def test_lists_come_in_parts(places):
    caller = program(places.rosa)
    first = caller.get("/hubs?limit=1").json()
    assert ([it["name"] for it in first["rows"]], first["total"]) == (["Core"], 2)
    second = caller.get(first["next"]).json()
    assert ([it["name"] for it in second["rows"]], second["next"]) == (["Elm Street"], None)
    for wrong, field in (
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("offset=-1", "offset"),
        ("limit=x", "limit"),
    ):
        response = caller.get(f"/hubs?{wrong}")
        assert response.status_code == 422
        assert response.json()["fields"].keys() == {field}


def test_no_other_site_reads_anything(places):
    caller = program(places.rosa)
    response = caller.get("/me", Origin="https://evil.example")
    assert response.status_code == 200
    assert not [it for it in response.headers if it.lower().startswith("access-control")]
    asked = caller.client.options(
        whole("/me"), headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    )
    assert asked.status_code == 405
    assert not [it for it in asked.headers if it.lower().startswith("access-control")]


def test_reading_notes_no_more_than_its_pages_do(places):
    assert program(places.rosa).get(f"/networks/{places.delta.id}").status_code == 200
    assert not Look.everywhere.exists()
