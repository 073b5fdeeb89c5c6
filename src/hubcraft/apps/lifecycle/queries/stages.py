"""The stages of the life cycle as the framework has them: what each is for, its work, and what shows that it is in place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from hubcraft.apps.frameworks.queries import newest_pack, pack_of
from hubcraft.apps.frameworks.queries.library import Named, SourceView, has_page, named
from hubcraft.content import Pack, Practice
from hubcraft.content.framework import STAGE
from hubcraft.content.text import DRAFT
from hubcraft.domain.verdict import NotThere

LIFE_CYCLE = "network-life-cycle"


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as the framework words it; `address` is what its page ends with."""

    key: str
    address: str
    text: str
    is_draft: bool
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class Work:
    """One kind of work of a stage."""

    key: str
    title: str
    pieces: tuple[Piece, ...]
    # What of other frameworks is part of it.
    belongs: tuple[Named, ...]


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


def find_life_cycle(language: str, hub_address: str = "") -> LifeCycle | None:
    """The life cycle as it was installed last; None where it was not. Only for a hub's own page is it looked up what
    belongs to each work: look-fors lead to the hub's pages of them."""
    try:
        pack = pack_of(newest_pack(LIFE_CYCLE).id)
    except NotThere:
        return None
    domains = [it for it in pack.domains if it.kind == STAGE]
    practices = chain.from_iterable(it.practices for it in domains)
    found = named(chain.from_iterable(it.belongs for it in practices), language) if hub_address else {}
    told = {key: told_in(it, hub_address) for key, it in found.items()}
    stages = []
    for domain in domains:
        works = tuple(work_of(it, pack, told, language) for it in domain.practices)
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


def work_of(practice: Practice, pack: Pack, told: Mapping[str, Named], language: str) -> Work:
    """One work with its evidence and what belongs to it."""
    sources = {it.key: SourceView(it.title, it.address) for it in pack.sources}
    pieces = tuple(
        Piece(
            key=it.key,
            address=it.key.partition("/")[2],
            text=it.text.in_(language),
            is_draft=it.status == DRAFT,
            sources=tuple(sources[key] for key in it.sources if key in sources),
        )
        for it in practice.evidence
    )
    belongs = tuple(told[key] for key in practice.belongs if key in told)
    return Work(practice.key, practice.title.in_(language), pieces, belongs)


def told_in(it: Named, hub_address: str) -> Named:
    """The same as a hub's own page leads to it: a look-for to what the hub said of it."""
    return replace(it, address=f"{hub_address}framework/{it.key}/") if has_page(it.key) else it
