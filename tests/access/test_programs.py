"""Who is told what by which operation, each with a token of their own for everywhere they belong: as in programs.toml."""

import tomllib
from pathlib import Path

import pytest
from django.db import transaction

from tests.api.examples import BODIES, OPERATIONS, WHO, Examples
from tests.api.programs import Program, program

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
TABLE = Path(__file__).parent / "programs.toml"


def told(examples: Examples) -> dict[str, dict[str, list[str]]]:
    """Every operation: who gets which status."""
    table: dict[str, dict[str, list[str]]] = {}
    programs = {who: examples.program(who) for who in examples.accounts.people} | {"no token": Program()}
    for name, it in sorted(OPERATIONS.items()):
        row = table.setdefault(name, {})
        for who, caller in programs.items():
            with transaction.atomic():
                status = str(caller.ask(it.method, examples.path(name), BODIES.get(name)).status_code)
                transaction.set_rollback(True)
            row.setdefault(status, []).append(who)
    return table


def in_order(table: dict) -> dict:
    return {row: {it: sorted(who) for it, who in answers.items()} for row, answers in table.items()}


def test_everybody_s_program_is_told_what_its_person_is():
    expected = in_order(tomllib.loads(TABLE.read_text()))
    assert expected.keys() == OPERATIONS.keys()
    assert in_order(told(Examples())) == expected


# Operations that show what a page shows.
PAGES = {
    "hub": "/n/<str:network_id>/teams/<str:hub_id>/",
    "network": "/n/<str:network_id>/",
    "network-hub": "/n/<str:network_id>/hubs/<str:hub_id>/",
    "initiative": "/i/<str:initiative_id>/",
    "initiative-hub": "/i/<str:initiative_id>/hubs/<str:hub_id>/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_program_is_refused_where_the_page_is(name):
    of_page = in_order(tomllib.loads((TABLE.parent / "accounts.toml").read_text()))[f"GET {PAGES[name]}"]
    of_program = in_order(tomllib.loads(TABLE.read_text()))[name]
    assert of_program["200"] == of_page["200"]
    assert of_program["404"] == of_page["404"]


def test_a_token_that_only_reads_makes_nothing():
    examples = Examples()
    for name, it in OPERATIONS.items():
        if it.writes:
            caller = program(examples.accounts.people[WHO[name]], may_write=False)
            assert caller.get("/me").status_code == 200
            response = caller.post(examples.path(name), BODIES[name])
            assert (response.status_code, response.json()["sentence"]) == (
                403,
                "This token may only read. Make one that may write, on the page of your account.",
            )
            assert examples.program(WHO[name]).post(examples.path(name), BODIES[name]).status_code == 201
