"""What every pack that comes with the program has to hold; a new folder is tried without a line here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hubcraft.content import SHIPPED, Pack, PackError, read_pack

FOLDERS = sorted(path for path in SHIPPED.iterdir() if path.is_dir())
# Shorter ones may be the same by nature: a name, "Plan".
LONG = 20

pytestmark = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def read(folder: Path) -> Pack:
    """The pack, or the list of what to mend and nothing else."""
    try:
        return read_pack(folder)
    except PackError as error:
        pytest.fail(f"{folder.name} can't be read yet:\n{error}", pytrace=False)


def texts(value: Any, languages: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Every text of a stored pack, in all its languages."""
    if isinstance(value, dict) and value and set(value) <= set(languages):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one, languages)


def test_it_can_be_read(folder: Path) -> None:
    assert read(folder).id == folder.name, "its folder is called as its id"


def test_it_comes_back_from_a_database_as_it_was(folder: Path) -> None:
    pack = read(folder)
    assert Pack.from_json(json.loads(json.dumps(pack.to_json()))) == pack


def test_nothing_was_left_in_the_other_language(folder: Path) -> None:
    pack = read(folder)
    same = [
        f"says the same in {' and '.join(text)}: {words}"
        for text in texts(pack.to_json(), pack.languages)
        if len(text) > 1 and len(words := next(iter(text.values()))) > LONG and len(set(text.values())) == 1
    ]
    assert same == []
