"""Agreement: published examples, a second reckoning of everything, and every team there can be."""

import csv
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.agreement import (
    Median,
    Shape,
    agreement_of,
    distance_from_median,
    median_of,
    shape,
    talk_first,
    talk_first_order,
    van_der_eijk_a,
)

Counts = tuple[int, ...]


def known(name: str) -> list[dict[str, str]]:
    lines = (Path(__file__).parent / "known" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def counts_in(words: str) -> Counts:
    return tuple(int(count) for count in words.split("-"))


def teams(fewest: int, most: int, levels: int = 4) -> list[Counts]:
    return [counts for counts in product(range(most + 1), repeat=levels) if fewest <= sum(counts) <= most]


def leik_d(counts: Counts) -> Fraction:
    """Leik's dispersion (1966) from cumulative shares, with nothing borrowed from the code under test."""
    n, k = sum(counts), len(counts)
    shares = [Fraction(sum(counts[: level + 1]), n) for level in range(k - 1)]
    return sum((min(share, 1 - share) for share in shares), Fraction(0)) / Fraction(k - 1, 2)


def eijk_by_hand(counts: Counts) -> Fraction:
    """A from layers one person high, counting triples as words; van der Eijk 2001, equation 2."""
    n, k, total = sum(counts), len(counts), Fraction(0)
    for height in range(1, max(counts) + 1):
        pattern = "".join("1" if people >= height else "0" for people in counts)
        filled, words = pattern.count("1"), []
        for first in range(k):
            for second in range(first + 1, k):
                words += [pattern[first] + pattern[second] + third for third in pattern[second + 1 :]]
        unimodal, bimodal = words.count("110") + words.count("011"), words.count("101")
        if filled == 1:
            agreement = Fraction(1)
        elif unimodal + bimodal == 0:
            agreement = Fraction(0)
        else:
            u = Fraction((k - 2) * unimodal - (k - 1) * bimodal, (k - 2) * (unimodal + bimodal))
            agreement = u * (1 - Fraction(filled - 1, k - 1))
        total += Fraction(filled, n) * agreement
    return total


@pytest.mark.parametrize("row", known("van_der_eijk_a.csv"), ids=lambda row: row["counts"])
def test_van_der_eijk_a_is_as_published(row: dict[str, str]) -> None:
    assert round(float(van_der_eijk_a(counts_in(row["counts"]))), int(row["places"])) == float(row["a"])


@pytest.mark.parametrize("row", known("teams_of_five.csv"), ids=lambda row: row["counts"])
def test_a_team_of_five_is_judged_as_by_hand(row: dict[str, str]) -> None:
    judged = agreement_of(counts_in(row["counts"]))
    assert judged.distance == Fraction(row["distance"])
    assert judged.agreement == Fraction(row["a"])
    assert judged.median == Median(int(row["lower"]), int(row["upper"]))


def test_distance_is_leiks_dispersion_for_all_490_teams_of_two_to_eight() -> None:
    all_teams = teams(2, 8)
    assert len(all_teams) == 490
    assert [distance_from_median(team) / Fraction(3, 2) for team in all_teams] == [
        leik_d(t) for t in all_teams
    ]


def test_van_der_eijk_a_equals_a_second_reckoning_for_every_team_up_to_eight() -> None:
    assert [van_der_eijk_a(team) for team in teams(1, 8)] == [eijk_by_hand(team) for team in teams(1, 8)]


@given(st.lists(st.integers(0, 30), min_size=3, max_size=7).filter(any))
def test_van_der_eijk_a_equals_a_second_reckoning_on_any_scale(counts: list[int]) -> None:
    assert van_der_eijk_a(counts) == eijk_by_hand(tuple(counts))


@given(st.lists(st.integers(0, 30), min_size=2, max_size=7).filter(any), st.integers(2, 9))
def test_agreement_depends_neither_on_direction_nor_on_size(counts: list[int], times: int) -> None:
    larger = [people * times for people in reversed(counts)]
    assert distance_from_median(larger) == distance_from_median(counts)
    assert van_der_eijk_a(larger) == van_der_eijk_a(counts)


def test_distance_stays_between_none_and_a_level_and_a_half() -> None:
    distances = [distance_from_median(team) for team in teams(1, 8)]
    assert (min(distances), max(distances)) == (0, Fraction(3, 2))


def test_a_reaches_from_two_camps_at_the_ends_to_one_level() -> None:
    assert [van_der_eijk_a(team) for team in [(4, 0, 0, 4), (2, 2, 2, 2), (0, 0, 8, 0)]] == [-1, 0, 1]


@pytest.mark.parametrize(
    ("counts", "median"),
    [
        ((0, 2, 2, 0), Median(2, 3)),
        ((1, 1, 0, 0), Median(1, 2)),
        ((2, 0, 0, 2), Median(1, 4)),
        ((0, 3, 1, 0), Median(2, 2)),
        ((0, 0, 0, 1), Median(4, 4)),
    ],
)
def test_median_of_an_even_number_may_fall_between_two_levels(counts: Counts, median: Median) -> None:
    assert median_of(counts) == median
    assert median_of(counts).is_between == (median.lower != median.upper)


def test_median_is_the_middle_of_the_sorted_ratings_for_every_team() -> None:
    for counts in teams(1, 8):
        sorted_ratings = [level for level, people in enumerate(counts, start=1) for _ in range(people)]
        n = len(sorted_ratings)
        assert median_of(counts) == Median(sorted_ratings[(n - 1) // 2], sorted_ratings[n // 2])


def test_an_empty_row_has_no_judgement() -> None:
    judged = agreement_of((0, 0, 0, 0))
    assert (judged.n, judged.median, judged.distance, judged.agreement, judged.shape) == (0, *[None] * 4)


@pytest.mark.parametrize("counts", [(), (3,), (1, -1, 2, 0)])
def test_what_is_no_row_is_refused(counts: Counts) -> None:
    for judge in (median_of, distance_from_median, van_der_eijk_a, shape):
        with pytest.raises(ValueError):
            judge(counts)


LADDER = {
    Shape.ONE_LEVEL: {"1000", "0100", "0010", "0001"},
    Shape.WITHIN_ONE: {"1100", "0110", "0011"},
    Shape.OVER_THREE: {"1110", "0111"},
    Shape.OVER_ALL: {"1111"},
    Shape.SPLIT: {"1010", "0101", "1101", "1011"},
    Shape.ENDS_APART: {"1001"},
}


def test_every_team_of_three_or_more_stands_on_exactly_one_rung() -> None:
    for counts in teams(3, 12):
        pattern = "".join("1" if people else "0" for people in counts)
        assert [rung for rung, patterns in LADDER.items() if pattern in patterns] == [shape(counts)]


def test_every_rung_is_reached_by_teams_of_four() -> None:
    assert {shape(counts) for counts in teams(4, 4)} == set(Shape)


def test_below_three_ratings_no_sentence_is_said() -> None:
    assert [shape(counts) for counts in teams(0, 2)] == [None] * 15


def test_the_ladder_speaks_of_four_levels_only() -> None:
    with pytest.raises(ValueError, match="four levels"):
        shape((1, 1, 1, 1, 1))


def test_talk_first_order_is_by_distance_then_by_lowest_a() -> None:
    rows = {"agreed": (0, 0, 5, 0), "spread": (1, 1, 2, 1), "camps": (0, 3, 0, 2), "ends": (2, 0, 0, 3)}
    assert talk_first_order(rows) == ("ends", "camps", "spread", "agreed")


def test_talk_first_order_keeps_equal_rows_as_they_came_and_small_ones_last() -> None:
    rows = {
        "two": (1, 0, 0, 1),
        "b": (0, 2, 3, 0),
        "a": (0, 3, 2, 0),
        "none": (0, 0, 0, 0),
        "c": (0, 2, 3, 0),
    }
    assert talk_first_order(rows) == ("b", "a", "c", "two", "none")


def test_a_team_that_agrees_has_nothing_to_talk_about_first() -> None:
    assert talk_first({"same": (0, 0, 5, 0), "neighbours": (0, 4, 4, 0), "two": (1, 0, 0, 1)}) == ()


def test_a_single_voice_far_from_the_rest_is_talked_about() -> None:
    assert talk_first({"lone": (7, 0, 1, 0)}) == ("lone",)


@pytest.mark.parametrize(
    ("counts", "distance", "is_first"),
    [
        ((1, 1, 1, 0), Fraction(2, 3), False),
        ((1, 5, 1, 0), Fraction(2, 7), False),
        ((2, 1, 2, 0), Fraction(4, 5), True),
        ((0, 2, 1, 1), Fraction(3, 4), True),
    ],
)
def test_three_neighbours_are_talked_about_beyond_two_thirds_of_a_level(
    counts: Counts, distance: Fraction, is_first: bool
) -> None:
    assert shape(counts) == Shape.OVER_THREE
    assert distance_from_median(counts) == distance
    assert (talk_first({"row": counts}) == ("row",)) == is_first


def test_talk_first_holds_at_most_three_the_furthest_apart() -> None:
    rows = {"all": (2, 2, 2, 2), "ends": (4, 0, 0, 4), "split": (4, 0, 4, 0), "lone": (7, 0, 1, 0)}
    assert talk_first(rows) == ("ends", "split", "all")
    assert talk_first(rows, most=1) == ("ends",)
