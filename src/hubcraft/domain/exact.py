"""Exact tests for an analyst: two reflections of one team on one look-for.

Answers on four levels are full of ties, and the exact methods of common libraries ignore ties. So every way it could
have come out under the null hypothesis is counted here, with the ties as they are. All p-values are two-sided, as
exact fractions: the share of those ways that lie at least as far from what is expected. Nothing here is shown to a
team as a verdict: a handful of people and eleven look-fors find a small p somewhere by chance.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import comb


def sign_test(up: int, down: int) -> Fraction:
    """The p of so many who moved up and down, if either way were as likely; who stayed is left out. 1 where nobody moved.

    Exact binomial, doubled tail, at most 1 (Dixon and Mood 1946). With those who crossed between the lower and the upper
    half of the scale it is exact McNemar (1947). Raises ValueError for negative counts.
    """
    if up < 0 or down < 0:
        raise ValueError("people are counted from none upwards")
    moved, fewer = up + down, min(up, down)
    tail = sum(comb(moved, at) for at in range(fewer + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**moved))


def signed_rank(differences: Sequence[int]) -> Fraction:
    """The p of the signed ranks of differences in levels, now minus then; 1 where nobody moved.

    Wilcoxon's test with Pratt's zeros (1959): those who stayed are ranked with the others, then left out; equal
    differences share the middle of their ranks. Exact over all signs of those who moved.
    """
    ranks = doubled_ranks([abs(it) for it in differences])
    moved = [(rank, it > 0) for rank, it in zip(ranks, differences, strict=True) if it]
    ways = Counter({0: 1})
    for rank, _is_up in moved:
        ways = Counter(
            {
                total: ways[total - rank] + ways[total + rank]
                for old in ways
                for total in (old - rank, old + rank)
            }
        )
    observed = abs(sum(rank if is_up else -rank for rank, is_up in moved))
    return Fraction(sum(count for total, count in ways.items() if abs(total) >= observed), 2 ** len(moved))


def rank_sum(before: Sequence[int], after: Sequence[int]) -> Fraction:
    """The p of two rows of counts by level, lowest first, if who answered when made no difference.

    The Wilcoxon-Mann-Whitney test for people that are not linked, exact over every division of the answers given,
    ties sharing the middle of their ranks. Raises ValueError for other scales or where one row is empty.
    """
    insist_two_rows(before, after)
    levels = [was + now for was, now in zip(before, after, strict=True)]
    middles, passed = [], 0
    for people in levels:
        # Doubled, so that it is whole: two ends of the ranks that this level's people share.
        middles.append(2 * passed + people + 1)
        passed += people
    size, everyone = sum(after), sum(levels)
    # Of so many people taken so far with such a sum of ranks there are so many ways.
    ways = Counter({(0, 0): 1})
    for people, middle in zip(levels, middles, strict=True):
        grown: Counter[tuple[int, int]] = Counter()
        for (taken, total), count in ways.items():
            for more in range(min(people, size - taken) + 1):
                grown[taken + more, total + more * middle] += count * comb(people, more)
        ways = grown
    expected = size * (everyone + 1)
    observed = abs(sum(now * middle for now, middle in zip(after, middles, strict=True)) - expected)
    as_far = sum(
        count for (taken, total), count in ways.items() if taken == size and abs(total - expected) >= observed
    )
    return Fraction(as_far, comb(everyone, size))


def superiority(before: Sequence[int], after: Sequence[int]) -> Fraction:
    """How likely a random answer of now is above one of then, ties counting half: 0 to 1, ½ is no difference.

    Vargha and Delaney's A (2000); Cliff's delta is twice that minus one. Raises ValueError as `rank_sum` does.
    """
    insist_two_rows(before, after)
    above = sum(now * sum(before[:level]) for level, now in enumerate(after))
    ties = sum(was * now for was, now in zip(before, after, strict=True))
    return Fraction(2 * above + ties, 2 * sum(before) * sum(after))


def doubled_ranks(values: Sequence[int]) -> list[int]:
    """Twice the rank of each value, from 2 upwards; equal ones share the middle of theirs, which so is whole."""
    ordered = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
    last = {value: place for place, value in enumerate(ordered, start=1)}
    return [first[value] + last[value] for value in values]


def insist_two_rows(before: Sequence[int], after: Sequence[int]) -> None:
    """Raises ValueError unless both rows have answers, on the same levels."""
    if len(before) != len(after):
        raise ValueError("two rows of different scales can't be compared")
    if not (sum(before) and sum(after)):
        raise ValueError("an empty row can't be compared")
