"""Prepared questions: they answer as their querysets do, whatever is put in, and refuse what a queryset refuses."""

import pytest
from django.db.models import Value

from hubcraft.apps.networks.models import Unscoped
from hubcraft.apps.reflections.models import Mark, MarkChange
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.web import prepared
from hubcraft.web.prepared import Prepared, PreparedInsert
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    hall = make.opened()
    return make.seated(hall, "KM", "AM", "BO")


def test_objects_come_with_what_was_selected_along(people, django_assert_num_queries):
    ask = Prepared(
        lambda ids: Seat.objects.select_related("room", "team").filter(id__in=ids).order_by("label")
    )
    wanted = [it.seat_id for it in people]
    found = ask(ids=wanted)
    assert found == list(Seat.objects.filter(id__in=wanted).order_by("label"))
    with django_assert_num_queries(0):
        assert {it.room.id for it in found} == {people[0].hall.id}
        assert found[0].joined_at == make.NOW
        assert found[0].is_late is False


def test_it_is_asked_anew_with_what_is_put_in(people):
    ask = Prepared(
        lambda label, rooms: Seat.objects.filter(room__in=rooms, label=label).values_list("id", flat=True)
    )
    first, second, _third = people
    room = first.hall.id
    assert ask(label="KM", rooms=[room]) == [first.seat_id]
    assert ask(label="AM", rooms=[room]) == [second.seat_id]
    assert ask(label="AM", rooms=["elsewhere"]) == []
    assert ask(label="AM", rooms=["elsewhere", room]) == [second.seat_id]
    assert ask(label="AM", rooms=[]) == []


def test_in_which_order_the_blanks_are_named_changes_nothing(people):
    ask = Prepared(
        lambda labels, rooms: Seat.objects.filter(room__in=rooms, label__in=labels).values_list(
            "label", flat=True
        )
    )
    room = people[0].hall.id
    assert ask(labels=["KM"], rooms=[room, "elsewhere"]) == ["KM"]
    assert sorted(ask(rooms=[room], labels=["AM", "BO"])) == ["AM", "BO"]


def test_a_long_list_is_asked_too(people, monkeypatch):
    ask = Prepared(lambda ids: Seat.objects.filter(id__in=ids).values_list("label", flat=True))
    wanted = [it.seat_id for it in people]
    monkeypatch.setattr(prepared, "MOST", 2)
    assert sorted(ask(ids=wanted)) == ["AM", "BO", "KM"]
    assert not ask.plans
    assert ask(ids=wanted[:1]) == ["KM"]


def test_several_questions_may_be_one(people):
    ask = Prepared(
        lambda ids: (
            Seat.objects.filter(id__in=ids)
            .values_list("id", Value(0))
            .union(Room.objects.filter(id__in=ids).values_list("id", Value(1)), all=True)
        )
    )
    person = people[0]
    assert sorted(ask(ids=[person.seat_id, person.hall.id])) == sorted(
        [(person.seat_id, 0), (person.hall.id, 1)]
    )


def test_whose_it_is_has_to_be_said(people):
    room = people[0].hall.id
    assert len(Prepared(lambda label: Seat.objects.filter(room=room, label=label))(label="KM")) == 1
    with pytest.raises(Unscoped):
        Prepared(lambda label: Seat.objects.filter(label=label))(label="KM")


def test_a_blank_that_goes_nowhere_is_a_mistake(people):
    with pytest.raises(TypeError):
        Prepared(lambda room, label: Seat.objects.filter(room=room))(room=people[0].hall.id, label="KM")


def test_rows_are_put_in_and_those_that_are_there_change_only_what_may(people, monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 2)
    put = PreparedInsert(Mark, unique=["reflection", "seat", "look_for"], updates=["answer"])
    board = people[0].hall.board(make.RIVERBEND)

    def row(person, answer, first):
        about = {"reflection": board, "network_id": board.network_id, "team_id": board.team_id}
        return Mark(
            seat=person.seat, look_for="a", answer=answer, first_answer=first, changed_at=make.NOW, **about
        )

    put([row(it, "one", "one") for it in people])
    put([row(people[1], "two", "two")])
    rows = Mark.objects.filter(reflection=board).values_list("seat__label", "answer", "first_answer")
    assert sorted(rows) == [("AM", "two", "one"), ("BO", "one", "one"), ("KM", "one", "one")]


def test_a_mark_that_is_there_keeps_what_it_was_at_the_reveal(people):
    person = people[0]
    person.mark(1, "3")
    person.hall.reveal()
    before = Mark.objects.get(seat=person.seat_id)
    person.mark(1, "2", phase="after")
    after = Mark.objects.get(seat=person.seat_id)
    assert (after.id, after.first_answer, after.is_late) == (before.id, before.answer, False)
    assert after.answer == person.hall.answer("2")
    assert MarkChange.objects.filter(seat=person.seat_id).count() == 2
