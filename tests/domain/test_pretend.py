"""Pretend people: as different as real ones, and the same for the same seed."""

from statistics import mean, pstdev

from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.pretend import pretend_people

SEEDS = st.integers(0, 2**32)


def room(seed: int, teams: int = 2):
    return pretend_people(seed, teams, 11, 6)


@given(SEEDS)
def test_the_same_seed_gives_the_same_people(seed):
    assert room(seed) == room(seed)


@given(SEEDS, st.integers(1, 9))
def test_everybody_has_initials_of_their_own_and_a_whole_line(seed, teams):
    people = room(seed, teams)
    assert len({it.initials for it in people}) == len(people) >= 6
    assert {len(it.line) for it in people} == {11}
    assert sum("." in it.line for it in people) == 1, "one never quite finishes"
    assert {it.team for it in people} == {*range(min(teams, 4)), -1}


@given(SEEDS)
def test_they_take_the_time_people_take(seed):
    people = room(seed)
    assert all(3 <= it.comes <= 75 and 5 <= it.pace <= 25 and 5 <= it.thinks <= 25 for it in people)
    assert max(it.comes for it in people) >= 45, "somebody comes while the others have begun"
    assert all(it.thinks + it.pace * 11 < 600 for it in people), "within the ten minutes of the step"


def test_they_differ_as_people_do():
    lines = [[int(sign) for sign in it.line if sign.isdigit()] for seed in range(40) for it in room(seed)]
    levels = [level for line in lines for level in line]
    assert {*levels} == {1, 2, 3, 4}
    assert 2.2 < mean(levels) < 3
    assert pstdev(map(mean, lines)) > 0.3
    asides = [sign for seed in range(40) for it in room(seed) for sign in it.line if sign in "?-"]
    assert {*asides} == {"?", "-"}
    assert any(it.moves for seed in range(40) for it in room(seed))
