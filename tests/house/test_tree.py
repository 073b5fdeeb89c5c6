"""The tree is clean: nothing of one machine, nothing unfinished, no name our glossary refuses."""

import ast
import re

import pytest

from tests.house.tree import CHECKOUT, SOURCE, list_files, list_texts, name

# Written in halves, so that this file does not find itself.
MACHINE = re.compile(
    r"(?<![\w./-])("
    + "|".join(("/ro" + "ot/", "/wo" + "rk/", "/ho" + r"me/[a-z]", "/Use" + r"rs/[A-Za-z]"))
    + ")"
)
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
REGISTRIES = re.compile("files.python" + "hosted|pypi" + r"\.org/simple|registry\.npm" + "js", re.IGNORECASE)

# docs/build/words.md says why, and what to say instead.
BANNED = {
    "user", "users", "item", "items", "score", "scores", "vote", "votes", "poll", "grade", "data", "info",
    "manager", "service", "handler", "utils", "util", "helpers", "helper", "common", "misc", "lib",
}  # fmt: skip
# Names that Django, the standard library or a protocol chose, and words with a meaning of their own here.
GIVEN = {
    "HUBCRAFT_DATA", "DATA", "data", "cleaned_data", "user_agent", "items", "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS", "EMAIL_HOST_USER", "logging_handler", "handlers", "helper", "use_in_migrations",
    "default_data_folder", "HelperForm", "version_info", "sqlite_version_info",
    "AUTH_USER_MODEL", "ACCOUNT_USER_MODEL_USERNAME_FIELD",
    "get_context_data", "MFA_WEBAUTHN_USER_VERIFICATION",
}  # fmt: skip


def test_no_file_names_one_machine():
    found = [
        f"{name(path)}:{number}: {line.strip()[:100]}"
        for path in list_texts()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if MACHINE.search(line) or REGISTRIES.search(line)
    ]
    assert found == []


def test_nothing_is_left_for_later_in_a_comment():
    found = [
        name(path)
        for path in list_texts(".py", ".html", ".css", ".js")
        if UNFINISHED.search(path.read_text())
    ]
    assert found == []


def test_no_third_party_copies():
    named = [name(path) for path in list_files()]
    assert [path for path in named if re.search(r"(^|/)(vendor|node_modules)/|\.min\.(js|css)$", path)] == []


def identifiers(tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def words_of(identifier: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", identifier)}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: name(path))
def test_names_obey_the_glossary(path):
    found = [
        f"line {line}: {identifier}"
        for identifier, line in identifiers(ast.parse(path.read_text()))
        if words_of(identifier) & BANNED and identifier not in GIVEN
    ]
    assert found == [], "docs/build/words.md tells the word to use"
    assert path.stem not in BANNED


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: name(path))
def test_every_module_says_what_it_is_for(path):
    tree = ast.parse(path.read_text())
    if tree.body and "migrations" not in path.parts:
        assert ast.get_docstring(tree), "a module opens with one sentence: what it is for"


def test_the_licence_is_there():
    assert "Apache License" in (CHECKOUT / "LICENSE").read_text()
