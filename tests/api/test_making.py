"""What a program makes: once, as its person may, and in the trail as theirs."""

import secrets
from datetime import timedelta

import pytest

from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights import policy
from hubcraft.apps.networks.models import Role
from hubcraft.apps.rooms.models import Room
from tests.api.programs import program
from tests.device import Device, says
from tests.homes import hub_address, make_account, make_hub, make_initiative, make_network, signed_in, trail
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    install_shipped_packs(at=NOW)
    return make_hub(make_network("Delta", make_initiative()), "Core")


@pytest.fixture
def rosa(hub):
    return make_account("Rosa", hub=hub, role=Role.MEMBER)


def step(**more) -> dict:
    return {"once": secrets.token_hex(16), "words": "Meet weekly.", "owner": "Ben"} | more


def session(**more) -> dict:
    return {"once": secrets.token_hex(16), "domain": "hub-leadership/domain-1", "rung": "initials"} | more


def steps(hub) -> list[str]:
    return sorted(NextStep.objects.filter(team=hub).values_list("words", flat=True))


def test_a_promise_stands_on_the_hub_s_page_and_is_settled_there(hub, rosa):
    caller, address = program(rosa), f"/hubs/{hub.id}/next-steps"
    made = caller.post(address, step(size="large"))
    assert made.status_code == 201
    assert caller.get(address).json()["rows"] == [made.json()]
    assert made.json()["size"] == "large"
    assert caller.post(address, step(size="huge")).status_code == 422
    rosas, key = signed_in(rosa), made.json()["id"]
    assert says(rosas.get(hub_address(hub)), "Meet weekly.")
    lead = signed_in(make_account("Olaf", hub=hub, role=Role.HUB_LEADER))
    assert says(lead.get(f"{hub_address(hub)}trail/"), "promised a next step through a token")
    settled = {"was": "open", "state": "done", "reason": "We met."}
    assert rosas.post(f"{hub_address(hub)}next-steps/{key}/", settled).status_code == 302
    assert caller.get(address).json()["rows"] == []
    lines = trail(thing=f"next step {key}")
    assert lines == [
        ("Rosa", "promised a next step through a token"),
        ("Rosa", "told what became of a next step"),
    ]


def test_a_promise_that_is_sent_twice_is_one_and_stays_as_it_was(hub, rosa):
    caller, address, sent = program(rosa), f"/hubs/{hub.id}/next-steps", step()
    first, again = caller.post(address, sent), caller.post(address, sent | {"words": "Meet daily."})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert steps(hub) == ["Meet weekly."]
    # Somebody else's program that chooses the same number has its own.
    assert program(make_account("Lena", hub=hub)).post(address, sent).status_code == 201
    assert steps(hub) == ["Meet weekly.", "Meet weekly."]


def test_nobody_promises_for_a_hub_that_is_not_theirs(hub, rosa):
    other = make_hub(hub.network, "Elm Street")
    coach = make_account("Coco", hub=hub, role=Role.COACH)
    assert program(rosa).post(f"/hubs/{hub.id}/next-steps", step()).status_code == 201
    assert program(rosa).post(f"/hubs/{other.id}/next-steps", step()).status_code == 404
    assert program(coach).post(f"/hubs/{hub.id}/next-steps", step()).status_code == 404
    assert (steps(hub), steps(other)) == (["Meet weekly."], [])


def test_a_hub_has_no_more_open_than_it_can_read(hub, rosa, monkeypatch):
    monkeypatch.setattr(policy, "MOST_OPEN", 1)
    caller, address = program(rosa), f"/hubs/{hub.id}/next-steps"
    assert caller.post(address, step()).status_code == 201
    refused = caller.post(address, step())
    assert (refused.status_code, refused.json()["sentence"].startswith("Fifty next steps")) == (403, True)
    assert steps(hub) == ["Meet weekly."]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "x" * 900}, "words"),
        ({"words": None}, "words"),
        ({"words": "a\0b"}, "words"),
        ({"owner": "x" * 200}, "owner"),
        ({"due_on": "soon"}, "due_on"),
        ({"due_on": (NOW - timedelta(days=3)).date().isoformat()}, "due_on"),
        ({"once": "1"}, "once"),
        ({"look_for": "x"}, "look_for"),
    ],
)
def test_what_can_t_be_taken_is_told_field_by_field_and_changes_nothing(hub, rosa, wrong, field):
    caller, address = program(rosa), f"/hubs/{hub.id}/next-steps"
    refused = caller.post(address, step(**wrong))
    assert (refused.status_code, list(refused.json()["fields"])) == (422, [field])
    assert all(refused.json()["fields"][field])
    assert steps(hub) == []
    assert caller.post(address, step()).status_code == 201


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"a"', b"\xff", b'{"words": "\\ud800"}'])
def test_a_body_that_is_no_json_object_is_refused(hub, rosa, body):
    caller, address = program(rosa), f"/hubs/{hub.id}/next-steps"
    assert caller.post(address, body).status_code == 422
    assert steps(hub) == []
    assert caller.post(address, step()).status_code == 201


def test_a_session_is_started_with_its_teams_and_led_by_its_link(hub, rosa):
    made = program(rosa).post("/sessions", session(title="Spring", teams=["Riverbend", "North Shore"]))
    assert made.status_code == 201
    told = made.json()
    room = Room.objects.get(id=told["id"])
    assert (room.title, room.state) == ("Spring", "lobby")
    leads = Device().follow(told["lead_link"].removeprefix("http://testserver"))
    assert (leads.status_code, leads.address.partition("?")[0]) == (200, f"/r/{room.id}/lead/")
    assert says(leads, "Riverbend")
    lines = trail(room=room.id)
    assert ("Rosa", "started a room through a token") in lines


def test_a_session_that_is_sent_twice_is_one(hub, rosa):
    caller, sent = program(rosa), session()
    first, again = caller.post("/sessions", sent), caller.post("/sessions", sent | {"title": "Another"})
    assert first.json() == again.json()
    assert Room.objects.count() == 1
    told = [did for _who, did in trail(room=first.json()["id"])]
    assert told.count("started a room through a token") == 1
    theirs = program(make_account("Lena", hub=hub)).post("/sessions", sent)
    assert theirs.status_code == 201
    assert theirs.json()["lead_link"] != first.json()["lead_link"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"domain": "hub-leadership/nothing"}, "domain"),
        ({"script": "nothing"}, "script"),
        ({"rung": "none"}, "rung"),
        ({"teams": ["x" * 100]}, "teams"),
        ({"planned_size": 0}, "planned_size"),
        ({"until_on": (NOW - timedelta(days=3)).date().isoformat()}, "until_on"),
    ],
)
def test_a_session_that_makes_no_sense_is_not_started(hub, rosa, wrong, field):
    caller = program(rosa)
    refused = caller.post("/sessions", session(**wrong))
    assert (refused.status_code, list(refused.json()["fields"])) == (422, [field])
    assert Room.objects.count() == 0
    assert caller.post("/sessions", session()).status_code == 201
