"""What exists is documented: settings, commands, how long each field is kept, and what stands against which threat."""

import ast
import re
import tomllib

import pytest
from django.apps import apps

from hubcraft.cli.front import COMMANDS
from tests.house.tree import CHECKOUT, SOURCE

HOST = CHECKOUT / "docs" / "host"


def test_every_setting_is_documented_and_every_documented_setting_exists():
    code = set(re.findall(r'"(HUBCRAFT_[A-Z_]+)"', (SOURCE / "config" / "env.py").read_text()))
    told = set(re.findall(r"^\| `(HUBCRAFT_[A-Z_]+)`", (HOST / "settings.md").read_text(), re.MULTILINE))
    assert told == code


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    written = "\n".join(path.read_text() for path in sorted(HOST.glob("*.md")))
    assert f"bin/hubcraft {command}" in written


def test_every_front_command_exists_and_every_command_is_at_the_front():
    files = {path.stem for path in (SOURCE / "cli" / "management" / "commands").glob("[a-z]*.py")}
    assert files == set(COMMANDS)


def test_every_stored_field_has_a_rule_for_how_long_it_is_kept():
    kept = tomllib.loads((HOST / "retention.toml").read_text())
    rules, tables = kept["rules"], kept["tables"]
    stored = {
        model._meta.label: {field.name for field in model._meta.get_fields() if field.concrete}
        for model in apps.get_models()
        if model.__module__.startswith("hubcraft.")
    }
    missing = sorted(
        f"{label}.{field}"
        for label, fields in stored.items()
        for field in fields - set(tables.get(label, {}).get("fields", []))
    )
    gone = sorted(
        f"{label}.{field}"
        for label, table in tables.items()
        for field in set(table["fields"]) - stored.get(label, set())
    )
    assert (missing, gone) == ([], [])
    assert {table["rule"] for table in tables.values()} <= set(rules)


# The threats that an installation may ask about; further ones may be told.
THREATS = {f"T{it}" for it in (*range(1, 20), 25, 30, *range(31, 39))}


def threats() -> dict[str, str]:
    """Threat by threat, what the page says of it."""
    _head, *told = re.split(r"^### ", (HOST / "security.md").read_text(), flags=re.MULTILINE)
    return {text.partition(" · ")[0].partition("\n")[0]: text.partition("\n## ")[0] for text in told}


def named_in(text: str) -> list[tuple[str, str]]:
    return re.findall(r"`([\w/]+\.py)::(\w+)`", text)


def test_every_threat_is_told():
    assert THREATS - threats().keys() == set()


@pytest.mark.parametrize("threat", sorted(threats()))
def test_a_threat_names_tests_that_exist_or_says_what_is_missing(threat):
    text = threats()[threat]
    named = named_in(text)
    assert named or "Not yet:" in text
    assert text.count(".py::") == len(named)
    for path, test in named:
        tree = ast.parse((CHECKOUT / "tests" / path).read_text())
        assert test in {it.name for it in tree.body if isinstance(it, ast.FunctionDef)}, path


def test_nothing_changes_a_rung():
    """It is said where a session is started, and no code puts another one in its place."""
    changed = re.compile(r"\.rung\s*=[^=]|update\([^)]*\brung=")
    assert changed.search("session.rung = rung") and not changed.search("if session.rung == rung:")
    found = [path.name for path in sorted(SOURCE.rglob("*.py")) if changed.search(path.read_text())]
    assert found == []


def test_each_decision_has_a_number_of_its_own():
    numbers = sorted(int(path.name[:4]) for path in (CHECKOUT / "docs" / "decide").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
