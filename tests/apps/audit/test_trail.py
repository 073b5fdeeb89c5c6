"""The trail is only written to, whoever tries: the database itself refuses."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from hubcraft.apps.audit import actions
from hubcraft.apps.audit.models import Opening, TrailEntry
from tests.make import NOW

pytestmark = pytest.mark.django_db

CHANGE = "UPDATE audit_trailentry SET did = 'did nothing'"
DELETE = "DELETE FROM audit_trailentry"


def write(did: str, **more) -> None:
    actions.record(**{"who": "Ada", "thing": "room 1", "at": NOW, "did": did, **more})


def lines() -> list[str]:
    return list(TrailEntry.objects.order_by("id").values_list("did", flat=True))


@pytest.mark.parametrize("statement", [CHANGE, DELETE])
def test_a_line_is_written_and_can_neither_be_changed_nor_deleted(statement):
    write("started a room")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO rooms_brake (name, misses, at) VALUES ('x', 0, %s)", [NOW])
        cursor.execute(
            statement.replace("audit_trailentry", "rooms_brake").replace("did = 'did nothing'", "misses = 1")
        )
        with pytest.raises(DatabaseError, match="only written to"), transaction.atomic():
            cursor.execute(statement)
    assert lines() == ["started a room"]


def test_django_is_refused_as_well():
    write("started a room")
    for harm in (TrailEntry.objects.all().delete, lambda: TrailEntry.objects.update(who="Ben")):
        with pytest.raises(DatabaseError, match="only written to"), transaction.atomic():
            harm()
    assert lines() == ["started a room"]


def test_lines_whose_time_is_over_go_and_no_others():
    write("old", at=NOW - timedelta(days=2))
    write("new")
    assert actions.forget_until(NOW - timedelta(days=1)) == 1
    assert (lines(), Opening.objects.count()) == (["new"], 0)
    with pytest.raises(DatabaseError, match="only written to"), transaction.atomic():
        TrailEntry.objects.filter(did="new").delete()


def test_what_is_opened_for_one_room_opens_no_other():
    write("practised", room="a" * 32)
    write("met", room="b" * 32)
    actions.forget_room(room="a" * 32, networks=[])
    assert lines() == ["met"]
    with (
        pytest.raises(DatabaseError, match="only written to"),
        transaction.atomic(),
        actions.opened([Opening(room="a" * 32)]),
    ):
        TrailEntry.objects.all().delete()
    assert lines() == ["met"]
