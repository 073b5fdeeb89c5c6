"""A place in which an acknowledged mark could be lost is refused before anybody comes in."""

import sqlite3

import pytest

from hubcraft.cli import fitness
from tests.served import hubcraft


@pytest.fixture(autouse=True)
def on_sqlite(engine) -> None:
    if engine != "sqlite":
        pytest.skip("PostgreSQL's settings are looked at in tests/cli.")


def test_a_place_as_it_should_be_is_fit(tmp_path):
    answer = hubcraft("check", data=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize("synchronous", ["NORMAL", "EXTRA"])
@pytest.mark.parametrize("words", [("check",), ("serve", "--port", "0")])
def test_another_way_of_syncing_is_refused(tmp_path, synchronous, words):
    answer = hubcraft(*words, data=tmp_path, HUBCRAFT_SYNCHRONOUS=synchronous)
    number = {"NORMAL": 1, "EXTRA": 3}[synchronous]
    assert answer.returncode != 0
    assert f"SQLite runs with synchronous={number}, but 2 is needed" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("version", "is_fit"), [((3, 51, 2), False), ((3, 40, 1), False), ((3, 51, 3), True), ((3, 52, 0), True)]
)
@pytest.mark.django_db
def test_an_sqlite_that_can_lose_data_is_refused(monkeypatch, version, is_fit):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(sqlite3, "sqlite_version", ".".join(map(str, version)))
    told = [fault for fault in fitness.list_faults() if "3.51.3 or newer is needed" in fault]
    assert bool(told) is not is_fit
