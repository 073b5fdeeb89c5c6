"""Inviting people, taking an invitation back, accepting one."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import translation

from hubcraft.apps.networks.models import Initiative, Network, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.notices.actions import promise_written
from hubcraft.apps.people import actions as people
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.queries import find_person, hashed
from hubcraft.apps.roles import policy
from hubcraft.apps.roles.actions.handing_over import pass_on
from hubcraft.apps.roles.actions.roles import hold, record, worded
from hubcraft.apps.roles.models import Invitation, Then
from hubcraft.apps.roles.queries.invitations import Invited, find_invitation, own
from hubcraft.apps.roles.queries.leading import get_my_hub
from hubcraft.apps.roles.queries.places import place_of
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes

LASTS = timedelta(days=14)


@writes
def invite(
    *,
    by: Viewer,
    to: Initiative | Network | Team,
    role: str,
    people: Sequence[Invited],
    once: str,
    address: str,
    at: datetime,
) -> None:
    """Ask each of these people by mail; an earlier invitation to the same ends."""
    insist(policy.can_give_role(by, place_of(to), role))
    if Invitation.everywhere.filter(made_by=by.person, once=once).exists():
        return
    for one in people:
        made = ask(one, by=by, to=to, role=role, once=once, address=address, at=at)
        record(by, f"invited {made.in_trail} as {worded(role)} of {to}", to, at)


@writes
def ask_to_take_over(
    *, by: Viewer, hub: Team, who: Invited, then: str, once: str, address: str, at: datetime
) -> None:
    """Ask somebody by mail to lead a hub instead of oneself; until they say yes, one goes on leading it."""
    get_my_hub(by, hub)
    if Invitation.everywhere.filter(made_by=by.person, once=once).exists():
        return
    Invitation.objects.filter(team=hub, made_by=by.person, ended_at=None).exclude(hands_over="").update(
        ended_at=at
    )
    more = {"by": by, "to": hub, "role": Role.HUB_LEADER, "once": once, "address": address, "at": at}
    made = ask(who, **more, hands_over=Then(then))
    record(by, f"asked {made.in_trail} to take {hub} over", hub, at)


def ask(
    one: Invited, *, by: Viewer, to, role: str, once: str, address: str, at: datetime, hands_over: str = ""
) -> Invitation:
    """One invitation and its mail, inside the caller's transaction."""
    asked = Invitation.objects.filter(email=one.email, role=role, ended_at=None, **own(to))
    asked.update(ended_at=at)
    key = secrets.token_urlsafe(24)
    made = Invitation.objects.create(
        key=hashed(key),
        once=once,
        email=one.email,
        name=one.name,
        role=role,
        initiative=to if isinstance(to, Initiative) else None,
        network_id=to.network_id if isinstance(to, Team) else to.id if isinstance(to, Network) else None,
        team=to if isinstance(to, Team) else None,
        made_by_id=by.person,
        made_at=at,
        until=at + LASTS,
        hands_over=hands_over,
    )
    write_to(made, by=by, link=f"{address}/invitation/{key}/", at=at)
    return made


def write_to(one: Invitation, *, by: Viewer, link: str, at: datetime) -> None:
    """The mail, in the language of whoever has an account, else in that of whoever invites."""
    there = find_person(one.email)
    promise_written(
        to=one.email,
        template=f"roles/mail/{'take_over' if one.hands_over else 'invitation'}.txt",
        language=there.language if there else translation.get_language(),
        at=at,
        who=by.name,
        place=one.place.name,
        role=Role(one.role).label,
        link=link,
    )


@writes
def take_back(*, by: Viewer, invitation_id: str, at: datetime) -> Invitation:
    """Its link opens nothing from now on."""
    one = Invitation.objects.filter(id=invitation_id, ended_at=None)
    one = one.select_related("initiative", "network__initiative", "team__network").first()
    if one is None:
        raise NotThere
    of = one.made_by_id if one.hands_over else ""
    if not policy.can_take_invitation_back(by, place_of(one.place), one.role, of=of):
        raise NotThere
    Invitation.objects.filter(id=one.id).update(ended_at=at)
    record(by, f"took back the invitation of {one.in_trail} to {one.place}", one.place, at)
    return one


@writes
def accept(*, key: str, name: str, language: str, at: datetime) -> tuple[Person, bool]:
    """Whoever was invited has the role; and whether they had an account before. Good for one time."""
    one = find_invitation(key, at)
    if one is None or not Invitation.objects.filter(id=one.id, ended_at=None).update(ended_at=at):
        raise NotThere
    there = find_person(one.email)
    person = there or people.make_person(email=one.email, name=name, language=language, at=at)
    by = Viewer(person=person.id, name=str(person))
    if one.hands_over:
        record(by, f"took {one.place} over from {one.made_by.in_trail}", one.place, at)
        stays = one.hands_over == Then.STAYS
        pass_on(one.team, giver=one.made_by, taker=person, stays=stays, at=at)
        return person, there is not None
    hold(person=person, to=one.place, role=one.role, at=at)
    record(by, f"became {worded(one.role)} of {one.place}, invited by {one.made_by.in_trail}", one.place, at)
    return person, there is not None
