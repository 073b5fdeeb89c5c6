"""Whatever a page says, it says in every language: each text has its translation, and that fits where the text stands.

Something is missing? `bin/words` adds it to the catalog; write its translation there (docs/build/words.md, "In Spanish").
"""

import ast
import re
from collections.abc import Iterable
from gettext import GNUTranslations

import pytest
from django.conf import settings
from django.template.base import Lexer, Token, TokenType

from tests.house.catalog import catalog_file, list_said, read_catalog
from tests.house.tree import SOURCE, name

FURTHER = [tag for tag, _name in settings.LANGUAGES[1:]]
BLANK = re.compile(r"%\(\w+\)s|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
# A percent sign that is neither a blank nor doubled breaks the sentence it stands in.
STRAY = re.compile(r"%(?!\(\w+\)s)")
# The look book is for those who build.
TEMPLATES = sorted(path for path in SOURCE.rglob("*.html") if not {"look", "static"} & set(path.parts))
# Attributes that people read or hear.
READ = re.compile(r"\s(?:aria-label|title|placeholder|alt|data-words[\w-]*)=\"([^\"]*)\"")
# Blocks that fill in attributes.
ATTRIBUTES = {"kind", "live"}
# Words that are the same in every language.
NAMES = {"Hubcraft", "PDF", "SVG", "PNG", "CSV"}


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def blanks(words: str) -> list[str]:
    return sorted({*BLANK.findall(words), *TAG.findall(words)})


@pytest.mark.parametrize("language", FURTHER)
def test_everything_said_has_a_translation(language):
    catalog = read_catalog(language)
    missing = []
    for said in list_said():
        entry = catalog.get(forms(said.words)[0], said.context)
        is_there = entry is not None and forms(entry.id) == forms(said.words)
        if not (is_there and all(forms(entry.string)) and not entry.fuzzy):
            missing.append(f"{said.files[0]}: {forms(said.words)[0]!r}")
    assert missing == [], f"run bin/words, then write what is missing in {name(catalog_file(language))}"


@pytest.mark.parametrize("language", FURTHER)
def test_a_translation_has_the_same_blanks_as_what_it_translates(language):
    wrong = []
    for entry in read_catalog(language):
        allowed = [blanks(words) for words in forms(entry.id)]
        for place, words in enumerate(forms(entry.string) if entry.id else ()):
            # One of something may be told in words, so its form may leave out the number.
            fitting = allowed[min(place, len(allowed) - 1) :]
            is_formatted = "%(" in forms(entry.id)[-1]
            if words and (
                blanks(words) not in fitting or (is_formatted and STRAY.search(words.replace("%%", "")))
            ):
                wrong.append(f"{forms(entry.id)[0]!r} → {words!r}")
    assert wrong == []


@pytest.mark.parametrize("language", FURTHER)
def test_no_translation_is_left_of_what_nobody_says(language):
    said = {(it.context, forms(it.words)) for it in list_said()}
    left = [
        entry.id
        for entry in read_catalog(language)
        if entry.id and (entry.context, forms(entry.id)) not in said
    ]
    assert left == [], "bin/words takes them out"


@pytest.mark.parametrize("language", FURTHER)
def test_what_is_compiled_is_what_is_written(language):
    with catalog_file(language).with_suffix(".mo").open("rb") as compiled:
        spoken = GNUTranslations(compiled)
    old = [
        entry.id
        for entry in read_catalog(language)
        if isinstance(entry.id, str) and entry.id and entry.string
        if (spoken.pgettext(entry.context, entry.id) if entry.context else spoken.gettext(entry.id))
        != entry.string
    ]
    assert old == [], "bin/prepare compiles the catalogs"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_says_nothing_past_its_translation(path):
    page = words_outside(Lexer(path.read_text()).tokenize())
    read = [*READ.findall(page), re.sub(r"<[^>]*>", " ", page)]
    words = [
        word for piece in read for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;|/\w+", " ", piece))
    ]
    assert [word for word in words if word not in NAMES] == []


def words_outside(tokens: Iterable[Token]) -> str:
    """What stands in a template as it is, with a gap for each thing that is filled in."""
    text, ends = [], ""
    for token in tokens:
        tag = token.split_contents() if token.token_type == TokenType.BLOCK else [""]
        if ends:
            ends = "" if tag[0] == ends else ends
        elif tag[0] in {"blocktranslate", "comment"} or (tag[0] == "block" and tag[1] in ATTRIBUTES):
            ends = f"end{tag[0]}"
        text.append(token.contents if token.token_type == TokenType.TEXT and not ends else "…")
    return "".join(text)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=name)
def test_what_is_said_before_anybody_asks_waits_for_its_reader(path):
    """What a module says while it is read is said in nobody's language, unless it is lazy."""

    def said_at_once(node: ast.AST):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Name):
                yield child
            yield from said_at_once(child)

    tree = ast.parse(path.read_text())
    at_once = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and "lazy" not in alias.name
    }
    assert [f"line {call.lineno}" for call in said_at_once(tree) if call.func.id in at_once] == []
