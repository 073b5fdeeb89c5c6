"""Where a key was written."""

from hubcraft.content.toml_lines import line_at, lines_of

SOURCE = '''\
id = "a"
list = [
    "x = 1",
]
long = """
y = 2
"""
name.en = "A"

[[scales]]  # the first
key = "one"
[[scales.levels]]
key = "low"
[[scales.levels]]
"key" = "high"
[[scales]]
[[scales.levels]]
key = "other"
'''
LINES = lines_of(SOURCE)


def test_keys_have_the_line_they_stand_on() -> None:
    assert [LINES[path] for path in [("id",), ("list",), ("long",), ("name", "en")]] == [1, 2, 5, 8]


def test_entries_of_nested_lists_of_tables_are_counted() -> None:
    assert LINES["scales", 0] == 10
    assert LINES["scales", 0, "levels", 1, "key"] == 15
    assert LINES["scales", 1, "levels", 0] == 17


def test_what_stands_inside_a_list_or_a_long_text_is_no_key() -> None:
    assert not {("x",), ("y",)} & set(LINES)


def test_a_key_that_is_missing_has_the_line_of_its_table() -> None:
    assert line_at(LINES, ("scales", 0, "levels", 0, "label")) == 12
    assert line_at(LINES, ("nowhere",)) == 1
