"""Giving roles and taking them."""

from datetime import datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.networks.models import Initiative, Membership, Network, Role, Team
from hubcraft.apps.networks.queries import memberships_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people import actions as people
from hubcraft.apps.people.models import Person
from hubcraft.apps.roles import policy
from hubcraft.apps.roles.actions.telling import tell_if_nobody_leads
from hubcraft.apps.roles.queries.places import place_of
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes


@writes
def give_role(
    *,
    by: Viewer,
    to: Initiative | Network | Team,
    role: str,
    email: str,
    name: str,
    language: str,
    at: datetime,
) -> Membership:
    """Somebody is something here from now on; whoever has no account yet gets one."""
    insist(policy.can_give_role(by, place_of(to), role))
    person = people.make_person(email=email, name=name, language=language, at=at)
    held = hold(person=person, to=to, role=role, at=at)
    record(by, f"gave {person.in_trail} the role of {worded(role)} in {to}", to, at)
    return held


def hold(*, person: Person, to: Initiative | Network | Team, role: str, at: datetime) -> Membership:
    """The role this person holds here, made if it wasn’t held; inside the caller’s transaction."""
    network = to.network_id if isinstance(to, Team) else to.id if isinstance(to, Network) else None
    where = {
        "initiative_id": to.id if isinstance(to, Initiative) else None,
        "network_id": network,
        "team_id": to.id if isinstance(to, Team) else None,
    }
    held, _is_new = Membership.objects.get_or_create(
        person=person, role=role, ended_at=None, **where, defaults={"made_at": at}
    )
    return held


@writes
def take_role(*, by: Viewer, membership_id: str, at: datetime) -> Membership:
    """Somebody is this no longer; whoever is nothing anywhere any more is signed out everywhere."""
    held = Membership.objects.filter(id=membership_id, ended_at=None)
    held = held.select_related("person", "initiative", "network__initiative", "team__network").first()
    if held is None:
        raise NotThere
    place = held.team or held.network or held.initiative
    if held.person_id != by.person and not policy.roles_to_give(by, place_of(place)):
        raise NotThere
    insist(policy.can_take_role(by, place_of(place), held.role, held.person_id))
    Membership.objects.filter(id=held.id).update(ended_at=at)
    record(by, f"took the role of {worded(held.role)} in {place} from {held.person.in_trail}", place, at)
    if held.role == Role.HUB_LEADER:
        tell_if_nobody_leads(held.team, at=at)
    sign_out_if_nothing(held.person, by=by.in_trail, at=at)
    return held


def sign_out_if_nothing(person: Person, *, by: str, at: datetime) -> None:
    """Whoever is nothing anywhere any more is signed out everywhere."""
    if not person.is_administrator and not memberships_of(person.id).exists():
        people.end_sessions(person=person, by=by, at=at)


def worded(role: str) -> str:
    """A role as the trail, which is in one language, names it."""
    return Role(role).value.replace("-", " ")


def record(by: Viewer, did: str, place: Initiative | Network | Team, at: datetime) -> None:
    """In the trail of the network it was done in, if it was in one."""
    network = place.network_id if isinstance(place, Team) else place.id if isinstance(place, Network) else ""
    kind = type(place).__name__.lower()
    audit.record(who=by.in_trail, did=did, thing=f"{kind} {place.id}", network=network, at=at)
