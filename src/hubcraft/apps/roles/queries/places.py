"""Initiatives, networks and teams as doors: whoever has no business there gets the answer of nothing."""

from hubcraft.apps.networks.models import Initiative, Network, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people import policy
from hubcraft.apps.roles.policy import Place
from hubcraft.domain.verdict import NotThere


def insist_on_administrator(viewer: Viewer) -> None:
    """For everybody else there is no administration."""
    if not policy.can_administer(viewer):
        raise NotThere


def get_initiative(initiative_id: str) -> Initiative:
    """An initiative that is there."""
    return insist_there(Initiative.objects.filter(id=initiative_id, removed_at=None).first())


def get_network(network_id: str) -> Network:
    """A network that is there and somebody’s: one that a room made for a team of its own is not administered."""
    there = Network.objects.filter(id=network_id, removed_at=None, is_provisional=False)
    return insist_there(there.select_related("initiative").first())


def get_team(network_id: str, team_id: str) -> Team:
    """A team of a network."""
    network = get_network(network_id)
    there = Team.objects.filter(id=team_id, network=network, removed_at=None)
    return insist_there(there.select_related("network").first())


def insist_there(found):
    if found is None:
        raise NotThere
    return found


def place_of(it: Initiative | Network | Team) -> Place:
    """A place as the rules see it."""
    if isinstance(it, Initiative):
        return Place(initiative=it.id)
    if isinstance(it, Network):
        return Place(initiative=it.initiative_id or "", network=it.id)
    above = it.network.initiative_id or ""
    return Place(initiative=above, network=it.network_id, team=it.id, is_hub=it.is_hub)
