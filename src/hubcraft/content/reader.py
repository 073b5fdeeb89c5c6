"""Reads a pack: pack.toml, credit.md, a file per domain, scripts; finds every mistake before it complains."""

import re
from pathlib import Path
from typing import Final

from hubcraft.content.folder import Folder
from hubcraft.content.mistakes import Mistake, PackError
from hubcraft.content.pack import (
    LOG,
    RUBRIC,
    Domain,
    Framework,
    LevelText,
    LookFor,
    Pack,
    Practice,
    Scale,
)
from hubcraft.content.script_reader import read_scripts
from hubcraft.content.table import Table
from hubcraft.content.text import DRAFT, PUBLISHED, Text, has_markup
from hubcraft.domain.rating import ASIDES

SHIPPED: Final = Path(__file__).parent / "packs"
LEVELS: Final = 4
LONGEST_KEY: Final = 160

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_VERSION: Final = re.compile(r"\d+\.\d+\.\d+")


def shipped_packs() -> tuple[Pack, ...]:
    """Every pack that comes with the program, by name of its folder. Raises PackError."""
    return tuple(read_pack(folder.parent) for folder in sorted(SHIPPED.glob("*/pack.toml")))


def shipped_pack(pack_id: str) -> Pack:
    """One of them. Raises KeyError."""
    found = {pack.id: pack for pack in shipped_packs()}
    return found[pack_id]


def read_pack(folder: Path) -> Pack:
    """The pack in this folder. Raises PackError with all its mistakes, each with file, line and remedy."""
    mistakes: list[Mistake] = []
    pack = _read_pack(Folder(folder, mistakes))
    if pack is None or mistakes:
        raise PackError(sorted(mistakes, key=lambda mistake: (mistake.file != "pack.toml", mistake.file)))
    return pack


def _read_pack(folder: Folder) -> Pack | None:
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
    translations = _read_translations(table)
    pack_id = table.key("id")
    version = table.string("version")
    if version and not _VERSION.fullmatch(version):
        table.wrong(f'"{version}" is no version.', 'Write three numbers: "1.0.0".', "version")
    name, authors, licence = table.text("name"), table.strings("authors"), table.string("licence")
    credit = _read_credit(folder, table)
    scales = _read_scales(table)
    frameworks = _read_frameworks(folder, table, pack_id, {scale.key: scale for scale in scales}, credit)
    scripts = read_scripts(folder, table, [domain for one in frameworks for domain in one.domains])
    table.done()
    return Pack(
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
    )


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
        source = folder.words(file)
        if source is None:
            continue
        words[language] = "\n\n".join(
            " ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", source.strip())
        )
        if not words[language]:
            folder.wrong(file, 1, "The credit is empty.", "Say whose words these are.")
        if has_markup(words[language]):
            folder.wrong(file, 1, "The credit contains HTML.", "Write plain paragraphs.")
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
    if level.key in ASIDES:
        table.wrong(f'"{level.key}" is an answer on every scale.', "Give the level another key.", "key")
    table.done()
    return level


def _read_frameworks(
    folder: Folder, pack: Table, pack_id: str, scales: dict[str, Scale], credit: Text
) -> tuple[Framework, ...]:
    tables = pack.tables("frameworks")
    frameworks, listed = [], set[str]()
    for table in tables:
        key, name = table.key(), table.text("name")
        domains: list[Domain] = []
        for domain_key in table.strings("domains"):
            if domain_key in listed:
                table.wrong(f'The key "{domain_key}" is used twice.', "List each domain once.", "domains")
                continue
            listed.add(domain_key)
            opened = folder.table(f"{domain_key}.toml", pack.languages)
            if opened is not None:
                domain = _read_domain(opened, f"{pack_id}/{domain_key}", scales, credit)
                if domain.number is not None and domain.number in [other.number for other in domains]:
                    opened.wrong(
                        f"The number {domain.number} is used twice.", "Number each domain.", "number"
                    )
                domains.append(domain)
        table.done()
        frameworks.append(Framework(key, name, tuple(domains)))
    pack.distinct(tables, [framework.key for framework in frameworks], "framework")
    folder.unlisted(
        "",
        listed | {"pack"},
        "No framework lists this domain.",
        'Add "{}" to the domains in pack.toml, or remove the file.',
    )
    return tuple(frameworks)


def _read_domain(table: Table, key: str, scales: dict[str, Scale], credit: Text) -> Domain:
    kind = table.choice("kind", (RUBRIC, LOG), RUBRIC)
    domain = Domain(
        key=key,
        kind=kind,
        number=table.number("number"),
        name=table.text("name"),
        aliases=table.texts("aliases"),
        heading=table.text_or_none("heading"),
        goal=table.text_or_none("goal"),
        instruction=table.text_or_none("instruction"),
        how_to=table.texts("how_to"),
        prompts=table.texts("prompts"),
        practices=_read_practices(table, key),
        scale=_read_scale_of(table, scales),
        status=table.choice("status", (PUBLISHED, DRAFT)),
        credit=credit,
    )
    if domain.has_rubric:
        for asked in ("goal", "instruction", "scale"):
            if asked not in table.content:
                table.wrong(f"{asked} is missing.", f"A domain with look-fors needs {asked}.")
    if kind == LOG and domain.practices:
        table.wrong("A log has no practices.", f'Remove them, or write kind = "{RUBRIC}".', "practices")
    table.done()
    return domain


def _read_scale_of(table: Table, scales: dict[str, Scale]) -> Scale | None:
    if "scale" not in table.content:
        table.asked.add("scale")
        return None
    key = table.key("scale")
    if key not in scales:
        known = ", ".join(scales) or "none yet"
        table.wrong(f'There is no scale "{key}".', f"Scales in pack.toml: {known}.", "scale")
    return scales.get(key)


def _read_practices(domain: Table, key: str) -> tuple[Practice, ...]:
    tables = domain.tables("practices")
    practices = tuple(_read_practice(table, key) for table in tables)
    domain.distinct(tables, [practice.key for practice in practices], "practice")
    return practices


def _read_practice(table: Table, domain_key: str) -> Practice:
    key, title = f"{domain_key}/{table.key()}", table.text("title")
    tables = table.tables("look_fors")
    look_fors = tuple(_read_look_for(one, key) for one in tables)
    table.distinct(tables, [look_for.key for look_for in look_fors], "look-for")
    table.done()
    return Practice(key, title, look_fors)


def _read_look_for(table: Table, practice_key: str) -> LookFor:
    look_for = LookFor(f"{practice_key}/{table.key()}", table.text("text", may_emphasise=True))
    if len(look_for.key) > LONGEST_KEY:
        table.wrong(f"{look_for.key} is too long.", f"Keys together have at most {LONGEST_KEY} signs.", "key")
    table.done()
    return look_for
