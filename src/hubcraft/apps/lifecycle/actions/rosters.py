"""Writing down who is in a hub, what they do, and what somebody hands over who leaves."""

from datetime import date, datetime

from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions.keeping import change_row, hold, insist_same, note, once_only, write_row
from hubcraft.apps.lifecycle.models import RosterEntry
from hubcraft.apps.lifecycle.queries.rosters import get_entry, get_member_row, member_was
from hubcraft.apps.networks.models import Team, new_id
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def add_person(
    *,
    by: Viewer,
    hub: Team,
    once: str,
    name: str,
    does: str,
    since_on: date | None,
    left_on: date | None,
    hand_over: str,
    at: datetime,
) -> RosterEntry:
    """Somebody of the hub who has no account."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    if there := once_only(RosterEntry, by=by, hub=hub, once=once):
        return there
    values = {"name": name, "does": does, "since_on": since_on, "left_on": left_on, "hand_over": hand_over}
    row = write_row(RosterEntry, by=by, hub=hub, once=once, text=f"{does} {hand_over}", at=at, **values)
    note(by, hub, "changed the roster", at)
    return row


@writes
def change_person(
    *,
    by: Viewer,
    hub: Team,
    entry_id: str,
    was: str,
    name: str,
    does: str,
    since_on: date | None,
    left_on: date | None,
    hand_over: str,
    at: datetime,
) -> RosterEntry:
    """The same person, told otherwise; or they left. `was` is what its writer had before them."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    entry = get_entry(by, hub, entry_id)
    values = {"name": name, "does": does, "since_on": since_on, "left_on": left_on, "hand_over": hand_over}
    text = f"{does} {hand_over}"
    entry, has_changed = change_row(entry, by=by, hub=hub, was=was, text=text, at=at, **values)
    if has_changed:
        note(by, hub, "changed the roster", at)
    return entry


@writes
def write_of_member(
    *, by: Viewer, hub: Team, person_id: str, was: str, does: str, hand_over: str, at: datetime
) -> RosterEntry | None:
    """What a member does, and hands over: their name, their role and since when stand in their account."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    row, entry = get_member_row(by, hub, person_id)
    text = f"{does} {hand_over}"
    if entry is not None:
        told = {"does": does, "hand_over": hand_over}
        entry, has_changed = change_row(entry, by=by, hub=hub, was=was, text=text, at=at, **told)
    else:
        has_changed = bool(does or hand_over)
        if has_changed:
            insist_same(was, member_was(by, hub, row, entry))
            values = {"has_account": True, "holder_id": person_id, "does": does, "hand_over": hand_over}
            entry = write_row(RosterEntry, by=by, hub=hub, once=new_id(), text=text, at=at, **values)
    if has_changed:
        note(by, hub, "changed the roster", at)
    return entry
