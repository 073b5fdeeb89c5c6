"""Bringing a seat and a team's board from a room to one's account and one's hub."""

from datetime import datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.models import SeatClaim, TeamClaim
from hubcraft.apps.insights.queries.claims import claim_of_seat, claim_of_team
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.queries.doors import place_of_seat
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes


@writes
def claim_seat(*, by: Viewer, account: Viewer, who: str, seat_id: str, at: datetime) -> SeatClaim:
    """This seat is mine. `by` holds it, `account` is who is signed in; said twice by the same person it is one."""
    place = place_of_seat(by, seat_id, is_locked=True)
    there = claim_of_seat(seat_id)
    if there is not None and there.person_id == account.person:
        return there
    insist(policy.can_claim_seat(account, place, is_claimed=there is not None))
    claim = SeatClaim.objects.create(seat=place.seat, person_id=account.person, made_at=at)
    audit.record(who=who, did="took their seat along", thing=f"seat {seat_id}", room=place.room.id, at=at)
    return claim


@writes
def claim_team(
    *, by: Viewer, account: Viewer, who: str, seat_id: str, hub_id: str, at: datetime
) -> TeamClaim:
    """This team is our hub: its boards, strategies and next steps stand on the hub's page from now on."""
    place = place_of_seat(by, seat_id, is_locked=True)
    # Held until the end: two who claim one team at this moment are one after the other.
    team = Team.objects.select_for_update().get(id=place.seat.team_id)
    hub = (
        Team.objects.select_for_update(of=("self",))
        .filter(id=hub_id, removed_at=None, network__removed_at=None)
        .first()
    )
    if hub is None or not policy.can_see_hub(account, hub_id).is_allowed:
        raise NotThere
    there = claim_of_team(team.id)
    if there is not None and there.hub_id == hub_id:
        return there
    insist(policy.can_claim_team(account, place, is_claimed=there is not None))
    claim = TeamClaim.objects.create(
        team=team, network_id=hub.network_id, hub=hub, person_id=account.person, made_at=at
    )
    audit.record(
        who=who,
        did="kept a team’s board for their hub",
        thing=f"team {team.id}",
        room=place.room.id,
        network=hub.network_id,
        at=at,
    )
    return claim
