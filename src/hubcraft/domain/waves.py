"""How one team's answers to one look-for changed from one reflection to the next.

Who sits in a team changes, and initials are a label, never a person. So where nothing links the people, all that is
told is where the middle of the team stood then and stands now, how far it reaches, and whether people came closer:
never a mean. Only of those who said themselves that both seats are theirs it is counted who moved, as numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hubcraft.domain.agreement import (
    FEWEST_FOR_A_SENTENCE,
    Median,
    distance_from_median,
    median_of,
    van_der_eijk_a,
)


class Direction(StrEnum):
    """Where the middle of a team went."""

    UP = "up"
    SAME = "same"
    DOWN = "down"


class Closeness(StrEnum):
    """Whether people stand closer to each other than the time before."""

    CLOSER = "closer"
    AS_CLOSE = "as close"
    FURTHER = "further"


class People(StrEnum):
    """What is known of who was there both times."""

    SAME = "same"
    SOME = "some"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Change:
    """The middle before and after."""

    before: Median
    after: Median
    direction: Direction


@dataclass(frozen=True, slots=True)
class Moves:
    """How many of those who rated both times moved up, stayed and moved down; `others` rated now and are not linked."""

    up: int
    same: int
    down: int
    others: int
    people: People

    @property
    def both_times(self) -> int:
        return self.up + self.same + self.down


def change_of(before: Sequence[int], after: Sequence[int]) -> Change | None:
    """The change between two rows of counts, lowest level first; None where either has fewer than three ratings.

    A median between two levels lies in their middle. Raises ValueError where the rows have other levels.
    """
    was, now = two_medians(before, after)
    if was is None or now is None:
        return None
    step = (now.lower + now.upper) - (was.lower + was.upper)
    direction = Direction.SAME if step == 0 else Direction.UP if step > 0 else Direction.DOWN
    return Change(was, now, direction)


def closeness_of(before: Sequence[int], after: Sequence[int]) -> Closeness | None:
    """Whether agreement grew between two rows of counts, lowest level first; None where either has fewer than three.

    By the mean distance from the median, in levels; where that is the same, by van der Eijk's A, which tells a spread
    from two camps: the order in which a board says what to talk about first. Raises ValueError as `change_of` does.
    """
    was, now = two_medians(before, after)
    if was is None or now is None:
        return None
    then, since = apart(before), apart(after)
    if then == since:
        return Closeness.AS_CLOSE
    return Closeness.CLOSER if since < then else Closeness.FURTHER


def moves_of(pairs: Iterable[tuple[int, int]], *, before: int, after: int) -> Moves:
    """Those who rated both times, each as their level then and now; `before` and `after` are all who rated each time.

    Raises ValueError where more are paired than rated.
    """
    pairs = list(pairs)
    if len(pairs) > min(before, after):
        raise ValueError("more people rated both times than rated one time")
    if pairs and len(pairs) == before == after:
        people = People.SAME
    else:
        people = People.SOME if pairs else People.UNKNOWN
    return Moves(
        up=sum(now > was for was, now in pairs),
        same=sum(now == was for was, now in pairs),
        down=sum(now < was for was, now in pairs),
        others=after - len(pairs),
        people=people,
    )


def two_medians(before: Sequence[int], after: Sequence[int]) -> tuple[Median | None, Median | None]:
    """The middles of both rows, or None twice where one has too few ratings to be compared."""
    if len(before) != len(after):
        raise ValueError("two rows of different scales can't be compared")
    if min(sum(before), sum(after)) < FEWEST_FOR_A_SENTENCE:
        return None, None
    return median_of(before), median_of(after)


def apart(row: Sequence[int]) -> tuple[Fraction, Fraction]:
    """How far people of a row that is not empty stand apart: the larger, the further."""
    distance, agreement = distance_from_median(row), van_der_eijk_a(row)
    assert distance is not None and agreement is not None
    return distance, -agreement
