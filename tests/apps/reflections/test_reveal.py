"""Opening a board: who may, what it shows then, and who comes late."""

import pytest

from hubcraft.apps.reflections.actions import boards
from hubcraft.apps.reflections.models import Mark, Wish
from hubcraft.apps.reflections.queries.board import board_rows
from hubcraft.apps.rooms import actions as rooms
from hubcraft.domain.verdict import NotThere, Refused
from tests.cast import wish
from tests.device import says, text_of
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, opened, seated, start

pytestmark = pytest.mark.django_db


def rows_of(hall: Hall, team: str = RIVERBEND):
    board = hall.board(team)
    board.session = hall.session
    return board_rows(hall.session, board, hall.rubric)


def chips(row) -> list[list[str]]:
    return [[f"{chip.label} {chip.kind}".strip() for chip in box.chips] for box in row.boxes]


def reveal_by_form(hall: Hall, person, mark: str = ""):
    return person.device.post(f"/r/{hall.id}/reveal/", {"roster": mark or hall.roster_mark(RIVERBEND)})


def test_a_team_opens_its_board_when_everyone_has_finished():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    ben.fill()
    response = reveal_by_form(hall, ben)
    assert response.status_code == 409
    assert says(response, "Some are still placing their initials.")
    cleo.fill()
    assert reveal_by_form(hall, ben)["Location"] == f"/r/{hall.id}/board/"
    assert (hall.board(RIVERBEND).revealed_by, hall.board(RIVERBEND).shows) == ("team", "initials")


def test_the_facilitator_opens_it_with_those_we_have():
    hall = opened()
    ben, _cleo = seated(hall, "BE", "CL")
    ben.fill("4..........")
    address = f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/reveal/"
    response = hall.lead_device().post(address, {"roster": hall.roster_mark(RIVERBEND)})
    assert response.status_code == 302
    assert hall.board(RIVERBEND).revealed_by == "facilitator"
    assert Mark.everywhere.get().first_answer == hall.levels[3]


def test_a_board_stays_closed_when_somebody_came_while_one_looked():
    hall = opened()
    [ben] = seated(hall, "BE")
    ben.fill()
    seen = hall.roster_mark(RIVERBEND)
    hall.sit("CL").fill()
    response = reveal_by_form(hall, ben, seen)
    assert response.status_code == 409
    assert says(response, "Somebody came or went while you looked.")
    assert not hall.board(RIVERBEND).is_revealed
    assert reveal_by_form(hall, ben).status_code == 302


def test_other_teams_and_other_rooms_open_nothing():
    hall, other = opened(), opened()
    [ben] = seated(hall, "BE")
    [ivo] = seated(hall, "IV", team=NORTH_SHORE)
    ben.fill(), ivo.fill()
    for stranger, fault in ((ivo.viewer, Refused), (other.leader, NotThere), (hall.at_door, Refused)):
        with pytest.raises(fault):
            hall.reveal(by=stranger)
    hall.reveal(by=ben.viewer)
    assert [hall.board(team).is_revealed for team in (RIVERBEND, NORTH_SHORE)] == [True, False]


def test_a_board_opens_once_and_not_before_it_begins():
    hall = start()
    [ben] = seated(hall, "BE")
    with pytest.raises(Refused, match="It has not begun yet"):
        hall.reveal()
    hall.begin()
    ben.fill()
    hall.reveal()
    with pytest.raises(Refused, match="This board is open already"):
        hall.reveal()


@pytest.mark.parametrize(("size", "shows"), [(4, "own"), (5, "dots"), (8, "dots")])
def test_a_wish_turns_initials_into_dots_or_into_each_their_own(size, shows):
    hall = opened()
    people = seated(hall, *(f"P{at}" for at in range(size)))
    for at, person in enumerate(people):
        person.fill("1234123412"[at] * 11)
    wish(people[1])
    hall.reveal()
    assert hall.board(RIVERBEND).shows == shows
    page = text_of(people[0].device.get(f"/r/{hall.id}/board/"))
    assert page.count("chip-dot") == (size * 11 if shows == "dots" else 0)
    others = [f'data-seat="{it.key}"' for it in people[1:]]
    board = page[page.index('class="board board-') :]
    assert [it for it in others if it in board] == []


def test_without_a_wish_the_board_shows_initials():
    hall = opened()
    people = seated(hall, "BE", "CL", "DA", "EL")
    for person, sign in zip(people, "1134", strict=True):
        person.mark(1, sign)
    wish(people[0])
    boards.take_back_wish(by=people[0].viewer, seat_id=people[0].seat_id, at=NOW)
    hall.reveal()
    assert hall.board(RIVERBEND).shows == "initials"
    assert chips(rows_of(hall)[0]) == [["BE now", "CL now"], [], ["DA now"], ["EL now"]]


def test_a_wish_is_for_before_the_reveal_and_by_members():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    wish(ben)
    assert Wish.everywhere.count() == 1
    hall.reveal()
    with pytest.raises(Refused, match="open already"):
        wish(cleo)
    free = opened(is_open_board=True)
    [dara] = seated(free, "DA")
    with pytest.raises(Refused, match="nothing to ask for"):
        wish(dara)


def test_a_wish_of_somebody_who_left_counts_no_more():
    hall = opened()
    people = seated(hall, *"ABCDEF")
    wish(people[0])
    rooms.remove_seat(by=hall.leader, seat=people[0].seat, at=NOW)
    hall.reveal()
    assert hall.board(RIVERBEND).shows == "initials"


def test_on_dots_nobody_is_named_anywhere_on_the_board():
    hall = opened()
    people = seated(hall, "BE", "CL", "DA", "EL", "HA")
    for person, sign in zip(people, "1123?", strict=True):
        person.mark(1, sign)
    wish(people[0])
    hall.reveal()
    [row, *_rest] = rows_of(hall)
    assert chips(row) == [["now", "now"], ["now"], ["now"], []]
    assert row.aside == "One is not sure."


def test_a_board_of_dots_stays_as_it_stood():
    hall = opened()
    people = seated(hall, "BE", "CL", "DA", "EL", "HA")
    for person, sign in zip(people, "11234", strict=True):
        person.mark(1, sign)
    wish(people[0])
    hall.reveal()
    before, number = rows_of(hall), hall.room.sequence
    people[0].mark(1, "3", phase="after")
    assert (rows_of(hall), hall.room.sequence) == (before, number), "a dot that moves tells who tapped"
    rooms.remove_seat(by=hall.leader, seat=people[3].seat, at=NOW)
    assert rows_of(hall) == before, "one dot fewer would be theirs"
    assert people[0].place.reflection.marks.get(seat=people[0].seat_id).answer == hall.answer("3")


def test_a_small_row_of_dots_is_withheld_and_one_mind_is_coded():
    hall = opened()
    people = seated(hall, "BE", "CL", "DA", "EL", "HA")
    for person, (first, second) in zip(people, ("13", "13", "23", "33", ".1"), strict=True):
        person.fill(first + second + "." * 9)
    wish(people[0])
    hall.reveal()
    first, second, *_rest = rows_of(hall)
    assert first.withheld.startswith("Too few answers")
    assert (second.headline, chips(second)) == ("Nearly everyone on one answer", [[], [], [], []])
    assert hall.board(RIVERBEND).talk_first == []


@pytest.mark.parametrize(
    ("signs", "headline", "question"),
    [
        ("33", "", ""),
        ("333", "All on one level", "What would take you further?"),
        ("444", "All on one level", "What keeps it that way?"),
        ("3344", "Within one level", "In the middle: between “pretty good” and “very good”."),
        ("2334", "Spread over three", "In the middle: pretty good."),
        ("1234", "Spread over all four", "What does each of you see that the others don't?"),
        ("1133", "Split: nobody in between", "Two camps."),
        ("1144", "Ends apart", "Some at one end, some at the other."),
        ("33?-", "", ""),
    ],
)
def test_a_row_says_how_a_team_stands(signs, headline, question):
    hall = opened()
    for at, sign in enumerate(signs):
        hall.sit(f"P{at}").mark(1, sign)
    hall.reveal()
    [row, *_rest] = rows_of(hall)
    assert row.headline == headline
    middle = {level.short for level in hall.rubric.levels}
    known = question.replace("pretty good", hall.rubric.levels[2].short).replace(
        "very good", hall.rubric.levels[3].short
    )
    assert row.question.startswith(known), middle
    assert (row.detail is None) == (headline == "")


def test_asides_are_named_where_initials_are():
    hall = opened()
    for initials, sign in (("BE", "?"), ("CL", "-"), ("DA", "?")):
        hall.sit(initials).mark(1, sign)
    hall.reveal()
    assert rows_of(hall)[0].aside == "Not sure: BE, DA. Doesn't apply to us: CL."


def test_the_order_of_what_to_talk_about_is_fixed_at_the_reveal():
    hall = opened()
    people = seated(hall, "BE", "CL", "DA", "EL")
    for person, line in zip(
        people, ("11333333333", "11333333333", "43333333333", "43333333333"), strict=True
    ):
        person.fill(line)
    hall.reveal()
    first = [hall.look_fors[0], hall.look_fors[1]]
    assert hall.board(RIVERBEND).talk_first == first
    for person in people:
        person.mark(1, "3", phase="after")
    assert hall.board(RIVERBEND).talk_first == first
    assert [row.key for row in rows_of(hall) if row.is_talk_first] == first
    assert rows_of(hall)[0].headline == "All on one level"


def test_a_move_leaves_a_ring_where_one_stood():
    hall = opened()
    ben, _cleo = seated(hall, "BE", "CL")
    ben.mark(1, "1")
    hall.reveal()
    ben.mark(1, "3", phase="after")
    [row, *_rest] = rows_of(hall)
    assert (chips(row), row.moved) == ([["BE before"], [], ["BE now"], []], "One moved after talking.")


def late_comer(hall: Hall):
    lea = hall.sit("LE")
    rooms.let_in(by=hall.leader, seat=lea.seat, at=NOW)
    return lea


def test_who_comes_late_rates_before_they_look():
    hall = opened()
    seated(hall, "BE")[0].fill("1" * 11)
    hall.reveal()
    gale = hall.sit("GA")
    base = f"/r/{hall.id}/"
    assert gale.device.follow(base).address == f"{base}lobby/"
    with pytest.raises(Refused, match="Wait until somebody lets you in"):
        gale.mark(1, "4")
    rooms.let_in(by=hall.leader, seat=gale.seat, at=NOW)
    assert gale.device.follow(base).address == f"{base}look-fors/1/"
    assert gale.device.follow(f"{base}board/").address == f"{base}look-fors/1/"
    gale.fill("4" * 11)
    assert gale.device.follow(base).address == f"{base}late/"
    assert chips(rows_of(hall)[0]) == [["BE now"], [], [], []], "not before they said so"
    assert gale.device.post(f"{base}late/", {"late": "add"})["Location"] == f"{base}board/"
    assert chips(rows_of(hall)[0]) == [["BE now"], [], [], ["GA late"]]
    assert set(Mark.everywhere.filter(seat=gale.seat).values_list("first_answer", "is_late")) == {("", True)}


def test_who_comes_late_may_keep_theirs():
    hall = opened()
    [ben] = seated(hall, "BE")
    ben.fill("1" * 11)
    hall.reveal()
    lea = late_comer(hall)
    with pytest.raises(Refused, match="for every look-for first"):
        boards.choose_late(by=lea.viewer, seat_id=lea.seat_id, is_added=False, at=NOW)
    lea.fill("4" * 11)
    lea.device.post(f"/r/{hall.id}/late/", {"late": "keep"})
    assert lea.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/board/"
    assert chips(rows_of(hall)[0]) == [["BE now"], [], [], []]
    assert not says(ben.device.get(f"/r/{hall.id}/board/"), "LE")


def test_a_late_mark_never_joins_a_board_of_dots():
    hall = opened()
    people = seated(hall, "BE", "CL", "DA", "EL", "HA")
    for person, sign in zip(people, "11233", strict=True):
        person.fill(sign * 11)
    wish(people[0])
    hall.reveal()
    before = rows_of(hall)
    lea = late_comer(hall).fill("4" * 11)
    lea.device.post(f"/r/{hall.id}/late/", {"late": "add"})
    assert rows_of(hall) == before


def test_the_team_is_asked_on_its_board():
    hall = opened()
    ben, _cleo = seated(hall, "BE", "CL")
    hall.reveal()
    gale = hall.sit("GA")
    page = ben.device.get(f"/r/{hall.id}/board/")
    assert says(page, "Let GA in")
    response = ben.device.post(f"/r/{hall.id}/team/asking/", {"seat": gale.key, "answer": "no"})
    assert (response.status_code, gale.seat.is_waiting) == (302, True)
    ben.device.post(f"/r/{hall.id}/team/asking/", {"seat": gale.key, "answer": "yes"})
    assert gale.seat.is_waiting is False
    gone = ben.device.post(f"/r/{hall.id}/team/asking/", {"seat": gale.key, "answer": "yes"})
    assert gone.status_code == 404


def test_an_open_board_shows_marks_as_they_come():
    hall = opened(is_open_board=True)
    ben, cleo = seated(hall, "BE", "CL")
    with pytest.raises(Refused, match="open from the start"):
        hall.reveal()
    ben.mark(1, "2")
    assert cleo.device.get(f"/r/{hall.id}/board/").status_code == 200
    assert chips(rows_of(hall)[0]) == [[], ["BE now"], [], []]
    ben.mark(1, "3")
    assert chips(rows_of(hall)[0]) == [[], [], ["BE now"], []]


def test_who_is_alone_sees_their_own_and_nothing_else():
    hall = opened()
    finn = hall.sit("FI", ALONE).fill("4" * 11)
    page = finn.device.get(f"/r/{hall.id}/board/")
    assert page.status_code == 200
    assert text_of(page).count('class="chip chip-now"') == 11
    # Nobody is there to compare with, nor to be counted with.
    assert not says(page, "Compare and talk.") and not says(page, "answered everything")
    assert hall.sit("BE").device.get(f"/r/{hall.id}/board/").status_code == 302
