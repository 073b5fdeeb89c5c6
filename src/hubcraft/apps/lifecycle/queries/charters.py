"""A hub's charter: the version that holds, those before it, what changed, and when it wants to be looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from hubcraft.apps.insights.queries.hubs import HubView, hub_view
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.models import Charter
from hubcraft.apps.lifecycle.queries.names import name_here
from hubcraft.apps.lifecycle.queries.rows import mark_of, marked, standing
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.days import day_at
from hubcraft.domain.differences import Piece, differences, has_changed
from hubcraft.domain.verdict import NotThere

# So long before its day a charter asks to be looked at again.
NEAR = timedelta(days=14)
# Each part of a charter, with the question it answers.
PARTS = (
    ("purpose", _("Purpose"), _("What is this network for, and what will be better when it succeeds?")),
    ("who", _("Who"), _("Who is in the network, who leads it, and whom does it serve?")),
    ("decisions", _("Decisions"), _("Who decides what, and how?")),
    ("agreements", _("Agreements"), _("What do you promise each other: meetings, sharing, disagreement?")),
)


@dataclass(frozen=True)
class PartView:
    """One part of a charter; `pieces` say what changed since the version before."""

    key: str
    title: str
    question: str
    words: str
    pieces: tuple[Piece, ...] = ()
    has_changed: bool = False


@dataclass(frozen=True)
class VersionView:
    """One version of a charter."""

    id: str
    parts: tuple[PartView, ...]
    review_on: date | None
    made_at: datetime
    # The same as clocks showed it where the hub is: its pages name this day.
    written_at: datetime
    by: str
    language: str
    # Nothing but the day of the next review is new.
    is_review: bool = False
    review_has_moved: bool = False

    @property
    def written(self) -> tuple[PartView, ...]:
        """The parts in which something stands."""
        return tuple(it for it in self.parts if it.words)

    @property
    def changed(self) -> tuple[str, ...]:
        """What the parts are called in which something is new."""
        return tuple(it.title for it in self.parts if it.has_changed)


@dataclass(frozen=True)
class CharterPage:
    """A hub's charter, as its people read it."""

    hub: HubView
    current: VersionView | None
    versions: tuple[VersionView, ...]
    may_write: bool
    # Whether its day is near, and whether it is over.
    is_due: bool
    is_over: bool
    # Two hubs became one, and the charter that this person reads is of before.
    is_of_before: bool
    who_can_see: tuple[str, ...]


@dataclass(frozen=True)
class VersionPage:
    """One version beside the one before it."""

    hub: HubView
    version: VersionView
    before: VersionView | None
    is_current: bool
    may_write: bool

    @property
    def take_away(self) -> str:
        """Where this version is taken away."""
        return f"{self.hub.address}taken-away/charter/{self.version.id}/"


def charters_of(viewer: Viewer, hub: Team) -> list[Charter]:
    """All versions that this person may read, the newest first."""
    return list(standing(Charter, viewer, hub).select_related("person").order_by("-made_at", "id"))


def charter_now(viewer: Viewer, hub: Team) -> Charter | None:
    """The version that holds."""
    return next(iter(charters_of(viewer, hub)), None)


def version_now(viewer: Viewer, hub: Team) -> str:
    """Which version holds, as the forms of a charter carry it along."""
    now = charter_now(viewer, hub)
    return marked(now.id, mark_of(viewer, hub, now.made_at)) if now is not None else ""


def is_near(charter: Charter | None, today: date) -> bool:
    """Whether a charter asks to be looked at again."""
    return charter is not None and charter.review_on is not None and charter.review_on <= today + NEAR


def version_view(charter: Charter, before: Charter | None, zone: str) -> VersionView:
    """One version, and what changed since the one before."""
    parts = []
    for key, title, question in PARTS:
        words = getattr(charter, key)
        pieces = differences(getattr(before, key), words) if before is not None else ()
        parts.append(PartView(key, str(title), str(question), words, pieces, has_changed(pieces)))
    return VersionView(
        id=charter.id,
        parts=tuple(parts),
        review_on=charter.review_on,
        made_at=charter.made_at,
        written_at=charter.made_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None),
        by=name_here(charter.person),
        language=charter.language,
        is_review=before is not None and not any(it.has_changed for it in parts),
        review_has_moved=before is not None and before.review_on != charter.review_on,
    )


def version_views(charters: Sequence[Charter], zone: str) -> tuple[VersionView, ...]:
    """Each beside the one before it; they come newest first."""
    pairs = zip(charters, [*charters[1:], None], strict=False)
    return tuple(version_view(charter, before, zone) for charter, before in pairs)


def charter_page(viewer: Viewer, hub: Team, at: datetime) -> CharterPage:
    """The charter and its history."""
    charters = charters_of(viewer, hub)
    current = charters[0] if charters else None
    zone = hub.network.time_zone
    today, versions = day_at(at, zone), version_views(charters, zone)
    return CharterPage(
        hub=hub_view(hub),
        current=versions[0] if versions else None,
        versions=versions,
        may_write=bool(policy.can_keep(viewer, hub.id)),
        is_due=is_near(current, today),
        is_over=is_near(current, today) and current.review_on < today,
        is_of_before=current is not None and bool(mark_of(viewer, hub, current.made_at)),
        who_can_see=policy.who_can_see(),
    )


def version_page(viewer: Viewer, hub: Team, charter_id: str) -> VersionPage:
    """One version that this person may read."""
    charters, zone = charters_of(viewer, hub), hub.network.time_zone
    for number, (charter, view) in enumerate(zip(charters, version_views(charters, zone), strict=True)):
        if charter.id == charter_id:
            before = charters[number + 1] if number + 1 < len(charters) else None
            return VersionPage(
                hub_view(hub),
                view,
                version_view(before, None, zone) if before else None,
                is_current=number == 0,
                may_write=bool(policy.can_keep(viewer, hub.id)),
            )
    raise NotThere
