"""Words on one line, and what a mail's text consists of."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubcraft.domain.mailing import Passage, one_line, passages
from tests.hostile import HOSTILE


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_one_line_is_one_line_and_keeps_every_letter(words):
    line = one_line(words)
    assert line.splitlines() == [line]
    assert [it for it in words if it.isalnum()] == [it for it in line if it.isalnum()]


@given(st.text())
@example("a \x08")
def test_one_line_stays_as_it_is(words):
    line = one_line(words)
    assert one_line(line) == line
    assert len(line.splitlines()) <= 1


def test_a_turned_direction_ends_where_the_words_do():
    assert one_line("\u202eab") == "\u202eab\u202c"
    assert one_line("\u2067a\u202eb") == "\u2067a\u202eb\u202c\u2069"
    assert one_line("\u202ea\u202c") == "\u202ea\u202c"


def test_a_mail_is_read_part_by_part():
    words = (
        "Type this:\n\n    123456\n\nOr open:\nhttps://h.example/a\n\nDue\n---\n- Meet\n  https://h.example/b\n- Call\n"
        "  soon\n"
    )
    assert passages(words) == (
        Passage("text", ("Type this:",)),
        Passage("code", ("123456",)),
        Passage("text", ("Or open:",)),
        Passage("link", ("https://h.example/a",)),
        Passage("title", ("Due",)),
        Passage("list", ("Meet", "Call\nsoon"), ("https://h.example/b", "")),
    )
