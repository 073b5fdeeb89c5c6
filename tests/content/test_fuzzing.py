"""Whatever somebody sends as a pack, it is read or refused: no other fault, nothing written, in little time and memory."""

import os
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubcraft.content import Mistake, Pack, PackError, limits, read_brought_pack
from tests.content.broken import GOOD
from tests.content.zips import zip_of

# What any reader may take at its most; a sound pack of this size takes a tenth of it.
MEMORY = 60_000_000
LONG = bool(os.environ.get("HUBCRAFT_SOAK"))
GOOD_ZIP = zip_of(GOOD)
TOML = sorted(name for name in GOOD if name.endswith(".toml"))
# Pieces that TOML, zips and markup are made of, and numbers at their edges.
PIECES = (
    *(
        b"[[",
        b"]]",
        b"[",
        b"{",
        b"}",
        b'"',
        b'"""',
        b"'''",
        b"=",
        b".",
        b",",
        b"\n",
        b"\r",
        b"\0",
        b"*",
        b"\\",
        b"../",
    ),
    *(b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"\xff\xfe", b"\xef\xbb\xbf", b"\\u0000"),
    *(
        b"true",
        b"nan",
        b"inf",
        b"-0",
        b"1e999",
        b"0x" + b"f" * 40,
        b"9" * 40,
        b"1979-05-27",
        b"<b>",
        b"&amp;",
    ),
    *(b"key = ", b"[[practices]]\n", b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f"),
)


def read_or_refuse(packed: bytes | Path) -> Pack | None:
    """The pack, or nothing; every other fault goes through. What is read can be stored."""
    told: tuple[Mistake, ...] = ()
    pack = None
    try:
        pack = read_brought_pack(packed)
    except PackError as error:
        told = error.mistakes
    assert (pack is None) == bool(told)
    assert len(told) <= limits.MISTAKES
    assert all(str(it).isprintable() and it.what and it.remedy for it in told)
    assert pack is None or Pack.from_json(pack.to_json()) == pack
    return pack


def mutated(source: bytes, chance: random.Random) -> bytes:
    """The same bytes with a few of them changed, cut, doubled, or pieces put in between."""
    changed = bytearray(source)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        to = min(len(changed), at + chance.choice((1, 1, 2, 4, 30, 400)))
        match chance.randrange(6):
            case 0 if at < len(changed):
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at:to]
            case 2:
                changed[at:at] = changed[at:to] * chance.randint(1, 20)
            case 3:
                changed[at:to] = chance.choice(PIECES)
            case _:
                changed[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 2, 50))
    return bytes(changed)


def mutations(seed: int) -> Iterator[bytes]:
    """Zips that are damaged, and sound zips with damaged files, in turn."""
    chance = random.Random(seed)
    while True:
        yield mutated(GOOD_ZIP, chance)
        name = chance.choice(TOML)
        words = GOOD[name]
        yield zip_of({**GOOD, name: mutated(words.encode() if isinstance(words, str) else words, chance)})


def read_many(folder: Path, seed: int, count: int) -> int:
    """How many of so many were read after all; nothing is written meanwhile, and memory stays small."""
    (folder / "outside").mkdir()
    before = sorted(folder.rglob("*"))
    tracemalloc.start()
    try:
        found = mutations(seed)
        read = sum(read_or_refuse(next(found)) is not None for _ in range(count))
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < MEMORY
    assert sorted(folder.rglob("*")) == before
    return read


def test_damaged_zips_and_files_are_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # Some changes do no harm, most do: neither is everything refused nor everything let in.
    assert 0 < read_many(tmp_path, seed=6, count=60) < 40


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_very_many_damaged_ones_are_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.chdir(tmp_path)
    read_many(tmp_path, seed=1_000 + seed, count=3_000)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    (
        *(
            "key",
            "text",
            "title",
            "name",
            "status",
            "kind",
            "practices",
            "look_fors",
            "sources",
            "belongs",
            "origin",
        ),
        *(
            "evidence",
            "number",
            "goal",
            "prompts",
            "from",
            "to",
            "changes",
            "version",
            "movements",
            "steps",
            "pages",
        ),
    )
)


def toml_of(value: object) -> str:
    """A value as TOML writes it; none is an empty text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(map(toml_of, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml_of(key)} = {toml_of(one)}" for key, one in value.items()) + "}"
    signs = "".join(f"\\U{ord(sign):08X}" for sign in str(value or ""))
    return f'"{signs}"'


@settings(max_examples=3_000 if LONG else 25, deadline=None)
@given(st.sampled_from(TOML), st.dictionaries(KEYS, VALUES, min_size=1, max_size=3), st.booleans())
def test_a_value_that_nobody_expects_somewhere_is_refused_in_words(
    file: str, values: dict[str, object], is_first: bool
) -> None:
    """Sound TOML of an unsound shape: a list for a text, a table for a list, in the first table or in the last."""
    lines = "".join(f"{key} = {toml_of(one)}\n" for key, one in values.items())
    words = str(GOOD[file])
    read_or_refuse(zip_of({**GOOD, file: lines + words if is_first else words + lines}))


@settings(max_examples=3_000 if LONG else 25, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(TOML))
def test_any_bytes_at_all_are_refused_in_words(noise: bytes, file: str) -> None:
    assert read_or_refuse(noise) is None
    read_or_refuse(zip_of({**GOOD, file: noise}))


COSTLY = {
    "spaces": "status = 1\n" + " " * 5_900,
    "long keys": "\n".join("a." * 99 + f"b{number} = 1" for number in range(1_100)),
    "long headers": "\n".join(f"[{'a.' * 99}b{number}]\nc = 1" for number in range(1_000)),
    "many tables": "[[practices]]\n" * 17_000,
    "empty texts": f"aliases = [\n{'{},' * 1_900}\n" + f"{'{},' * 1_900}\n" * 40 + "]\n",
    "unknown keys": "\n".join(f"k{number} = 1" for number in range(20_000)),
    "deep inline tables": "x = " + "{a = " * 900 + "1" + "}" * 900,
    "quotes": "x = '" + "\"'\n" * 80_000,
    "stars": 'goal.en = "' + "*a" * 900 + '"',
    "ampersands": 'goal.en = "' + "&a" * 900 + '"',
    "practices that belong to much": '[[practices]]\nkey = "k"\nbelongs = [\n'
    + '"a/b/c",\n' * 24_000
    + "]\n",
}


@pytest.mark.parametrize("words", COSTLY.values(), ids=COSTLY)
@pytest.mark.timeout(120)
def test_what_is_costly_to_read_is_refused_soon(words: str) -> None:
    assert read_or_refuse(costly(words)) is None


@pytest.mark.slow
@pytest.mark.parametrize("words", COSTLY.values(), ids=COSTLY)
def test_what_is_costly_to_read_takes_little_memory(words: str) -> None:
    tracemalloc.start()
    try:
        assert read_or_refuse(costly(words, *sorted(TOML))) is None
        assert tracemalloc.get_traced_memory()[1] < MEMORY * 2
    finally:
        tracemalloc.stop()


def costly(words: str, *files: str) -> bytes:
    """The good pack with these words in some files, and bytes that don't shrink, lest it be refused as a bomb at once."""
    assert len(words.encode()) <= limits.FILE
    noise = {"notes.md": random.Random(1).randbytes(60_000)}
    return zip_of({**GOOD, **dict.fromkeys(files or ("first.toml",), words), **noise})
