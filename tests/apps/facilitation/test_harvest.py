"""The harvest: what a facilitator takes home, from which no team and nobody can be worked out."""

import secrets
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.facilitation.actions.harvest import count_room
from hubcraft.apps.facilitation.models import RoomCount
from hubcraft.apps.facilitation.queries.harvest import BoardTally, counted_now, harvest_page
from hubcraft.apps.reflections.actions import boards, typing_in
from hubcraft.apps.reflections.actions.typing_in import Typed
from hubcraft.apps.rooms import actions as rooms
from hubcraft.domain.suppression import Coded, Published
from hubcraft.domain.verdict import Refused
from tests.device import Device, says, text_of
from tests.make import ALONE, NOW, Hall, Person, opened, seated, start

pytestmark = pytest.mark.django_db
TEAMS = ("Oak", "Elm", "Ash", "Fir")


def counted(hall: Hall) -> "Hall":
    count_room(by=hall.leader, room=hall.room, at=NOW)
    return hall


def kept(hall: Hall, number: int = 1) -> RoomCount:
    return RoomCount.everywhere.get(session=hall.session, look_for=hall.look_fors[number - 1])


def by_level(hall: Hall, number: int = 1) -> list[int]:
    counts = kept(hall, number).counts
    return [counts.get(level, 0) for level in hall.levels]


def room(*lines: str, rung: str = "initials", reveal: bool = True) -> tuple[Hall, list[list[Person]]]:
    """A team for each line, one sign a person: what they all answer to every look-for."""
    hall = opened(teams=TEAMS[: len(lines)], rung=rung)
    people = [
        [hall.sit(f"P{at}", team).fill(sign * 11) for at, sign in enumerate(line)]
        for team, line in zip(TEAMS, lines, strict=False)
    ]
    for team in TEAMS[: len(lines)] if reveal else ():
        hall.reveal(team)
    return hall, people


# -- how the room stood ------------------------------------------------------------------------------------


def test_a_room_of_four_teams_is_counted():
    hall, _people = room("123", "234", "123", "144")
    assert by_level(counted(hall)) == [3, 3, 3, 3]
    row = next(row for _title, rows in harvest_page(hall.room).counts[0].practices for row in rows)
    assert [cell.words for cell in row.cells] == ["25%", "25%", "25%", "25%", "5% or less", "5% or less"]


def test_before_their_boards_are_open_nobodys_answers_are_counted():
    hall, _people = room("123", "234", "123", "144", reveal=False)
    assert kept(counted(hall)).counts == {}
    for team in TEAMS:
        hall.reveal(team)
    assert by_level(counted(hall)) == [3, 3, 3, 3]


def test_two_teams_of_three_stay_withheld_with_a_sentence():
    hall, _people = room("123", "234")
    assert kept(counted(hall)).counts == {}
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert says(page, "It needs five people in two teams besides any one team.")


def test_where_most_agree_it_is_said_in_words():
    hall, _people = room("333", "333", "331", "334")
    assert (kept(counted(hall)).counts, kept(hall).most) == ({}, hall.levels[2])
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert says(page, "Most of the room: We're pretty good at this.")


def test_first_marks_count_and_what_moves_afterwards_changes_nothing():
    hall, people = room("123", "234", "123", "144")
    people[0][0].mark(1, "4", phase="after")
    assert by_level(counted(hall)) == [3, 3, 3, 3]
    people[0][1].mark(1, "4", phase="after")
    assert by_level(counted(hall)) == [3, 3, 3, 3]


def test_whoever_leaves_after_it_was_counted_stays_counted():
    """Else taking somebody out of the room would show the facilitator what they answered."""
    hall, people = room("123", "234", "123", "144")
    counted(hall)
    rooms.remove_seat(by=hall.leader, seat=people[0][0].seat, at=NOW)
    assert by_level(counted(hall)) == [3, 3, 3, 3]


def test_one_board_that_opens_later_is_not_added_alone():
    """The difference of two counts would be that team's board."""
    hall, _people = room("123", "234", "123", "144", reveal=False)
    for team in TEAMS[:3]:
        hall.reveal(team)
    before = by_level(counted(hall))
    assert sum(before) == 9
    hall.reveal(TEAMS[3])
    assert by_level(counted(hall)) == before


def test_boards_that_open_later_are_added_once_they_hold_by_themselves():
    hall, _people = room("123", "234", "123", "144")
    counted(hall)
    for at in range(7):
        lone = hall.sit(f"L{at}", ALONE).fill(str(at % 4 + 1) * 11)
        boards.reveal(
            by=hall.leader,
            reflection_id=lone.place.reflection.id,
            roster_mark=hall.roster_mark(lone.seat.team.name),
            at=NOW,
        )
        assert sum(by_level(counted(hall))) == (12 if at < 5 else 18)


def test_late_marks_are_not_counted():
    hall, _people = room("123", "234", "123", "144")
    late = hall.sit("LE", TEAMS[0])
    rooms.let_in(by=hall.leader, seat=late.seat, at=NOW)
    late.fill("4" * 11)
    boards.choose_late(by=late.viewer, seat_id=late.seat_id, is_added=True, at=NOW)
    assert by_level(counted(hall)) == [3, 3, 3, 3]


def test_a_board_on_which_somebody_would_rather_not_show_theirs_is_left_out():
    hall, people = room("123", "234", "123", "144", reveal=False)
    shy = people[3][0]
    boards.wish(by=shy.viewer, seat_id=shy.seat_id, at=NOW)
    for team in TEAMS:
        hall.reveal(team)
    assert sum(by_level(counted(hall))) == 9


def test_who_sits_in_two_teams_counts_once_and_takes_both_away():
    hall = opened(teams=TEAMS[:3])
    people = [hall.sit(f"P{at}", team).fill(str(at % 4 + 1) * 11) for team in TEAMS[:3] for at in range(3)]
    again = hall.sit("P0", TEAMS[1], same_person_as=people[0].seat_id)
    again.fill("4" * 11)
    for team in TEAMS[:3]:
        hall.reveal(team)
    assert kept(counted(hall)).counts == {}, "besides the two linked teams there is only one"


def test_slips_are_counted_too():
    hall, _people = room("123", "234", "123", "144", rung="anonymous")
    assert by_level(counted(hall)) == [3, 3, 3, 3]


def type_in(hall: Hall, team: str, signs: str) -> None:
    """A team's paper: what each of its people answers to every look-for."""
    names = {f"Q{at}": dict.fromkeys(hall.look_fors, hall.answer(sign)) for at, sign in enumerate(signs)}
    counts = {key: {hall.answer(sign): signs.count(sign) for sign in signs} for key in hall.look_fors}
    typed = Typed(counts=counts) if hall.session.rung == "anonymous" else Typed(names=names)
    typing_in.type_in(
        by=hall.leader,
        team_id=hall.team(team),
        typed=typed,
        replaces="",
        once=secrets.token_hex(16),
        at=NOW,
    )


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_paper_counts_and_says_so(rung):
    hall = opened(teams=TEAMS, rung=rung)
    for team, signs in zip(TEAMS, ("123", "234", "123", "144"), strict=True):
        type_in(hall, team, signs)
        hall.reveal(team)
    assert by_level(counted(hall)) == [3, 3, 3, 3]
    assert says(hall.lead_device().get(f"/r/{hall.id}/lead/harvest/"), "12 people from paper")


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_whoever_typed_in_all_the_paper_does_not_learn_what_a_few_phones_said(rung):
    hall, _people = room("123", "234", "123", "144", rung=rung, reveal=False)
    type_in(hall, TEAMS[0], "11")
    for team in TEAMS:
        hall.reveal(team)
    assert by_level(counted(hall)) == [5, 3, 3, 3]

    few = opened(teams=TEAMS, rung=rung)
    few.sit("ZZ", TEAMS[0]).fill("4" * 11)
    for team, signs in zip(TEAMS, ("123", "234", "123", "144"), strict=True):
        type_in(few, team, signs)
        few.reveal(team)
    assert kept(counted(few)).counts == {}


def test_asides_are_answers():
    hall, _people = room("12?", "23-", "12?", "1--")
    counts = kept(counted(hall)).counts
    assert (counts["not-sure"], counts["does-not-apply"]) == (2, 3)


def test_only_the_facilitator_counts_and_not_before_it_begins():
    hall = start(teams=TEAMS)
    with pytest.raises(Refused, match="has not begun yet"):
        counted(hall)
    hall.begin()
    [ben] = seated(hall, "BE", team=TEAMS[0])
    with pytest.raises(Refused, match="Only the facilitator"):
        count_room(by=ben.viewer, room=hall.room, at=NOW)
    counted(hall)
    assert TrailEntry.objects.filter(room=hall.id, did="counted the room").count() == 1


# -- nothing follows, whatever was counted when --------------------------------------------------------------

ANSWERS = ("better", "good", "great")
ROOMS = st.lists(
    st.tuples(st.booleans(), st.fixed_dictionaries({answer: st.integers(0, 3) for answer in ANSWERS})),
    min_size=3,
    max_size=6,
)


def told_over_time(teams: list[dict[str, int]], early: list[int]) -> list[object]:
    """What is told of a look-for when some boards are counted first and all of them later."""
    row, told = RoomCount(look_for="it"), []
    for group in (early, range(len(teams))):
        answers = {at: {"it": teams[at]} for at in group}
        tallies = [BoardTally(f"board {at}", f"team {at}", it, it) for at, it in answers.items()]
        added = counted_now(tallies, "it", row)
        if added is not None:
            row.boards = [*row.boards, *added[0]]
            if isinstance(added[1], Coded):
                row.most = added[1].answer
            else:
                assert isinstance(added[1], Published)
                row.counts = {it: row.counts.get(it, 0) + added[1].value.get(it, 0) for it in ANSWERS}
        told.append((dict(row.counts), row.most))
    return told


@given(ROOMS)
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_team_follows_from_two_counts_and_a_team_one_knows(drawn):
    """For whoever knows one team: each other team's answers could be others, and both counts would read the same."""
    teams = [tally for _is_early, tally in drawn]
    early = [at for at, (is_early, _tally) in enumerate(drawn) if is_early]
    told = told_over_time(teams, early)
    for known in (None, *range(len(teams))):
        others = [at for at, tally in enumerate(teams) if at != known and sum(tally.values())]
        moved: set[int] = set()
        for changed, who in others_like(teams, others):
            if told_over_time(changed, early) == told:
                moved |= who
        assert moved >= set(others), (known, teams, early)


def others_like(teams, among):
    """Rooms of the same sizes in which one person answered otherwise, or two had each other's answer."""
    for at in among:
        for mine, yours in [(a, b) for a in ANSWERS for b in ANSWERS if a != b and teams[at][a]]:
            once = with_one(teams, at, mine, yours)
            yield once, {at}
            for other in among:
                if other != at and teams[other][yours]:
                    yield with_one(once, other, yours, mine), {at, other}


def with_one(teams, at, before, after):
    tally = {**teams[at], before: teams[at][before] - 1}
    return [*teams[:at], {**tally, after: tally[after] + 1}, *teams[at + 1 :]]


# -- the page ----------------------------------------------------------------------------------------------


def test_the_harvest_is_the_facilitators_alone_and_names_nobody():
    hall, people = room("123", "234", "123", "144")
    counted(hall)
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert page.status_code == 200
    labels = {it.seat.label for team in people for it in team}
    assert [it for it in [*labels, *TEAMS] if f">{it}<" in text_of(page)] == []
    for device in (people[0][0].device, hall.projector_device(), opened().lead_device(), Device()):
        assert device.get(f"/r/{hall.id}/lead/harvest/").status_code == 404


def test_a_harvest_before_anything_was_said_says_what_will_stand_there():
    hall = start(script="workshop")
    page = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    for sentence in (
        "What people say appears here once five of them have answered.",
        "The room’s picture appears here once five people have chosen.",
        "Count the room when its teams have opened their boards.",
    ):
        assert says(page, sentence)
    assert "Count the room<" not in text_of(page), "nothing to count in the lobby"


def test_the_harvest_asks_as_much_for_few_as_for_many():
    from tests.apps.facilitation.test_lead import counted as asked

    found = set()
    for lines in (("12", "34", "12"), ("1234", "2341", "3412", "4123")):
        hall, _people = room(*lines)
        counted(hall)
        count, written = asked(hall.lead_device(), f"/r/{hall.id}/lead/harvest/")
        assert written == []
        found.add(count)
    assert len(found) == 1, found


def test_any_two_of_these_rooms_that_differ_by_one_team_are_never_both_told():
    """All four teams counted, or any three of them: one room can't be made to tell both."""
    for missing in combinations(range(4), 1):
        hall, _people = room("123", "234", "123", "144", reveal=False)
        for at, team in enumerate(TEAMS):
            if at not in missing:
                hall.reveal(team)
        before = by_level(counted(hall))
        hall.reveal(TEAMS[missing[0]])
        assert by_level(counted(hall)) == before
