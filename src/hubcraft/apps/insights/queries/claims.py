"""What was claimed, and what may be."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hubcraft.apps.insights import policy
from hubcraft.apps.insights.models import SeatClaim, TeamClaim
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms.queries import MeView, RoomView, me_view, room_view
from hubcraft.content.rubric import LOOK_FOR


@dataclass(frozen=True)
class HubOption:
    """A hub one belongs to."""

    id: str
    name: str
    address: str


@dataclass(frozen=True)
class ClaimPage:
    """What a person may bring from a room, and why not where they may not."""

    me: MeView
    room: RoomView
    is_signed_in: bool
    is_my_seat: bool
    why_not_seat: str
    hubs: tuple[HubOption, ...]
    kept_by: HubOption | None
    # Where that hub reads of it.
    read_at: str
    why_not_team: str


def hubs_of(viewer: Viewer) -> tuple[HubOption, ...]:
    """The teams this person belongs to, as those a board may be kept for."""
    ids = [it.team for it in viewer.roles if it.team and it.role in policy.OF_A_HUB]
    found = Team.objects.filter(id__in=ids, removed_at=None, network__removed_at=None).order_by("name", "id")
    return tuple(HubOption(it.id, it.name, hub_address(it)) for it in found)


def hub_address(hub: Team) -> str:
    """Where a hub's page is."""
    return f"/n/{hub.network_id}/teams/{hub.id}/"


def read_at(address: str, place: Place) -> str:
    """Where a hub reads of what was rated: one look-for on the page of that look-for, anything else on its own page."""
    rubric = place.rubric
    return f"{address}framework/{rubric.look_fors[0].key}/" if rubric.reach == LOOK_FOR else address


def claim_of_team(team_id: str) -> TeamClaim | None:
    """Which hub a team of a room was kept for."""
    return TeamClaim.objects.select_related("hub", "former__team").filter(team=team_id).first()


def kept_words(team_id: str) -> tuple[str, ...]:
    """Who sees a team's pages since it was kept for a hub, in words for the team."""
    claim = claim_of_team(team_id)
    if claim is None:
        return ()
    words = _("Your team kept this for {hub}: everyone of that hub sees it too.").format(hub=claim.hub.name)
    if claim.former is None:
        return (words,)
    before = _("What stood here before two hubs became one, only those see who were of {hub} then.")
    return (words, before.format(hub=claim.former.team.name))


def claim_of_seat(seat_id: str) -> SeatClaim | None:
    """Whose a seat is."""
    return SeatClaim.objects.filter(seat=seat_id).first()


def teams_of_hub(hub: Team) -> list[str]:
    """The hub's own team and those of rooms that were kept for it: all that its boards and promises belong to."""
    claimed = TeamClaim.objects.filter(network=hub.network_id, hub=hub).values_list("team_id", flat=True)
    return [hub.id, *sorted(claimed)]


def claim_page(viewer: Viewer, place: Place) -> ClaimPage:
    """The page on which somebody brings their seat and their team's board along."""
    of_team, of_seat = claim_of_team(place.seat.team_id), claim_of_seat(place.seat.id)
    hubs = hubs_of(viewer)
    kept_by = next((it for it in hubs if of_team is not None and it.id == of_team.hub_id), None)
    return ClaimPage(
        me=me_view(place.viewer, place.seat),
        room=room_view(place.room),
        is_signed_in=bool(viewer.person),
        is_my_seat=of_seat is not None and of_seat.person_id == viewer.person,
        why_not_seat=policy.can_claim_seat(viewer, place, is_claimed=of_seat is not None).sentence,
        hubs=hubs,
        kept_by=kept_by,
        read_at=read_at(kept_by.address, place) if kept_by else "",
        why_not_team=policy.can_claim_team(viewer, place, is_claimed=of_team is not None).sentence,
    )
