"""Writing a hub's charter: each time a new version, so that none is lost."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions.keeping import hold, note, once_only, write_row
from hubcraft.apps.lifecycle.models import Charter
from hubcraft.apps.lifecycle.queries.charters import PARTS, charter_now
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import insist, refuse
from hubcraft.web.writer import writes


@writes
def write_charter(
    *,
    by: Viewer,
    hub: Team,
    once: str,
    was: str,
    purpose: str,
    who: str,
    decisions: str,
    agreements: str,
    review_on: date | None,
    at: datetime,
) -> Charter:
    """A new version. `was` is the one that its writer had before them: had somebody written meanwhile, that is told."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    if there := once_only(Charter, by=by, hub=hub, once=once):
        return there
    now = charter_now(by, hub)
    if (now.id if now else "") != was:
        insist(
            refuse(
                _(
                    "Somebody wrote a new version meanwhile. Read it in another tab, then send yours once more."
                )
            )
        )
    new = {"purpose": purpose, "who": who, "decisions": decisions, "agreements": agreements}
    if now is not None and {**new, "review_on": review_on} == {
        name: getattr(now, name) for name in (*new, "review_on")
    }:
        return now
    text = " ".join(new.values())
    row = write_row(Charter, by=by, hub=hub, once=once, text=text, at=at, **new, review_on=review_on)
    note(by, hub, "wrote the charter", at)
    return row


@writes
def review_charter(*, by: Viewer, hub: Team, once: str, review_on: date | None, at: datetime) -> Charter:
    """Looked at again and found right: a version with the same words and another day."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    if there := once_only(Charter, by=by, hub=hub, once=once):
        return there
    now = charter_now(by, hub)
    if now is None:
        insist(refuse(_("There is no charter yet. Write one first.")))
    words = {key: getattr(now, key) for key, _title, _question in PARTS}
    text = " ".join(words.values())
    row = write_row(Charter, by=by, hub=hub, once=once, text=text, at=at, **words, review_on=review_on)
    note(by, hub, "looked at the charter again", at)
    return row
