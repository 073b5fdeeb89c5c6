"""How far a team agrees on one look-for, honestly for four to eight people.

Every function takes `counts`: how many people stand on each level, lowest level first, asides left out.
Results are exact fractions, so that equal teams are equal and no rounding decides an order. An empty row
has no median, no distance and no agreement: None, which is neither 0 nor 1. Negative counts and scales of
fewer than two levels raise ValueError.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import Final

FEWEST_FOR_A_SENTENCE: Final = 3
MOST_TO_TALK_FIRST: Final = 3


class Shape(StrEnum):
    """The ladder of sentences. A team of three or more on four levels stands on exactly one rung."""

    ONE_LEVEL = "all-on-one-level"
    WITHIN_ONE = "within-one-level"
    OVER_THREE = "spread-over-three"
    OVER_ALL = "spread-over-all-four"
    SPLIT = "split"
    ENDS_APART = "ends-apart"


@dataclass(frozen=True, slots=True)
class Median:
    """The middle rating as levels 1..k; for an even number it may fall between two, `lower` and `upper`."""

    lower: int
    upper: int

    @property
    def is_between(self) -> bool:
        """Whether the middle falls between two levels, to be named "between … and …"."""
        return self.lower != self.upper


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything a row says about its counts; `distance` in levels, `agreement` from -1 to 1."""

    n: int
    median: Median | None
    distance: Fraction | None
    agreement: Fraction | None
    shape: Shape | None


def agreement_of(counts: Sequence[int]) -> Agreement:
    """All judgements on one row of four levels at once. Raises ValueError as `shape` does."""
    return Agreement(
        n=sum(counts),
        median=median_of(counts),
        distance=distance_from_median(counts),
        agreement=van_der_eijk_a(counts),
        shape=shape(counts),
    )


def median_of(counts: Sequence[int]) -> Median | None:
    """The middle rating, or the two middle ratings of an even number; None for an empty row."""
    n = _people(counts)
    if n == 0:
        return None
    return Median(lower=_level_at(counts, (n - 1) // 2), upper=_level_at(counts, n // 2))


def distance_from_median(counts: Sequence[int]) -> Fraction | None:
    """How far people stand from the middle on average, in levels: 0 to (k-1)/2; None for an empty row.

    The average deviation about the median, AD = mean |x - m| (Burke and Dunlap 2002,
    https://doi.org/10.1177/1094428102005002002). Any m between two middle ratings gives the same sum.
    It carries what Leik's D (1966, https://doi.org/10.2307/1388242) does: D = AD / ((k-1)/2).
    """
    median = median_of(counts)
    if median is None:
        return None
    apart = sum(people * abs(level - median.lower) for level, people in enumerate(counts, start=1))
    return Fraction(apart, sum(counts))


def van_der_eijk_a(counts: Sequence[int]) -> Fraction | None:
    """Van der Eijk's A: 1 all on one level, 0 spread evenly, -1 half at each end; None for an empty row.

    The row is cut into layers of equal height; each layer is a pattern of filled and empty levels, whose
    agreement counts with the people in it (van der Eijk 2001, https://doi.org/10.1023/A:1010374114305).
    """
    n = _people(counts)
    if n == 0:
        return None
    total, floor = Fraction(0), 0
    for height in sorted({people for people in counts if people > 0}):
        filled = tuple(people >= height for people in counts)
        total += Fraction((height - floor) * sum(filled), n) * _pattern_agreement(filled)
        floor = height
    return total


def shape(counts: Sequence[int]) -> Shape | None:
    """The one sentence of the ladder that is true of this row; None below three ratings: show only the row.

    The ladder speaks of four levels (three neighbours, all four, the two ends); other lengths raise
    ValueError. It needs no threshold: it looks only at which levels somebody stands on.
    """
    n = _people(counts)
    if len(counts) != 4:
        raise ValueError("the ladder of sentences is defined for four levels")
    if n < FEWEST_FOR_A_SENTENCE:
        return None
    taken = [level for level, people in enumerate(counts) if people > 0]
    reach = taken[-1] - taken[0] + 1
    if taken == [0, 3]:
        return Shape.ENDS_APART
    if len(taken) < reach:
        return Shape.SPLIT
    return (Shape.ONE_LEVEL, Shape.WITHIN_ONE, Shape.OVER_THREE, Shape.OVER_ALL)[reach - 1]


def talk_first_order(rows: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """Keys of the rows from most to least worth talking about: largest distance first, then lowest A.

    Rows that are equal in both keep their order. Rows below three ratings come last, in their order.
    """
    judged = [key for key, counts in rows.items() if sum(counts) >= FEWEST_FOR_A_SENTENCE]
    judged.sort(key=lambda key: _least_agreed(rows[key]))
    return (*judged, *(key for key, counts in rows.items() if sum(counts) < FEWEST_FOR_A_SENTENCE))


def talk_first(rows: Mapping[str, Sequence[int]], most: int = MOST_TO_TALK_FIRST) -> tuple[str, ...]:
    """Keys of the rows to put on top as "talk about this first": at most `most`, none when a team agrees.

    A row deserves it when people differ by more than one step on the way from one to the other: split,
    ends apart and spread over all four always do, also with a single voice far from the rest, which is
    the one a meeting passes over. Three neighbouring levels do only when the distance from the median is
    larger than c/6, with c answer options (2/3 of a level for four), up to which Burke and Dunlap (2002)
    read a distance as agreement. One level and two neighbours never do. The order is `talk_first_order`.
    Raises ValueError as `shape` does.
    """
    return tuple(key for key in talk_first_order(rows) if _deserves_talk(rows[key]))[:most]


def _deserves_talk(counts: Sequence[int]) -> bool:
    match shape(counts):
        case Shape.SPLIT | Shape.ENDS_APART | Shape.OVER_ALL:
            return True
        case Shape.OVER_THREE:
            distance = distance_from_median(counts)
            return distance is not None and distance > Fraction(len(counts), 6)
        case _:
            return False


def _least_agreed(counts: Sequence[int]) -> tuple[Fraction, Fraction]:
    return -(distance_from_median(counts) or Fraction(0)), van_der_eijk_a(counts) or Fraction(0)


def _people(counts: Sequence[int]) -> int:
    if len(counts) < 2:
        raise ValueError("a scale has at least two levels")
    if min(counts) < 0:
        raise ValueError("fewer than no people can't stand on a level")
    return sum(counts)


def _level_at(counts: Sequence[int], place: int) -> int:
    for level, people in enumerate(counts, start=1):
        if place < people:
            return level
        place -= people
    raise AssertionError("the place lies within the row")


def _pattern_agreement(filled: Sequence[bool]) -> Fraction:
    levels = len(filled)
    triples = list(combinations(filled, 3))
    together = sum(triple in ((True, True, False), (False, True, True)) for triple in triples)
    apart = triples.count((True, False, True))
    unimodality = Fraction(1)
    if together + apart:
        unimodality = Fraction(
            (levels - 2) * together - (levels - 1) * apart, (levels - 2) * (together + apart)
        )
    return unimodality * (1 - Fraction(sum(filled) - 1, levels - 1))
