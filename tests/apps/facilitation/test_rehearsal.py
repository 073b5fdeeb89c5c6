"""A rehearsal: pretend people come, answer and write at a believable pace; then nothing of it is left."""

from datetime import timedelta

import pytest
from django.apps import apps

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.facilitation.actions import again, rehearsals
from hubcraft.apps.facilitation.models import Choice, FeedbackRegister, Rehearsal
from hubcraft.apps.frameworks.queries import list_domains
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.reflections.actions import days
from hubcraft.apps.reflections.models import Finish, Mark, Reflection
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.domain.verdict import Refused
from tests.device import Device, says
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, opened, rehearse

pytestmark = pytest.mark.django_db


def play(seconds: float) -> None:
    rehearsals.play_rehearsals(at=NOW + timedelta(seconds=seconds))


def seats(hall) -> int:
    return Seat.everywhere.filter(room=hall.id).count()


def marks(hall) -> int:
    return Mark.everywhere.filter(reflection__session__room=hall.id).count()


def test_one_button_starts_it_from_the_start_page():
    opened()
    device = Device()
    domain = list_domains("en")[0].key
    fields = {"domain": domain, "script": "workshop", "rung": "initials", "is_rehearsal": "on"}
    answer = device.post("/start/", fields)
    assert answer.status_code == 302
    assert says(device.get(answer["Location"]), "the people here are pretend.")
    room = Room.objects.get(is_rehearsal=True)
    assert room.title == "Rehearsal"
    assert Rehearsal.everywhere.get(session__room=room).people[0]["seat"] == ""


def test_people_come_one_after_the_other():
    hall = rehearse()
    here = []
    for seconds in (0, 10, 20, 40, 80):
        play(seconds)
        here.append(seats(hall))
    assert here[0] == 0
    assert here == sorted(here)
    assert len({*here}) >= 4
    assert here[-1] == len(Rehearsal.everywhere.get(session__room=hall.id).people) == 10


def test_they_answer_at_the_rubric_at_their_own_pace_and_one_never_finishes():
    hall = rehearse()
    play(80)
    hall.begin()
    play(200)
    assert marks(hall) == 0, "the room has not come to the rubric"
    hall.go_to("rubric")
    placed = []
    for seconds in (10, 40, 100, 200, 500):
        play(seconds)
        placed.append(marks(hall))
    assert placed == sorted(placed)
    assert placed[0] < placed[1] < placed[2] < placed[3]
    assert placed[-1] == 10 * 11 - 1
    assert Finish.everywhere.filter(reflection__session__room=hall.id, is_finished=True).count() == 9


def revealed(hall) -> set[str]:
    boards = Reflection.everywhere.filter(session__room=hall.id).exclude(revealed_at=None)
    return {it.team.name for it in boards.select_related("team")}


def slow_team(hall) -> str:
    """The team of the one who never quite finishes; "" where that is somebody alone."""
    slow = next(it for it in Rehearsal.everywhere.get(session__room=hall.id).people if it["line"][-1] == ".")
    return (RIVERBEND, NORTH_SHORE, "")[slow["team"]]


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_a_team_opens_its_board_a_while_after_everybody_of_it_has_answered(rung):
    hall = rehearse(rung=rung)
    play(80)
    hall.begin().go_to("rubric")
    play(500)
    assert revealed(hall) == set(), "they have only just finished"
    play(509)
    assert revealed(hall) == set(), "they still look around"
    play(560)
    assert revealed(hall) == {RIVERBEND, NORTH_SHORE} - {slow_team(hall)}
    board = Reflection.everywhere.exclude(revealed_at=None).first()
    assert board.revealed_by == "team"
    before = board.revealed_at
    play(600)
    assert Reflection.everywhere.get(id=board.id).revealed_at == before


def test_a_team_waits_for_whoever_is_still_coming_or_practises_along():
    hall = rehearse()
    play(80)
    me = hall.sit("ME", RIVERBEND)
    hall.begin().go_to("rubric")
    for seconds in (500, 560, 620):
        play(seconds)
    assert RIVERBEND not in revealed(hall)
    me.fill()
    plan = Rehearsal.everywhere.get(session__room=hall.id)
    slow = next(it for it in plan.people if it["line"][-1] == ".")
    finisher = Seat.everywhere.get(id=slow["seat"])
    if finisher.team.name == RIVERBEND:
        hall.lead_device().post(f"/r/{hall.id}/lead/seats/{finisher.id}/removal/")
    play(640)
    play(700)
    assert RIVERBEND in revealed(hall)


def test_who_is_slow_goes_on_while_the_others_talk_and_the_board_opens_then():
    hall = rehearse()
    play(80)
    hall.begin().go_to("rubric")
    play(60)
    placed = marks(hall)
    hall.go_to("talk", at=NOW + timedelta(seconds=60))
    play(70)
    assert placed < marks(hall), "from where they were"
    play(600)
    play(660)
    assert revealed(hall) == {RIVERBEND, NORTH_SHORE} - {slow_team(hall)}


def test_a_board_that_is_open_from_the_start_is_left_as_it_is():
    hall = rehearse(is_open_board=True)
    play(80)
    hall.begin().go_to("rubric")
    play(500)
    play(600)
    assert marks(hall) == 10 * 11 - 1
    assert revealed(hall) == set()


def test_played_twice_or_by_two_it_is_done_once():
    hall = rehearse()
    before = Rehearsal.everywhere.get(session__room=hall.id)
    play(80)
    hall.begin().go_to("rubric")
    play(120)
    came, answered = seats(hall), marks(hall)
    play(120)
    assert (seats(hall), marks(hall)) == (came, answered)
    # Another worker that had read the plan before any of this.
    Rehearsal.everywhere.filter(pk=before.pk).update(people=before.people)
    play(120)
    play(120)
    assert (seats(hall), marks(hall)) == (came, answered)


def test_they_choose_write_and_give_feedback_where_that_is_asked():
    hall = rehearse()
    play(80)
    hall.begin()
    for kind in ("choice", "rubric", "strategies", "plan", "feedback"):
        hall.go_to(kind)
        play(500)
    session = hall.session
    assert Choice.everywhere.filter(session=session).count() == 20
    assert 0 < Strategy.everywhere.filter(session=session).count() < 10
    assert 0 < NextStep.everywhere.filter(session=session).count() < 10
    assert len(FeedbackRegister.everywhere.get(session=session).people) > 0


def test_a_rehearsal_of_the_rubric_alone_works_as_well():
    hall = rehearse(script="")
    play(80)
    hall.begin()
    play(500)
    assert marks(hall) == 10 * 11 - 1


def test_who_was_taken_out_stays_out():
    hall = rehearse()
    play(80)
    hall.begin().go_to("rubric")
    seat = Seat.everywhere.filter(room=hall.id).first()
    hall.lead_device().post(f"/r/{hall.id}/lead/seats/{seat.id}/removal/")
    play(500)
    assert Mark.everywhere.filter(seat=seat).count() == 0
    assert marks(hall) >= 9 * 11 - 1


def rows() -> dict[str, int]:
    """How many rows there are of everything, but for the packs and the brake."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("hubcraft.apps.") and model.__name__ != "InstalledPack"
    }


def test_nothing_of_it_is_left_and_no_other_room_is_touched():
    other = opened()
    other.sit("BE", RIVERBEND).fill()
    before = rows()
    hall = rehearse()
    mine = hall.sit("ME", RIVERBEND)
    hall.sit("AL", ALONE)
    play(80)
    hall.begin()
    for kind in ("choice", "rubric", "strategies", "plan", "feedback"):
        hall.go_to(kind)
        play(500)
    hall.close()
    assert rehearsals.delete_rehearsals(at=NOW + timedelta(minutes=30)) == 0
    assert mine.device.get(f"/r/{hall.id}/").status_code == 302
    assert rehearsals.delete_rehearsals(at=NOW + timedelta(minutes=61)) == 1
    assert rows() == before
    assert mine.device.get(f"/r/{hall.id}/").status_code == 404
    assert not TrailEntry.objects.filter(room=hall.id).exists()


def test_a_rehearsal_that_nobody_closes_is_deleted_within_a_day():
    hall, other = rehearse(), opened()
    assert rehearsals.delete_rehearsals(at=NOW + timedelta(hours=23)) == 0
    assert rehearsals.delete_rehearsals(at=NOW + timedelta(hours=25)) == 1
    assert list(Room.objects.values_list("id", flat=True)) == [other.id]
    assert not Seat.everywhere.filter(room=hall.id).exists()


def test_a_rehearsal_ends_with_the_way_to_the_real_session():
    practised, real = rehearse().begin(), opened()
    for hall in (practised, real):
        page = f"/r/{hall.id}/lead/"
        assert not says(hall.lead_device().get(page), "Start the real session")
        hall.close()
        assert says(hall.lead_device().get(page), "Start the real session") == (hall is practised)


def test_there_is_no_next_session_with_pretend_teams():
    hall, real = rehearse().begin(), opened()
    assert again.start_again(by=real.leader, room=real.room, address="http://testserver", at=NOW)
    with pytest.raises(Refused):
        again.start_again(by=hall.leader, room=hall.room, address="http://testserver", at=NOW)


def test_a_rehearsal_is_not_left_open_over_days():
    hall, real = rehearse().begin(), opened()
    tomorrow = (NOW + timedelta(days=1)).date()
    days.keep_open(by=real.leader, room=real.room, until_on=tomorrow, at=NOW)
    with pytest.raises(Refused):
        days.keep_open(by=hall.leader, room=hall.room, until_on=tomorrow, at=NOW)
