"""Finding words in texts."""

from hypothesis import example, given
from hypothesis import strategies as st

from hubcraft.domain.finding import MOST_WORDS, asked_words, how_well, parted

NORMS = "Establish hub team norms."


def test_every_word_must_begin_a_word_of_the_text():
    assert how_well(asked_words("norm team"), NORMS) == 1
    assert how_well(asked_words("norm meeting"), NORMS) is None
    # Not from the middle of a word.
    assert how_well(asked_words("orms"), NORMS) is None


def test_whole_words_count_more_than_beginnings():
    assert how_well(asked_words("norms"), NORMS) == 1
    assert how_well(asked_words("nor"), NORMS) == 0


def test_case_and_accents_do_not_count():
    assert how_well(asked_words("REUNION"), "Después de cada reunión") == 1
    assert how_well(asked_words("reunión"), "La reunion") == 1


def test_nothing_asked_is_found_nowhere():
    assert how_well(asked_words(" … "), NORMS) is None


def test_no_more_than_eight_words_are_looked_for():
    assert len(asked_words(" ".join(map(str, range(100))))) == MOST_WORDS


def test_what_was_found_is_told_apart():
    assert parted(asked_words("norm hub"), NORMS) == (
        ("Establish ", False),
        ("hub", True),
        (" team ", False),
        ("norms", True),
        (".", False),
    )


def test_an_accent_of_its_own_divides_no_word():
    text = "cada reunio\u0301n fija"
    assert parted(asked_words("reunión"), text) == (
        ("cada ", False),
        ("reunio\u0301n", True),
        (" fija", False),
    )


@given(st.text(), st.text())
def test_the_parts_are_the_text(asked, text):
    assert "".join(part for part, _is_found in parted(asked_words(asked), text)) == text


@given(st.text(), st.text())
@example("00", "0\u03000")
@example("xa", "x\u2100")
def test_what_is_found_is_marked_somewhere(asked, text):
    words = asked_words(asked)
    if how_well(words, text) is not None:
        assert any(is_found for _part, is_found in parted(words, text))
