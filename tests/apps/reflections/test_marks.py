"""Placing initials: every operation once, nothing dropped, nothing taken in silence."""

import random

import pytest

from hubcraft.apps.reflections.actions import boards
from hubcraft.apps.reflections.models import Finish, LateAnswer, Mark, MarkChange
from hubcraft.apps.reflections.queries.rating import own_answers
from hubcraft.domain.verdict import NotThere, Refused
from tests.device import says, text_of
from tests.make import NOW, RIVERBEND, Hall, Person, opened, seated, start

pytestmark = pytest.mark.django_db


def pair(**more) -> tuple[Hall, Person, Person]:
    hall = opened(**more)
    ben, cleo = seated(hall, "BE", "CL")
    return hall, ben, cleo


def test_a_mark_and_its_history_are_kept():
    hall, ben, _cleo = pair()
    first, second = ben.operation(1, "4"), ben.operation(1, "2")
    assert ben.do(first, second).taken == [first.id, second.id]
    assert Mark.everywhere.values_list("answer", "first_answer", "is_late").get() == (
        hall.levels[1],
        "",
        False,
    )
    assert sorted(MarkChange.everywhere.values_list("id", "answer")) == sorted(
        [(first.id, hall.levels[3]), (second.id, hall.levels[1])]
    )


def test_operations_take_effect_once_however_often_and_in_whatever_order_they_are_sent():
    _hall, ben, _cleo = pair()
    line = [ben.operation(number, sign) for number, sign in enumerate("1234?-12341", 1)]
    for seed in range(5):
        sent = line * 2
        random.Random(seed).shuffle(sent)
        assert sorted(set(ben.do(*sent).taken)) == sorted(it.id for it in line)
    assert own_answers(ben.place) == {it.look_for: it.answer for it in line}
    assert (Mark.everywhere.count(), MarkChange.everywhere.count()) == (11, 11)
    assert Finish.everywhere.values_list("answered", "is_finished").get() == (11, True)


def test_an_old_operation_sent_again_does_not_undo_a_newer_one():
    hall, ben, _cleo = pair()
    old, new = ben.operation(1, "4"), ben.operation(1, "2")
    ben.do(old)
    ben.do(new)
    assert ben.do(old).taken == [old.id]
    assert own_answers(ben.place) == {hall.look_fors[0]: hall.levels[1]}


def test_an_id_of_another_seat_is_refused_and_changes_nothing():
    hall, ben, cleo = pair()
    operation = ben.operation(1, "4")
    assert ben.do(operation).taken == [operation.id]
    receipt = cleo.do(operation)
    assert (receipt.taken, [it for it, _sentence in receipt.refused]) == ([], [operation.id])
    assert Mark.everywhere.values_list("seat_id", flat=True).get() == ben.seat_id
    assert hall.board(RIVERBEND).marks.count() == 1


def test_what_this_rubric_does_not_know_is_refused_and_the_rest_is_taken():
    from dataclasses import replace

    _hall, ben, _cleo = pair()
    good = ben.operation(1, "4")
    unknown = replace(ben.operation(2, "4"), look_for="nowhere")
    odd = replace(ben.operation(3, "4"), answer="splendid")
    receipt = ben.do(unknown, good, odd)
    assert receipt.taken == [good.id]
    assert [it for it, _sentence in receipt.refused] == [unknown.id, odd.id]
    assert Mark.everywhere.count() == 1


def test_clearing_takes_the_answer_back_and_the_history_stays():
    _hall, ben, _cleo = pair()
    ben.mark(1, "4")
    ben.mark(1, ".")
    assert own_answers(ben.place) == {}
    assert (MarkChange.everywhere.count(), Finish.everywhere.get().answered) == (2, 0)


def test_nobody_places_anything_before_it_begins():
    hall = start()
    [ben] = seated(hall, "BE")
    with pytest.raises(Refused, match="It has not begun yet"):
        ben.mark(1, "4")
    hall.begin()
    assert len(ben.mark(1, "4").taken) == 1


def test_nobody_places_anything_from_a_seat_that_is_not_theirs():
    from hubcraft.apps.reflections.actions.marks import place_marks

    _hall, ben, cleo = pair()
    operation = ben.operation(1, "4")
    with pytest.raises(NotThere):
        place_marks(by=cleo.viewer, seat_id=ben.seat_id, operations=[operation], at=NOW)
    assert place_marks(by=ben.viewer, seat_id=ben.seat_id, operations=[operation], at=NOW).taken


def test_an_answer_to_a_closed_room_is_kept_and_offered_once_it_is_open_again():
    hall, ben, _cleo = pair()
    ben.mark(1, "4")
    hall.close()
    late = ben.operation(1, "2")
    assert ben.do(late).late == [late.id]
    assert ben.do(late).late == [late.id], "sent twice it is kept once"
    assert own_answers(ben.place) == {hall.look_fors[0]: hall.levels[3]}
    with pytest.raises(Refused, match="Your answers are kept"):
        boards.answer_offer(by=ben.viewer, seat_id=ben.seat_id, is_added=True, at=NOW)
    hall.begin()
    boards.answer_offer(by=ben.viewer, seat_id=ben.seat_id, is_added=True, at=NOW)
    assert own_answers(ben.place) == {hall.look_fors[0]: hall.levels[1]}
    assert Mark.everywhere.values_list("is_late", flat=True).get() is False
    assert LateAnswer.everywhere.count() == 0
    assert ben.do(late).taken == [late.id], "and it is known for ever"


def test_an_answer_from_before_the_reveal_that_comes_after_it_is_kept_and_offered():
    hall, ben, cleo = pair()
    cleo.fill()
    hall.reveal()
    assert len(ben.mark(1, "4", phase="after").taken) == 1
    late = ben.operation(2, "4", phase="before")
    assert ben.do(late).late == [late.id]
    page = ben.device.get(f"/r/{hall.id}/board/")
    assert says(page, "1 answer of yours reached us after its time.")
    assert not says(cleo.device.get(f"/r/{hall.id}/board/"), "reached us after its time")
    ben.device.post(f"/r/{hall.id}/late/", {"late": "add"})
    mark = Mark.everywhere.get(seat=ben.seat, look_for=hall.look_fors[1])
    assert (mark.answer, mark.first_answer, mark.is_late) == (hall.levels[3], "", True)


def test_an_offer_that_is_left_out_stays_in_the_record():
    hall, ben, cleo = pair()
    cleo.fill()
    hall.reveal()
    ben.mark(2, "4", phase="before")
    ben.device.post(f"/r/{hall.id}/late/", {"late": "leave"})
    assert not says(ben.device.get(f"/r/{hall.id}/board/"), "reached us after its time")
    assert LateAnswer.everywhere.values_list("is_left", flat=True).get() is True
    assert Mark.everywhere.filter(seat=ben.seat).count() == 0


def test_a_move_keeps_the_first_answer():
    hall, ben, _cleo = pair()
    ben.fill("4..........")
    hall.reveal()
    ben.mark(1, "2", phase="after")
    ben.mark(1, "1", phase="after")
    mark = Mark.everywhere.get()
    assert (mark.first_answer, mark.answer, mark.is_late) == (hall.levels[3], hall.levels[0], False)
    assert sorted(MarkChange.everywhere.values_list("is_after_reveal", flat=True)) == [False, True, True]


def test_a_form_without_javascript_does_the_same():
    hall, ben, _cleo = pair()
    fields = {"seat": ben.key, f"answer-{hall.look_fors[0]}": hall.levels[2], "next": f"/r/{hall.id}/team/"}
    response = ben.device.post(f"/r/{hall.id}/marks/", fields)
    assert response["Location"] == f"/r/{hall.id}/team/"
    assert own_answers(ben.place) == {hall.look_fors[0]: hall.levels[2]}
    ben.device.post(f"/r/{hall.id}/marks/", {**fields, "clear": hall.look_fors[0]})
    assert own_answers(ben.place) == {}


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "/r/other/", ""])
def test_a_form_goes_on_only_within_the_room(wanted):
    hall, ben, _cleo = pair()
    response = ben.device.post(f"/r/{hall.id}/marks/", {"seat": ben.key, "next": wanted})
    assert response["Location"] == f"/r/{hall.id}/look-fors/1/"


def test_a_queue_is_told_what_became_of_each():
    hall, ben, _cleo = pair()
    operations = [vars(ben.operation(1, "4")), vars(ben.operation(2, "4"))]
    operations[1]["look_for"] = "nowhere"
    answer = ben.device.send(f"/r/{hall.id}/marks/", {"seat": ben.key, "operations": operations}).json()
    assert answer["taken"] == [operations[0]["id"]]
    assert [it["id"] for it in answer["refused"]] == [operations[1]["id"]]
    assert (answer["answered"], answer["total"]) == (1, 11)


def test_nothing_is_chosen_beforehand_and_what_was_chosen_is():
    hall, ben, _cleo = pair()
    page = text_of(ben.device.get(f"/r/{hall.id}/look-fors/"))
    assert (page.count('type="radio"'), page.count(" checked")) == (66, 0)
    ben.fill("4?-........")
    assert text_of(ben.device.get(f"/r/{hall.id}/look-fors/")).count(" checked") == 3


def test_everything_answered_leads_to_the_team():
    hall, ben, _cleo = pair()
    for number in range(1, 12):
        assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/look-fors/{number}/"
        ben.mark(number, "3")
    assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/team/"
