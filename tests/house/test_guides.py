"""The guides for newcomers are true: what they name exists, what they have one write can be read."""

import ast
import re
import textwrap

import pytest
from django.template import engines

from hubcraft.content import read_pack
from tests.house.guides import FOLDER, Block, blocks_of, write_pack
from tests.house.tree import CHECKOUT, SOURCE

GUIDES = ("README.md", "add-a-page.md", "add-a-step.md", "add-a-pack.md")
WRITTEN = [(guide, block) for guide in GUIDES for block in blocks_of(guide)]
# What a guide may call a file by, from the longest way to the shortest.
ROOTS = (
    CHECKOUT,
    SOURCE,
    SOURCE / "apps",
    SOURCE / "apps" / "insights",
    SOURCE / "apps" / "facilitation",
    SOURCE / "apps" / "insights" / "templates",
    FOLDER,
)


def words_of(guide: str) -> str:
    """A guide without its blocks."""
    return re.sub(
        r"^```.*?^```", "", (FOLDER / guide).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )


def module_of(file: str) -> str:
    return file.removeprefix("src/").removesuffix(".py").replace("/", ".")


def test_the_blocks_are_found():
    have = {guide: sum(1 for it, _block in WRITTEN if it == guide) for guide in GUIDES}
    assert have == {"README.md": 0, "add-a-page.md": 6, "add-a-step.md": 8, "add-a-pack.md": 6}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_file_it_names_exists(guide):
    made = {block.file for it, block in WRITTEN if it == guide and not block.is_added}
    named = set(re.findall(r"`([\w/-]+\.(?:py|md|toml|html|css|po))`", words_of(guide)))
    named |= set(re.findall(r"\]\(([^)#]+)", words_of(guide)))
    named |= {
        block.file for it, block in WRITTEN if it == guide and block.is_added and block.language != "toml"
    }
    named -= {it for it in named if any(file == it or file.endswith(f"/{it}") for file in made)}
    tests = {name for name in named if name.startswith("test_")}
    assert sorted(it for it in named - tests if not any((root / it).exists() for root in ROOTS)) == []
    assert sorted(it for it in tests if not list((CHECKOUT / "tests").rglob(it))) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_name_it_points_at_is_somewhere(guide):
    """Functions, decorators and constants: in our code, the tests, or what the guide itself has one write."""
    named = set(
        re.findall(r"`@?([a-z]+_[a-z_]+|[A-Z]{3}[A-Z_]*|[A-Z][a-z]+[A-Z]\w+)(?:\([^`]*\))?`", words_of(guide))
    )
    code = "\n".join(
        path.read_text() for folder in (SOURCE, CHECKOUT / "tests") for path in folder.rglob("*.py")
    )
    assert sorted(it for it in named if not re.search(rf"\b{it}\b", code)) == []


def parsed(words: str) -> ast.Module:
    """A whole file, or what is written into one: also a row of a table."""
    words = textwrap.dedent(words).strip()
    try:
        return ast.parse(words)
    except SyntaxError:
        return ast.parse(f"{{{words}}}")


PYTHON = [block for _guide, block in WRITTEN if block.language == "python"]
MADE = {
    f"{module_of(block.file)}.{it.name}"
    for block in PYTHON
    for it in parsed(block.words).body
    if isinstance(it, ast.FunctionDef | ast.ClassDef)
}


@pytest.mark.parametrize("block", PYTHON, ids=lambda block: block.file)
def test_its_python_compiles_and_imports_what_exists(block: Block):
    imported = [
        (node.module, alias.name)
        for node in ast.walk(parsed(block.words))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    for module, name in imported:
        if f"{module}.{name}" not in MADE:
            exec(f"from {module} import {name}", {})


@pytest.mark.parametrize("block", [it for it in PYTHON if it.is_added], ids=lambda block: block.file)
def test_what_is_added_to_a_file_uses_names_that_are_there(block: Block):
    names = [it for it in ast.walk(parsed(block.words)) if isinstance(it, ast.Name)]
    own = {it.id for it in names if isinstance(it.ctx, ast.Store)} | {made.split(".")[-2] for made in MADE}
    there = set(re.findall(r"\w+", (CHECKOUT / block.file).read_text()))
    assert sorted({it.id for it in names} - own - there) == []


@pytest.mark.parametrize(
    "block", [block for _guide, block in WRITTEN if block.language == "html"], ids=lambda block: block.file
)
def test_its_templates_compile(block: Block):
    assert engines["django"].from_string(block.words)


def test_the_pack_is_sound_as_it_stands_there(tmp_path):
    pack = read_pack(write_pack(tmp_path))
    assert (pack.id, pack.languages) == ("good-meetings", ("en", "es"))
    (domain,) = pack.domains
    assert [len(practice.look_fors) for practice in domain.practices] == [2, 2]
    assert [step.kind for step in pack.script("check-in").steps] == [
        "turn-and-talk",
        "rubric",
        "talk",
        "plan",
    ]
    assert domain.credit.in_("es") == "Palabras: su equipo, 2026."
