"""Where in a TOML file a key was written; Python's own reader doesn't say."""

import re
from typing import Final

Path = tuple[str | int, ...]

# Nothing in a pack is nested deeper than a text of a prompt of a step of a movement.
_DEEP: Final = 12
_KEY: Final = re.compile(r"[A-Za-z0-9_\-.\"' ]+")


def lines_of(source: str) -> dict[Path, int]:
    """The line (from 1) of each table, each entry of an array of tables, and each key, by path.

    Good enough for pointing: what stands inside an inline table or a list has the line of its key. The source
    must be valid TOML.
    """
    lines: dict[Path, int] = {(): 1}
    entries: dict[Path, int] = {}
    table: Path = ()
    closing = ""
    for number, line in enumerate(source.split("\n"), start=1):
        if closing:
            closing = "" if closing in line else closing
            continue
        written = line.strip()
        header = _header(written)
        before, is_key, value = written.partition("=")
        if header:
            table = _resolve(_names(header), entries)
            if written.startswith("[["):
                entries[table] = entries.get(table, -1) + 1
                table = (*table, entries[table])
            _note(lines, table, number)
        elif is_key and _KEY.fullmatch(before):
            _note(lines, (*table, *_names(before)), number)
            closing = _left_open(value.strip())
    return lines


def line_at(lines: dict[Path, int], path: Path) -> int:
    """The line of this path, or of the nearest thing around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _header(written: str) -> str:
    """The name in `[name]` or `[[name]]`; "" if the line is neither."""
    name, bracket, after = written.lstrip("[").partition("]")
    after = after.removeprefix("]").strip()
    is_header = written.startswith("[") and bracket and (not after or after.startswith("#"))
    return name.strip() if is_header else ""


def _names(dotted: str) -> Path:
    return tuple(name.strip().strip("\"'") for name in dotted.split(".")[:_DEEP])


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
