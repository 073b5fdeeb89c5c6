"""Reads the frameworks of a pack, and <domain>.toml for each domain they list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hubcraft.content import limits
from hubcraft.content.folder import Folder
from hubcraft.content.framework import (
    DOMAINS_OF,
    HEALTH,
    LOG,
    PRACTICE,
    RUBRIC,
    STAGE,
    Domain,
    Evidence,
    Framework,
    LookFor,
    Practice,
    Scale,
    whose,
)
from hubcraft.content.table import LOOK_FOR_PARTS, Table
from hubcraft.content.text import DRAFT, OWN, PUBLISHED, Text

# Files beside pack.toml that are no domains.
RESERVED: Final = ("pack", "sources", "crosswalk")

_STATUS: Final = (PUBLISHED, DRAFT)
# What belongs to a rubric, and to nothing else.
_OF_RUBRIC: Final = ("heading", "instruction", "how_to", "scale")


@dataclass(frozen=True)
class Around:
    """What the pack says that its domains point to."""

    pack: str
    scales: Mapping[str, Scale]
    sources: frozenset[str]
    credit: Text
    # The tables of what can be rated, by key.
    places: dict[str, Table] = field(default_factory=dict)
    # Whose words there may be; a hub's own only where a hub made the pack.
    statuses: tuple[str, ...] = (PUBLISHED, DRAFT)

    @property
    def is_own(self) -> bool:
        return OWN in self.statuses


def read_frameworks(folder: Folder, pack: Table, around: Around) -> tuple[Framework, ...]:
    """The frameworks of pack.toml, in its order; no domain is in two of them."""
    tables = pack.tables("frameworks")
    frameworks, listed = list[Framework](), set[str]()
    opened = list[tuple[Table, Domain]]()
    for table in tables:
        key, name = table.key(), table.text("name")
        kind = table.choice("kind", tuple(DOMAINS_OF), PRACTICE)
        text, text_status = table.text_or_none("text"), table.choice("text_status", _STATUS, DRAFT)
        if text is None and "text_status" in table.content:
            table.wrong("There is no text to say this of.", "Add text, or remove it.", "text_status")
        domains: list[Domain] = []
        for domain_key in _domain_keys(table, around.pack, listed):
            of_domain = folder.table(f"{domain_key}.toml", pack.languages)
            if of_domain is not None:
                of_domain.may_lack = around.is_own
                domain = _read_domain(of_domain, f"{around.pack}/{domain_key}", kind, around)
                if domain.number is not None and domain.number in [other.number for other in domains]:
                    of_domain.wrong(
                        f"The number {domain.number} is used twice.", "Number each domain.", "number"
                    )
                domains.append(domain)
                opened.append((of_domain, domain))
        table.done()
        frameworks.append(Framework(key, name, tuple(domains), kind, text, text_status))
    pack.distinct(tables, [framework.key for framework in frameworks], "framework")
    folder.unlisted(
        "",
        listed | set(RESERVED),
        "No framework lists this domain.",
        'Add "{}" to the domains in pack.toml, or remove the file.',
    )
    if len(opened) == len(listed):
        _check_belonging(opened, around.pack)
    return tuple(frameworks)


def _domain_keys(table: Table, pack: str, listed: set[str]) -> Iterable[str]:
    for key in table.strings("domains"):
        if key in listed:
            table.wrong(f'The key "{key}" is used twice.', "List each domain once.", "domains")
        elif key in RESERVED:
            table.wrong(f'"{key}" is no name for a domain.', "Give the domain another key.", "domains")
        elif not table.is_key(key, "domains"):
            continue
        elif len(f"{pack}/{key}") > limits.DOMAIN_KEY:
            table.wrong(
                f"{pack}/{key} is too long.",
                f"Keys together have at most {limits.DOMAIN_KEY} signs.",
                "domains",
            )
        elif len(listed) >= limits.DOMAINS:
            table.wrong("There are very many domains.", f"A pack has at most {limits.DOMAINS}.", "domains")
            return
        else:
            listed.add(key)
            yield key


def _read_domain(table: Table, key: str, framework: str, around: Around) -> Domain:
    of_kind = DOMAINS_OF[framework]
    kind = table.choice("kind", (RUBRIC, LOG, STAGE, HEALTH), RUBRIC)
    if kind not in of_kind:
        place = ("kind",) if "kind" in table.content else ()
        allowed = " or ".join(f'kind = "{one}"' for one in of_kind)
        table.wrong(
            f'A domain of kind "{kind}" is not in a framework of kind "{framework}".',
            f"Write {allowed}, or list it in another framework.",
            *place,
        )
    status = table.choice("status", around.statuses)
    domain = Domain(
        key=key,
        kind=kind,
        number=table.number("number"),
        name=table.text("name"),
        name_status=table.choice("name_status", around.statuses, status),
        aliases=table.texts("aliases"),
        heading=table.text_or_none("heading"),
        goal=table.text_or_none("goal"),
        instruction=table.text_or_none("instruction"),
        how_to=table.texts("how_to"),
        prompts=table.texts("prompts"),
        practices=_read_practices(table, key, status, around),
        scale=_read_scale_of(table, around.scales),
        status=status,
        credit=table.text_or_none("credit") or around.credit,
        sources=_sources(table, around),
        goal_status=table.choice("goal_status", around.statuses, status),
    )
    if domain.goal is None and "goal_status" in table.content:
        table.wrong("There is no goal to say this of.", "Add goal, or remove it.", "goal_status")
    _check_kind(table, domain)
    table.done()
    if domain.kind == RUBRIC:
        _note_places(table, domain, around.places)
    return domain


def _note_places(table: Table, domain: Domain, places: dict[str, Table]) -> None:
    """Where what can be rated stands, so that something may be said of it once the whole pack is read."""
    for of_practice, practice in zip(table.tables("practices"), domain.practices, strict=True):
        places[practice.key] = of_practice
        for of_look_for, look_for in zip(of_practice.tables("look_fors"), practice.look_fors, strict=True):
            places[look_for.key] = of_look_for


def _check_kind(table: Table, domain: Domain) -> None:
    """What a domain of this kind must have, and what it can't."""
    if domain.has_rubric:
        for asked in ("goal", "instruction", "scale"):
            if asked not in table.content:
                table.wrong(f"{asked} is missing.", f"A domain with look-fors needs {asked}.")
    what = {LOG: "A log", STAGE: "A stage", HEALTH: "A domain of health"}.get(domain.kind)
    if domain.kind in (LOG, HEALTH) and domain.practices:
        table.wrong(f"{what} has no practices.", f'Remove them, or write kind = "{RUBRIC}".', "practices")
    if domain.kind in (STAGE, HEALTH):
        if "goal" not in table.content:
            of = "what it is for" if domain.kind == STAGE else "what it means"
            table.wrong("goal is missing.", f"Say {of}, in a sentence or two.")
        for key in _OF_RUBRIC:
            if key in table.content:
                table.wrong(f"{what} has no rubric.", f"Remove {key}.", key)
    for place, practice in enumerate(domain.practices):
        path = ("practices", place)
        if domain.kind == STAGE and practice.look_fors:
            table.wrong(
                "A stage has no look-fors.",
                "Write what shows it as [[practices.evidence]].",
                *path,
                "look_fors",
            )
        if domain.kind == RUBRIC:
            for key in ("evidence", "belongs"):
                if getattr(practice, key):
                    table.wrong(f"Only the work of a stage has {key}.", "Remove it.", *path, key)


def _read_scale_of(table: Table, scales: Mapping[str, Scale]) -> Scale | None:
    if "scale" not in table.content:
        table.asked.add("scale")
        return None
    key = table.key("scale")
    if key not in scales:
        known = ", ".join(scales) or "none yet"
        table.wrong(f'There is no scale "{key}".', f"Scales in pack.toml: {known}.", "scale")
    return scales.get(key)


def _read_practices(domain: Table, key: str, status: str, around: Around) -> tuple[Practice, ...]:
    tables = domain.tables("practices")
    practices = tuple(_read_practice(table, key, status, around) for table in tables)
    domain.distinct(tables, [practice.key for practice in practices], "practice")
    return practices


def _read_practice(table: Table, domain_key: str, around_status: str, around: Around) -> Practice:
    key, title = _whole_key(table, domain_key), table.text("title")
    status = table.choice("status", around.statuses, around_status)
    usual = whose(around_status, status)
    tables, evidence_tables = table.tables("look_fors"), table.tables("evidence")
    look_fors = tuple(_read_look_for(one, key, usual, around) for one in tables)
    evidence = tuple(_read_evidence(one, key, usual, around) for one in evidence_tables)
    table.distinct(tables, [look_for.key for look_for in look_fors], "look-for")
    table.distinct(evidence_tables, [one.key for one in evidence], "evidence")
    practice = Practice(
        key,
        title,
        look_fors,
        status,
        _sources(table, around),
        evidence,
        table.whole_keys("belongs"),
        table.whole_key_or_none("origin", LOOK_FOR_PARTS - 1) or "",
    )
    table.done()
    return practice


def _read_look_for(table: Table, practice_key: str, usual: str, around: Around) -> LookFor:
    look_for = LookFor(
        key=_whole_key(table, practice_key),
        source=table.text("text", may_emphasise=True),
        status=table.choice("status", around.statuses, usual),
        sources=_sources(table, around),
        origin=table.whole_key_or_none("origin") or "",
    )
    if look_for.status == DRAFT and "sources" not in table.content:
        table.wrong(
            "This look-for is a draft and says no source.",
            'Add sources = ["…"], keys of sources.toml: what its words draw on.',
        )
    table.done()
    return look_for


def _read_evidence(table: Table, practice_key: str, usual: str, around: Around) -> Evidence:
    evidence = Evidence(
        key=_whole_key(table, practice_key),
        text=table.text("text"),
        status=table.choice("status", around.statuses, usual),
        sources=_sources(table, around),
    )
    table.done()
    return evidence


def _whole_key(table: Table, before: str) -> str:
    key = f"{before}/{table.key()}"
    if len(key) > limits.WHOLE_KEY:
        table.wrong(f"{key} is too long.", f"Keys together have at most {limits.WHOLE_KEY} signs.", "key")
    return key


def _sources(table: Table, around: Around) -> tuple[str, ...]:
    names = table.names("sources")
    for name in names:
        if name not in around.sources:
            known = ", ".join(sorted(around.sources)) or "none yet"
            table.wrong(f'There is no source "{name}".', f"Sources in sources.toml: {known}.", "sources")
    return names


def _check_belonging(opened: list[tuple[Table, Domain]], pack: str) -> None:
    """What belongs to a work and is of this pack must be in it; other packs are not at hand here."""
    practices = {practice.key for _, domain in opened for practice in domain.practices}
    known = practices | {look_for.key for _, domain in opened for look_for in domain.look_fors}
    for table, domain in opened:
        for place, practice in enumerate(domain.practices):
            for key in practice.belongs:
                if key.startswith(f"{pack}/") and key not in known:
                    table.wrong(
                        f'There is no practice or look-for "{key}" in this pack.',
                        "Write the whole key of one, or remove it.",
                        "practices",
                        place,
                        "belongs",
                    )
