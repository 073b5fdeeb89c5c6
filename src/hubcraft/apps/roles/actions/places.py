"""Making and naming initiatives, networks and teams. A name that is there already leads to what has it."""

from datetime import datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.networks.models import Initiative, Network, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people import policy
from hubcraft.apps.roles.queries.places import get_initiative, get_network, get_team
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def make_initiative(*, by: Viewer, name: str, at: datetime) -> Initiative:
    """A network of networks, empty at first."""
    insist(policy.can_administer(by))
    there = Initiative.objects.filter(name__iexact=name, removed_at=None).first()
    if there is not None:
        return there
    made = Initiative.objects.create(name=name, made_at=at)
    audit.record(who=by.in_trail, did=f"made the initiative {name}", thing=f"initiative {made.id}", at=at)
    return made


@writes
def rename_initiative(*, by: Viewer, initiative_id: str, name: str, at: datetime) -> None:
    """It is called otherwise from now on."""
    insist(policy.can_administer(by))
    initiative = get_initiative(initiative_id)
    Initiative.objects.filter(id=initiative.id).update(name=name)
    did = f"renamed the initiative {initiative.name} to {name}"
    audit.record(who=by.in_trail, did=did, thing=f"initiative {initiative.id}", at=at)


@writes
def make_network(*, by: Viewer, name: str, time_zone: str, initiative_id: str, at: datetime) -> Network:
    """A network that is somebody’s from the start, unlike those that rooms make for the teams in them."""
    insist(policy.can_administer(by))
    initiative = get_initiative(initiative_id) if initiative_id else None
    there = Network.objects.filter(
        name__iexact=name, initiative=initiative, is_provisional=False, removed_at=None
    ).first()
    if there is not None:
        return there
    made = Network.objects.create(
        name=name, time_zone=time_zone, initiative=initiative, is_provisional=False, made_at=at
    )
    record(by, f"made the network {name}", made, at)
    return made


@writes
def change_network(
    *, by: Viewer, network_id: str, name: str, time_zone: str, initiative_id: str, at: datetime
) -> None:
    """Another name, another time zone, another initiative or none."""
    insist(policy.can_administer(by))
    network = get_network(network_id)
    initiative = get_initiative(initiative_id) if initiative_id else None
    told = []
    if name != network.name:
        told.append(f"renamed the network {network.name} to {name}")
    if time_zone != network.time_zone:
        told.append(f"moved the network {name} to the time zone {time_zone}")
    if initiative != network.initiative:
        told.append(f"put the network {name} into {initiative or 'no initiative'}")
    Network.objects.filter(id=network.id).update(name=name, time_zone=time_zone, initiative=initiative)
    for did in told:
        record(by, did, network, at)


@writes
def make_team(*, by: Viewer, network_id: str, name: str, at: datetime) -> Team:
    """One more team; the first of a network is its hub."""
    insist(policy.can_administer(by))
    network = get_network(network_id)
    teams = Team.objects.filter(network=network, removed_at=None)
    there = teams.filter(name__iexact=name).first()
    if there is not None:
        return there
    made = Team.objects.create(network=network, name=name, is_hub=not teams.exists(), made_at=at)
    record(by, f"made the team {name}", network, at)
    return made


@writes
def rename_team(*, by: Viewer, network_id: str, team_id: str, name: str, at: datetime) -> None:
    """It is called otherwise from now on."""
    insist(policy.can_administer(by))
    team = get_team(network_id, team_id)
    Team.objects.filter(id=team.id).update(name=name)
    record(by, f"renamed the team {team.name} to {name}", team.network, at)


@writes
def choose_hub(*, by: Viewer, network_id: str, team_id: str, at: datetime) -> None:
    """Another team leads the network; who was what in either team stays so."""
    insist(policy.can_administer(by))
    team = get_team(network_id, team_id)
    Team.objects.filter(network=team.network_id, is_hub=True).update(is_hub=False)
    Team.objects.filter(id=team.id).update(is_hub=True)
    record(by, f"made the team {team.name} the hub", team.network, at)


def record(by: Viewer, did: str, network: Network, at: datetime) -> None:
    """In the trail of the network it was done to."""
    audit.record(who=by.in_trail, did=did, thing=f"network {network.id}", network=network.id, at=at)
