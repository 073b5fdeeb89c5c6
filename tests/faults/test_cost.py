"""What a mark costs the database: a fixed number of questions, however many marks come at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hubcraft.apps.reflections.actions import marks
from hubcraft.live.source import served
from tests import make

pytestmark = pytest.mark.django_db
PLUMBING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def questions(work) -> int:
    """How many statements reach the database."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return sum(not it["sql"].startswith(PLUMBING) for it in asked)


@pytest.fixture
def person():
    """Somebody who has marked once, in a process that knows the rubric."""
    hall = make.opened()
    person = hall.sit("KM")
    person.mark(1, "3")
    return person


def placing(person, numbers):
    viewer, operations = person.viewer, [person.operation(it, "2") for it in numbers]
    return lambda: marks.place_marks(by=viewer, seat_id=viewer.seat, operations=operations, at=make.NOW)


def test_one_mark_and_ten_cost_the_same(person):
    # Seat with room and team, board, progress; what is known, where one stands; two inserts, one update.
    assert questions(placing(person, [2])) == 8
    assert questions(placing(person, range(1, 11))) == 8


def test_a_script_costs_a_mark_nothing():
    hall = make.start(script="workshop").begin().go_to("rubric")
    person = hall.sit("KM")
    person.mark(1, "3")
    assert questions(placing(person, [2])) == 8


def test_the_last_mark_also_takes_the_rooms_next_number(person):
    # To tell who has finished: the sequence is raised and read in one.
    assert questions(placing(person, range(1, 12))) == 9


def test_what_was_sent_before_costs_no_writing(person):
    placed = placing(person, range(1, 11))
    placed()
    assert questions(placed) == 5


def test_phones_that_come_together_share_the_price(person):
    others = make.seated(person.hall, *("AM", "BO", "CP", "DT"))
    asked = [
        {"by": it.viewer, "seat_id": it.seat_id, "operations": [it.operation(2, "2")], "at": make.NOW}
        for it in [person, *others]
    ]
    # As for one alone, and one row of progress for each who had none.
    assert questions(lambda: marks.place_marks_together(asked)) == 8 + 4


def test_the_page_asks_once_who_is_marking(person):
    sent = {
        "seat": person.key,
        "operations": [
            {"id": it.id, "look_for": it.look_for, "answer": it.answer, "phase": it.phase}
            for it in [person.operation(2, "2")]
        ],
    }
    device = person.device
    assert questions(lambda: device.send(f"/r/{person.hall.id}/marks/", sent)) == 9


def test_asking_again_who_may_watch_costs_the_same_for_a_crowd(person):
    def watching():
        return [served().admit(f"/r/{it.hall.id}/stream/", it.device.cookies, {}) for it in everybody]

    everybody = [person]
    few = watching()
    assert questions(lambda: served().readmit_many(person.hall.id, few)) == 4
    everybody += make.seated(person.hall, *("AM", "BO", "CP", "DT"))
    many = watching()
    assert None not in many
    assert questions(lambda: served().readmit_many(person.hall.id, many)) == 4
