"""How a team changed from one reflection to the next: the middle, never a mean, never a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.agreement import Median, distance_from_median
from hubcraft.domain.waves import (
    Change,
    Closeness,
    Direction,
    People,
    change_of,
    closeness_of,
    moves_of,
)

ROWS = st.lists(st.integers(0, 4), min_size=4, max_size=4)


def test_the_middle_moves():
    assert change_of((0, 3, 0, 0), (0, 1, 2, 0)) == Change(Median(2, 2), Median(3, 3), Direction.UP)
    assert change_of((0, 1, 2, 0), (0, 3, 0, 0)) == Change(Median(3, 3), Median(2, 2), Direction.DOWN)
    assert change_of((0, 2, 2, 0), (1, 1, 1, 1)) == Change(Median(2, 3), Median(2, 3), Direction.SAME)


def test_fewer_than_three_ratings_are_not_compared():
    assert change_of((0, 3, 0, 0), (0, 0, 2, 0)) is None
    assert change_of((0, 0, 0, 0), (0, 0, 3, 0)) is None


def test_other_scales_are_not_compared():
    with pytest.raises(ValueError, match="different scales"):
        change_of((1, 2), (1, 2, 3))


@given(ROWS, ROWS)
def test_the_way_back_is_the_other_way(before, after):
    there, back = change_of(before, after), change_of(after, before)
    if there is None:
        assert back is None
        return
    assert (there.before, there.after) == (back.after, back.before)
    assert {there.direction, back.direction} in ({Direction.UP, Direction.DOWN}, {Direction.SAME})


def test_people_come_closer():
    assert closeness_of((1, 1, 2, 1), (0, 2, 3, 0)) is Closeness.CLOSER
    assert closeness_of((0, 2, 3, 0), (1, 1, 2, 1)) is Closeness.FURTHER
    assert closeness_of((0, 3, 2, 0), (0, 2, 3, 0)) is Closeness.AS_CLOSE
    assert closeness_of((0, 2, 0, 0), (0, 2, 3, 0)) is None


def test_two_camps_are_further_apart_than_a_spread_as_wide():
    spread, camps = (1, 1, 2, 1), (0, 3, 0, 2)
    assert distance_from_median(spread) == distance_from_median(camps)
    assert closeness_of(spread, camps) is Closeness.FURTHER


def test_who_rated_both_times_is_counted():
    moves = moves_of([(2, 3), (2, 2), (4, 1)], before=3, after=5)
    assert (moves.up, moves.same, moves.down, moves.others) == (1, 1, 1, 2)
    assert moves.people is People.SOME
    assert moves_of([(2, 3)] * 4, before=4, after=4).people is People.SAME
    assert moves_of([], before=4, after=4).people is People.UNKNOWN
    with pytest.raises(ValueError, match="both times"):
        moves_of([(2, 3), (3, 3)], before=1, after=4)


@given(ROWS, ROWS)
def test_closer_there_is_further_back(before, after):
    there, back = closeness_of(before, after), closeness_of(after, before)
    other = {None: None, "closer": "further", "further": "closer", "as close": "as close"}
    assert back == other[there]
