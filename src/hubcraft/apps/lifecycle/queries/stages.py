"""The stages of the life cycle as the framework has them: what each is for, its work, and what shows that it is in place."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from hubcraft.apps.frameworks.queries import newest_pack, pack_of
from hubcraft.content import Pack, Practice
from hubcraft.content.framework import STAGE
from hubcraft.content.text import DRAFT
from hubcraft.domain.verdict import NotThere

LIFE_CYCLE = "network-life-cycle"


@dataclass(frozen=True)
class SourceView:
    """What a line of ours draws on."""

    title: str
    address: str


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as the framework words it; `address` is what its page ends with."""

    key: str
    address: str
    text: str
    is_draft: bool
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class Belonging:
    """A look-for or a practice of another framework that is part of a work; where it can be read, if it can."""

    key: str
    text: str
    address: str
    # Of a practice all its look-fors, of a look-for itself.
    look_fors: tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """One kind of work of a stage."""

    key: str
    title: str
    pieces: tuple[Piece, ...]
    belongs: tuple[Belonging, ...]


@dataclass(frozen=True)
class Stage:
    """One stage; `slug` names it in addresses."""

    key: str
    slug: str
    name: str
    goal: str
    works: tuple[Work, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for work in self.works for piece in work.pieces)


@dataclass(frozen=True)
class LifeCycle:
    """All stages in order, and whose words they are."""

    stages: tuple[Stage, ...]
    credit: str

    def stage(self, key: str) -> Stage | None:
        """The stage with this key, if the framework has it."""
        return next((it for it in self.stages if it.key == key), None)

    def piece(self, key: str) -> Piece | None:
        """The piece of evidence with this key, if the framework has it."""
        return next((it for stage in self.stages for it in stage.pieces if it.key == key), None)


class Packs:
    """Installed packs in their newest wording, each looked up once."""

    def __init__(self) -> None:
        self.found: dict[str, Pack | None] = {}

    def get(self, key: str) -> Pack | None:
        if key not in self.found:
            try:
                self.found[key] = pack_of(newest_pack(key).id)
            except NotThere:
                self.found[key] = None
        return self.found[key]


def find_life_cycle(language: str, hub_address: str = "") -> LifeCycle | None:
    """The life cycle as it was installed last; None where it was not. Only for a hub's own page is it looked up what
    belongs to each work: look-fors lead to the hub's pages of them."""
    packs = Packs()
    pack = packs.get(LIFE_CYCLE)
    if pack is None:
        return None
    stages = []
    for domain in pack.domains:
        if domain.kind != STAGE:
            continue
        works = tuple(work_of(it, pack, packs, language, hub_address) for it in domain.practices)
        slug = domain.key.partition("/")[2]
        goal = domain.goal.in_(language) if domain.goal else ""
        stages.append(Stage(domain.key, slug, domain.name.in_(language), goal, works))
    return LifeCycle(tuple(stages), pack.credit.in_(language)) if stages else None


def get_life_cycle(language: str, hub_address: str = "") -> LifeCycle:
    """The same; raises NotThere where there is none."""
    found = find_life_cycle(language, hub_address)
    if found is None:
        raise NotThere
    return found


def work_of(practice: Practice, pack: Pack, packs: Packs, language: str, hub_address: str) -> Work:
    """One work with its evidence and what belongs to it."""
    named = {it.key: SourceView(it.title, it.address) for it in pack.sources}
    pieces = tuple(
        Piece(
            key=it.key,
            address=it.key.partition("/")[2],
            text=it.text.in_(language),
            is_draft=it.status == DRAFT,
            sources=tuple(named[key] for key in it.sources if key in named),
        )
        for it in practice.evidence
    )
    keys = practice.belongs if hub_address else ()
    belongs = (belonging_of(key, packs, language, hub_address) for key in keys)
    title = practice.title.in_(language)
    return Work(practice.key, title, pieces, tuple(it for it in belongs if it is not None))


def belonging_of(key: str, packs: Packs, language: str, hub_address: str) -> Belonging | None:
    """A look-for or practice by its whole key; None where no pack that is installed has it."""
    pack = packs.get(key.partition("/")[0])
    for domain in pack.domains if pack is not None else ():
        for practice in domain.practices:
            if practice.key == key:
                of = tuple(it.key for it in practice.look_fors)
                return Belonging(key, practice.title.in_(language), domain_address(domain.key), of)
            for it in practice.look_fors:
                if it.key == key:
                    return Belonging(key, it.text.in_(language), look_for_address(key, hub_address), (key,))
    return None


def domain_address(key: str) -> str:
    """Where everybody reads a domain."""
    return address_of("library-domain", *key.split("/"))


def look_for_address(key: str, hub_address: str) -> str:
    """Where a hub reads a look-for with what it said of it; else where everybody reads its domain."""
    _n, _network, network_id, _teams, hub_id, *_rest = (*hub_address.split("/"), "", "", "", "", "")
    own = address_of("hub-look-for", network_id, hub_id, *key.split("/")) if hub_id else ""
    return own or domain_address(key.rpartition("/")[0].rpartition("/")[0])


def address_of(name: str, *parts: str) -> str:
    """An address by its name; empty where there is no such page."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""
