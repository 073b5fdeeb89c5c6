"""Who is in a hub: its people with accounts, as their roles say it, and those without; and who has left."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from hubcraft.apps.insights.policy import OF_A_HUB
from hubcraft.apps.insights.queries.hubs import HubView, hub_view
from hubcraft.apps.insights.queries.sight import sight_of
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.models import RosterEntry
from hubcraft.apps.lifecycle.queries.names import name_here
from hubcraft.apps.lifecycle.queries.rows import get_row, hidden_until, mark_of, marked, standing, was_of
from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class RosterRow:
    """Somebody who is or was of the hub."""

    # Where their row is written, after the roster's own address.
    address: str
    name: str
    role: str
    does: str
    since_on: date | None
    left_on: date | None
    hand_over: str
    language: str
    has_account: bool
    # Hand-over notes of before, beside those that somebody wrote since without having read them.
    earlier: tuple["RosterRow", ...] = ()
    ended_at: datetime | None = None


@dataclass(frozen=True)
class RosterPage:
    """Who is in it, and who was."""

    hub: HubView
    here: tuple[RosterRow, ...]
    gone: tuple[RosterRow, ...]
    may_write: bool


def held_in(viewer: Viewer, hub: Team) -> list[Membership]:
    """Roles in the hub, each person's last one; ended ones as far back as this is theirs to read."""
    held = roles_read(viewer, hub, lambda it: it.ended_at)
    found: dict[str, Membership] = {}
    # Who leads is named as the leader, who is still here as here.
    held.sort(key=lambda it: (it.role == Role.HUB_LEADER, it.made_at))
    gone = sorted((it for it in held if it.ended_at is not None), key=lambda it: it.ended_at)
    for it in (*gone, *(it for it in held if it.ended_at is None)):
        found[it.person_id] = it
    return list(found.values())


def roles_read(
    viewer: Viewer, hub: Team, moment: Callable[[Membership], datetime | None]
) -> list[Membership]:
    """Roles in the hub, and in one that is part of it now and was this person's; of before only what was theirs to
    read, by this moment of each."""
    sight = sight_of(viewer, hub)
    teams = [hub.id, *sight.parts]
    hidden = hidden_until(teams, sight.mine)
    held = Membership.objects.filter(team__in=teams, role__in=OF_A_HUB).select_related("person")
    return [
        it
        for it in held.order_by("made_at", "id")
        if it.ended_at is None or it.team_id not in hidden or moment(it) > hidden[it.team_id]
    ]


def first_day(viewer: Viewer, hub: Team) -> dict[str, date]:
    """Since when each has been something here, without a break told: the first role counts."""
    zone = ZoneInfo(hub.network.time_zone)
    held = roles_read(viewer, hub, lambda it: it.made_at)
    return {it.person_id: it.made_at.astimezone(zone).date() for it in reversed(held)}


def roster_page(viewer: Viewer, hub: Team) -> RosterPage:
    """Everybody, by name; who leads first."""
    entries = entries_of(viewer, hub)
    of_people = {it.holder_id: it for it in entries if it.holder_id}
    earlier = [it for it in entries if it.holder_id and it.hand_over and it is not of_people[it.holder_id]]
    since, zone = first_day(viewer, hub), ZoneInfo(hub.network.time_zone)
    rows = []
    for it in held_in(viewer, hub):
        entry = of_people.get(it.person_id)
        rows.append(
            RosterRow(
                address=f"people/{it.person_id}/",
                name=name_here(it.person),
                role=str(it.get_role_display()),
                does=entry.does if entry else "",
                since_on=since.get(it.person_id),
                left_on=it.ended_at.astimezone(zone).date() if it.ended_at else None,
                hand_over=entry.hand_over if entry else "",
                language=entry.language if entry else "en",
                has_account=True,
                earlier=tuple(entry_row(one) for one in earlier if one.holder_id == it.person_id),
                ended_at=it.ended_at,
            )
        )
    listed = {it.address for it in rows}
    rows += [entry_row(it) for it in entries if not it.has_account]
    # Somebody was erased: what they handed over is still the hub's, and names nobody.
    orphans = [
        replace(entry_row(it), address="", name=_("somebody who was erased"))
        for it in entries
        if it.has_account and it.holder_id is None and it.hand_over
    ]
    # Somebody of before of whom was written since: their days are not everybody's to read, what was written is.
    others = [
        replace(entry_row(it), address=f"people/{it.holder_id}/", name=name_here(it.holder), has_account=True)
        for it in of_people.values()
        if f"people/{it.holder_id}/" not in listed
    ]
    rows.sort(key=lambda it: (it.role != str(Role.HUB_LEADER.label), it.name.casefold(), it.address))
    return RosterPage(
        hub=hub_view(hub),
        here=tuple(it for it in rows if it.left_on is None),
        gone=(*(it for it in rows if it.left_on is not None), *others, *orphans),
        may_write=bool(policy.can_keep(viewer, hub.id)),
    )


def entries_of(viewer: Viewer, hub: Team) -> list[RosterEntry]:
    """What is written of people, the last written last."""
    found = standing(RosterEntry, viewer, hub).select_related("holder")
    return list(found.order_by("made_at", "id"))


def entry_row(entry: RosterEntry) -> RosterRow:
    """Somebody without an account."""
    return RosterRow(
        address=f"{entry.id}/",
        name=entry.name or _("somebody whose name was taken out"),
        role="",
        does=entry.does,
        since_on=entry.since_on,
        left_on=entry.left_on,
        hand_over=entry.hand_over,
        language=entry.language,
        has_account=False,
    )


def get_entry(viewer: Viewer, hub: Team, entry_id: str) -> RosterEntry:
    """Somebody without an account, as the roster has them."""
    entry = get_row(RosterEntry, viewer, hub, entry_id)
    if entry.has_account:
        raise NotThere
    return entry


def get_member_row(viewer: Viewer, hub: Team, person_id: str) -> tuple[RosterRow, RosterEntry | None]:
    """Somebody with an account, and what the hub says of them besides."""
    page = roster_page(viewer, hub)
    found = next((it for it in (*page.here, *page.gone) if it.address == f"people/{person_id}/"), None)
    if found is None:
        raise NotThere
    own = [it for it in entries_of(viewer, hub) if it.holder_id == person_id]
    return found, own[-1] if own else None


def member_was(viewer: Viewer, hub: Team, row: RosterRow, entry: RosterEntry | None) -> str:
    """What the form of a member carries along; that somebody was of the hub before it was two is told anew as well."""
    return was_of(viewer, hub, entry) or marked("", mark_of(viewer, hub, row.ended_at))
