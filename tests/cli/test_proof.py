"""A backup is proven by restoring it, once a week by itself; one that is damaged is told."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.upkeep import actions, queries
from hubcraft.apps.upkeep.models import Proof
from hubcraft.cli import proving
from tests.apps.roles.people import administrator, device, person
from tests.cli.test_backup import altered, one_answer_changed, one_byte_off, one_table_missing, refused, said
from tests.device import says
from tests.homes import signed_in
from tests.make import NOW
from tests.served import hubcraft

WORLD = Path(__file__).with_name("world.py").read_text()
PROOFS = """
import json
from hubcraft.apps.upkeep.models import Proof
print(json.dumps([[it.backup, it.tables, it.rows, it.fault] for it in Proof.objects.order_by("id")]))
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """A data folder on SQLite in which people have placed marks."""
    place = tmp_path_factory.mktemp("filled")
    said(hubcraft("migrate", "-v0", data=place))
    said(hubcraft("shell", "-v0", "-c", WORLD, data=place))
    return place


def proofs(place: Path, **more) -> list:
    return json.loads(said(hubcraft("shell", "-v0", "-c", PROOFS, data=place, **more)))


@pytest.mark.names_engines
def test_the_newest_is_proven_and_one_is_made_where_there_is_none(filled):
    answer = said(hubcraft("backup", "--prove", data=filled))
    [made] = (filled / "backups").glob("*.backup.zip")
    assert made.name.startswith("weekly-")
    assert f"{made}" in answer and "as they were" in answer
    name, tables, rows, fault = proofs(filled)[-1]
    assert (name, fault) == (made.name, "")
    assert tables > 30 and rows > 40
    newer = Path(said(hubcraft("backup", data=filled)).splitlines()[0])
    os.utime(made, (made.stat().st_mtime - 60,) * 2)
    said(hubcraft("backup", "--prove", data=filled))
    assert proofs(filled)[-1][0] == newer.name
    assert list(filled.glob(".proof-*")) == []


@pytest.mark.names_engines
@pytest.mark.parametrize("harm", [one_byte_off, one_answer_changed, one_table_missing])
def test_a_damaged_backup_is_caught_and_told(filled, tmp_path, harm):
    kept = Path(said(hubcraft("backup", str(tmp_path), data=filled)).splitlines()[0])
    said(hubcraft("backup", "--prove", str(kept), data=filled))
    damaged = harm(kept, tmp_path / "damaged.backup.zip")
    assert "damaged" in refused(hubcraft("backup", "--prove", str(damaged), data=filled))
    name, _tables, _rows, fault = proofs(filled)[-1]
    assert name == "damaged.backup.zip"
    assert "damaged" in fault
    assert list(filled.glob(".proof-*")) == []


@pytest.mark.names_engines
def test_what_a_manifest_leaves_out_is_missed(filled, tmp_path):
    kept = Path(said(hubcraft("backup", str(tmp_path), data=filled)).splitlines()[0])

    def without_people(name, body):
        told = json.loads(body) if name == "manifest.json" else {}
        if told:
            told["tables"] = [it for it in told["tables"] if it["label"] != "reflections.mark"]
        return json.dumps(told).encode() if told else body

    wrong = altered(kept, tmp_path / "wrong.backup.zip", without_people)
    assert "It came back, but not as it was: reflections.mark." in refused(
        hubcraft("backup", "--prove", str(wrong), data=filled)
    )


@pytest.mark.names_engines
def test_what_postgresql_holds_is_proven_too(tmp_path, new_postgres):
    there = {"HUBCRAFT_DATABASE_URL": new_postgres(), "HUBCRAFT_SYNCHRONOUS": "OFF"}
    said(hubcraft("migrate", "-v0", data=tmp_path, **there))
    said(hubcraft("shell", "-v0", "-c", WORLD, data=tmp_path, **there))
    assert "as they were" in said(hubcraft("backup", "--prove", data=tmp_path, **there))
    [[_name, _tables, rows, fault]] = proofs(tmp_path, **there)
    assert rows > 40 and fault == ""


def test_the_backups_made_for_want_of_others_do_not_pile_up(tmp_path, monkeypatch):
    monkeypatch.setattr(proving.keeping, "back_up", lambda path, _at: (path.write_text("x") and path, None))
    for week in range(6):
        made = proving.choose(tmp_path, NOW + timedelta(weeks=week))
        os.utime(made, ((NOW + timedelta(weeks=week)).timestamp(),) * 2)
    assert len(list(tmp_path.glob("weekly-*"))) == 4
    assert made.exists()


def end(began: timedelta, **told) -> None:
    """One proof that began so long ago."""
    at = timezone.now() - began
    proof = actions.begin_proof(at=at)
    found = {"backup": "hubcraft-1.backup.zip", "backed_up_at": at, "tables": 34, "rows": 1234}
    actions.end_proof(proof_id=proof, at=at, **{**found, **told})


@pytest.mark.django_db
def test_one_is_due_every_week_and_the_day_after_it_failed():
    at = timezone.now()
    day, week = timedelta(days=1), timedelta(days=7)
    assert not queries.is_due(since=None, at=at)
    assert not queries.is_due(since=at - day / 2, at=at)
    assert queries.is_due(since=at - day, at=at)
    end(timedelta())
    assert not queries.is_due(since=at - week, at=at + week - day)
    assert queries.is_due(since=at - week, at=at + week + day)
    end(timedelta(), fault="It is damaged.")
    assert not queries.is_due(since=at - week, at=at + day / 2)
    assert queries.is_due(since=at - week, at=at + day + day / 2)


@pytest.mark.django_db
def test_the_worker_starts_one_at_a_time(monkeypatch):
    started = []

    class Child:
        def __init__(self, command, **_how):
            started.append(command[-2:])
            self.ended = None

        def poll(self):
            return self.ended

    monkeypatch.setattr(proving.subprocess, "Popen", Child)
    monkeypatch.setattr(proving, "RUNNING", proving.Running())
    proving.start_when_due(at=NOW + timedelta(days=2))
    assert started == []
    administrator()
    proving.start_when_due(at=NOW + timedelta(hours=2))
    assert started == []
    for _round in range(3):
        proving.start_when_due(at=NOW + timedelta(days=2))
    assert started == [["backup", "--prove"]]


@pytest.mark.django_db
def test_the_administrator_reads_when_the_last_one_was_and_what_it_found():
    ada = device(administrator())
    assert says(ada.get("/administration/"), "No backup has been tried here yet.")
    end(timedelta(hours=1))
    page = ada.get("/administration/")
    assert says(page, "34 tables with 1,234 rows") and says(page, "all as they were")
    end(timedelta(), fault="The backup is damaged: people.person can't be read.")
    page = ada.get("/administration/")
    assert says(page, "people.person can") and says(page, "could not be restored")
    Proof.objects.update(ended_at=timezone.now() - timedelta(days=16), fault="")
    assert says(ada.get("/administration/"), "more than two weeks ago")
    assert signed_in(person("Ben")).get("/administration/").status_code == 404


@pytest.mark.django_db
def test_who_looks_after_the_place_hears_of_a_failure_in_their_language():
    end(timedelta(), tell=[("ada@example.org", "es")])
    assert not OutboxMail.objects.exists()
    end(timedelta(), fault="It is damaged.", tell=[("ada@example.org", "es")])
    mail = OutboxMail.objects.get()
    assert mail.to == "ada@example.org"
    assert mail.subject == "No se pudo restaurar una copia de seguridad de Hubcraft"
    assert "It is damaged." in mail.words
