"""Saying where a network stands on its life cycle, and which evidence is in place."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions.keeping import change_row, hold, insist_same, note, once_only, write_row
from hubcraft.apps.lifecycle.models import Evidence, StageSaid
from hubcraft.apps.lifecycle.queries.picture import evidence_now, get_piece
from hubcraft.apps.lifecycle.queries.rows import standing, was_of
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
    *,
    by: Viewer,
    hub: Team,
    once: str,
    piece: str,
    was: str,
    since_on: date,
    where: str,
    link: str,
    at: datetime,
) -> Evidence:
    """It is in place since a day; said again while it is, the day and the place are put right. `was` is what its
    writer had before them."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    get_piece(piece)
    if there := once_only(Evidence, by=by, hub=hub, once=once):
        return there
    told = {"since_on": since_on, "where": where, "link": link}
    now = evidence_now(by, hub, piece)
    if now is None:
        insist_same(was, "")
        now = write_row(Evidence, by=by, hub=hub, once=once, text=where, at=at, piece=piece, **told)
        note(by, hub, "said that evidence is in place", at)
    else:
        now, has_changed = change_row(now, by=by, hub=hub, was=was, text=where, at=at, **told)
        if has_changed:
            note(by, hub, "said that evidence is in place", at)
    return now


@writes
def say_no_longer(*, by: Viewer, hub: Team, piece: str, was: str, ended_on: date, at: datetime) -> None:
    """It is in place no longer; that it was stays as history, read by whoever read it."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    rows = list(standing(Evidence, by, hub).filter(piece=piece, ended_on=None))
    if not rows:
        raise NotThere
    now = evidence_now(by, hub, piece)
    insist_same(was, was_of(by, hub, now), row=now)
    for row in rows:
        if ended_on < row.since_on:
            insist(refuse(_("This day is before the first one.")))
        row.ended_on, row.changed_at = ended_on, at
        row.save(update_fields=["ended_on", "changed_at"])
    note(by, hub, "said that evidence is in place no longer", at)
