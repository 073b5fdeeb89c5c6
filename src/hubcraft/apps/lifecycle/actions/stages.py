"""Saying where a network stands on its life cycle, and which evidence is in place."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions.keeping import change_row, hold, note, once_only, write_row
from hubcraft.apps.lifecycle.models import Evidence, StageSaid
from hubcraft.apps.lifecycle.queries.picture import get_piece
from hubcraft.apps.lifecycle.queries.rows import standing
from hubcraft.apps.lifecycle.queries.stages import get_life_cycle
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes


@writes
def say_stage(
    *, by: Viewer, hub: Team, once: str, stage: str, since_on: date, why: str, at: datetime
) -> StageSaid:
    """The hub says it; what it said before stays."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    if there := once_only(StageSaid, by=by, hub=hub, once=once):
        return there
    if get_life_cycle("en").stage(stage) is None:
        insist(refuse(_("Choose one of the stages.")))
    said = {"stage": stage, "since_on": since_on, "why": why}
    row = write_row(StageSaid, by=by, hub=hub, once=once, text=why, at=at, **said)
    note(by, hub, "said where the network stands", at)
    return row


@writes
def say_in_place(
    *, by: Viewer, hub: Team, once: str, piece: str, since_on: date, where: str, link: str, at: datetime
) -> Evidence:
    """It is in place since a day; said again while it is, the day and the place are put right."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    get_piece(piece)
    if there := once_only(Evidence, by=by, hub=hub, once=once):
        return there
    told = {"since_on": since_on, "where": where, "link": link}
    now = standing(Evidence, by, hub).filter(piece=piece, ended_on=None).order_by("-made_at", "id").first()
    if now is None:
        now = write_row(Evidence, by=by, hub=hub, once=once, text=where, at=at, piece=piece, **told)
        note(by, hub, "said that evidence is in place", at)
    elif change_row(now, text=where, at=at, **told):
        note(by, hub, "said that evidence is in place", at)
    return now


@writes
def say_no_longer(*, by: Viewer, hub: Team, piece: str, ended_on: date, at: datetime) -> None:
    """It is in place no longer; that it was stays as history."""
    insist(policy.can_keep(by, hub.id))
    rows = list(standing(Evidence, by, hub).filter(piece=piece, ended_on=None))
    if not rows:
        raise NotThere
    for row in rows:
        if ended_on < row.since_on:
            insist(refuse(_("This day is before the first one.")))
        row.ended_on, row.changed_at = ended_on, at
        row.save(update_fields=["ended_on", "changed_at"])
    note(by, hub, "said that evidence is in place no longer", at)
