"""Where the evidence of a network points."""

import pytest

from hubcraft.domain.lifecycle import stage_at_hand


@pytest.mark.parametrize(
    ("in_place", "at"),
    [
        ([(0, 4), (0, 5), (0, 3)], None),
        ([(1, 4), (0, 5), (0, 3)], 0),
        ([(2, 4), (0, 5), (0, 3)], 1),
        # Later evidence does not hide what an earlier stage is without.
        ([(1, 4), (5, 5), (0, 3)], 0),
        ([(4, 4), (3, 5), (1, 3)], 2),
        ([(4, 4), (5, 5), (3, 3)], 2),
        ([], None),
    ],
)
def test_it_is_the_first_stage_with_less_than_half_in_place(in_place, at):
    assert stage_at_hand(in_place) == at
