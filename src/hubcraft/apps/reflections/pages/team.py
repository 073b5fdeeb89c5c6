"""Waiting for one's team, opening its board, letting somebody in."""

from django.http import HttpResponseRedirect

from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions import boards
from hubcraft.apps.reflections.forms import ReminderForm
from hubcraft.apps.reflections.pages.regions import brought
from hubcraft.apps.reflections.pages.way import (
    address_now,
    elsewhere,
    next_number,
    offer_words,
    participants,
    parts_of,
    rubric_address,
)
from hubcraft.apps.reflections.queries.audiences import audience_of
from hubcraft.apps.reflections.queries.days import own_pace, until_words
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.reflections.queries.roster import team_page
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.policy import can_let_in
from hubcraft.apps.rooms.queries import list_seats
from hubcraft.domain.verdict import NotThere, Refused
from hubcraft.web.page import show


@participants(policy=policy.can_see_roster)
def lobby(request, place: Place):
    """You are in; it has not begun, or you wait to be let in."""
    if not place.seat.is_waiting and not place.room.is_in_lobby:
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    return show(request, "rooms/lobby.html", page=team_page(place, next_number(place)))


@participants(policy=policy.can_see_roster)
def team(request, place: Place):
    """Who is in the team and how far they are; when all have finished, is this everyone?"""
    if place.seat.is_waiting or place.room.is_in_lobby:
        return elsewhere(request, f"/r/{place.room.id}/lobby/")
    is_done = bool(place.finish and place.finish.is_finished)
    has_board = is_done and (place.session.is_open_board or place.seat.team.is_alone)
    if has_board or place.reflection.is_revealed or not place.has_come:
        return elsewhere(request, rubric_address(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    return show_team(request, place, ReminderForm())


def show_team(request, place: Place, form: ReminderForm, status: int = 200):
    """The page, with a mail address that was typed still in it."""
    page = team_page(place, next_number(place))
    return show(
        request,
        "reflections/team.html",
        status=status,
        page=page,
        offer=offer_words(page.offer),
        promises_region=brought(place.room.id, audience_of(place), topics.PROMISES),
        until=until_words(place.session, place.reflection),
        pace=own_pace(place),
        form=form,
    )


@participants(policy=policy.can_reveal, methods=["POST"])
def reveal(request, place: Place):
    """Yes, this is everyone: open our board."""
    try:
        boards.reveal(
            by=place.viewer,
            reflection_id=place.reflection.id,
            roster_mark=request.POST.get("roster", ""),
            at=request.moment,
        )
    except Refused as refused:
        address = f"/r/{place.room.id}/"
        return show(request, "409.html", status=409, sentence=refused.verdict.sentence, back=address)
    return HttpResponseRedirect(f"/r/{place.room.id}/board/")


@participants(policy=can_let_in, methods=["POST"])
def answer_asking(request, place: Place):
    """Let somebody in who came after the reveal, or not."""
    asking = [
        it for it in list_seats(place.room.id, place.seat.team_id) if it.key == request.POST.get("seat")
    ]
    if not asking or not asking[0].is_waiting:
        raise NotThere
    if request.POST.get("answer") == "yes":
        rooms.let_in(by=place.viewer, seat=asking[0], at=request.moment)
    return HttpResponseRedirect(f"/r/{place.room.id}/")
