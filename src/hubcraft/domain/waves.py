"""How one team's answers to one look-for changed from one reflection to the next.

The people are not linked: who sits in a team changes, and initials are a label. So all that is told is where the
middle of the team stood then and stands now, and how far it reaches: never who moved, never a mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hubcraft.domain.agreement import FEWEST_FOR_A_SENTENCE, Median, median_of


class Direction(StrEnum):
    """Where the middle of a team went."""

    UP = "up"
    SAME = "same"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Change:
    """The middle before and after."""

    before: Median
    after: Median
    direction: Direction


def change_of(before: Sequence[int], after: Sequence[int]) -> Change | None:
    """The change between two rows of counts, lowest level first; None where either has fewer than three ratings.

    A median between two levels lies in their middle. Raises ValueError where the rows have other levels.
    """
    if len(before) != len(after):
        raise ValueError("two rows of different scales can't be compared")
    was, now = median_of(before), median_of(after)
    if was is None or now is None or min(sum(before), sum(after)) < FEWEST_FOR_A_SENTENCE:
        return None
    step = (now.lower + now.upper) - (was.lower + was.upper)
    direction = Direction.SAME if step == 0 else Direction.UP if step > 0 else Direction.DOWN
    return Change(was, now, direction)
