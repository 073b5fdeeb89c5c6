"""Who may come where: every address, every method, everybody, as it stands in matrix.toml."""

import json
import tomllib
from pathlib import Path

import pytest
from django.db import transaction

from tests.access.addresses import STREAMS, WHO, Visit, routes

pytestmark = pytest.mark.django_db
MATRIX = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())


def methods_of(name: str) -> set[str]:
    return set(routes()[name].callback.methods) - {"HEAD"}


def expected(name: str, method: str) -> dict[str, str]:
    """Person to answer, out of the table's answer to people; nothing where there is no table yet."""
    answers = MATRIX.get(name, {}).get(method, {})
    told = {who: answer for answer, people in answers.items() for who in people}
    others = told.pop("everybody else", None) or told.pop("everybody", None)
    return {who: told.get(who, others) for who in WHO.values()}


def written(name: str, method: str, told: dict[str, str]) -> str:
    """What was answered, as its table stands in matrix.toml; whoever gets what most get is not named."""
    people: dict[str, list[str]] = {}
    for who, answer in told.items():
        people.setdefault(answer, []).append(who)
    most = max(people, key=lambda it: len(people[it]))
    rest = "everybody else" if len(people) > 1 else "everybody"
    listed = {it: people[it] for it in people if it != most} | {most: [rest]}
    head = [] if name in MATRIX else [f"[{name}]", f'path = "{routes()[name].whole}"']
    return "\n".join(
        [*head, f"[{name}.{method}]", *(f'"{it}" = {json.dumps(who)}' for it, who in listed.items())]
    )


def test_every_address_has_a_row_and_every_row_an_address():
    have = {(name, it) for name, row in MATRIX.items() for it in row if it.isupper()}
    need = {(name, it) for name in routes() for it in methods_of(name)} | {(name, "GET") for name in STREAMS}
    missing = [f'[{name}] path = "{routes()[name].whole}", and [{name}.{it}]' for name, it in need - have]
    assert sorted(missing) == [], "write these tables into tests/access/matrix.toml: who gets which answer"
    assert sorted(have - need) == [], (
        "no such address any more: take its table out of tests/access/matrix.toml"
    )


def test_every_row_says_its_path_and_no_person_twice():
    paths = {name: it.whole for name, it in routes().items()} | STREAMS
    assert {name: row["path"] for name, row in MATRIX.items()} == {name: paths.get(name) for name in MATRIX}
    for name, row in MATRIX.items():
        for method in row.keys() - {"path"}:
            people = [who for people in row[method].values() for who in people]
            assert len(people) == len(set(people)), name
            assert set(people) <= {*WHO.values(), "everybody", "everybody else"}, name


def test_every_page_says_whose_rule_it_asks():
    assert [name for name, it in routes().items() if not hasattr(it.callback, "policy")] == []


# A thousand pages: on a busy machine they take a while.
@pytest.mark.timeout(400)
def test_everybody_comes_where_they_may(visit: Visit):
    faults = []
    for name in routes():
        for method in sorted(methods_of(name)):
            told = {}
            for who, word in WHO.items():
                cookies = visit.devices[who].client.cookies.copy()
                with transaction.atomic():
                    told[word] = visit.told(name, method, who)
                    transaction.set_rollback(True)
                visit.devices[who].client.cookies = cookies
            if told != expected(name, method):
                faults.append(written(name, method, told))
    if faults:
        says = "Is this as it should be? Then tests/access/matrix.toml says:"
        pytest.fail("\n\n".join((says, *faults)), pytrace=False)


def test_other_methods_are_not_taken(visit: Visit):
    for name in routes():
        for method in {"GET", "POST"} - methods_of(name):
            assert {visit.told(name, method, who) for who in ("Ada", "Ben", "Nemo")} == {"405"}, name


@pytest.mark.parametrize("name", sorted(STREAMS))
def test_everybody_watches_what_they_may(name: str, visit: Visit):
    assert {word: visit.watch(name, who) for who, word in WHO.items()} == expected(name, "GET")


@pytest.mark.parametrize("who", ["other facilitator", "nobody"])
def test_a_foreign_room_is_not_there(who: str):
    in_a_room = [name for name, it in routes().items() if "<str:room_id>" in it.whole]
    assert len(in_a_room) > 40
    answers = {expected(name, method)[who] for name in in_a_room for method in methods_of(name)}
    assert answers | {expected(name, "GET")[who] for name in STREAMS} == {"404"}
