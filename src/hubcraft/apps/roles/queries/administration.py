"""What the administrator sees: places, and who is what in them. Nothing of what is said there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hubcraft.apps.networks.models import Initiative, Membership, Network, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.queries import list_administrators, with_second_step
from hubcraft.apps.roles.queries.places import get_initiative, get_network, insist_on_administrator
from hubcraft.apps.upkeep.queries import ProofView, last_proof

MOST_PEOPLE = 100


@dataclass(frozen=True)
class Named:
    """Something with a page or a form of its own."""

    id: str
    name: str


@dataclass(frozen=True)
class RoleRow:
    """One role of one person, as a list shows it."""

    id: str
    name: str
    email: str
    role: str
    place: str


@dataclass(frozen=True)
class TeamRow:
    """A team of a network, with who is what in it."""

    id: str
    name: str
    is_hub: bool
    address: str
    people: tuple[RoleRow, ...]

    @property
    def give(self) -> str:
        return f"{self.address}roles/"


@dataclass(frozen=True)
class InitiativeRow:
    """An initiative and its networks; the row without a name holds the networks that are in none."""

    id: str
    name: str
    networks: tuple[Named, ...]


@dataclass(frozen=True)
class AdministrationPage:
    initiatives: tuple[InitiativeRow, ...]
    administrators: tuple[RoleRow, ...]
    proof: ProofView


@dataclass(frozen=True)
class InitiativePage:
    initiative: Named
    networks: tuple[Named, ...]
    people: tuple[RoleRow, ...]

    @property
    def give(self) -> str:
        return f"/administration/initiatives/{self.initiative.id}/roles/"

    @property
    def make_network(self) -> str:
        return f"/administration/networks/?initiative={self.initiative.id}"


@dataclass(frozen=True)
class NetworkPage:
    network: Named
    above: Named | None
    teams: tuple[TeamRow, ...]
    people: tuple[RoleRow, ...]

    @property
    def give(self) -> str:
        return f"/administration/networks/{self.network.id}/roles/"

    @property
    def make_team(self) -> str:
        return f"/administration/networks/{self.network.id}/teams/"


@dataclass(frozen=True)
class PersonRow:
    """Somebody with an account, and everything they are."""

    id: str
    name: str
    email: str
    is_administrator: bool
    # Theirs may be taken away when it is lost; one's own is not, from here.
    may_lose_second_step: bool
    roles: tuple[RoleRow, ...]


@dataclass(frozen=True)
class PeoplePage:
    people: tuple[PersonRow, ...]
    find: str
    has_more: bool


def administration_page(viewer: Viewer, at: datetime) -> AdministrationPage:
    """Every initiative with its networks, who administers, and whether the last backup that was tried came back."""
    insist_on_administrator(viewer)
    networks: dict[str, list[Named]] = defaultdict(list)
    for it in Network.objects.filter(is_provisional=False, removed_at=None).order_by("name", "id"):
        networks[it.initiative_id or ""].append(Named(it.id, it.name))
    rows = [Named(it.id, it.name) for it in list_initiatives()]
    if networks.get("") or not rows:
        rows.append(Named("", ""))
    return AdministrationPage(
        tuple(InitiativeRow(it.id, it.name, tuple(networks.get(it.id, ()))) for it in rows),
        tuple(RoleRow(it.id, it.name, it.email, "", "") for it in list_administrators()),
        last_proof(at),
    )


def list_networks_beside(viewer: Viewer, network_id: str) -> tuple[Named, ...]:
    """Every other network that is somebody's."""
    insist_on_administrator(viewer)
    others = Network.objects.filter(is_provisional=False, removed_at=None).exclude(id=network_id)
    return tuple(Named(it.id, it.name) for it in others.order_by("name", "id"))


def list_initiatives() -> Iterable[Initiative]:
    """Those that are there."""
    return Initiative.objects.filter(removed_at=None).order_by("name", "id")


def initiative_page(viewer: Viewer, initiative_id: str) -> InitiativePage:
    """One initiative."""
    insist_on_administrator(viewer)
    initiative = get_initiative(initiative_id)
    networks = initiative.networks.filter(removed_at=None).order_by("name", "id")
    held = Membership.objects.filter(initiative=initiative)
    return InitiativePage(
        Named(initiative.id, initiative.name),
        tuple(Named(it.id, it.name) for it in networks),
        role_rows(held),
    )


def network_page(viewer: Viewer, network_id: str) -> NetworkPage:
    """One network with its teams, the hub first."""
    insist_on_administrator(viewer)
    network = get_network(network_id)
    held: dict[str, list[RoleRow]] = defaultdict(list)
    for it in memberships(Membership.objects.filter(network=network)):
        held[it.team_id or ""].append(role_row(it))
    teams = Team.objects.filter(network=network, removed_at=None).order_by("-is_hub", "name", "id")
    above = network.initiative
    teams_at = f"/administration/networks/{network.id}/teams/"
    return NetworkPage(
        Named(network.id, network.name),
        Named(above.id, above.name) if above else None,
        tuple(
            TeamRow(it.id, it.name, it.is_hub, f"{teams_at}{it.id}/", tuple(held.get(it.id, ())))
            for it in teams
        ),
        tuple(held.get("", ())),
    )


def people_page(viewer: Viewer, find: str) -> PeoplePage:
    """People with an account, found by a part of their name or mail address."""
    insist_on_administrator(viewer)
    people = Person.objects.filter(removed_at=None).order_by("name", "email")
    if find:
        people = people.filter(Q(name__icontains=find) | Q(email__icontains=find))
    found = list(people[: MOST_PEOPLE + 1])
    held: dict[str, list[RoleRow]] = defaultdict(list)
    for it in memberships(Membership.objects.filter(person__in=found)):
        held[it.person_id].append(role_row(it))
    lose = with_second_step(found) - {viewer.person}
    rows = tuple(
        PersonRow(it.id, it.name, it.email, it.is_administrator, it.id in lose, tuple(held.get(it.id, ())))
        for it in found[:MOST_PEOPLE]
    )
    return PeoplePage(rows, find, len(found) > MOST_PEOPLE)


def memberships(held):
    """Roles that are held now, in places that are there."""
    held = held.filter(
        ended_at=None, team__removed_at=None, network__removed_at=None, initiative__removed_at=None
    )
    return held.select_related("person", "initiative", "network", "team").order_by(
        "role", "person__name", "id"
    )


def role_rows(held) -> tuple[RoleRow, ...]:
    return tuple(map(role_row, memberships(held)))


def role_row(it: Membership) -> RoleRow:
    """A role, with whose it is and where."""
    place = it.team or it.network or it.initiative
    return RoleRow(it.id, it.person.name, it.person.email, str(Role(it.role).label), place.name)
