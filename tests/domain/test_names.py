"""The short things people type at the door."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.names import (
    CODE_LENGTH,
    CODE_LETTERS,
    Mistake,
    Mistyped,
    name_key,
    near_matches,
    new_code,
    next_label,
    read_alias,
    read_code,
    read_initials,
    read_team_name,
    show_code,
    without_names,
)


@pytest.mark.parametrize(
    ("typed", "initials"),
    [
        ("KM", "KM"),
        ("km", "KM"),
        (" k. m. ", "KM"),
        ("j-p", "JP"),
        ("ｋｍ", "KM"),
        ("k\u200bm\u200f", "KM"),
        ("iı", "II"),
        ("äö", "ÄÖ"),
        ("a\u0308", "Ä"),
        ("ß", "SS"),
        ("км", "КМ"),
        ("山田", "山田"),
        ("كم", "كم"),
        ("क\u093cम", "क\u093cम"),
        ("r2d2", "R2D2"),
        ("٣", "٣"),
    ],
)
def test_initials_are_letters_and_digits_of_any_script(typed: str, initials: str) -> None:
    assert read_initials(typed) == initials


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("", Mistake.INITIALS_MISSING),
        (" . ", Mistake.INITIALS_MISSING),
        ("\u200b", Mistake.INITIALS_MISSING),
        ("ABCDE", Mistake.INITIALS_TOO_LONG),
        ("ßßß", Mistake.INITIALS_TOO_LONG),
        ("K!", Mistake.INITIALS_NOT_LETTERS),
        ("<b>", Mistake.INITIALS_NOT_LETTERS),
        ("K\nM", Mistake.INITIALS_NOT_LETTERS),
        ("\u3164", Mistake.INITIALS_NOT_LETTERS),
        ("a\u0323\u0324\u0325\u0326", Mistake.INITIALS_NOT_LETTERS),
        ("😀", Mistake.INITIALS_NOT_LETTERS),
    ],
)
def test_what_is_no_initials_is_told_by_key(typed: str, mistake: Mistake) -> None:
    with pytest.raises(Mistyped) as told:
        read_initials(typed)
    assert told.value.mistake == mistake


@given(st.text(max_size=8))
def test_initials_once_read_are_read_the_same_again(typed: str) -> None:
    try:
        initials = read_initials(typed)
    except Mistyped:
        return
    letters = [sign for sign in initials if unicodedata.category(sign)[0] in "LN"]
    assert read_initials(initials) == initials
    assert 1 <= len(letters) <= 4
    assert not any(sign.isspace() or not sign.isprintable() for sign in initials)


@pytest.mark.parametrize(
    ("typed", "alias"), [("  Quiet   fox ", "Quiet fox"), ("🦊", "🦊"), ("a\tb", "a b"), ("x" * 20, "x" * 20)]
)
def test_an_alias_is_kept_as_typed_on_one_line(typed: str, alias: str) -> None:
    assert read_alias(typed) == alias


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        (" \u200b ", Mistake.ALIAS_MISSING),
        ("x" * 21, Mistake.ALIAS_TOO_LONG),
        ("...", Mistake.ALIAS_UNREADABLE),
        ("\u2800", Mistake.ALIAS_UNREADABLE),
    ],
)
def test_what_is_no_alias_is_told_by_key(typed: str, mistake: Mistake) -> None:
    with pytest.raises(Mistyped) as told:
        read_alias(typed)
    assert told.value.mistake == mistake


def test_a_team_name_may_have_sixty_characters() -> None:
    assert read_team_name("n" * 60) == "n" * 60
    with pytest.raises(Mistyped, match="team-name-too-long"):
        read_team_name("n" * 61)


@given(st.text(max_size=70))
def test_a_team_name_once_read_is_read_the_same_again(typed: str) -> None:
    try:
        name = read_team_name(typed)
    except Mistyped:
        return
    assert read_team_name(name) == name
    assert name.isprintable()
    assert 1 <= len(name) <= 60


def test_the_second_km_becomes_km_2() -> None:
    assert next_label("KM", []) == "KM"
    assert next_label("KM", ["KM"]) == "KM 2"
    assert next_label("KM", ["KM", "KM 2", "LS"]) == "KM 3"
    assert next_label("KM", ["KM", "KM 3"]) == "KM 2"
    assert next_label("Fox", ["FOX"]) == "Fox 2"


@given(st.text(min_size=1, max_size=4), st.lists(st.text(max_size=6)))
def test_a_new_label_is_always_free(label: str, taken: list[str]) -> None:
    free = next_label(label, taken)
    assert next_label(free, taken) == free
    assert free.startswith(label)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Riverside Hub", "the RIVERSIDE team"),
        ("École Nord", "ecole nord"),
        ("St. Mary's", "St Mary s"),
        ("Straße", "STRASSE"),
    ],
)
def test_the_same_name_typed_in_two_ways_has_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_of_empty_words_keeps_them() -> None:
    assert name_key("The Hub Team") == "the hub team"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Riversde", "Riverside Hub"),
        ("riverside", "Riverside Hub"),
        ("Park North", "North Park"),
        ("Nort Park", "North Park"),
        ("Lincoln", "Lincoln Elementary"),
        ("Lincoln Elementary School", "Lincoln Elementary"),
    ],
)
def test_a_team_typed_with_small_differences_is_offered_first(typed: str, meant: str) -> None:
    assert near_matches(typed, ["Riverside Hub", "North Park", "Lincoln Elementary", "School 12"])[0] == meant


@pytest.mark.parametrize("typed", ["School 13", "Team 13", "Oak", "", "...", "East"])
def test_other_teams_are_not_offered(typed: str) -> None:
    assert near_matches(typed, ["Riverside Hub", "School 12", "West"]) == ()


def test_the_same_name_comes_before_a_near_one() -> None:
    assert near_matches("oakland", ["Oaklands", "Oakland West", "The Oakland Hub"])[0] == "The Oakland Hub"


@given(st.text(min_size=1, max_size=20), st.lists(st.text(max_size=20), max_size=6))
def test_a_name_with_the_same_key_always_comes_first(typed: str, names: list[str]) -> None:
    near = near_matches(typed, [*names, typed])
    assert len(near) <= 3
    if name_key(typed):
        assert name_key(near[0]) == name_key(typed)


def test_code_letters_have_no_look_alikes() -> None:
    assert len(set(CODE_LETTERS)) == len(CODE_LETTERS) == 30
    assert not set("0O1ILU") & set(CODE_LETTERS)


@given(st.randoms(use_true_random=False))
def test_a_code_as_shown_is_read_back(random: random.Random) -> None:
    code = new_code(random.randrange)
    shown = show_code(code)
    assert len(code) == CODE_LENGTH
    assert [read_code(way) for way in (code, shown, shown.lower(), f" {shown.replace(' ', '-')} ")] == [
        code
    ] * 4


def test_every_letter_can_be_drawn() -> None:
    draws = iter(range(30))
    drawn = "".join(new_code(lambda n: next(draws) % n) for _ in range(4))
    assert drawn == CODE_LETTERS[:28]


def test_a_code_is_shown_three_and_four() -> None:
    assert show_code("K7M4XQW") == "K7M 4XQW"


@pytest.mark.parametrize(
    "typed", ["k7m4xow", "K7M 4X0W", "К7М 4ХQW", "Ｋ７Ｍ４ＸＱＷ", "K7M–4XQW", "K7M\u00a04XQW"]
)
def test_letters_that_look_the_same_are_read_as_ours(typed: str) -> None:
    assert read_code(typed) == "K7M4XQW"


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("  ", Mistake.CODE_MISSING),
        ("K7M 4XQ", Mistake.CODE_WRONG_LENGTH),
        ("K7M 4XQWW", Mistake.CODE_WRONG_LENGTH),
        ("K7M 4XQ1", Mistake.CODE_WRONG_LETTER),
        ("K7M 4XQ!", Mistake.CODE_WRONG_LETTER),
    ],
)
def test_what_is_no_code_is_told_by_key(typed: str, mistake: Mistake) -> None:
    with pytest.raises(Mistyped) as told:
        read_code(typed)
    assert told.value.mistake == mistake


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_code_or_a_mistake(typed: str) -> None:
    try:
        code = read_code(typed)
    except Mistyped:
        return
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_LETTERS)


WITHOUT_ROSA = {
    "Rosa": "",
    "ROSA@example.org": "",
    "Ben, rosa": "Ben",
    "Rosa, Ben": "Ben",
    "Rosa and Ben": "Ben",
    "Ben y Rosa": "Ben",
    "Ana, Rosa, and Ben": "Ana, and Ben",
    "Ana, Rosa y Ben": "Ana y Ben",
    "Rosa, Rosa e Inés": "Inés",
    "Ben; Rosa; Ana": "Ben; Ana",
    "Ben & Rosa / Ana": "Ben / Ana",
    "Rosa (secretary)": "secretary",
    "Ben (leads), Rosa (secretary)": "Ben (leads), secretary",
    "Ben (with Rosa)": "Ben",
    "Ben (Rosa, Ana)": "Ben (Ana)",
    "Secretary: Rosa, Ben": "Secretary: Ben",
    "Secretary: Rosa": "Secretary",
    "Rosa – secretary": "secretary",
    "Rosalind, Ben": "Rosalind, Ben",
    "Primarosa": "Primarosa",
    "Rosa-Lee and Ben": "Rosa-Lee and Ben",
    "rosa@other.org": "rosa@other.org",
    "Rosa Field, Rosa": "Rosa Field",
    "  All ,  as ever ": "  All ,  as ever ",
}


@pytest.mark.parametrize("words", WITHOUT_ROSA)
@pytest.mark.parametrize("only_in_lists", [False, True])
def test_a_name_goes_from_a_list_of_names_and_leaves_it_tidy(words, only_in_lists):
    called, others = ("Rosa", "rosa@example.org"), ("Rosa Field", "Ben")
    assert without_names(words, called, others, only_in_lists=only_in_lists) == WITHOUT_ROSA[words]


@pytest.mark.parametrize(
    ("words", "left"),
    [("Ask Rosa first", "Ask first"), ("All but Rosa.", "All but."), ("Rosa’s team", "team")],
)
def test_inside_a_sentence_it_goes_only_where_names_alone_are_expected(words, left):
    assert without_names(words, ("Rosa",)) == left
    assert without_names(words, ("Rosa",), only_in_lists=True) == words


def test_lines_stay_lines_and_a_name_of_several_words_is_one():
    text = "In it are:\n- Rosa y Gasset\n- Ben, rosa  y gasset\n1. Rosa\n\nRosa y Gasset leads it."
    left = "In it are:\n- Ben\n1. Rosa\n\nRosa y Gasset leads it."
    assert without_names(text, ("Rosa y Gasset", ""), only_in_lists=True) == left
    assert without_names("  - Ben,  Rosa,", ("Rosa",)) == "  - Ben"
    assert without_names("Ben", ("", " ")) == "Ben"
