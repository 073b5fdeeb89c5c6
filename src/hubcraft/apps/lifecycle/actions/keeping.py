"""Writing a row once, changing one, taking one away and putting it back: what all of it has in common."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.audit.retention import rules
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.models import Kept, Problem, RosterEntry, Routine
from hubcraft.apps.lifecycle.queries.rows import get_any, mark_of, next_id, standing, was_of
from hubcraft.apps.lifecycle.queries.taken import RULE
from hubcraft.apps.networks.models import Team, new_id
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere, Refused, insist, refuse
from hubcraft.domain.writing import language_of
from hubcraft.web.writer import writes

Row = TypeVar("Row", bound=Kept)
# What every row has, whatever it tells.
OF_ALL = {it.name for it in Kept._meta.fields} | {"id"}


def hold(hub: Team) -> None:
    """Held until the end of the transaction: what is sent twice at this moment is written once."""
    if (
        not Team.objects.select_for_update()
        .filter(id=hub.id, network=hub.network_id, removed_at=None)
        .first()
    ):
        raise NotThere


def once_only(model: type[Row], *, by: Viewer, hub: Team, once: str) -> Row | None:
    """What this very form made before; None where it is new. Somebody else's number is refused."""
    there = model.everywhere.filter(id=once).first()
    if there is None:
        return None
    if there.team_id != hub.id or there.person_id != by.person or there.removed_at is not None:
        insist(refuse(_("This form was sent before. Open it anew and send it once more.")))
    return there


def write_row(
    model: type[Row], *, by: Viewer, hub: Team, once: str, text: str, at: datetime, **values
) -> Row:
    """A new row of the hub; its language is that of `text`."""
    return model.objects.create(
        id=once,
        network_id=hub.network_id,
        team=hub,
        person_id=by.person,
        language=language_of(text, otherwise=get_language() or "en"),
        made_at=at,
        changed_at=at,
        **values,
    )


class Stale(Refused):
    """What the form was written beside is no longer so: nothing was changed, and the page says it with all that was
    typed. `now` is what its next sending is about, `row` what somebody wrote meanwhile."""

    def __init__(self, sentence: str, *, now: str, row: Kept | None = None) -> None:
        super().__init__(refuse(sentence))
        self.now, self.row = now, row


def insist_same(was: str, now: str, *, row: Kept | None = None, sentence: str = "") -> None:
    """Go on only if the writer had before them what is there, and was told who will read what they write."""
    if was == now:
        return
    if was.partition(".")[0] == now.partition(".")[0]:
        told = _("More people would read this now than your page said. Read who, then send it once more.")
        raise Stale(told, now=now)
    told = sentence or _(
        "Somebody changed this meanwhile. Where you wrote nothing, their words stand. Read on, then send it again."
    )
    raise Stale(told, now=now, row=row)


def change_row(
    row: Row, *, by: Viewer, hub: Team, was: str, text: str, at: datetime, **values
) -> tuple[Row, bool]:
    """Other values for a row, and whether that changed anything. What was written before two hubs became one stays
    with those who read it: told on, it is a new row of the hub, which stands in its place."""
    mark = mark_of(by, hub, row.made_at)
    if not mark and all(getattr(row, name) == value for name, value in values.items()):
        return row, False
    insist_same(was, was_of(by, hub, row), row=row)
    if mark:
        return tell_on(row, by=by, hub=hub, text=text, at=at, **values), True
    for name, value in values.items():
        setattr(row, name, value)
    row.language, row.changed_at = language_of(text, otherwise=row.language), at
    row.save(update_fields=[*values, "language", "changed_at"])
    return row, True


def tell_on(row: Row, *, by: Viewer, hub: Team, text: str, at: datetime, **values) -> Row:
    """A new row of the hub in the place of one that is taken away."""
    model = type(row)
    own = [it.attname for it in model._meta.concrete_fields if it.name not in OF_ALL]
    once = next_id(row.id)
    if model.everywhere.filter(id=once).exists():
        once = new_id()
    more = {name: getattr(row, name) for name in own} | values
    new = write_row(model, by=by, hub=hub, once=once, text=text, at=at, **more)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    if isinstance(row, Problem):
        Routine.everywhere.filter(came_from=row).update(came_from=new)
    return new


def note(by: Viewer, hub: Team, did: str, at: datetime) -> None:
    """In the trail of the hub: that it was done, not what was written."""
    audit.record(who=by.in_trail, did=did, thing=f"team {hub.id}", network=hub.network_id, at=at)


def stands_in_place_of(by: Viewer, hub: Team, row: Kept) -> bool:
    """Whether it was told on, or somebody of the roster was written of anew."""
    stands = standing(type(row), by, hub)
    if isinstance(row, RosterEntry) and row.holder_id and stands.filter(holder=row.holder_id).exists():
        return True
    return stands.filter(id=next_id(row.id)).exists()


@writes
def take_away(*, by: Viewer, hub: Team, kind: str, row_id: str, at: datetime) -> None:
    """Taken away it stands nowhere any more; it can be put back until it is deleted."""
    row = get_any(by, hub, kind, row_id)
    insist(policy.can_take_away(by, hub.id, kind))
    if row.removed_at is None:
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        note(by, hub, "took away something the hub keeps", at)


@writes
def put_back(*, by: Viewer, hub: Team, kind: str, row_id: str, at: datetime) -> None:
    """As if it had never been away; not beside what was written in its place."""
    row = get_any(by, hub, kind, row_id)
    insist(policy.can_take_away(by, hub.id, kind))
    hold(hub)
    if row.removed_at is None:
        return
    if row.removed_at <= at - timedelta(days=rules()[RULE].days):
        raise NotThere
    if stands_in_place_of(by, hub, row):
        told = _("Something stands in its place by now. Take that away first, then put this back.")
        raise Stale(told, now="")
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    note(by, hub, "put back something the hub keeps", at)
