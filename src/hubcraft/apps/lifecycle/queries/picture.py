"""The life cycle as a picture of where a network stands: what its hub says, and what evidence it says is in place."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries.library import Named
from hubcraft.apps.insights.queries.claims import hub_address
from hubcraft.apps.insights.queries.hubs import HubView, hub_view, seen_reflections, strategies_of
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.models import Evidence, StageSaid
from hubcraft.apps.lifecycle.queries.names import name_here
from hubcraft.apps.lifecycle.queries.rows import standing, was_of
from hubcraft.apps.lifecycle.queries.stages import (
    LifeCycle,
    Piece,
    Stage,
    get_life_cycle,
)
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.queries import StrategyView
from hubcraft.domain.lifecycle import stage_at_hand
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class EvidenceView:
    """One piece of evidence as a hub said it."""

    id: str
    since_on: date
    where: str
    link: str
    ended_on: date | None
    by: str
    language: str


@dataclass(frozen=True)
class PieceView:
    """A piece of evidence, and since when it is in place, if it is."""

    piece: Piece
    now: EvidenceView | None


@dataclass(frozen=True)
class BelongingView:
    """What belongs to a work, and what the hub uses for it."""

    belonging: Named
    strategies: tuple[StrategyView, ...]


@dataclass(frozen=True)
class WorkView:
    """One work of a stage."""

    title: str
    pieces: tuple[PieceView, ...]
    belongs: tuple[BelongingView, ...]

    @property
    def there(self) -> int:
        """How many pieces are in place."""
        return sum(it.now is not None for it in self.pieces)

    @property
    def uses(self) -> int:
        """How many strategies the hub named for what belongs here."""
        return sum(len(it.strategies) for it in self.belongs)


@dataclass(frozen=True)
class StageView:
    """One stage in the picture."""

    key: str
    slug: str
    name: str
    goal: str
    works: tuple[WorkView, ...]
    is_current: bool

    @property
    def there(self) -> int:
        return sum(it.there for it in self.works)

    @property
    def of(self) -> int:
        return sum(len(it.pieces) for it in self.works)


@dataclass(frozen=True)
class SaidView:
    """Where a hub said that its network stands."""

    id: str
    name: str
    since_on: date
    why: str
    language: str
    by: str


@dataclass(frozen=True)
class LifeCyclePage:
    """The whole picture."""

    hub: HubView
    stages: tuple[StageView, ...]
    said: SaidView | None
    history: tuple[SaidView, ...]
    suggestion: str
    # Work of the stage where the network stands of which nothing is in place yet, and the stage after it.
    missing: tuple[str, ...]
    after: StageView | None
    credit: str
    may_write: bool
    who_can_see: tuple[str, ...]


@dataclass(frozen=True)
class EvidencePage:
    """One piece of evidence, and what was said of it."""

    hub: HubView
    piece: Piece
    stage: str
    work: str
    now: EvidenceView | None
    history: tuple[EvidenceView, ...]
    # What its forms carry along of the saying that holds.
    was: str
    may_write: bool
    who_can_see: tuple[str, ...]

    @property
    def here(self) -> str:
        """Where this page is."""
        return f"{self.hub.address}life-cycle/evidence/{self.piece.address}/"


def evidence_view(row: Evidence) -> EvidenceView:
    """One row as a page shows it."""
    by = name_here(row.person)
    return EvidenceView(row.id, row.since_on, row.where, row.link, row.ended_on, by, row.language)


def in_place(viewer: Viewer, hub: Team) -> dict[str, EvidenceView]:
    """What is in place now, by its key; said in both halves of a hub that was two, the later saying."""
    rows = standing(Evidence, viewer, hub).filter(ended_on=None).select_related("person")
    return {it.piece: evidence_view(it) for it in rows.order_by("made_at", "id")}


def evidence_now(viewer: Viewer, hub: Team, piece: str) -> Evidence | None:
    """The saying that holds of one piece."""
    rows = standing(Evidence, viewer, hub).filter(piece=piece, ended_on=None)
    return rows.order_by("-made_at", "-id").first()


def said_of(viewer: Viewer, hub: Team, cycle: LifeCycle) -> tuple[SaidView, ...]:
    """Each time the hub said where its network stands, the last first."""
    rows = standing(StageSaid, viewer, hub).select_related("person").order_by("-made_at", "id")
    named = ((it, cycle.stage(it.stage)) for it in rows)
    return tuple(
        SaidView(it.id, stage.name, it.since_on, it.why, it.language, name_here(it.person))
        for it, stage in named
        if stage is not None
    )


def current_stage(viewer: Viewer, hub: Team, cycle: LifeCycle) -> Stage | None:
    """Where the hub says that its network stands."""
    last = standing(StageSaid, viewer, hub).order_by("-made_at", "id").first()
    return cycle.stage(last.stage) if last is not None else None


def life_cycle_page(viewer: Viewer, hub: Team) -> LifeCyclePage:
    """The picture with everything around it."""
    cycle = get_life_cycle(get_language() or "en", hub_address(hub))
    current, there = current_stage(viewer, hub, cycle), in_place(viewer, hub)
    named = {it.look_for.key: it.strategies for it in strategies_of(seen_reflections(viewer, hub))}
    stages = tuple(
        StageView(
            key=stage.key,
            slug=stage.slug,
            name=stage.name,
            goal=stage.goal,
            works=tuple(
                WorkView(
                    title=work.title,
                    pieces=tuple(PieceView(it, there.get(it.key)) for it in work.pieces),
                    belongs=tuple(
                        BelongingView(it, tuple(one for key in it.look_fors for one in named.get(key, ())))
                        for it in work.belongs
                    ),
                )
                for work in stage.works
            ),
            is_current=current is not None and stage.key == current.key,
        )
        for stage in cycle.stages
    )
    at = next((place for place, it in enumerate(stages) if it.is_current), None)
    said = said_of(viewer, hub, cycle)
    return LifeCyclePage(
        hub=hub_view(hub),
        stages=stages,
        said=said[0] if said else None,
        history=said[1:],
        suggestion=suggestion(stages, at),
        missing=tuple(it.title for it in stages[at].works if not it.there) if at is not None else (),
        after=stages[at + 1] if at is not None and at + 1 < len(stages) else None,
        credit=cycle.credit,
        may_write=bool(policy.can_keep(viewer, hub.id)),
        who_can_see=policy.who_can_see(),
    )


def suggestion(stages: tuple[StageView, ...], at: int | None) -> str:
    """What the evidence points at, where the hub does not say the same: a question, and theirs to answer."""
    found = stage_at_hand([(it.there, it.of) for it in stages])
    if found is None or found == at:
        return ""
    told = _(
        "By the evidence that is in place, the work at hand is that of “{stage}”. You know better than a count."
    )
    return told.format(stage=stages[found].name)


def get_piece(key: str) -> tuple[Piece, str, str]:
    """A piece of evidence with the names of its stage and work."""
    for stage in get_life_cycle(get_language() or "en").stages:
        for work in stage.works:
            for piece in work.pieces:
                if piece.key == key:
                    return piece, stage.name, work.title
    raise NotThere


def evidence_page(viewer: Viewer, hub: Team, key: str) -> EvidencePage:
    """One piece, and each time it was in place."""
    piece, stage, work = get_piece(key)
    rows = standing(Evidence, viewer, hub).filter(piece=key).select_related("person")
    views = [evidence_view(it) for it in rows.order_by("-since_on", "-made_at", "id")]
    now = in_place(viewer, hub).get(key)
    return EvidencePage(
        hub=hub_view(hub),
        piece=piece,
        stage=stage,
        work=work,
        now=now,
        history=tuple(it for it in views if now is None or it.id != now.id),
        was=was_of(viewer, hub, evidence_now(viewer, hub, key)),
        may_write=bool(policy.can_keep(viewer, hub.id)),
        who_can_see=policy.who_can_see(),
    )
