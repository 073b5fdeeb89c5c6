"""A board as a chart: what is drawn is what is told, and nothing else is in the description."""

import json

import pytest

from hubcraft.charts.agreement import SIGNS, AgreementChart, AgreementRow, AgreementWords, LevelName
from hubcraft.charts.chart import NARROW, WIDE
from hubcraft.domain.agreement import Shape

LEVELS = tuple(
    LevelName(label, label, fill) for fill, label in enumerate(("Need", "Better", "Good", "Great"), 1)
)
WORDS = AgreementWords("No.", "Look-for", "How we stand", "A")
LONG = "Identify members for the hub team with the diverse knowledge, skills, and experiences it needs."


def chart(*rows):
    made = [AgreementRow(number, LONG, *row) for number, row in enumerate(rows, 1)]
    return AgreementChart("agreement", "How far you agree", "Close.", "Theirs.", LEVELS, tuple(made), WORDS)


def bars(spec):
    """Every part of a bar that stands for people: look-for, level, people, and how wide it is."""
    return [
        (it["look_for"], it["level"], it["people"], round(it["x2"] - it["x"]))
        for it in spec["datasets"]["bars"]
        if "people" in it
    ]


def said(spec):
    return " ".join(
        it["words"] for name, lines in spec["datasets"].items() if "words" in name for it in lines
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_bar_is_shared_as_its_people_are(width):
    spec = chart(((0, 2, 4, 2), "spread-over-three", "Spread over three")).spec(width)
    (first, *rest) = bars(spec)
    assert [it[:3] for it in (first, *rest)] == [(1, 2, 2), (1, 3, 4), (1, 4, 2)]
    quarter = first[3]
    assert [abs(it[3] - share * quarter) <= 1 for it, share in zip(rest, (2, 1), strict=True)] == [True, True]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_everything_stays_on_the_sheet(width):
    spec = chart(((1, 4, 6, 9), "split", "Split: nobody in between"), (None, "", LONG)).spec(width)
    for name, parts in spec["datasets"].items():
        for it in parts:
            assert 0 <= it["x"] <= width and 0 <= it["y"] <= spec["height"], (name, it)
            assert it.get("x2", 0) <= width and it.get("y2", 0) <= spec["height"], (name, it)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_row_that_may_not_be_told_is_a_gap_with_its_words(width):
    told, withheld = ((0, 0, 5, 0), "all-on-one-level", "All on one level"), (None, "", "Too few answers.")
    spec = chart(told, withheld).spec(width)
    assert {look_for for look_for, *_rest in bars(spec)} == {1}
    assert "Too few answers." in said(spec)
    assert len(spec["datasets"]["rules"]) == 1


def test_a_description_depends_on_nothing_but_what_is_told():
    """Two boards that differ only in what is withheld reach the chart alike: there is no place for more."""
    assert chart((None, "", "Too few.")).lines == ((1, LONG, None, None, None, None, "Too few.", ""),)
    numbers = [it for it in json.dumps(chart((None, "", "Too few.")).spec()).split('"') if it == "people"]
    assert numbers == []
    assert '"people"' in json.dumps(chart(((0, 0, 5, 0), "", "")).spec())


def test_each_rung_of_the_ladder_has_a_sign_of_its_own_shape():
    assert set(SIGNS) == {str(it) for it in Shape}
    assert len({(shape, is_filled) for shape, _colour, is_filled in SIGNS.values()}) == len(SIGNS)


def test_the_table_holds_the_same_numbers():
    made = chart(((0, 2, 3, 0), "within-one-level", "Within one level", "0.73"))
    assert made.heads == ("No.", "Look-for", "Need", "Better", "Good", "Great", "How we stand", "A")
    assert made.lines == ((1, LONG, 0, 2, 3, 0, "Within one level", "0.73"),)
    assert made.heads[made.about] == "Look-for"


def test_alone_it_says_what_it_is_and_whose_words_are_on_it():
    made = chart(((0, 2, 3, 0), "within-one-level", "Within one level"))
    assert all(
        words in said(made.spec(is_alone=True)) for words in ("How far you agree", "Close.", "Theirs.")
    )
    assert not any(words in said(made.spec()) for words in ("How far you agree", "Close.", "Theirs."))
