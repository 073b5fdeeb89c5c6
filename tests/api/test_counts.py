"""Levels and names follow the rung and the floors; and no list asks the database more often the longer it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hubcraft.apps.insights.actions import claims
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.models import Token
from tests.api.programs import ROOT, program
from tests.cast import convening
from tests.homes import make_account, make_hub, make_initiative, make_network
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
        ben = hall.ben
        claims.claim_team(
            by=ben.viewer,
            account=viewer_of(self.rosa),
            who="Rosa",
            seat_id=ben.seat_id,
            hub_id=self.hub.id,
            at=hall.room.made_at,
        )
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


def queries(caller, path: str) -> tuple[int, int]:
    Token.objects.update(calls=0)
    caller.get(path)  # once, so that what is read once a process has been read
    with CaptureQueriesContext(connection) as asked:
        response = caller.get(path)
    assert response.status_code == 200
    return len(asked), len(response.json()["rows"])


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
