"""Bringing what a room left to one's account and one's hub."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation.pages.kinds.strategies import speaker
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import claims
from hubcraft.apps.insights.queries.claims import claim_page, hub_address, read_at
from hubcraft.apps.networks.middleware import asked_for_second_step
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.reflections.pages.way import address_now, elsewhere, participants, parts_of
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.domain.verdict import insist
from hubcraft.web.page import show


@participants(policy=policy.can_claim_team, methods=["GET", "POST"], is_errand=True, is_for_its_seat=True)
def claim(request, place: Place):
    """Keep one's team's board for a hub of one's own."""
    if request.method != "POST" and (place.room.is_in_lobby or place.seat.is_waiting):
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    # Pages of rooms ask nobody who they are; here it is the account that counts.
    if away := asked_for_second_step(request, request.path):
        return away
    account = viewer_of(request.user)
    if request.method != "POST":
        return show(request, "insights/claim.html", page=claim_page(account, place))
    insist(policy.can_bring(account, place))
    kept = claims.claim_team(
        by=place.viewer,
        account=account,
        who=request.user.in_trail,
        seat_id=speaker(request, place),
        hub_id=request.POST.get("hub", ""),
        at=request.moment,
    )
    return HttpResponseRedirect(read_at(hub_address(kept.hub), place))


@participants(policy=policy.can_claim_seat, methods=["POST"], is_for_its_seat=True)
def claim_seat(request, place: Place):
    """Say that this seat is one's own."""
    if away := asked_for_second_step(request, f"/r/{place.room.id}/claim/"):
        return away
    account = viewer_of(request.user)
    insist(policy.can_bring(account, place))
    claims.claim_seat(
        by=place.viewer,
        account=account,
        who=request.user.in_trail,
        seat_id=speaker(request, place),
        at=request.moment,
    )
    return HttpResponseRedirect(f"/r/{place.room.id}/claim/")
