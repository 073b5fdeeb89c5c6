"""A session over days: each in their own time, until the day has ended where the room is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.module_loading import import_string

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.facilitation.actions import runs
from hubcraft.apps.reflections.actions import days
from hubcraft.apps.reflections.models import Mark
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.models import Room
from hubcraft.cli.management.commands.work import DUE
from hubcraft.domain.verdict import NotThere, Refused
from tests.device import says, text_of
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, opened, seated, start

pytestmark = pytest.mark.django_db
SOON = (NOW + timedelta(days=5)).date()
# One second after the day has ended in UTC, where rooms of tests are.
AFTER = datetime(SOON.year, SOON.month, SOON.day, tzinfo=UTC) + timedelta(days=1, seconds=1)
OPEN_UNTIL = f"Open until {SOON:%A} {SOON.day} {SOON:%B}. Fill it in when it suits you."


def over_days(**more) -> Hall:
    return start(until_on=SOON, **more)


def home_of(person) -> str:
    """Where "now" leads this person."""
    return person.device.get(f"/r/{person.hall.id}/")["Location"].removeprefix(f"/r/{person.hall.id}/")


def page_of(person, page: str = "team/"):
    return person.device.get(f"/r/{person.hall.id}/{page}")


# -- starting ----------------------------------------------------------------------------------------------


def start_by_form(hall: Hall, **fields):
    asked = {"domain": hall.session.domain, "rung": "initials", "title": "Over days"} | fields
    return hall.lead_device().post("/start/", asked)


@pytest.mark.parametrize("script", ["", "workshop"])
def test_a_room_that_is_started_with_a_day_is_open_at_once(script):
    hall = start()
    response = start_by_form(hall, until_on=SOON.isoformat(), script=script)
    made = Hall(Room.objects.get(title="Over days"), "")
    assert response["Location"] == f"/r/{made.id}/lead/"
    assert (made.room.state, made.session.until_on) == ("open", SOON)
    ben = made.sit("BE", placement=rooms.Placement(new_team="Delta hub"))
    assert home_of(ben) == "team/"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2020-01-02", "This day is over already: Thursday 2 January."),
        ((NOW + timedelta(days=90)).date().isoformat(), "A session is open for sixty days at most."),
        ("next week", "Write a day like 2027-03-15."),
    ],
)
def test_a_day_that_can_not_be_is_told_and_everything_typed_is_kept(typed, sentence):
    hall = start()
    response = start_by_form(hall, until_on=typed, teams="Delta hub")
    assert response.status_code == 422
    assert says(response, sentence)
    assert f'value="{typed}"' in text_of(response)
    assert "Delta hub" in text_of(response)
    assert Room.objects.filter(title="Over days").count() == 0


def test_today_is_a_day_where_the_room_is():
    hall = start()
    zone = "Pacific/Kiritimati"  # fourteen hours ahead: whenever this runs, some place has another day
    there = (NOW + timedelta(hours=14)).date()
    yesterday = (there - timedelta(days=1)).isoformat()
    assert start_by_form(hall, until_on=yesterday, time_zone=zone).status_code == 422
    assert start_by_form(hall, until_on=there.isoformat(), time_zone=zone).status_code == 302


# -- each in their own time --------------------------------------------------------------------------------


@pytest.mark.parametrize("team", [RIVERBEND, ALONE])
def test_one_carries_on_where_one_stopped(team):
    hall = over_days()
    [ben] = seated(hall, "BE", team=team)
    page = page_of(ben)
    assert (home_of(ben), says(page, OPEN_UNTIL), says(page, "Begin")) == ("team/", True, True)
    ben.fill("333........")
    page = page_of(ben)
    assert home_of(ben) == "team/"
    assert says(page, "You have answered 3 of 11.")
    assert says(page, "Go on with look-for 4")
    assert f'href="/r/{hall.id}/look-fors/4/"' in text_of(page)


def test_who_comes_alone_has_their_page_as_soon_as_they_have_finished():
    hall = over_days()
    [finn] = seated(hall, "FI", team=ALONE)
    assert page_of(finn).status_code == 200
    finn.fill()
    assert home_of(finn) == "board/"
    assert page_of(finn)["Location"] == f"/r/{hall.id}/board/"


def test_nobody_of_a_team_opens_its_board_before_the_day_but_the_facilitator_may():
    hall, live = over_days(), opened()
    (one,), (ben,) = seated(live, "BE"), seated(hall, "BE")
    one.fill(), ben.fill()
    assert live.reveal(by=one.viewer).revealed_by == "team"
    with pytest.raises(Refused, match="opens by itself"):
        hall.reveal(by=ben.viewer)
    assert says(page_of(ben), "Your board opens by itself when")
    assert hall.reveal().revealed_by == "facilitator"


def test_who_joins_is_told_until_when_before_they_come_in():
    hall, live = over_days(), opened()
    assert says(hall.door_device().get(f"/r/{hall.id}/join/"), OPEN_UNTIL)
    assert "Open until" not in text_of(live.door_device().get(f"/r/{live.id}/join/"))


def test_a_room_that_waits_for_its_day_is_not_idle():
    hall, live = over_days(), opened()
    assert rooms.close_idle_rooms(at=NOW + timedelta(days=4)) == 1
    assert [it.room.state for it in (hall, live)] == ["open", "closed"]
    assert days.end_days(at=AFTER) == 1
    assert rooms.close_idle_rooms(at=AFTER + timedelta(days=4)) == 1


# -- the end of the day ------------------------------------------------------------------------------------


def test_when_the_day_has_ended_the_house_opens_boards_on_which_somebody_has_finished():
    hall = over_days()
    ben, cleo = seated(hall, "BE", "CL")
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    ben.fill(), cleo.fill("44........."), ivo.fill("2..........")
    assert days.end_days(at=AFTER - timedelta(seconds=2)) == 0
    assert days.end_days(at=AFTER) == 1
    board = hall.board(RIVERBEND)
    assert (board.revealed_by, board.revealed_at, board.shows) == ("house", AFTER, "initials")
    assert not hall.board(NORTH_SHORE).is_revealed
    assert TrailEntry.objects.get(did="opened a board").who == "the house"
    assert set(Mark.everywhere.filter(reflection=board).values_list("seat", "first_answer").distinct()) == {
        (ben.seat_id, hall.levels[2]),
        (cleo.seat_id, hall.levels[3]),
    }
    assert [home_of(it) for it in (ben, cleo, ivo)] == ["board/", "board/", "look-fors/2/"]


def test_who_has_not_finished_goes_on_after_the_day_and_their_team_opens_its_board():
    hall = over_days()
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    ivo.fill("2..........")
    days.end_days(at=AFTER)
    assert says(page_of(ivo), "It was open until")
    ivo.fill("22222222222")
    hall.reveal(NORTH_SHORE, by=ivo.viewer)
    assert hall.board(NORTH_SHORE).revealed_by == "team"


@pytest.mark.parametrize("room", [{}, {"rung": "anonymous"}, {"is_open_board": True}])
def test_a_day_ends_once_however_often_it_is_asked(room):
    hall = over_days(**room)
    [ben] = seated(hall, "BE")
    ben.fill()
    # As another worker would that had read the same row before.
    assert [days.end_days(at=AFTER), days.end_days(at=AFTER)] == [1, 0]
    sequence = hall.room.sequence
    assert days.end_day(session_id=hall.session.id, at=AFTER + timedelta(days=1)) is False
    assert (hall.room.sequence, hall.session.ended_at) == (sequence, AFTER)
    assert hall.board(RIVERBEND).is_revealed is not room.get("is_open_board", False)


def test_a_server_that_was_down_opens_boards_when_it_is_back():
    hall = over_days()
    [ben] = seated(hall, "BE")
    ben.fill()
    days.end_days(at=AFTER + timedelta(days=3, hours=5))
    assert hall.board(RIVERBEND).revealed_at == AFTER + timedelta(days=3, hours=5)


def test_the_worker_asks_for_it():
    hall = over_days()
    [ben] = seated(hall, "BE")
    ben.fill()
    for moment in (NOW, AFTER):
        assert not hall.board(RIVERBEND).is_revealed
        for path in DUE:
            import_string(path)(at=moment)
    assert hall.board(RIVERBEND).revealed_by == "house"


@pytest.mark.parametrize(
    ("zone", "day", "last_second"),
    [
        ("America/Los_Angeles", date(2030, 3, 9), "2030-03-10T07:59:59"),
        ("America/Los_Angeles", date(2030, 3, 10), "2030-03-11T06:59:59"),
        ("America/New_York", date(2030, 11, 3), "2030-11-04T04:59:59"),
        ("Europe/Berlin", date(2030, 10, 27), "2030-10-27T22:59:59"),
        ("Pacific/Auckland", date(2030, 4, 7), "2030-04-07T11:59:59"),
    ],
)
def test_the_day_ends_by_the_clocks_of_the_room(zone, day, last_second):
    hall = start(time_zone=zone)
    [ben] = seated(hall.begin(), "BE")
    ben.fill()
    Room.objects.filter(id=hall.id).update(made_at=datetime(2030, day.month, 1, tzinfo=UTC))
    days.keep_open(by=hall.leader, room=hall.room, until_on=day, at=datetime(2030, day.month, 2, tzinfo=UTC))
    last = datetime.fromisoformat(last_second).replace(tzinfo=UTC)
    assert days.end_days(at=last) == 0
    assert days.end_days(at=last + timedelta(seconds=1)) == 1


# -- moving the day ----------------------------------------------------------------------------------------


def move(hall: Hall, until_on: str, device=None):
    return (device or hall.lead_device()).post(f"/r/{hall.id}/lead/until/", {"until_on": until_on})


def test_the_facilitator_moves_the_day():
    hall = over_days()
    [ben] = seated(hall, "BE")
    ben.fill()
    assert move(hall, (SOON + timedelta(days=2)).isoformat())["Location"] == f"/r/{hall.id}/lead/"
    assert days.end_days(at=AFTER) == 0
    assert days.end_days(at=AFTER + timedelta(days=2)) == 1


def test_a_day_that_is_over_is_refused_with_a_sentence_and_the_day_stays():
    hall = over_days()
    response = move(hall, "2020-01-02")
    assert response.status_code == 422
    assert says(response, "This day is over already: Thursday 2 January. Choose today or a later one.")
    assert 'value="2020-01-02"' in text_of(response)
    assert hall.session.until_on == SOON


def test_only_the_facilitator_moves_it():
    hall, other = over_days(), over_days()
    [ben] = seated(hall, "BE")
    assert move(hall, SOON.isoformat(), ben.device).status_code == 404
    with pytest.raises(Refused):
        days.keep_open(by=ben.viewer, room=hall.room, until_on=SOON, at=NOW)
    with pytest.raises(Refused):
        days.keep_open(by=other.leader, room=hall.room, until_on=SOON, at=NOW)


def test_a_room_held_together_is_left_open_for_those_who_could_not_come():
    hall = opened(script="workshop")
    [ben] = seated(hall, "BE")
    hall.go_to("rubric")
    ben.fill("33.........")
    hall.go_to("hear")
    assert home_of(ben) == "step/"
    assert move(hall, SOON.isoformat()).status_code == 302
    assert home_of(ben) == "team/"
    assert says(page_of(ben), "Go on with look-for 3")


def test_after_its_day_a_session_is_not_opened_again():
    hall = over_days()
    assert move(hall, SOON.isoformat()).status_code == 302
    days.end_days(at=AFTER)
    response = move(hall, (SOON + timedelta(days=2)).isoformat())
    assert (response.status_code, says(response, "Its day has ended")) == (409, True)


# -- together ----------------------------------------------------------------------------------------------


def test_people_come_together_and_those_who_have_answered_stay_as_they_are():
    hall = over_days()
    ben, cleo = seated(hall, "BE", "CL")
    ben.fill()
    cleo.fill("44.........")
    assert hall.lead_device().post(f"/r/{hall.id}/lead/together/").status_code == 302
    assert (ben.place.finish.answered, cleo.place.finish.answered) == (11, 2)
    assert [home_of(it) for it in (ben, cleo)] == ["team/", "look-fors/3/"]
    assert days.end_days(at=AFTER) == 0
    cleo.fill()
    hall.reveal(by=ben.viewer)
    assert hall.board(RIVERBEND).revealed_by == "team"


def test_a_script_begins_when_people_are_together_and_its_clock_then():
    hall = over_days(script="workshop")
    [ben] = seated(hall, "BE")
    ben.fill("33.........")
    lead = hall.lead_device()
    assert "lead-clock" not in text_of(lead.get(f"/r/{hall.id}/lead/"))
    later = NOW + timedelta(days=3)
    runs.gather(by=hall.leader, room=hall.room, at=later)
    assert (home_of(ben), hall.run.position, hall.run.began_at) == ("step/", 0, later)
    # What was open stays open: answers can be looked at and changed meanwhile.
    assert page_of(ben, "look-fors/3/").status_code == 200
    ben.fill("..3........")
    assert ben.place.finish.answered == 3


def test_people_may_come_together_after_the_day_over_open_boards():
    hall = over_days(script="workshop")
    [ben] = seated(hall, "BE")
    ben.fill()
    days.end_days(at=AFTER)
    assert home_of(ben) == "board/"
    runs.gather(by=hall.leader, room=hall.room, at=AFTER)
    hall.go_to("talk", AFTER)
    assert home_of(ben) == "board/"


def test_who_is_together_can_not_come_together_once_more():
    hall, live, other = over_days(), opened(), over_days()
    runs.gather(by=hall.leader, room=hall.room, at=NOW)
    for room in (hall, live):
        response = room.lead_device().post(f"/r/{room.id}/lead/together/")
        assert (response.status_code, says(response, "You are together already")) == (409, True)
    with pytest.raises((Refused, NotThere)):
        runs.gather(by=hall.leader, room=other.room, at=NOW)
    assert other.session.together_at is None
