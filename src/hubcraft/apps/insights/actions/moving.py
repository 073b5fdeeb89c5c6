"""A team moves to another network; said by the administrator."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Model

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.insights.actions.raising import end_raised
from hubcraft.apps.insights.actions.sharing import end, hold
from hubcraft.apps.insights.models import Frozen, Merge, TeamClaim
from hubcraft.apps.insights.queries.sharing import releases_of
from hubcraft.apps.networks.models import Membership, Network, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people import policy
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.roles.queries.places import get_network, get_team
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes

# What else is a team's own and goes along with it; concepts above say which, each with a team and its network.
ALONG: list[type[Model]] = []
# What else ends there, as it was meant for the old network; each is given the team.
ENDS: list[Callable[[Team], None]] = []


@writes
def move_team(*, by: Viewer, network_id: str, team_id: str, to: str, at: datetime) -> Network:
    """The team, with its people and its boards, is in another network. What it shared with the old one ends there:
    it was meant for that one."""
    insist(policy.can_administer(by))
    team, target = get_team(network_id, team_id), get_network(to)
    if target.id == team.network_id:
        raise NotThere
    # In one order everywhere, so that nothing is shared or told meanwhile.
    for network in sorted((team.network, target), key=lambda it: it.id):
        hold(network)
    end_outside(team, at)
    for rows in (
        TeamClaim.objects.filter(network=team.network_id, hub=team),
        Frozen.objects.filter(team=team),
        Membership.objects.filter(team=team),
        *(model.objects.filter(team=team) for model in ALONG),
    ):
        rows.update(network=target)
    is_hub = not Team.objects.filter(network=target, removed_at=None).exists()
    Team.objects.filter(id=team.id).update(network=target, is_hub=is_hub)
    for network in (team.network, target):
        record(by, f"moved the team {team.name} from {team.network.name} to {target.name}", network, at)
    return target


def end_outside(team: Team, at: datetime) -> None:
    """Nothing of the team leaves it any more, and invitations to it mean nothing: it is not what they were about."""
    for release in releases_of(team):
        end(release, at)
    end_raised([team], at)
    Invitation.objects.filter(team=team, ended_at=None).update(ended_at=at)
    Merge.objects.filter(team=team, ended_at=None).update(ended_at=at)
    for end_also in ENDS:
        end_also(team)


def record(by: Viewer, did: str, network: Network, at: datetime) -> None:
    """In the trail of a network it was done to."""
    audit.record(who=by.in_trail, did=did, thing=f"network {network.id}", network=network.id, at=at)
