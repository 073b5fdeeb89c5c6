"""Reads a pack: pack.toml, credit.md, sources, a file per domain, scripts; finds every mistake before it complains."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hubcraft.content import limits
from hubcraft.content.crosswalk_reader import check_crosswalks, check_earlier, read_crosswalks
from hubcraft.content.folder import Folder
from hubcraft.content.framework import LevelText, Scale, Source
from hubcraft.content.framework_reader import Around, read_frameworks
from hubcraft.content.mistakes import Mistakes, PackError, TooManyMistakes
from hubcraft.content.pack import Pack
from hubcraft.content.script_reader import read_scripts
from hubcraft.content.table import Table
from hubcraft.content.text import DRAFT, PUBLISHED, Text, has_markup, has_unseen
from hubcraft.content.text import OWN as OWN_WORDS
from hubcraft.content.unpacking import unpack
from hubcraft.domain.rating import ASIDES

SHIPPED: Final = Path(__file__).parent / "packs"
LEVELS: Final = 4
OWN: Final = "own-"

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_ADDRESS: Final = re.compile(r"https?://[^\s/]+\.[^\s]+")
_NOBODYS: Final[Mapping[str, str]] = MappingProxyType({})
_SHIPS: Final = "a pack that comes with the program has it."
_HUBS: Final = f'what begins with "{OWN}" a hub makes for itself.'


@lru_cache(maxsize=1)
def shipped_packs() -> tuple[Pack, ...]:
    """Every pack that comes with the program, by name of its folder; read once a process. Raises PackError."""
    return tuple(read_pack(folder.parent) for folder in sorted(SHIPPED.glob("*/pack.toml")))


def shipped_pack(pack_id: str) -> Pack:
    """One of them. Raises KeyError."""
    found = {pack.id: pack for pack in shipped_packs()}
    return found[pack_id]


def read_pack(
    source: Path | bytes, taken: Mapping[str, str] = _NOBODYS, earlier: Sequence[Pack] = ()
) -> Pack:
    """The pack in this folder, in this zip, or in a zip's bytes.

    `taken` are ids it may not have, with what is to be said of each; with the `earlier` versions that are at hand
    it is compared. Raises PackError with all its mistakes, each with file, line and remedy.
    """
    mistakes = Mistakes()
    try:
        pack = _read_pack(unpack(source, mistakes), taken, earlier)
    except TooManyMistakes:
        pack = None
    if pack is None or mistakes:
        raise PackError(mistakes.in_order())
    return pack


def read_brought_pack(
    source: Path | bytes, taken: Mapping[str, str] = _NOBODYS, earlier: Sequence[Pack] = ()
) -> Pack:
    """A pack that somebody brings: its id is not that of one that comes with the program, nor a hub's own.

    What lies in the program's own folder is a pack that comes with it. Raises PackError.
    """
    is_shipped = isinstance(source, Path) and source.is_dir() and source.resolve().parent == SHIPPED.resolve()
    ours = {} if is_shipped else {folder.parent.name: _SHIPS for folder in SHIPPED.glob("*/pack.toml")}
    return read_pack(source, {**taken, **ours, OWN: _HUBS}, earlier)


def _read_pack(folder: Folder, taken: Mapping[str, str], earlier: Sequence[Pack]) -> Pack | None:
    table = folder.table("pack.toml")
    if table is None:
        return None
    languages = table.strings("languages")
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            table.wrong(
                f'"{language}" is no language.', 'Write tags like "en", "es" or "es-MX".', "languages"
            )
    table.languages = languages or ("en",)
    if len(languages) > limits.LANGUAGES:
        table.wrong("There are very many languages.", f"A pack has at most {limits.LANGUAGES}.", "languages")
        return None
    if len(set(languages)) < len(languages):
        table.wrong("A language stands here twice.", "Name each once.", "languages")
    translations = _read_translations(table)
    pack_id = _read_id(table, taken)
    version = table.version()
    table.may_lack = pack_id.startswith(OWN)
    name, authors, licence = table.text("name"), table.strings("authors"), table.string("licence")
    credit = _read_credit(folder, table)
    scales = _read_scales(table)
    sources = _read_sources(folder)
    around = Around(
        pack_id,
        {scale.key: scale for scale in scales},
        frozenset(source.key for source in sources),
        credit,
        statuses=(PUBLISHED, DRAFT, OWN_WORDS) if pack_id.startswith(OWN) else (PUBLISHED, DRAFT),
    )
    frameworks = read_frameworks(folder, table, around)
    scripts = read_scripts(folder, table, [domain for one in frameworks for domain in one.domains])
    crosswalks = read_crosswalks(folder, table, pack_id, around.places)
    table.done()
    folder.strange()
    pack = Pack(
        id=pack_id,
        version=version,
        name=name,
        authors=authors,
        licence=licence,
        credit=credit,
        languages=tuple(table.languages),
        scales=scales,
        frameworks=frameworks,
        scripts=scripts,
        translations=translations,
        sources=sources,
        crosswalks=crosswalks,
    )
    if not folder.mistakes:
        check_crosswalks(crosswalks, folder, [it for it in earlier if it.id == pack.id])
        check_earlier(pack, table, around.places, earlier)
    return pack


def _read_id(table: Table, taken: Mapping[str, str]) -> str:
    pack_id = table.key("id")
    if len(pack_id) > limits.ID:
        table.wrong(f"{pack_id} is too long.", f"An id has at most {limits.ID} signs.", "id")
    why = taken.get(OWN if pack_id.startswith(OWN) else pack_id)
    if why is not None:
        table.wrong(f'The id "{pack_id}" is taken: {why}', "Give your pack an id of its own.", "id")
    return pack_id


def _read_translations(pack: Table) -> dict[str, str]:
    """Whose translation each further language is, where that is said: translations.es = "draft"."""
    table = pack.table("translations")
    further = pack.languages[1:]
    for language in table.content:
        table.asked.add(language)
        if language not in further:
            table.wrong(
                f'"{language}" is no language this pack is translated into.',
                f"Remove it, or write one of: {', '.join(further) or 'none yet'}.",
                language,
            )
    return {tag: table.choice(tag, (PUBLISHED, DRAFT)) for tag in further if tag in table.content}


def _read_credit(folder: Folder, table: Table) -> Text:
    """credit.md in the first language, credit.<language>.md in each other one."""
    default = table.languages[0]
    words: dict[str, str] = {default: ""}
    for language in table.languages:
        file = "credit.md" if language == default else f"credit.{language}.md"
        source = folder.words(file, limits.CREDIT)
        if source is None:
            continue
        words[language] = "\n\n".join(
            " ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", source.strip())
        )
        if not words[language]:
            folder.wrong(file, 1, "The credit is empty.", "Say whose words these are.")
        if has_markup(words[language]):
            folder.wrong(file, 1, "The credit contains HTML.", "Write plain paragraphs.")
        if has_unseen(words[language]):
            folder.wrong(
                file, 1, "The credit has a sign that would not be seen.", "Write it again, letter by letter."
            )
    return Text(words, default)


def _read_scales(pack: Table) -> tuple[Scale, ...]:
    tables = pack.tables("scales")
    scales = tuple(_read_scale(table) for table in tables)
    pack.distinct(tables, [scale.key for scale in scales], "scale")
    return scales


def _read_scale(table: Table) -> Scale:
    key, prompt = table.key(), table.text_or_none("strategy_prompt")
    tables = table.tables("levels")
    if len(tables) != LEVELS:
        table.wrong(f"This scale has {len(tables)} levels.", f"A scale has {LEVELS} levels, lowest first.")
    levels = tuple(_read_level(level, fill) for fill, level in enumerate(tables, start=1))
    table.distinct(tables, [level.key for level in levels], "level")
    table.done()
    return Scale(key, levels, prompt)


def _read_level(table: Table, fill: int) -> LevelText:
    level = LevelText(
        key=table.key(),
        label=table.text("label"),
        short=table.text("short"),
        short_status=table.choice("short_status", (PUBLISHED, DRAFT)),
        fill=fill,
        names_strategy=table.boolean("names_strategy"),
    )
    if len(level.key) > limits.LEVEL_KEY:
        table.wrong(
            f"{level.key} is too long.", f"A level's key has at most {limits.LEVEL_KEY} signs.", "key"
        )
    if level.key in ASIDES:
        table.wrong(f'"{level.key}" is an answer on every scale.', "Give the level another key.", "key")
    table.done()
    return level


def _read_sources(folder: Folder) -> tuple[Source, ...]:
    """sources.toml, where there is one: what words of ours draw on."""
    if not folder.has("sources.toml"):
        return ()
    table = folder.table("sources.toml")
    if table is None:
        return ()
    tables = table.tables("sources")
    if not tables:
        table.wrong("There are no sources.", "Begin each with [[sources]], or remove the file.")
    sources = tuple(_read_source(one) for one in tables)
    table.distinct(tables, [source.key for source in sources], "source")
    table.done()
    return sources


def _read_source(table: Table) -> Source:
    source = Source(table.key(), table.string("title"), table.string_or_none("address") or "")
    if source.address and not _ADDRESS.fullmatch(source.address):
        table.wrong(f'"{source.address}" is no address.', 'Write it whole: "https://…".', "address")
    table.done()
    return source
