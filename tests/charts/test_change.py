"""What changed, as a chart: the middle and the reach of each time, and a gap where a time may not be told."""

import json

import pytest

from hubcraft.charts.change import SIGNS, ChangeChart, ChangeRow, Time
from hubcraft.charts.chart import NARROW, WIDE
from hubcraft.domain.waves import Direction
from tests.charts.test_agreement import LEVELS, LONG, said


def chart(*rows, days=("3 Mar 2026", "27 Nov 2026")):
    made = tuple(ChangeRow(number, LONG, *row) for number, row in enumerate(rows, 1))
    more = {"number_head": "No.", "about_head": "Look-for", "changed_head": "Since"}
    return ChangeChart(
        "change", "What changed", "One up.", "Theirs.", levels=LEVELS, days=days, rows=made, **more
    )


def middles(spec):
    return [(it["look_for"], it["middle"], it["x"]) for it in spec["datasets"]["signs"] if "middle" in it]


UP = ((Time(1, 3, 2.5, "between"), Time(3, 3, 3, "good")), "up", "up")
GAP = ((Time(words="not told"), Time(1, 4, 2, "better")), "", "")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_each_time_has_its_middle_between_its_ends(width):
    spec = chart(UP).spec(width)
    (_row, then, at_then), (_same, now, at_now) = middles(spec)
    assert (then, now) == (2.5, 3) and at_then < at_now
    reach = [it for it in spec["datasets"]["rules"] if it["thickness"] == 3]
    assert [it["x"] < at_then < it["x2"] for it in reach] == [True]
    assert [it["went"] for it in spec["datasets"]["signs"] if "went" in it] == ["up"]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_time_that_may_not_be_told_is_a_gap_with_its_words(width):
    spec = chart(UP, GAP).spec(width)
    assert [(row, middle) for row, middle, _x in middles(spec)] == [(1, 2.5), (1, 3), (2, 2)]
    assert "not told" in said(spec)
    assert json.dumps(spec).count('"middle": ') == 3


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_everything_stays_on_the_sheet(width):
    spec = chart(UP, GAP, days=("27 sept 2026", "28 sept 2026")).spec(width)
    for name, parts in spec["datasets"].items():
        for it in parts:
            assert 0 <= it["x"] <= width and 0 <= it["y"] <= spec["height"], (name, it)


def test_each_direction_has_a_shape():
    assert set(SIGNS) == {str(it) for it in Direction} and len(set(SIGNS.values())) == 3


def test_the_table_says_each_time_in_words():
    made = chart(UP, GAP)
    assert made.heads == ("No.", "Look-for", "3 Mar 2026", "27 Nov 2026", "Since")
    assert made.lines == ((1, LONG, "between", "good", "up"), (2, LONG, "not told", "better", ""))
