"""The frameworks as pages: what each is about, line by line, with whose words these are and what they rest on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from hubcraft.apps.frameworks.queries import newest_of_each, newest_pack, pack_of
from hubcraft.content import Domain, LookFor, Practice
from hubcraft.content.adapting import is_own_id
from hubcraft.content.text import DRAFT
from hubcraft.domain.finding import how_well
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class Line:
    """A line of a framework to read: what it says, whose words these are, and where it is read about."""

    key: str
    html: SafeString
    text: str
    status: str
    address: str


@dataclass(frozen=True)
class Named:
    """A look-for or a practice by its words, and where it is read about."""

    key: str
    text: str
    address: str
    # Of a practice all its look-fors, of a look-for itself.
    look_fors: tuple[str, ...]


@dataclass(frozen=True)
class PracticeRead:
    """A work practice to read, with its look-fors."""

    title: str
    status: str
    look_fors: tuple[Line, ...]
    # What shows that a work of a stage is in place, and whose words that is.
    evidence: tuple[tuple[str, str], ...]
    # What of other frameworks is part of this work.
    belongs: tuple[Named, ...]


@dataclass(frozen=True)
class DomainRead:
    """A domain to read; `number` is empty where it has none."""

    key: str
    address: str
    number: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    goal: str
    status: str
    practices: tuple[PracticeRead, ...]
    credit: str
    has_rubric: bool

    @property
    def look_fors(self) -> tuple[Line, ...]:
        """All of them, in the order of the poster."""
        return tuple(line for practice in self.practices for line in practice.look_fors)

    @property
    def has_drafts(self) -> bool:
        """Whether a line of it is ours."""
        return any(DRAFT in (it.status, *(line.status for line in it.look_fors)) for it in self.practices)


@dataclass(frozen=True)
class SourceView:
    """Something published that a line rests on."""

    title: str
    address: str


@dataclass(frozen=True)
class LookForRead:
    """A look-for to read, with what it rests on, between the one before it and the one after it."""

    line: Line
    practice: str
    domain: DomainRead
    sources: tuple[SourceView, ...]
    before: Line | None
    after: Line | None


@dataclass(frozen=True)
class FrameworkRead:
    """A framework to read."""

    key: str
    pack: str
    kind: str
    name: str
    text: str
    domains: tuple[DomainRead, ...]
    credit: str
    is_our_translation: bool


# Where everybody reads the frameworks.
LIBRARY = "/framework/"


def address_of(key: str) -> str:
    """Where a domain or a look-for is read about, by its whole key."""
    return f"{LIBRARY}{key}/"


def list_frameworks(language: str, teams: Collection[str] = ()) -> tuple[FrameworkRead, ...]:
    """Every framework there is, in its newest wording: the first pack's first, then by name; and these hubs' own."""
    rows = newest_of_each(teams)
    return tuple(framework for _key, row in rows for framework in frameworks_of(row, language))


@lru_cache(maxsize=64)
def frameworks_of(installed_id: str, language: str) -> tuple[FrameworkRead, ...]:
    """The frameworks of one installed pack."""
    pack = pack_of(installed_id)
    return tuple(
        FrameworkRead(
            key=it.key,
            pack=pack.id,
            kind=it.kind,
            name=it.name.in_(language),
            text=it.text.in_(language) if it.text else "",
            domains=tuple(domain_read(domain, language) for domain in it.domains),
            credit=pack.credit.in_(language),
            is_our_translation=pack.is_our_translation(language),
        )
        for it in pack.frameworks
    )


def domain_read(domain: Domain, language: str) -> DomainRead:
    """A domain in a reader's language."""
    return DomainRead(
        key=domain.key,
        address=address_of(domain.key),
        number=str(domain.number or ""),
        kind=domain.kind,
        name=domain.name.in_(language),
        aliases=tuple(alias.in_(language) for alias in domain.aliases),
        goal=domain.goal.in_(language) if domain.goal else "",
        status=domain.status,
        practices=tuple(practice_read(it, language) for it in domain.practices),
        credit=domain.credit.in_(language),
        has_rubric=domain.has_rubric,
    )


def practice_read(practice: Practice, language: str) -> PracticeRead:
    """A practice in a reader's language."""
    return PracticeRead(
        title=practice.title.in_(language),
        status=practice.status,
        look_fors=tuple(line_of(it, language) for it in practice.look_fors),
        evidence=tuple((it.text.in_(language), it.status) for it in practice.evidence),
        belongs=tuple(named(practice.belongs, language).values()),
    )


def named(keys: Iterable[str], language: str) -> dict[str, Named]:
    """Look-fors and practices by their whole keys, in the newest wording; those that no pack has are left out."""
    asked, of_pack = tuple(dict.fromkeys(keys)), dict[str, list[str]]()
    for key in asked:
        of_pack.setdefault(key.partition("/")[0], []).append(key)
    found: dict[str, Named] = {}
    for pack, within in of_pack.items():
        wanted = {key.rpartition("/")[0] for key in within} | {*within}
        for domain in domains_of(pack):
            for practice in domain.practices:
                if practice.key in wanted:
                    found |= {it.key: it for it in named_in(domain, practice, language)}
    return {key: found[key] for key in asked if key in found}


def named_in(domain: Domain, practice: Practice, language: str) -> Iterable[Named]:
    """A practice and each of its look-fors."""
    look_fors = practice.look_fors
    yield Named(
        practice.key,
        practice.title.in_(language),
        address_of(domain.key),
        tuple(it.key for it in look_fors),
    )
    for it in look_fors:
        yield Named(it.key, it.text.in_(language), address_of(it.key), (it.key,))


def domains_of(pack: str) -> tuple[Domain, ...]:
    """What is in a pack as it was installed last; nothing where it was not."""
    try:
        return pack_of(newest_pack(pack).id).domains
    except NotThere:
        return ()


def line_of(look_for: LookFor, language: str) -> Line:
    """A look-for as one line."""
    return Line(
        key=look_for.key,
        html=mark_safe(look_for.html.in_(language)),  # noqa: S308  (made by the pack reader from escaped text)
        text=look_for.text.in_(language),
        status=look_for.status,
        address=address_of(look_for.origin or look_for.key) if is_public(look_for) else "",
    )


def is_public(look_for: LookFor) -> bool:
    """Whether everybody can read about it, or about what it was taken over from: a hub's own words have no such page."""
    return not is_own_id(look_for.origin or look_for.key)


def read_domain(key: str, language: str, teams: Collection[str] = ()) -> tuple[FrameworkRead, DomainRead]:
    """A domain by its whole key, with the framework it is in."""
    for framework in list_frameworks(language, teams):
        for domain in framework.domains:
            if domain.key == key:
                return framework, domain
    raise NotThere


def has_page(key: str) -> bool:
    """Whether this is the key of a look-for, which has a page of its own; a practice has none."""
    return key.count("/") == 3


def read_look_for(key: str, language: str, teams: Collection[str] = ()) -> LookForRead:
    """A look-for by its whole key."""
    _framework, domain = read_domain("/".join(key.split("/")[:2]), language, teams)
    return look_for_in(domain, key, newest_pack(key.partition("/")[0], teams).id)


def read_former_look_for(installed_id: str, key: str, language: str) -> LookForRead:
    """The same in the wording of one installed pack, which may be an earlier one: nobody else reads about it."""
    domains = (domain for it in frameworks_of(installed_id, language) for domain in it.domains)
    domain = next((it for it in domains if it.key == "/".join(key.split("/")[:2])), None)
    if domain is None:
        raise NotThere
    found = look_for_in(domain, key, installed_id)
    return replace(found, line=replace(found.line, address=""), before=None, after=None)


def look_for_in(domain: DomainRead, key: str, installed_id: str) -> LookForRead:
    """A look-for of a domain, and what the pack says that it rests on."""
    lines = domain.look_fors
    place = next((at for at, it in enumerate(lines) if it.key == key), None)
    if place is None:
        raise NotThere
    return LookForRead(
        line=lines[place],
        practice=next(it.title for it in domain.practices if lines[place] in it.look_fors),
        domain=domain,
        sources=sources_of(key, installed_id),
        before=lines[place - 1] if place else None,
        after=lines[place + 1] if place + 1 < len(lines) else None,
    )


def sources_of(key: str, installed_id: str) -> tuple[SourceView, ...]:
    """What a look-for rests on, as far as its pack says."""
    pack = pack_of(installed_id)
    found = next(it for domain in pack.domains for it in domain.look_fors if it.key == key)
    return tuple(SourceView(it.title, it.address) for it in map(pack.source, found.sources))


def find_lines(asked: Sequence[str], language: str) -> tuple[tuple[int, str, str, str], ...]:
    """What of the frameworks holds these words: how well, the words, where they are read, what they are part of."""
    found = list[tuple[int, str, str, str]]()
    for framework in list_frameworks(language):
        for domain in framework.domains:
            told = " ".join((domain.name, *domain.aliases, domain.goal))
            within = [(told, domain.name, domain.address, framework.name)]
            within += [(it.title, it.title, domain.address, domain.name) for it in domain.practices]
            within += [(it.text, it.text, it.address, domain.name) for it in domain.look_fors]
            for text, shown, address, part_of in within:
                well = how_well(asked, text)
                if well is not None:
                    found.append((well, shown, address, part_of))
    return tuple(sorted(found, key=lambda it: -it[0]))
