"""What people write comes through whole, or comes back whole with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.writing import NothingWritten, TooLong, is_said_anew, is_seen, language_of, read_words


@given(st.text(max_size=60))
def test_what_is_taken_is_what_was_typed(text):
    try:
        words = read_words(text, most=40)
    except NothingWritten:
        words = "".join(filter(is_seen, text))
        assert words == ""
    except TooLong:
        assert len(text.strip()) > 40
    else:
        assert words in text.replace("\r\n", "\n").replace("\r", "\n")
        assert words == words.strip()


@pytest.mark.parametrize(
    "text", ["", " \n ", "\u200b\u200d", "\u202e", "\ufeff", "\u3164", "\u2800", "\u0301"]
)
def test_what_nobody_can_see_is_nothing(text):
    with pytest.raises(NothingWritten):
        read_words(text, most=10)
    assert read_words(text, most=10, may_be_missing=True) == ""


@pytest.mark.parametrize("text", ["a", "?", "7", "👍", "日", "ع", "<b>", "=1+1", "\u202eevil"])
def test_whatever_can_be_seen_is_kept_as_it_is(text):
    assert read_words(f"  {text}\r\n", most=10) == text


def test_what_is_too_long_says_by_how_much():
    assert read_words("a" * 10, most=10) == "a" * 10
    with pytest.raises(TooLong) as caught:
        read_words("a" * 13, most=10)
    assert caught.value.over == 3


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("We meet on Mondays, each of us brings one page.", "en"),
        ("Nos reunimos los lunes y cada quien trae una hoja.", "es"),
        ("Reunión semanal", "es"),
        ("¿Quién?", "es"),
        ("The coaches call it “la hora”, and it works.", "en"),
        ("Usamos un exit ticket al final de la clase.", "es"),
        ("Norms first", "xx"),
        ("15 min", "xx"),
        ("", "xx"),
    ],
)
def test_words_tell_their_language_or_leave_it_open(words, language):
    assert language_of(words, otherwise="xx") == language


@pytest.mark.parametrize(
    ("text", "is_anew"),
    [
        ("We meet on Mondays.", False),
        ("As ever, we meet on MONDAYS; and in June in the library, all of us.", False),
        ("We meet", False),
        ("Mondays belong to us: a fixed hour keeps us together.", True),
        ("Nothing of that", True),
    ],
)
def test_words_are_said_anew_or_only_dressed(text, is_anew):
    assert is_said_anew(text, "We meet on Mondays.") is is_anew
    assert is_said_anew(text, "")
