"""People change teams, are one person after all, or teams are one team: what they said goes along."""

import pytest

from hubcraft.apps.reflections.actions.moves import change_team, merge_seats, merge_teams
from hubcraft.apps.reflections.models import Finish, LateAnswer, Mark, MarkChange, Wish
from hubcraft.apps.reflections.queries.rating import own_answers
from hubcraft.apps.rooms.queries import list_teams
from hubcraft.domain.verdict import NotThere, Refused
from tests.cast import wish
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, Person, opened, seated

pytestmark = pytest.mark.django_db


def move(hall: Hall, person: Person, team: str, by=None) -> None:
    change_team(
        by=by or person.viewer, room=hall.room, seat=person.seat, placement=hall.placement(team), at=NOW
    )


def same_person(hall: Hall, kept: Person, gone: Person, by=None) -> None:
    merge_seats(by=by or hall.leader, room=hall.room, kept=kept.seat, gone=gone.seat, at=NOW)


def same_team(hall: Hall, kept: str = RIVERBEND, gone: str = NORTH_SHORE, by=None) -> None:
    merge_teams(
        by=by or hall.leader, room=hall.room, kept=hall.room_team(kept), gone=hall.room_team(gone), at=NOW
    )


def test_marks_come_along_to_another_team():
    hall = opened()
    [ben] = seated(hall, "BE")
    ben.fill("4?.........")
    wish(ben)
    said = own_answers(ben.place)
    move(hall, ben, NORTH_SHORE)
    assert own_answers(ben.place) == said
    there = hall.board(NORTH_SHORE).id
    for kind in (Mark, MarkChange, Finish, Wish):
        assert set(kind.everywhere.values_list("reflection_id", "team_id", "network_id")) == {
            (there, ben.seat.team_id, ben.seat.network_id)
        }
    assert (ben.seat.is_waiting, ben.seat.is_late) == (False, False)


def test_who_moves_into_an_open_board_by_themselves_is_asked_for():
    hall = opened()
    [ben] = seated(hall, "BE")
    ivo, jo = seated(hall, "IV", "JO", team=NORTH_SHORE)
    ben.fill("1" * 11), ivo.fill("4" * 11)
    hall.reveal()
    move(hall, ivo, RIVERBEND)
    assert (ivo.seat.is_waiting, ivo.seat.is_late) == (True, True)
    assert set(Mark.everywhere.filter(seat=ivo.seat).values_list("is_late", flat=True)) == {True}
    assert ivo.device.follow(f"/r/{hall.id}/board/").address == f"/r/{hall.id}/lobby/"
    move(hall, jo, RIVERBEND, by=hall.leader)
    assert (jo.seat.is_waiting, jo.seat.is_late) == (False, True)


def test_who_asked_the_wrong_team_may_go_to_the_right_one():
    hall = opened()
    seated(hall, "BE")[0].fill()
    hall.reveal()
    gale = hall.sit("GA")
    move(hall, gale, NORTH_SHORE)
    assert (gale.seat.is_waiting, gale.seat.is_late) == (False, False)
    gale.fill("2" * 11)
    hall.reveal(NORTH_SHORE)
    assert set(Mark.everywhere.filter(seat=gale.seat).values_list("first_answer", "is_late")) == {
        (hall.levels[1], False)
    }


def test_marks_on_an_open_board_stay_there():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    ben.mark(1, "3")
    move(hall, cleo, NORTH_SHORE)
    hall.reveal()
    with pytest.raises(Refused, match="its marks stay there"):
        move(hall, ben, NORTH_SHORE)
    assert ben.seat.team_id == hall.team(RIVERBEND)


def test_slips_can_not_come_along():
    hall = opened(rung="anonymous")
    ben, cleo = seated(hall, "BE", "CL")
    ben.mark(1, "3")
    move(hall, cleo, NORTH_SHORE)
    with pytest.raises(Refused, match="nobody can tell which they are"):
        move(hall, ben, NORTH_SHORE)


def test_nobody_moves_somebody_else():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    for stranger in (cleo.viewer, opened().leader, hall.at_door):
        with pytest.raises(Refused):
            move(hall, ben, NORTH_SHORE, by=stranger)
    move(hall, ben, ALONE, by=hall.leader)
    assert ben.seat.team.is_alone


def test_two_seats_of_one_person_say_what_both_said():
    hall = opened()
    ben, again = seated(hall, "BE", "BE")
    ben.fill("44444......")
    again.fill(".2222222222")
    wish(again)
    same_person(hall, ben, again)
    assert [own_answers(ben.place)[it] for it in hall.look_fors] == [
        hall.levels[3] if at < 5 else hall.levels[1] for at in range(11)
    ]
    assert Finish.everywhere.values_list("answered", "is_finished").get(seat=ben.seat) == (11, True)
    assert Wish.everywhere.get().seat_id == ben.seat_id
    assert again.seat.removed_by == "merge"
    with pytest.raises(NotThere):
        again.mark(1, "1")


def test_an_offer_comes_along_to_the_seat_that_is_kept():
    hall = opened()
    ben, again = seated(hall, "BE", "BE")
    hall.close()
    again.mark(1, "2")
    hall.begin()
    same_person(hall, ben, again)
    assert LateAnswer.everywhere.get().seat_id == ben.seat_id


def test_what_a_latecomer_kept_back_is_not_shown_by_merging():
    from hubcraft.apps.reflections.actions.boards import choose_late
    from hubcraft.apps.rooms.actions import let_in

    for is_added in (True, False):
        hall = opened()
        [ben] = seated(hall, "BE")
        hall.reveal()
        again = hall.sit("BE")
        let_in(by=hall.leader, seat=again.seat, at=NOW)
        again.fill("2" * 11)
        choose_late(by=again.viewer, seat_id=again.seat_id, is_added=is_added, at=NOW)
        same_person(hall, ben, again)
        assert Mark.everywhere.filter(seat=ben.seat).count() == (11 if is_added else 0)


def test_only_the_facilitator_merges_and_only_within_one_team_and_room():
    hall, other = opened(), opened()
    ben, again = seated(hall, "BE", "BE")
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    [olga] = seated(other, "BE")
    with pytest.raises(Refused):
        same_person(hall, ben, again, by=ben.viewer)
    with pytest.raises(Refused, match="Only two seats of one team"):
        same_person(hall, ben, ivo)
    with pytest.raises(Refused):
        same_person(hall, ben, ben)
    with pytest.raises(NotThere):
        same_person(hall, ben, olga)
    same_person(hall, ben, again)
    assert again.seat.removed_at == NOW


def test_a_seat_with_slips_is_not_merged_away():
    hall = opened(rung="anonymous")
    ben, again = seated(hall, "BE", "BE")
    ben.fill()
    same = (Finish.everywhere.values_list("answered", "is_finished").get(seat=ben.seat), ben)
    again_too = hall.sit("BE")
    again.mark(1, "3")
    with pytest.raises(Refused, match="nobody can tell which they are"):
        same_person(hall, ben, again)
    same_person(hall, ben, again_too)
    assert (
        Finish.everywhere.values_list("answered", "is_finished").get(seat=ben.seat) == same[0] == (11, True)
    )


def test_two_names_of_one_team_come_together():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    ivo, other_ben = seated(hall, "IV", "BE", team=NORTH_SHORE)
    ivo.fill("2" * 11)
    same_team(hall)
    assert [it.name for it in list_teams(hall.id)] == [RIVERBEND]
    assert {it.seat.team_id for it in (ben, cleo, ivo, other_ben)} == {hall.team(RIVERBEND)}
    assert other_ben.seat.label == "BE 2"
    assert len(own_answers(ivo.place)) == 11
    assert ivo.device.follow(f"/r/{hall.id}/").status_code == 200


def test_teams_are_merged_by_the_facilitator_and_before_their_boards_open():
    hall = opened()
    [ben] = seated(hall, "BE")
    with pytest.raises(Refused):
        same_team(hall, by=ben.viewer)
    with pytest.raises(Refused, match="Choose another team"):
        same_team(hall, RIVERBEND, RIVERBEND)
    hall.reveal()
    with pytest.raises(Refused, match="only before that"):
        same_team(hall)
    fresh = opened()
    same_team(fresh)
    assert [it.name for it in list_teams(fresh.id)] == [RIVERBEND]
