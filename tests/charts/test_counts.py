"""Counts and shares as charts: bars of what is told, and no number of what isn't."""

import json

import pytest

from hubcraft.charts.chart import NARROW, WIDE
from hubcraft.charts.counts import CountsChart, CountsRow, Kind, Told
from hubcraft.charts.shares import Part, SharesChart, SharesRow
from tests.charts.test_agreement import LEVELS, LONG, said

KINDS = (Kind("know"), Kind("learn", is_filled=False))


def counts(*rows):
    made = tuple(CountsRow(label, told) for label, told in rows)
    return CountsChart("picture", "Chosen", "Most: Equity.", "", "Domain", KINDS, made, of=8)


def shares(*rows):
    made = tuple(SharesRow(number, LONG, *row) for number, row in enumerate(rows, 1))
    return SharesChart(
        "room-1", "Room", "High.", "", LEVELS, "No.", "Look-for", ("Not sure",), "In words", made
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bars_are_as_long_as_there_are_people(width):
    spec = counts(("Equity", (Told(8, "8"), Told(4, "4")))).spec(width)
    whole, half = (it["x2"] - it["x"] for it in spec["datasets"]["bars"] if "people" in it)
    assert abs(whole - 2 * half) <= 1


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_is_not_told_in_numbers_has_words_and_no_bar(width):
    spec = counts(("Equity", (Told(8, "8"), Told(None, "most of the room")))).spec(width)
    assert json.dumps(spec).count('"people"') == 1
    assert "most of the room" in said(spec)


def test_two_kinds_differ_in_more_than_their_colour():
    bars = counts(("Equity", (Told(8, "8"), Told(4, "4")))).spec()["datasets"]["bars"]
    assert [it["colour"] == "transparent" for it in bars if "people" in it] == [False, True]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_bound_is_hollow_and_a_look_for_that_cant_be_told_has_no_bar(width):
    parts = (Part(5, "5% or less", True), *(Part(it, f"{it}%", False) for it in (20, 55, 20, 30)))
    spec = shares((parts, ""), ((), "This can’t be shown.")).spec(width)
    bars = [
        (it["look_for"], it["per_cent"], it["colour"] == "transparent") for it in spec["datasets"]["bars"]
    ]
    assert bars == [(1, 5, True), (1, 20, False), (1, 55, False), (1, 20, False)]
    assert "This can’t be shown." in said(spec)


def test_tables_hold_the_words_that_are_told():
    told = counts(("Equity", (Told(8, "8"), Told(None, "most of the room"))))
    assert (told.heads, told.lines) == (("Domain", "know", "learn"), (("Equity", "8", "most of the room"),))
    assert shares(((), "This can’t be shown.")).lines == (
        (1, LONG, None, None, None, None, None, "This can’t be shown."),
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_everything_stays_on_the_sheet(width):
    parts = tuple(Part(95, "95% or more", True) for _level in LEVELS)
    for made in (shares((parts, ""), ((), LONG)), counts((LONG, (Told(20, "20 of 8 people"), Told(0, "0"))))):
        spec = made.spec(width)
        for name, drawn in spec["datasets"].items():
            for it in drawn:
                assert 0 <= it["x"] <= width and 0 <= it["y"] <= spec["height"], (name, it)
                assert it.get("x2", 0) <= width, (name, it)
