"""How a team changed from one reflection to the next: the middle, never a mean, never a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.agreement import Median
from hubcraft.domain.waves import Change, Direction, change_of

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
