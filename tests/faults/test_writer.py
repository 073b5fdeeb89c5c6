"""The writer: what waits together is committed together, and nobody is told more than what is on the disk."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from hubcraft.apps.rooms.models import Brake
from hubcraft.web import writer as writers
from hubcraft.web.writer import Writer, writes

pytestmark = pytest.mark.django_db(transaction=True)


def note(name: str) -> str:
    """A job: one row, and its name as the answer."""
    Brake.objects.create(name=name, misses=0, at=timezone.now())
    return name


def fail(name: str) -> None:
    note(name)
    raise ValueError(name)


def names() -> list[str]:
    return list(Brake.objects.order_by("at").values_list("name", flat=True))


def names_elsewhere() -> list[str]:
    """What somebody else sees, on a connection of their own."""

    def read() -> list[str]:
        try:
            return names()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        return other.submit(read).result()


def commit(*jobs) -> list:
    """Several jobs in one shared commit; for each its answer, or what it raised."""
    return [fault or answer for answer, fault in Writer().settle(jobs)]


def hand_in(writer: Writer, job):
    """Hand in a job as a thread of the server does, and leave the database, so that it can be thrown away."""
    try:
        return writer.run(job)
    finally:
        connections.close_all()


@pytest.fixture
def busy():
    """A writer that is held up, so that what is handed in meanwhile shares the next commit."""
    writer, begun, go = Writer(), threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        go.wait(10)

    def together(*jobs) -> list:
        with ThreadPoolExecutor(len(jobs) + 1) as pool:
            pool.submit(hand_in, writer, hold)
            begun.wait(10)
            handed = []
            for number, job in enumerate(jobs, 1):
                handed.append(pool.submit(hand_in, writer, job))
                while writer.waiting.qsize() < number:
                    time.sleep(0.001)
            go.set()
            return [one.exception() or one.result() for one in handed]

    return together


def test_jobs_that_wait_together_are_written_in_their_order(busy):
    wanted = [f"row {number}" for number in range(8)]
    assert busy(*(lambda name=name: note(name) for name in wanted)) == wanted
    assert names() == wanted


def test_an_answer_is_told_after_the_commit(busy):
    seen = []

    def look(name):
        note(name)
        seen.append(names_elsewhere())

    busy(lambda: look("a"), lambda: look("b"))
    assert seen == [[], []]
    assert names_elsewhere() == ["a", "b"]


def test_a_job_that_fails_harms_nobody_beside_it():
    one, refused, other = commit(lambda: note("one"), lambda: fail("bad"), lambda: note("other"))
    assert (one, str(refused), other) == ("one", "bad", "other")
    assert names_elsewhere() == ["one", "other"]


def test_what_a_failed_job_wanted_told_is_not_told():
    told = []

    def tell(name, fault=None):
        transaction.on_commit(lambda: told.append((name, names_elsewhere())))
        note(name)
        if fault:
            raise fault

    commit(lambda: tell("good"), lambda: tell("bad", ValueError()))
    assert told == [("good", ["good"])]


def test_when_the_commit_fails_everybody_is_told(monkeypatch):
    def full():
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(connection, "_commit", full)
    outcomes = commit(lambda: note("one"), lambda: note("other"))
    assert [str(it) for it in outcomes] == ["database or disk is full"] * 2
    monkeypatch.undo()
    assert names_elsewhere() == []


def test_a_job_that_takes_the_transaction_along_is_alone_in_failing():
    def undo_everything():
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")  # as SQLite does by itself when the disk is full
        raise DatabaseError("database or disk is full")

    one, bad, other = commit(lambda: note("one"), undo_everything, lambda: note("other"))
    assert (one, str(bad), other) == ("one", "database or disk is full", "other")
    assert sorted(names_elsewhere()) == ["one", "other"]


def test_a_lost_connection_loses_nothing_that_was_told():
    lost = []

    def lose():
        if not lost:
            lost.append(True)
            connection.connection.close()
        return note("late")

    assert commit(lambda: note("one"), lose, lambda: note("other")) == ["one", "late", "other"]
    assert sorted(names_elsewhere()) == ["late", "one", "other"]


def test_a_lone_job_that_stood_crosswise_with_another_process_has_another_turn():
    turns = []

    def meet():
        turns.append(True)
        if len(turns) == 1:
            raise DatabaseError("deadlock detected")
        return note("late")

    assert commit(meet) == ["late"]
    assert names_elsewhere() == ["late"]


def test_a_job_is_not_handed_in_from_inside_a_transaction():
    writer = Writer()
    assert writer.run(lambda: note("one")) == "one"
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        writer.run(lambda: note("other"))
    assert names_elsewhere() == ["one"]


def test_an_action_called_by_an_action_joins_it(settings, monkeypatch):
    @writes
    def inner(name):
        return note(name)

    @writes
    def outer():
        inner("inner")
        raise ValueError("outer")

    settings.HUBCRAFT_WRITES_INLINE = False
    monkeypatch.setattr(writers, "WRITER", Writer())
    with pytest.raises(ValueError, match="outer"):
        outer()
    assert names() == []
    assert inner("alone") == "alone"
    assert names() == ["alone"]


def test_a_thread_that_is_ended_leaves_nobody_waiting(busy):
    def end():
        raise SystemExit

    outcomes = busy(lambda: note("one"), end, lambda: note("other"))
    assert all(isinstance(it, SystemExit | RuntimeError) for it in outcomes)
    assert names_elsewhere() == []
