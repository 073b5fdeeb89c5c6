"""Ready to go on: said by each, told in counts, gone when the room goes on."""

import pytest

from hubcraft.apps.facilitation.models import Ready
from hubcraft.apps.facilitation.queries.ready import ready_words
from hubcraft.apps.reflections.actions.moves import merge_seats
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms import actions as rooms
from tests.device import says
from tests.make import NORTH_SHORE, NOW, Hall, seated, start

pytestmark = pytest.mark.django_db


def hall_at(kind: str, **more) -> Hall:
    hall = start(script="workshop", **more).begin()
    hall.go_to(kind)
    return hall


def step_of(hall: Hall) -> str:
    return hall.run.steps[hall.run.position]["key"]


def press(person, *, ready: bool = True, step: str = "", **more):
    path = f"/r/{person.hall.id}/ready/" + ("" if ready else "remove/")
    return person.device.post(path, {"step": step or step_of(person.hall), **more})


def told(hall: Hall) -> str:
    return ready_words(session_of(hall.room))


def lead_reads(hall: Hall, words: str) -> bool:
    return says(hall.lead_device().get(f"/r/{hall.id}/lead/"), words)


@pytest.mark.parametrize("kind", ["strategies", "plan", "feedback"])
def test_who_is_ready_says_so_and_whoever_leads_reads_how_many(kind):
    hall = hall_at(kind)
    aa, bb = seated(hall, "AA", "BB")
    assert lead_reads(hall, "0 of 2 are ready to go on.")
    assert says(aa.device.get(f"/r/{hall.id}/step/"), "I’m ready to go on")
    assert press(aa).status_code == 302
    assert lead_reads(hall, "1 of 2 are ready to go on.")
    assert says(aa.device.get(f"/r/{hall.id}/step/"), "You’re ready to go on.")
    assert not says(bb.device.get(f"/r/{hall.id}/step/"), "You’re ready to go on.")
    press(bb)
    assert lead_reads(hall, "Everybody is ready to go on.")


def test_it_is_taken_back_and_pressed_twice_it_counts_once():
    hall = hall_at("plan")
    aa, _bb = seated(hall, "AA", "BB")
    press(aa), press(aa)
    assert told(hall) == "1 of 2 are ready to go on."
    press(aa, ready=False), press(aa, ready=False)
    assert told(hall) == "0 of 2 are ready to go on."


@pytest.mark.parametrize("kind", ["read", "turn-and-talk", "choice", "rubric", "talk", "hear"])
def test_at_other_steps_nobody_is_asked(kind):
    hall = hall_at("plan")
    (aa,) = seated(hall, "AA")
    assert says(aa.device.get(f"/r/{hall.id}/step/"), "I’m ready to go on")
    hall.go_to(kind)
    assert not says(aa.device.follow(f"/r/{hall.id}/"), "I’m ready to go on")
    press(aa)
    assert (told(hall), Ready.everywhere.count()) == ("", 0)


def test_when_the_room_goes_on_nobody_is_ready_any_more_also_where_it_comes_back():
    hall = hall_at("strategies")
    aa, _bb = seated(hall, "AA", "BB")
    press(aa)
    assert Ready.everywhere.count() == 1
    hall.go_to("plan")
    assert (told(hall), Ready.everywhere.count()) == ("0 of 2 are ready to go on.", 0)
    hall.go_to("strategies")
    assert told(hall) == "0 of 2 are ready to go on."


def test_a_page_that_shows_an_earlier_step_says_nothing_of_this_one():
    hall = hall_at("strategies")
    (aa,) = seated(hall, "AA")
    earlier = step_of(hall)
    hall.go_to("plan")
    assert press(aa, step=earlier).status_code == 302
    assert told(hall) == "0 of 1 is ready to go on."
    press(aa)
    assert told(hall) == "1 of 1 is ready to go on."


def test_a_person_with_two_seats_counts_once_and_who_waits_or_interprets_does_not():
    hall = hall_at("plan")
    aa, bb = seated(hall, "AA", "BB")
    cc, dd = seated(hall, "CC", "DD", team=NORTH_SHORE)
    press(aa), press(cc)
    assert told(hall) == "2 of 4 are ready to go on."
    merge_seats(by=hall.leader, room=hall.room, kept=bb.seat, gone=aa.seat, at=NOW)
    assert told(hall) == "1 of 3 are ready to go on."
    rooms.change_seat(by=dd.viewer, seat=dd.seat, initials="DD", kind="interpreting", helper="", at=NOW)
    assert told(hall) == "1 of 2 are ready to go on."
    assert not says(dd.device.get(f"/r/{hall.id}/step/"), "I’m ready to go on")
    assert press(dd).status_code == 403


def test_what_is_written_is_no_part_of_it():
    hall = hall_at("plan")
    aa, _bb = seated(hall, "AA", "BB")
    words = {
        "once": "0" * 32,
        "whose": "mine",
        "words": "Ask them.",
        "owner": "AA",
        "due_on": "",
        "look_for": "",
    }
    assert aa.device.post(f"/r/{hall.id}/next-steps/", words).status_code == 302
    assert told(hall) == "0 of 2 are ready to go on."


def test_in_a_closed_room_nobody_says_it():
    hall = hall_at("plan")
    aa, _bb = seated(hall, "AA", "BB")
    press(aa)
    assert told(hall) == "1 of 2 are ready to go on."
    rooms.close_room(by=hall.leader, room=hall.room, at=NOW)
    assert press(aa, ready=False).status_code == 403
    assert Ready.everywhere.count() == 1
