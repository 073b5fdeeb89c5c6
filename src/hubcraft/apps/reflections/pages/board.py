"""A team's board, and the answers that come after it was opened."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect

from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions import boards
from hubcraft.apps.reflections.pages.way import elsewhere, offer_words, participants, parts_of, rubric_address
from hubcraft.apps.reflections.queries.board import Shows, board_page
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms.queries import MeView, RoomView, me_view, room_view
from hubcraft.web.page import show


@dataclass(frozen=True)
class LatePage:
    """The choice of someone who came late and has rated."""

    me: MeView
    room: RoomView
    shows: str


def may_see(place: Place):
    """Whether this person may see their team's board now."""
    return policy.can_see_board(place.viewer, place.session, place.reflection, place.seat, place.is_done_late)


@participants(policy=policy.can_see_board)
def board(request, place: Place):
    """The board, once it is open."""
    if not (may_see(place).is_allowed and place.has_come):
        return elsewhere(request, rubric_address(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    page = board_page(place)
    return show(request, "reflections/board.html", page=page, offer=offer_words(page.offer))


@participants(policy=policy.can_rate, methods=["GET", "POST"])
def late(request, place: Place):
    """Add one's late marks to the board, or keep them to oneself."""
    is_newcomer = place.seat.is_late and not (place.finish and place.finish.late_choice)
    if request.method == "POST":
        is_added = request.POST.get("late") == "add"
        act = boards.choose_late if is_newcomer else boards.answer_offer
        act(by=place.viewer, seat_id=place.seat.id, is_added=is_added, at=request.moment)
        return HttpResponseRedirect(f"/r/{place.room.id}/board/")
    if not (is_newcomer and place.finish and place.finish.is_finished):
        return elsewhere(request, rubric_address(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    return show(
        request,
        "reflections/late.html",
        page=LatePage(
            me=me_view(place.viewer, place.seat),
            room=room_view(place.room),
            shows=place.reflection.shows or Shows.INITIALS,
        ),
    )
