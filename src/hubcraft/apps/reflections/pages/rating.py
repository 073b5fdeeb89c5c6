"""Placing initials: one look-for after another, or all of them."""

from django.http import HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions import boards, marks
from hubcraft.apps.reflections.forms import read_operations, read_plain_form
from hubcraft.apps.reflections.pages.regions import brought
from hubcraft.apps.reflections.pages.way import (
    address_now,
    elsewhere,
    offer_words,
    participants,
    parts_of,
    place_of_key,
    seated,
)
from hubcraft.apps.reflections.queries.audiences import audience_of
from hubcraft.apps.reflections.queries.doors import Place, get_place, place_of_seat
from hubcraft.apps.reflections.queries.rating import own_answers, rate_page
from hubcraft.apps.rooms import topics
from hubcraft.web.page import show


@participants(policy=policy.can_rate)
def every_look_for(request, place: Place):
    """All look-fors at once: the poster."""
    return look_fors(request, place, None)


@participants(policy=policy.can_rate)
def one_look_for(request, place: Place, number: int):
    """One look-for."""
    return look_fors(request, place, number)


def look_fors(request, place: Place, position: int | None):
    """The page where one stands, if it has begun."""
    if place.seat.is_waiting or place.room.is_in_lobby:
        return elsewhere(request, f"/r/{place.room.id}/lobby/")
    if not place.has_come:
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    is_interpreting = place.seat.interprets
    template = "reflections/prompts.html" if is_interpreting else "reflections/rate.html"
    page = rate_page(place, None if is_interpreting else position)
    talk = "" if page.is_move else brought(place.room.id, audience_of(place), topics.TALK)
    return show(request, template, page=page, talk=talk, offer=offer_words(page.offer))


@seated(policy=policy.can_rate, methods=["POST"])
def place_marks(request, viewer: Viewer):
    """Take the operations of a device's queue, or of a form that was sent without JavaScript."""
    if request.content_type == "application/json":
        seat_key, operations = read_operations(request.body)
        receipt = marks.place_marks(
            by=viewer,
            seat_id=place_of_key(viewer, seat_key),
            operations=operations,
            at=request.moment,
        )
        return JsonResponse(
            {
                "taken": receipt.taken,
                "late": receipt.late,
                "refused": [
                    {"id": operation, "sentence": sentence} for operation, sentence in receipt.refused
                ],
                "answered": receipt.answered,
                "total": receipt.total,
            }
        )
    place = get_place(viewer)
    seat_id = place_of_key(viewer, request.POST.get("seat", ""))
    answers = own_answers(place if seat_id == place.seat.id else place_of_seat(viewer, seat_id))
    _key, operations = read_plain_form(request.POST, answers)
    receipt = marks.place_marks(by=viewer, seat_id=seat_id, operations=operations, at=request.moment)
    if receipt.refused:
        sentence, back = receipt.refused[0][1], next_address(request, place)
        return show(request, "409.html", status=409, sentence=sentence, back=back)
    return HttpResponseRedirect(next_address(request, place))


def next_address(request, place: Place) -> str:
    """Where the form wants to go on, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    if wanted.startswith(f"/r/{place.room.id}/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None
    ):
        return wanted
    return address_now(place)


@participants(policy=policy.can_wish, methods=["POST"])
def wish(request, place: Place):
    """*I'd rather not show mine.*"""
    boards.wish(by=place.viewer, seat_id=place.seat.id, at=request.moment)
    return HttpResponseRedirect(next_address(request, place))


@participants(policy=policy.can_wish, methods=["POST"])
def take_back_wish(request, place: Place):
    """Show mine after all."""
    boards.take_back_wish(by=place.viewer, seat_id=place.seat.id, at=request.moment)
    return HttpResponseRedirect(next_address(request, place))
