"""Exact tests, against counting every way one by one."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.exact import doubled_ranks, rank_sum, sign_test, signed_rank, superiority

STEPS = st.lists(st.integers(-3, 3), max_size=8)
ROWS = st.lists(st.integers(0, 2), min_size=4, max_size=4).filter(any)


def spelled_out(row) -> list[int]:
    return [level for level, people in enumerate(row) for _person in range(people)]


def by_hand(values: list[int]) -> list[Fraction]:
    """Ranks by their definition: how many are below, and the middle of those that are equal."""
    return [
        sum(other < it for other in values) + Fraction(sum(other == it for other in values) + 1, 2)
        for it in values
    ]


def test_published_values():
    # Nine of ten up: 2 (1 + 10) / 1024; binom.test(1, 10) of R says 0.02148.
    assert sign_test(9, 1) == Fraction(11, 512)
    assert sign_test(5, 5) == 1
    # Six differences without ties or zeros, all up: 2 / 2**6, the smallest p a signed-rank test of six can have.
    assert signed_rank([1, 2, 3, 4, 5, 6]) == Fraction(1, 32)
    # Three against three, wholly apart: 2 of the 20 divisions.
    assert rank_sum((3, 0), (0, 3)) == Fraction(1, 10)
    # Darwin's maize, in eighths of an inch: 0.0413 in R (coin, exact, Pratt; no zeros among them).
    maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    assert float(signed_rank(maize)) == pytest.approx(0.04126, abs=5e-6)


def test_ties_are_counted_as_they_are():
    # Of ten, five went up by one, none down, five stayed: Pratt ranks them alike, so it is the sign test.
    assert signed_rank([1] * 5 + [0] * 5) == sign_test(5, 0) == Fraction(1, 16)


@given(STEPS)
def test_signed_ranks_are_counted_over_every_sign(steps):
    ranks = by_hand([abs(it) for it in steps])
    moved = [(rank, it) for rank, it in zip(ranks, steps, strict=True) if it]
    observed = abs(sum(rank if it > 0 else -rank for rank, it in moved))
    every = [
        abs(sum(sign * rank for sign, (rank, _it) in zip(signs, moved, strict=True)))
        for signs in product((-1, 1), repeat=len(moved))
    ]
    assert signed_rank(steps) == Fraction(sum(it >= observed for it in every), len(every))
    assert signed_rank([-it for it in steps]) == signed_rank(steps)


@given(ROWS, ROWS)
def test_rank_sums_are_counted_over_every_division(before, after):
    was, now = spelled_out(before), spelled_out(after)
    ranks = by_hand([*was, *now])
    expected = Fraction(len(now) * (len(ranks) + 1), 2)
    observed = abs(sum(ranks[len(was) :]) - expected)
    every = [
        abs(sum(ranks[at] for at in chosen) - expected)
        for chosen in combinations(range(len(ranks)), len(now))
    ]
    assert rank_sum(before, after) == Fraction(sum(it >= observed for it in every), len(every))


@given(ROWS, ROWS)
def test_superiority_is_counted_pair_by_pair(before, after):
    pairs = [(was, now) for was in spelled_out(before) for now in spelled_out(after)]
    wins = sum(Fraction(1) if now > was else Fraction(now == was, 2) for was, now in pairs)
    assert superiority(before, after) == wins / len(pairs)
    assert superiority(after, before) == 1 - superiority(before, after)


@given(STEPS)
def test_ranks_are_twice_what_the_definition_says(values):
    assert doubled_ranks(values) == [2 * it for it in by_hand(values)]


def test_what_can_t_be_compared_is_refused():
    assert rank_sum((1, 1), (1, 1)) == 1
    with pytest.raises(ValueError, match="different scales"):
        rank_sum((1, 1), (1, 1, 0))
    with pytest.raises(ValueError, match="empty row"):
        superiority((0, 0), (1, 1))
    with pytest.raises(ValueError, match="none upwards"):
        sign_test(-1, 2)
