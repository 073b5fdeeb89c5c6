"""Every mistake in a pack is told with its file, its line and what to do."""

import re
from pathlib import Path

import pytest

from hubcraft.content import Mistake, Pack, PackError, read_pack
from hubcraft.content.text import has_markup, has_stray_emphasis, with_emphasis

PACK = """\
id = "small"
version = "1.0.0"
languages = ["en", "es"]
authors = ["Somebody"]
licence = "Ask them."
name = { en = "Small", es = "Pequeño" }

[[scales]]
key = "four"

[[scales.levels]]
key = "one"
label = { en = "One", es = "Uno" }
short = { en = "one", es = "uno" }
short_status = "draft"
names_strategy = false

[[scales.levels]]
key = "two"
label = { en = "Two", es = "Dos" }
short = { en = "two", es = "dos" }
short_status = "draft"
names_strategy = false

[[scales.levels]]
key = "three"
label = { en = "Three", es = "Tres" }
short = { en = "three", es = "tres" }
short_status = "draft"
names_strategy = true

[[scales.levels]]
key = "four"
label = { en = "Four", es = "Cuatro" }
short = { en = "four", es = "cuatro" }
short_status = "published"
names_strategy = true

[[frameworks]]
key = "small"
name = { en = "Small", es = "Pequeño" }
domains = ["first", "second"]
"""

FIRST = """\
status = "draft"
number = 1
scale = "four"
name.en = "First"
name.es = "Primero"
goal.en = "A goal"
goal.es = "Una meta"
instruction.en = "Do this"
instruction.es = "Hazlo"

[[practices]]
key = "work"
title.en = "Work"
title.es = "Trabajo"

[[practices.look_fors]]
key = "much"
sources = ["talk"]
text.en = "Have *much* of it"
text.es = "Tener *mucho*"

[[practices.look_fors]]
key = "little"
status = "published"
text.en = "Have little & less"
text.es = "Tener poco"

[[practices]]
key = "rest"
title.en = "Rest"
title.es = "Descanso"
"""

SECOND = """\
kind = "log"
status = "draft"
number = 2
name.en = "Second"
name.es = "Segundo"
"""

SOURCES = """\
[[sources]]
key = "talk"
title = "A talk in spring"
"""

FILES = {
    "pack.toml": PACK,
    "first.toml": FIRST,
    "second.toml": SECOND,
    "sources.toml": SOURCES,
    "credit.md": "By somebody,\nsomewhere.\n\nWith thanks.\n",
    "credit.es.md": "De alguien.\n",
}


def write(folder: Path, **changes: str | None) -> Path:
    for name, words in {
        **FILES,
        **{name.replace("__", "."): words for name, words in changes.items()},
    }.items():
        if words is not None:
            (folder / name).write_text(words, encoding="utf-8")
    return folder


def mistakes(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(PackError) as told:
        read_pack(folder)
    return told.value.mistakes


def line_of(source: str, words: str) -> int:
    return source[: source.index(words)].count("\n") + 1


def test_a_sound_pack_is_read_in_both_languages(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    much, little = pack.domain("small/first").look_fors
    assert dict(much.html) == {"en": "Have <u>much</u> of it", "es": "Tener <u>mucho</u>"}
    assert little.html.in_("en") == "Have little &amp; less"
    assert little.text.in_("en") == "Have little & less"
    assert dict(pack.credit) == {"en": "By somebody, somewhere.\n\nWith thanks.", "es": "De alguien."}


def test_a_translation_is_ours_unless_the_authors_made_it(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    assert [pack.is_our_translation(tag) for tag in ("en", "en-GB", "es", "es-MX", "fr")] == [
        False,
        False,
        True,
        True,
        False,
    ]
    theirs = PACK.replace('licence = "Ask them."', 'licence = "Ask them."\ntranslations.es = "published"')
    pack = read_pack(write(tmp_path, pack__toml=theirs))
    assert [pack.is_our_translation(tag) for tag in ("en", "es")] == [False, False]
    assert Pack.from_json(pack.to_json()) == pack


def test_a_domain_without_look_fors_has_no_rubric(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    assert [domain.has_rubric for domain in pack.domains] == [True, False]


IN_PACK = [
    ('version = "1.0.0"', 'version = "1"', '"1" is no version.', 'Write three numbers: "1.0.0".'),
    ('id = "small"', 'id = "Small Pack"', '"Small Pack" is no key.', "small letters"),
    ('["en", "es"]', '["en", "spanish"]', '"spanish" is no language.', "es-MX"),
    ('["en", "es"]', "[]", "languages is not a list of texts.", "languages ="),
    ('authors = ["Somebody"]', 'translations = "draft"', "translations is not a table.", "translations."),
    ('authors = ["Somebody"]', 'translations.fr = "draft"', '"fr" is no language this pack', "one of: es"),
    ('authors = ["Somebody"]', 'translations.en = "draft"', '"en" is no language this pack', "one of: es"),
    ('authors = ["Somebody"]', 'translations.es = "ours"', 'es can\'t be "ours".', "published, draft"),
    ('authors = ["Somebody"]', 'authors = "Somebody"', "authors is not a list of texts.", "a list of texts"),
    ('licence = "Ask them."', 'license = "Ask them."', 'There is no "license" here.', "licence"),
    ('licence = "Ask them."', "licence = 7", "licence is not a text in quotes.", "in quotes"),
    ('name = { en = "Small", es = "Pequeño" }', 'name = "Small"', "name is not name.en", "name.en"),
    ('es = "Uno"', 'fr = "Un"', 'label is missing in "es".', "Add label.es"),
    ('es = "Uno"', 'es = ""', "label is empty.", "Write the words"),
    ('es = "Uno"', "es = 1", "label.es is not a text.", "in quotes"),
    ('es = "Uno"', 'es = "*Uno*"', "label has a star that is no emphasis.", "only in a look-for"),
    (
        'short_status = "published"',
        'short_status = "ours"',
        'short_status can\'t be "ours".',
        "published, draft",
    ),
    (
        "names_strategy = true",
        'names_strategy = "yes"',
        "names_strategy is not true or false.",
        "true or false",
    ),
    ('key = "two"', 'key = "one"', 'The key "one" is used twice.', "Give each level"),
    ('key = "two"', 'key = "not-sure"', '"not-sure" is an answer on every scale.', "another key"),
    ('["first", "second"]', '["first", "second", "first"]', 'The key "first" is used twice.', "once"),
]


@pytest.mark.parametrize(("sound", "broken", "what", "remedy"), IN_PACK)
def test_a_mistake_in_the_pack_is_told(
    tmp_path: Path, sound: str, broken: str, what: str, remedy: str
) -> None:
    told = mistakes(write(tmp_path, pack__toml=PACK.replace(sound, broken, 1)))
    found = next(mistake for mistake in told if mistake.what.startswith(what))
    assert (found.file, found.line) == ("pack.toml", line_of(PACK, sound))
    assert remedy in found.remedy


IN_DOMAIN = [
    ('goal.en = "A goal"', 'gaol.en = "A goal"', 'There is no "gaol" here.', "goal"),
    ('goal.es = "Una meta"', 'goal.es = "Una <b>meta</b>"', "goal contains HTML.", "plain words"),
    ('goal.es = "Una meta"', 'goal.es = "Una&nbsp;meta"', "goal contains HTML.", "plain words"),
    ('goal.es = "Una meta"', 'goal.es = "Una  meta"', "goal has line breaks", "on one line"),
    ('scale = "four"', 'scale = "five"', 'There is no scale "five".', "four"),
    ('status = "draft"', 'status = "done"', 'status can\'t be "done".', "published, draft"),
    ("number = 1", "number = 0", "number is less than 1.", "Count from 1."),
    ("number = 1", "number = true", "number is not a whole number.", "whole number"),
    ('key = "little"', 'key = "much"', 'The key "much" is used twice.', "Give each look-for"),
    ('key = "rest"', 'key = "work"', 'The key "work" is used twice.', "Give each practice"),
    ('key = "little"', 'key = "Little"', '"Little" is no key.', "small letters"),
    ('text.es = "Tener *mucho*"', 'text.es = "Tener *mucho"', "text has a star", "between two stars"),
    ('text.es = "Tener *mucho*"', 'text.es = "Tener **mucho**"', "text has a star", "between two stars"),
    ('text.es = "Tener poco"', 'text.es = "Tener <u>poco</u>"', "text contains HTML.", "plain words"),
    ('key = "little"', f'key = "{"l" * 160}"', f"small/first/{'work'}/l", "at most 160"),
]


@pytest.mark.parametrize(("sound", "broken", "what", "remedy"), IN_DOMAIN)
def test_a_mistake_in_a_domain_is_told(
    tmp_path: Path, sound: str, broken: str, what: str, remedy: str
) -> None:
    told = mistakes(write(tmp_path, first__toml=FIRST.replace(sound, broken, 1)))
    found = next(mistake for mistake in told if mistake.what.startswith(what))
    assert (found.file, found.line) == ("first.toml", line_of(FIRST, sound))
    assert remedy in found.remedy


@pytest.mark.parametrize(
    ("addition", "what"),
    [
        ('prompts = "Why?"', "prompts is not a list."),
        ('prompts = ["Why?"]', "prompts has no language."),
        ('practices = { key = "work" }', "practices is not a list of tables."),
    ],
)
def test_what_should_be_a_list_is_told(tmp_path: Path, addition: str, what: str) -> None:
    (told,) = mistakes(write(tmp_path, second__toml=SECOND + addition + "\n"))
    assert (told.file, told.line, told.what) == ("second.toml", 6, what)


def test_a_missing_language_is_told_at_its_text(tmp_path: Path) -> None:
    (told,) = mistakes(write(tmp_path, first__toml=FIRST.replace('title.es = "Descanso"\n', "")))
    assert told == Mistake(
        "first.toml",
        line_of(FIRST, 'title.en = "Rest"'),
        'title is missing in "es".',
        'Add title.es = "…", or take "es" out of the pack\'s languages.',
    )


def test_a_missing_key_is_told_at_its_table(tmp_path: Path) -> None:
    (told,) = mistakes(write(tmp_path, first__toml=FIRST.replace('key = "rest"\n', "")))
    assert (told.line, told.what) == (28, "key is missing.")


def test_a_rubric_without_a_goal_or_a_scale_is_told(tmp_path: Path) -> None:
    bare = "".join(line for line in FIRST.splitlines(True) if not line.startswith(("goal", "scale")))
    assert [told.what for told in mistakes(write(tmp_path, first__toml=bare))] == [
        "goal is missing.",
        "scale is missing.",
    ]


def test_a_scale_has_four_levels(tmp_path: Path) -> None:
    three = re.sub(r"\[\[scales\.levels\]\]\nkey = \"two\".*?\n\n", "", PACK, flags=re.DOTALL)
    (told,) = mistakes(write(tmp_path, pack__toml=three))
    assert (told.line, told.what) == (line_of(three, "[[scales]]"), "This scale has 3 levels.")


def test_a_log_has_no_practices(tmp_path: Path) -> None:
    second = SECOND + '[[practices]]\nkey = "work"\ntitle = { en = "Work", es = "Trabajo" }\n'
    (told,) = mistakes(write(tmp_path, second__toml=second))
    assert (told.file, told.line, told.what) == ("second.toml", 6, "A log has no practices.")


def test_two_domains_have_two_numbers(tmp_path: Path) -> None:
    (told,) = mistakes(write(tmp_path, second__toml=SECOND.replace("number = 2", "number = 1")))
    assert (told.file, told.line, told.what) == ("second.toml", 3, "The number 1 is used twice.")


@pytest.mark.parametrize("file", ["pack.toml", "first.toml", "credit.md", "credit.es.md"])
def test_a_missing_file_is_told(tmp_path: Path, file: str) -> None:
    (told,) = mistakes(write(tmp_path, **{file: None}))
    assert (told.file, told.line, told.what) == (file, None, "The file is missing.")


def test_a_domain_no_framework_lists_is_told(tmp_path: Path) -> None:
    (told,) = mistakes(write(tmp_path, third__toml=SECOND))
    assert (told.file, told.what) == ("third.toml", "No framework lists this domain.")


def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (told,) = mistakes(write(tmp_path, second__toml='kind = "log"\nstatus = draft\n'))
    assert (told.file, told.line) == ("second.toml", 2)
    assert told.what.startswith("This is not TOML: ")


def test_what_a_word_processor_made_of_quotes_is_told(tmp_path: Path) -> None:
    (told,) = mistakes(write(tmp_path, second__toml='kind = "log"\nstatus = “draft”\n'))
    assert (told.line, told.remedy) == (2, 'Write straight quotes around it: "…".')


def test_what_is_missing_is_told_with_what_it_may_be(tmp_path: Path) -> None:
    told = mistakes(write(tmp_path, second__toml='kind = "log"\n'))
    assert "Add status: one of published, draft, in quotes." in [it.remedy for it in told]


def test_what_is_not_utf8_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "credit.md").write_bytes("Grüße".encode("latin-1"))
    (told,) = mistakes(tmp_path)
    assert (told.file, told.what) == ("credit.md", "The file is not UTF-8.")


@pytest.mark.parametrize(
    ("words", "what"), [("\n", "The credit is empty."), ("<p>", "The credit contains HTML.")]
)
def test_a_credit_is_plain_words(tmp_path: Path, words: str, what: str) -> None:
    (told,) = mistakes(write(tmp_path, credit__md=words))
    assert (told.file, told.line, told.what) == ("credit.md", 1, what)


def test_every_mistake_is_told_at_once_the_packs_own_first(tmp_path: Path) -> None:
    told = mistakes(
        write(tmp_path, first__toml="x = 1\n" + FIRST, second__toml="y = 2\n" + SECOND, credit__md=None)
    )
    assert [mistake.file for mistake in told] == ["credit.md", "first.toml", "second.toml"]


def test_a_mistake_reads_as_one_line() -> None:
    assert str(Mistake("a.toml", 3, "It is so.", "Do that.")) == "a.toml, line 3: It is so. Do that."
    assert str(Mistake("a.toml", None, "It is so.", "Do that.")) == "a.toml: It is so. Do that."


@pytest.mark.parametrize("words", ["5 < 6 & 7 > 2", "R&D; more", "a <- b"])
def test_signs_that_are_no_markup_are_words(words: str) -> None:
    assert has_markup(words) == (words == "R&D; more")
    assert "<" not in with_emphasis(words)


@pytest.mark.parametrize(
    ("words", "is_stray"), [("*a b*", False), ("*a* *b*", False), ("a * b * c", True), ("**", True)]
)
def test_emphasis_stands_close_to_its_words(words: str, is_stray: bool) -> None:
    assert has_stray_emphasis(words) == is_stray
