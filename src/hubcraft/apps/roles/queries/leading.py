"""Who leads a hub, who belongs to it, and who leads above it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.queries import list_administrators
from hubcraft.apps.roles import policy
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.roles.queries.places import place_of
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class Successor:
    """Somebody of the hub who could lead it."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class Asked:
    """Somebody who was asked by mail to take the hub over, and has not answered."""

    id: str
    email: str
    until: datetime


@dataclass(frozen=True)
class HandOverPage:
    """What whoever leads a hub chooses from when they hand it over."""

    name: str
    address: str
    people: tuple[Successor, ...]
    # Who leads it beside them, and goes on doing so.
    others: tuple[str, ...]
    asked: tuple[Asked, ...]


def people_of(hub: Team) -> list[Person]:
    """Everybody who holds a role in a hub."""
    held = Membership.objects.filter(team=hub, ended_at=None).select_related("person")
    return list({it.person_id: it.person for it in held}.values())


def leads_hub(hub: Team) -> list[Person]:
    """Who leads it."""
    held = Membership.objects.filter(team=hub, role=Role.HUB_LEADER, ended_at=None)
    return [it.person for it in held.select_related("person").order_by("person__name", "id")]


def leads_network(hub: Team) -> list[Person]:
    """Who leads the network that a hub is in."""
    held = Membership.objects.filter(network=hub.network_id, team=None, role=Role.NETWORK_LEAD, ended_at=None)
    return [it.person for it in held.select_related("person")]


def leads_above(hub: Team) -> list[Person]:
    """Who leads its network; where nobody does, its initiative; where nobody does either, who administers."""
    if found := leads_network(hub):
        return found
    held = Membership.objects.filter(
        initiative=hub.network.initiative_id, role=Role.INITIATIVE_LEAD, ended_at=None
    )
    if hub.network.initiative_id and (found := [it.person for it in held.select_related("person")]):
        return found
    return list(list_administrators())


def get_my_hub(viewer: Viewer, hub: Team) -> Team:
    """A hub that this viewer leads; for everybody else there is nothing to hand over."""
    if not policy.can_hand_over(viewer, place_of(hub)):
        raise NotThere
    return hub


def hand_over_page(viewer: Viewer, hub: Team, at: datetime) -> HandOverPage:
    """Whom it can be handed to, and who was asked already."""
    held = Membership.objects.filter(team=hub, ended_at=None).exclude(person=viewer.person)
    people = {it.person_id: it for it in held.select_related("person").order_by("-role")}
    rows = sorted(people.values(), key=lambda it: (str(it.person), it.id))
    mine = policy.roles_to_give(viewer, place_of(hub))
    asked = Invitation.objects.filter(team=hub, made_by=viewer.person, ended_at=None, until__gt=at)
    return HandOverPage(
        name=hub.name,
        address=f"/n/{hub.network_id}/teams/{hub.id}/",
        people=tuple(
            Successor(it.person_id, told_apart(it, mine), str(it.get_role_display())) for it in rows
        ),
        others=tuple(str(it) for it in leads_hub(hub) if it.id != viewer.person),
        asked=tuple(
            Asked(it.id, it.email, it.until) for it in asked.exclude(hands_over="").order_by("email")
        ),
    )


def told_apart(held: Membership, mine: Collection[str]) -> str:
    """Somebody by name; without one, with the address, for who reads it on the page of their people anyway."""
    who = str(held.person)
    return who if held.person.name or held.role not in mine else f"{who} ({held.person.email})"
