"""Reads crosswalk.toml, and compares a pack with earlier versions of it that are at hand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from hubcraft.content.crosswalk import Crosswalk, known_keys, passages_between
from hubcraft.content.folder import Folder
from hubcraft.content.table import LOOK_FOR_PARTS, Table, is_version, numbers_of
from hubcraft.domain.crosswalks import Fate, Passage, said

if TYPE_CHECKING:
    from hubcraft.content.pack import Pack

FILE: Final = "crosswalk.toml"

_KINDS: Final = tuple(it.value for it in Fate if it is not Fate.SAME)
# How many keys each kind names before and after: one, or several (2), or none.
_SIDES: Final = {
    Fate.REWORDED: (1, 1),
    Fate.SPLIT: (1, 2),
    Fate.MERGED: (2, 1),
    Fate.NEW: (0, 1),
    Fate.GONE: (1, 0),
}


Places = dict[str, Table]


def read_crosswalks(folder: Folder, pack: Table, pack_id: str, places: Places) -> tuple[Crosswalk, ...]:
    """crosswalk.toml, where there is one. `places` are the tables of what can be rated in this pack, by key."""
    if not folder.has(FILE):
        return ()
    table = folder.table(FILE, pack.languages)
    if table is None:
        return ()
    tables = table.tables("from")
    if not tables:
        table.wrong("There is no earlier version here.", "Begin each with [[from]], or remove the file.")
    read = tuple(_read_crosswalk(one, pack, pack_id, places) for one in tables)
    for place, one in enumerate(read):
        if one.version in [other.version for other in read[:place]]:
            tables[place].wrong(
                f"Version {one.version} stands here twice.",
                "Say all changes from it in one place.",
                "version",
            )
    table.done()
    return read


def _read_crosswalk(table: Table, pack: Table, pack_id: str, places: Places) -> Crosswalk:
    version = table.version("version")
    own = pack.content.get("version")
    if is_version(version) and is_version(own) and numbers_of(version) >= numbers_of(own):
        table.wrong(
            f"Version {version} is not earlier than this one, {own}.", "Name an earlier version.", "version"
        )
    tables = table.tables("changes")
    if not tables:
        table.wrong("Nothing changed from this version.", "Begin each with [[from.changes]], or remove it.")
    passages = tuple(_read_change(one, pack_id, places) for one in tables)
    for side, what in (("before", "from"), ("after", "to")):
        seen = set[str]()
        for one, passage in zip(tables, passages, strict=True):
            for key in getattr(passage, side):
                if key in seen:
                    one.wrong(f'"{key}" changes twice from this version.', "Say it once.", what)
                seen.add(key)
    still = {key for passage in passages for key in passage.after}
    for one, passage in zip(tables, passages, strict=True):
        for key in passage.before:
            if key in places and key not in still and passage.fate is not Fate.GONE:
                one.wrong(
                    f'"{key}" became something else, and is in this version all the same.',
                    'Give what is there now a key of its own, or say that it is kind = "new".',
                    "from",
                )
    table.done()
    return Crosswalk(version, passages)


def _read_change(table: Table, pack_id: str, places: Places) -> Passage:
    fate = Fate(table.choice("kind", _KINDS))
    before, after = (
        _read_side(table, key, count, fate) for key, count in zip(("from", "to"), _SIDES[fate], strict=True)
    )
    comparable = table.boolean("comparable") if fate is Fate.REWORDED else False
    for key in before:
        if not key.startswith(f"{pack_id}/"):
            table.wrong(f'"{key}" is not of this pack.', f'Write a whole key: "{pack_id}/…".', "from")
        elif fate is Fate.GONE and key in places:
            table.wrong(f'"{key}" is not gone, it is in this version.', "Remove this change.", "from")
    for key in after:
        if key not in places:
            table.wrong(
                f'There is no practice or look-for "{key}" in this pack.', "Write its whole key.", "to"
            )
    if len({key.count("/") for key in (*before, *after)}) > 1:
        table.wrong("A practice and a look-for stand in one change.", "Say each of its own.")
    table.done()
    return said(fate, before, after, comparable=comparable)


def _read_side(table: Table, key: str, count: int, fate: Fate) -> tuple[str, ...]:
    """The keys on one side of a change: one in quotes, several as a list, or none at all."""
    if count == 0:
        return ()
    if count == 1:
        return table.one_whole_key(key)
    keys = table.whole_keys(key)
    if key not in table.content:
        table.wrong(f"{key} is missing.", f'Add {key} = ["…", "…"].')
    elif len(keys) == 1:
        table.wrong(
            f"Something is {fate.value} {'into' if key == 'to' else 'from'} one.", "Name two or more.", key
        )
    return keys


def check_earlier(pack: "Pack", table: Table, places: Places, earlier: Sequence["Pack"]) -> None:
    """Note what has other words than in an earlier version while no change of the crosswalk says so."""
    for one in earlier:
        if one.id != pack.id or one.digest == pack.digest or one.numbers > pack.numbers:
            continue
        if one.numbers == pack.numbers:
            table.wrong(
                f"There is a version {one.version} with other words.", "Raise the version.", "version"
            )
            continue
        for passage in passages_between(one, pack):
            if passage.fate is Fate.REWORDED and not passage.is_said and passage.after[0] in places:
                (key,) = passage.after
                places[key].wrong(
                    f'"{key}" has other words than in version {one.version}.',
                    f'Say in {FILE}, below [[from]] with version = "{one.version}", that it was reworded, and whether'
                    " the two can be compared; or give it a key of its own.",
                    "text" if key.count("/") == LOOK_FOR_PARTS - 1 else "title",
                )


def check_crosswalks(crosswalks: Sequence[Crosswalk], folder: Folder, earlier: Sequence["Pack"]) -> None:
    """Note what the crosswalk says of an earlier version that was not in it."""
    there = {one.version: known_keys(one) for one in earlier}
    for crosswalk in crosswalks:
        if crosswalk.version in there:
            for passage in crosswalk.passages:
                for key in passage.before:
                    if key not in there[crosswalk.version]:
                        folder.wrong(
                            FILE,
                            _line_of(folder, key),
                            f'Version {crosswalk.version} has no "{key}".',
                            "Write a key that it had.",
                        )


def _line_of(folder: Folder, key: str) -> int | None:
    lines = (folder.words(FILE) or "").split("\n")
    return next((number for number, line in enumerate(lines, start=1) if f'"{key}"' in line), None)
