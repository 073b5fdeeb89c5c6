"""Erased, restored from an older backup, still erased: the ledger stands beside what a restore replaces."""

import shutil
from pathlib import Path

import pytest

from tests.cli.test_backup import said
from tests.served import hubcraft

# Each test says which engine it is about; one run of them is enough.
pytestmark = [pytest.mark.names_engines, pytest.mark.timeout(500)]

MAKE = """
from django.conf import settings; settings.HUBCRAFT_WRITES_INLINE = True
from django.utils import timezone
from hubcraft.apps.people.actions import make_person
make_person(email="rosa@example.org", name="Rosa Luna", at=timezone.now())
"""
ERASE = """
from django.conf import settings; settings.HUBCRAFT_WRITES_INLINE = True
from django.utils import timezone
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.models import Person
from hubcraft.apps.records.actions.erasure import erase
rosa = Person.objects.get(email="rosa@example.org")
erase(by=viewer_of(rosa), person_id=rosa.id, at=timezone.now())
"""
WHO = "from hubcraft.apps.people.models import Person; print([it.name for it in Person.objects.all()])"


def shell(words: str, place: Path, **more: str) -> str:
    return said(hubcraft("shell", "-v0", "-c", words, data=place, **more)).strip()


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_who_was_erased_is_not_brought_back_by_an_older_backup(engine, tmp_path, request):
    place, more = tmp_path / "place", {}
    if engine == "postgres":
        new = request.getfixturevalue("new_postgres")
        more = {"HUBCRAFT_DATABASE_URL": new(), "HUBCRAFT_SYNCHRONOUS": "OFF"}
    said(hubcraft("migrate", "-v0", data=place, **more))
    shell(MAKE, place, **more)
    older = said(hubcraft("backup", str(tmp_path), data=place, **more)).splitlines()[0]
    assert shell(WHO, place, **more) == "['Rosa Luna']"
    shell(ERASE, place, **more)
    assert shell(WHO, place, **more) == "['']"
    if engine == "sqlite":
        held = b"".join(path.read_bytes() for path in place.glob("hubcraft.sqlite3*"))
        assert b"Rosa Luna" not in held and b"rosa@example.org" not in held

    # Without the ledger they would be back.
    ledger = place / "erased.jsonl"
    kept = shutil.move(ledger, tmp_path / "kept.jsonl")
    said(hubcraft("restore", older, "--replace", data=place, **more))
    assert shell(WHO, place, **more) == "['Rosa Luna']"

    answer = said(hubcraft("restore", older, "--replace", "--erased", str(kept), data=place, **more))
    assert "1 person who had been erased since were erased again." in answer
    assert shell(WHO, place, **more) == "['']"
    if engine == "sqlite":
        held = b"".join(path.read_bytes() for path in place.glob("hubcraft.sqlite3*"))
        assert b"Rosa Luna" not in held and b"rosa@example.org" not in held
