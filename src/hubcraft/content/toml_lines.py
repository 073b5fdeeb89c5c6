"""Where in a TOML file a key was written; Python's own reader doesn't say."""

import re
from typing import Final

Path = tuple[str | int, ...]

_TABLE: Final = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY: Final = re.compile(r"^\s*([A-Za-z0-9_\-.\"' ]+?)\s*=(.*)$")


def lines_of(source: str) -> dict[Path, int]:
    """The line (from 1) of each table, each entry of an array of tables, and each key, by path.

    Good enough for pointing: what stands inside an inline table or a list has the line of its key. The source
    must be valid TOML.
    """
    lines: dict[Path, int] = {(): 1}
    entries: dict[Path, int] = {}
    table: Path = ()
    closing = ""
    for number, line in enumerate(source.splitlines(), start=1):
        if closing:
            closing = "" if closing in line else closing
        elif header := _TABLE.match(line):
            table = _resolve(_names(header[2]), entries)
            if header[1] == "[[":
                entries[table] = entries.get(table, -1) + 1
                table = (*table, entries[table])
            _note(lines, table, number)
        elif key := _KEY.match(line):
            _note(lines, (*table, *_names(key[1])), number)
            closing = _left_open(key[2].strip())
    return lines


def line_at(lines: dict[Path, int], path: Path) -> int:
    """The line of this path, or of the nearest thing around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _names(dotted: str) -> Path:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))


def _resolve(names: Path, entries: dict[Path, int]) -> Path:
    path: Path = ()
    for place, name in enumerate(names):
        path = (*path, name)
        if path in entries and place < len(names) - 1:
            path = (*path, entries[path])
    return path


def _note(lines: dict[Path, int], path: Path, number: int) -> None:
    for length in range(1, len(path) + 1):
        lines.setdefault(path[:length], number)


def _left_open(value: str) -> str:
    for quotes in ('"""', "'''"):
        if value.startswith(quotes) and quotes not in value[3:]:
            return quotes
    return "]" if value.startswith("[") and "]" not in value else ""
