"""What changed from one wording to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.differences import Piece, differences, has_changed

TEXTS = st.text(alphabet="ab \n", max_size=30)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("We meet weekly.", "We meet weekly.", [("same", "We meet weekly.")]),
        (
            "We meet weekly.",
            "We meet daily.",
            [("same", "We meet "), ("gone", "weekly."), ("new", "daily.")],
        ),
        ("", "We meet.", [("new", "We meet.")]),
        ("We meet.", "", [("gone", "We meet.")]),
        # A sentence written anew is one change, not one for each word.
        ("one two", "three four", [("gone", "one two"), ("new", "three four")]),
        ("", "", []),
    ],
)
def test_what_went_stands_before_what_came(before, after, told):
    assert differences(before, after) == tuple(Piece(*it) for it in told)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_it(before, after):
    pieces = differences(before, after)
    assert "".join(it.words for it in pieces if it.kind != "new") == before
    assert "".join(it.words for it in pieces if it.kind != "gone") == after


def test_only_blanks_are_no_change():
    assert has_changed(differences("a b", "a c"))
    assert not has_changed(differences("a b", "a  b"))
