"""Writing a hub's charter: each time a new version, so that none is lost."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions.keeping import hold, insist_same, note, once_only, write_row
from hubcraft.apps.lifecycle.models import Charter
from hubcraft.apps.lifecycle.queries.charters import PARTS, charter_now, version_now
from hubcraft.apps.lifecycle.queries.rows import mark_of
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
    insist_version(by, hub, was)
    new = {"purpose": purpose, "who": who, "decisions": decisions, "agreements": agreements}
    if (
        now is not None
        and not mark_of(by, hub, now.made_at)
        and {**new, "review_on": review_on} == {name: getattr(now, name) for name in (*new, "review_on")}
    ):
        return now
    text = " ".join(new.values())
    row = write_row(Charter, by=by, hub=hub, once=once, text=text, at=at, **new, review_on=review_on)
    note(by, hub, "wrote the charter", at)
    return row


@writes
def review_charter(
    *, by: Viewer, hub: Team, once: str, was: str, review_on: date | None, at: datetime
) -> Charter:
    """Looked at again and found right: a version with the same words and another day. `was` is the one they read."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    if there := once_only(Charter, by=by, hub=hub, once=once):
        return there
    now = charter_now(by, hub)
    if now is None:
        insist(refuse(_("There is no charter yet. Write one first.")))
    insist_version(by, hub, was)
    words = {key: getattr(now, key) for key, _title, _question in PARTS}
    text = " ".join(words.values())
    row = write_row(Charter, by=by, hub=hub, once=once, text=text, at=at, **words, review_on=review_on)
    note(by, hub, "looked at the charter again", at)
    return row


def insist_version(by: Viewer, hub: Team, was: str) -> None:
    """Go on only if it is the version that holds which the writer had before them."""
    told = _("Somebody wrote a new version meanwhile. Read it in another tab, then send yours once more.")
    insist_same(was, version_now(by, hub), sentence=told)
