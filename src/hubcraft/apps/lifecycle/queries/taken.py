"""What was taken away and can still be put back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from hubcraft.apps.audit.retention import rules
from hubcraft.apps.insights.queries.hubs import HubView, hub_view
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.models import KINDS, Kept
from hubcraft.apps.lifecycle.queries.rows import rows_of
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer

RULE = "kept-by-hub"


@dataclass(frozen=True)
class TakenView:
    """One thing that was taken away."""

    kind: str
    id: str
    title: str
    words: str
    language: str
    until: date


@dataclass(frozen=True)
class TakenPage:
    """All of them."""

    hub: HubView
    taken: tuple[TakenView, ...]


def title_of(kind: str) -> str:
    """What each kind of thing is called."""
    return {
        "stage": _("Where the network stands"),
        "evidence": _("Evidence"),
        "charter": _("A version of the charter"),
        "routine": _("A meeting routine"),
        "roster": _("Somebody in the roster"),
        "problem": _("A problem"),
    }[kind]


def words_of(row: Kept) -> str:
    """What tells one from the other."""
    for name in ("name", "words", "purpose", "where", "why", "agreements", "does"):
        if getattr(row, name, ""):
            return getattr(row, name)
    return ""


def taken_page(viewer: Viewer, hub: Team, at: datetime) -> TakenPage:
    """What this person could have taken away, the last first."""
    kept = timedelta(days=rules()[RULE].days)
    rows = [
        (it.removed_at, kind, it)
        for kind, model in KINDS.items()
        if policy.can_take_away(viewer, hub.id, kind)
        for it in rows_of(model, viewer, hub).filter(removed_at__gt=at - kept)
    ]
    rows.sort(key=lambda it: (it[0], it[2].id), reverse=True)
    return TakenPage(
        hub_view(hub),
        tuple(
            TakenView(kind, it.id, title_of(kind), words_of(it), it.language, (moment + kept).date())
            for moment, kind, it in rows
        ),
    )
