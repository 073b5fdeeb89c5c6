"""A hub moves to another network: what it opened for the old one was meant for that one."""

from hubcraft.apps.cards.models import Card, Reach
from hubcraft.apps.networks.models import Team


def keep_for_hub(team: Team) -> None:
    """Its cards are for the hub alone, but those that everybody reads; inside the caller's transaction."""
    Card.objects.filter(team=team).exclude(reach=Reach.EVERYONE).update(
        reach=Reach.TEAM, for_network=None, for_initiative=None
    )
