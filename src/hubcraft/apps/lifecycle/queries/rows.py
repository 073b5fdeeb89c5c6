"""The door to what a hub keeps: rows that one of its people may read, and which of them stand."""

import hashlib
import json
from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from hubcraft.apps.insights.models import FormerHub
from hubcraft.apps.insights.queries.sight import ALL, sight_of
from hubcraft.apps.lifecycle.models import KINDS, Kept
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere

Row = TypeVar("Row", bound=Kept)
# So many times at most a hub becomes one with another while somebody keeps an address of before.
MOST_PLACES = 4


def rows_of(model: type[Row], viewer: Viewer, hub: Team) -> QuerySet[Row]:
    """Rows of a hub, taken away or not. Where two hubs became one, what was written before is read by those who were
    of the hub it was written in, and by nobody else (docs/decide/0043)."""
    sight = sight_of(viewer, hub)
    teams = [hub.id, *sight.parts]
    found = model.objects.filter(team__in=teams)
    if sight is ALL:
        return found
    for team, moment in hidden_until(teams, sight.mine).items():
        found = found.exclude(team=team, made_at__lte=moment)
    return found


def hidden_until(teams: Collection[str], mine: Collection[str]) -> dict[str, datetime]:
    """Up to which moment what a team wrote was written for people of whom this person was none."""
    former = FormerHub.objects.filter(team__in=teams).order_by("made_at", "id")
    return {it.team_id: it.made_at for it in former if it.id not in mine}


def standing(model: type[Row], viewer: Viewer, hub: Team) -> QuerySet[Row]:
    """Those that nobody took away."""
    return rows_of(model, viewer, hub).filter(removed_at=None)


def get_row(model: type[Row], viewer: Viewer, hub: Team, row_id: str) -> Row:
    """One of these, or the one that stands in its place; for everybody else it is not there."""
    ids = [row_id]
    for _merge in range(MOST_PLACES):
        ids.append(next_id(ids[-1]))
    found = {it.id: it for it in standing(model, viewer, hub).filter(id__in=ids)}
    if not found:
        raise NotThere
    return next(found[it] for it in ids if it in found)


def next_id(row_id: str) -> str:
    """The key of the row in which something is told on that was written before two hubs became one."""
    return hashlib.sha256(f"told on after {row_id}".encode()).hexdigest()[:32]


def mark_of(viewer: Viewer, hub: Team, made_at: datetime | None) -> str:
    """Of what was written before two hubs became one: when they did, so that everybody reads what is written now."""
    became_one = sight_of(viewer, hub).became_one
    is_of_before = became_one is not None and made_at is not None and made_at <= became_one
    return became_one.isoformat() if is_of_before else ""


def was_of(viewer: Viewer, hub: Team, row: Kept | None) -> str:
    """What a form of this row carries along: what its writer had before them, and whether it said who reads it now."""
    if row is None:
        return ""
    told = json.dumps([row.id, *(getattr(row, it) for it in row.WRITTEN)], default=str)
    return marked(hashlib.sha256(told.encode()).hexdigest()[:32], mark_of(viewer, hub, row.made_at))


def marked(was: str, mark: str) -> str:
    """The two as one line."""
    return f"{was}.{mark}" if mark else was


def get_any(viewer: Viewer, hub: Team, kind: str, row_id: str) -> Kept:
    """One row of a kind as addresses name it, taken away or not."""
    model = KINDS.get(kind)
    found = rows_of(model, viewer, hub).filter(id=row_id).first() if model is not None else None
    if found is None:
        raise NotThere
    return found
