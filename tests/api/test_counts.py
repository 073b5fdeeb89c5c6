"""Levels and names follow the rung and the floors; and no list asks the database more often the longer it is."""

import secrets

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hubcraft.apps.insights.actions import sharing
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.models import Token
from tests.api.programs import ROOT, program
from tests.apps.insights.test_hubs import keep, name_strategy
from tests.cast import convening
from tests.homes import make_account, make_hub, make_initiative, make_network, signed_in
from tests.make import NOW, RIVERBEND

pytestmark = pytest.mark.django_db


class Home:
    """A hub with one board of its own."""

    def __init__(self, **how):
        self.hub = make_hub(make_network("Delta", make_initiative()), "Core")
        self.rosa = make_account("Rosa", hub=self.hub, role=Role.HUB_LEADER)
        self.caller = program(self.rosa)
        self.hall = self.keep(**how)

    def keep(self, **how):
        hall = convening("revealed", **how)
        keep(self.rosa, hall.ben, self.hub)
        return hall

    def board(self) -> dict:
        return self.caller.get(f"/hubs/{self.hub.id}/boards/{self.hall.board(RIVERBEND).id}").json()


def kinds(board: dict) -> set[str]:
    return {it["told"]["kind"] for it in board["rows"]}


def test_a_board_of_initials_names_them():
    home = Home()
    board = home.board()
    assert (board["shows"], kinds(board)) == ("initials", {"named"})
    assert "BE" in {
        one["label"] for row in board["rows"] for people in row["told"]["people"].values() for one in people
    }


def test_a_board_of_ballots_names_nobody_and_keeps_to_the_floors():
    named, home = Home().board(), Home(rung="anonymous")
    board = home.board()
    assert kinds(named) == {"named"}
    assert board["shows"] == "dots"
    assert kinds(board) <= {"published", "coded", "withheld"}
    assert "label" not in str(board["rows"])
    assert all(it["told"].get("sentence") for it in board["rows"] if it["told"]["kind"] != "published")


def test_a_board_that_is_not_open_is_not_there():
    home = Home()
    hall = convening("marking")
    unopened = hall.board(RIVERBEND).id
    assert home.caller.get(f"/hubs/{home.hub.id}/boards/{home.hall.board(RIVERBEND).id}").status_code == 200
    assert home.caller.get(f"/hubs/{home.hub.id}/boards/{unopened}").status_code == 404


def asked(caller, path: str) -> tuple[int, dict]:
    """How often the database is asked, and the answer."""
    Token.objects.update(calls=0)
    caller.get(path)  # once, so that what is read once a process has been read
    with CaptureQueriesContext(connection) as questions:
        response = caller.get(path)
    assert response.status_code == 200
    return len(questions), response.json()


def queries(caller, path: str) -> tuple[int, int]:
    """The same of a list, with how many rows it has."""
    questions, answer = asked(caller, path)
    return questions, len(answer["rows"])


def test_hubs_and_sessions_are_asked_for_as_often_for_three_as_for_one():
    home = Home()
    sessions = f"{ROOT}/hubs/{home.hub.id}/sessions"
    one_session = queries(home.caller, sessions)
    one_hub = queries(home.caller, f"{ROOT}/hubs")
    for name in ("Elm", "Oak"):
        one_more_hub(home, name)
        home.keep()
    home.caller = program(home.rosa)
    assert queries(home.caller, sessions) == (one_session[0], 3)
    assert queries(home.caller, f"{ROOT}/hubs") == (one_hub[0], 3)


def one_more_hub(home, name: str) -> None:
    hub = make_hub(home.hub.network, name)
    Membership.objects.create(person=home.rosa, role=Role.MEMBER, network=hub.network, team=hub, made_at=NOW)


def test_next_steps_are_asked_for_as_often_for_three_as_for_one():
    home = Home()
    address = f"{ROOT}/hubs/{home.hub.id}/next-steps"
    for number in range(3):
        made = home.caller.post(address, {"once": f"{number:032x}", "words": "Meet."})
        assert made.status_code == 201
        if number == 0:
            one = queries(home.caller, address)
    assert (one[1], queries(home.caller, address)) == (1, (one[0], 3))


def test_strategies_are_asked_for_as_often_for_three_as_for_one():
    home = Home()
    board = home.hall.board(RIVERBEND).id
    address = f"{ROOT}/hubs/{home.hub.id}/boards/{board}/strategies"
    for number in range(3):
        name_strategy(home.hall.ben, f"Strategy {number}.")
        if number == 0:
            one = queries(home.caller, address)
    assert (one[1], queries(home.caller, address)) == (1, (one[0], 3))


class Shared:
    """A network of an initiative, who leads both, and hubs that share a board with both."""

    def __init__(self):
        initiative = make_initiative()
        self.network = make_network("Delta", initiative)
        self.lead = make_account("Nina", network=self.network, role=Role.NETWORK_LEAD)
        give(self.lead, Role.INITIATIVE_LEAD, initiative=initiative)
        signed_in(self.lead)  # with the second step that both ask for
        self.addresses = {
            "networks": f"{ROOT}/networks/{self.network.id}",
            "initiatives": f"{ROOT}/initiatives/{initiative.id}",
        }

    def one_more(self) -> None:
        hub = make_hub(self.network, secrets.token_hex(4))
        leader = make_account(hub.name, hub=hub, role=Role.HUB_LEADER)
        hall = convening("revealed")
        keep(leader, hall.ben, hub)
        board, by = hall.board(RIVERBEND).id, viewer_of(leader)
        sharing.share(by=by, who=by.in_trail, hub=hub, source=board, reach="initiative", at=NOW)


def give(person, role, **place) -> None:
    Membership.objects.create(person=person, role=role, made_at=NOW, **place)


@pytest.mark.parametrize("kind", ["networks", "initiatives"])
def test_hubs_that_share_are_asked_for_as_often_for_three_as_for_one(kind):
    there = Shared()
    there.one_more()
    caller, address = program(there.lead), there.addresses[kind]
    one = queries(caller, f"{address}/hubs")
    there.one_more(), there.one_more()
    assert (one[1], queries(caller, f"{address}/hubs")) == (1, (one[0], 3))
    # A sum is told, and noted as looked at, from three on.
    of_three = asked(caller, address)[0]
    there.one_more()
    assert asked(caller, address)[0] == of_three


def test_networks_and_initiatives_are_listed_with_as_many_questions_for_three_as_for_one():
    there = Shared()
    one = {it: queries(program(there.lead), f"{ROOT}/{it}") for it in there.addresses}
    for number in range(2):
        initiative = make_initiative(f"Initiative {number}")
        give(there.lead, Role.INITIATIVE_LEAD, initiative=initiative)
        give(there.lead, Role.NETWORK_LEAD, network=make_network(f"Network {number}", initiative))
    caller = program(there.lead)
    for it, (questions, rows) in one.items():
        assert (rows, queries(caller, f"{ROOT}/{it}")) == (1, (questions, 3))
