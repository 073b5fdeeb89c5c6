"""Making and ending networks and teams."""

from collections.abc import Iterable
from datetime import datetime

from hubcraft.apps.networks.models import Network, Team


def make_provisional_team(*, name: str, time_zone: str, at: datetime, is_alone: bool = False) -> Team:
    """A team nobody has claimed yet, as the hub of a network of its own, inside the caller's transaction.

    A workshop spans networks, and two hubs that meet in a room must never share a tenant by accident.
    """
    network = Network.objects.create(name=name, time_zone=time_zone, made_at=at)
    return Team.objects.create(network=network, name=name, is_hub=True, is_alone=is_alone, made_at=at)


def rename_team(*, team_id: str, name: str) -> None:
    """Give a provisional team another name."""
    Team.objects.filter(id=team_id).update(name=name)
    Network.objects.filter(teams=team_id, is_provisional=True).update(name=name)


def delete_provisional_teams(*, team_ids: Iterable[str]) -> list[str]:
    """Delete provisional teams that nothing is left of, with the networks made for them; answers with these."""
    teams = Team.objects.filter(id__in=list(team_ids), network__is_provisional=True)
    networks = list(teams.values_list("network_id", flat=True))
    teams.delete()
    Network.objects.filter(id__in=networks, is_provisional=True).delete()
    return networks


def end_team(*, team_id: str, at: datetime) -> None:
    """Put away a provisional team whose people have gone to another."""
    Team.objects.filter(id=team_id, removed_at=None).update(removed_at=at)
