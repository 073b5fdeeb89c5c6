"""Writing a row once, changing one, taking one away and putting it back: what all of it has in common."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.audit.retention import rules
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.models import Kept
from hubcraft.apps.lifecycle.queries.rows import get_any
from hubcraft.apps.lifecycle.queries.taken import RULE
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.domain.writing import language_of
from hubcraft.web.writer import writes

Row = TypeVar("Row", bound=Kept)


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


def change_row(row: Row, *, text: str, at: datetime, **values) -> bool:
    """Other values for a row; the same ones change nothing, and say so."""
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.language, row.changed_at = language_of(text, otherwise=row.language), at
    row.save(update_fields=[*values, "language", "changed_at"])
    return True


def note(by: Viewer, hub: Team, did: str, at: datetime) -> None:
    """In the trail of the hub: that it was done, not what was written."""
    audit.record(who=by.in_trail, did=did, thing=f"team {hub.id}", network=hub.network_id, at=at)


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
    """As if it had never been away."""
    row = get_any(by, hub, kind, row_id)
    insist(policy.can_take_away(by, hub.id, kind))
    if row.removed_at is None:
        return
    if row.removed_at <= at - timedelta(days=rules()[RULE].days):
        raise NotThere
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    note(by, hub, "put back something the hub keeps", at)
