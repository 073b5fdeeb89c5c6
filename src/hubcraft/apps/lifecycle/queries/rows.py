"""The door to what a hub keeps: rows that one of its people may read, and which of them stand."""

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
    """One of these; for everybody else it is not there."""
    found = standing(model, viewer, hub).filter(id=row_id).first()
    if found is None:
        raise NotThere
    return found


def get_any(viewer: Viewer, hub: Team, kind: str, row_id: str) -> Kept:
    """One row of a kind as addresses name it, taken away or not."""
    model = KINDS.get(kind)
    found = rows_of(model, viewer, hub).filter(id=row_id).first() if model is not None else None
    if found is None:
        raise NotThere
    return found
