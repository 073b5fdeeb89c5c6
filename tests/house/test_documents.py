"""What exists is documented: settings, commands, and how long each field is kept."""

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
