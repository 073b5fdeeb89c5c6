"""The page that a team keeps of a session, and a person who was alone."""

from urllib.parse import quote

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.exports.files import list_files, write_chart, write_file
from hubcraft.apps.facilitation.exports.kept import kept_report
from hubcraft.apps.facilitation.pages.files import sent, size_of
from hubcraft.apps.facilitation.pages.kinds.strategies import belongs_to
from hubcraft.apps.facilitation.pages.written import part_of
from hubcraft.apps.facilitation.queries.writing import sees_strategies, team_charts, team_page
from hubcraft.apps.improvement import policy
from hubcraft.apps.reflections.pages.way import address_now, elsewhere, participants, parts_of
from hubcraft.apps.reflections.policy import can_see_board
from hubcraft.apps.reflections.queries.charts import AGREEMENT
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms import queries as rooms
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.pages import device
from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import page, show


@page(policy=policy.can_see_next_steps)
def kept(request, room_id):
    """Board, strategies, next steps: for whoever has a seat here, on a device that holds it.

    The private link brings the seat along: its key moves from the address into a cookie, and the address is clean.
    """
    return bring_along(request, room_id) if "key" in request.GET else keep(request, room_id)


def bring_along(request, room_id: str) -> HttpResponseRedirect:
    """Let this device hold the seat whose private link was opened."""
    seat_id, _colon, secret = request.GET["key"].partition(":")
    if not rooms.viewer_with(room_id, rooms.Keys(seats=((seat_id, secret),))).takes_part:
        raise NotThere
    held = [pair for pair in device.keys(request.COOKIES, room_id).seats if pair[0] != seat_id]
    response = HttpResponseRedirect(f"/r/{room_id}/team-page/")
    return device.keep_seats(request, response, room_id, [(seat_id, secret), *held])


@participants(policy=policy.can_see_next_steps, is_errand=True)
def keep(request, place: Place):
    """The page itself, from the moment the room begins."""
    if place.room.is_in_lobby or place.seat.is_waiting:
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    belongs_to(request, place, "stay-connected")
    link = private_link(request, place)
    return show(
        request,
        "facilitation/team_page.html",
        page=team_page(place, link, mail_to_myself(place, link)),
        strategies_region=part_of(place, topics.STRATEGIES) if sees_strategies(place) else None,
        files=list_files(),
        next_steps_region=part_of(place, topics.NEXT_STEPS),
        promises_region=part_of(place, topics.PROMISES),
    )


@participants(policy=policy.can_see_next_steps, is_errand=True)
def take(request, place: Place, kind: str):
    """The page as a file; where the page is not there yet, neither is this."""
    if place.room.is_in_lobby or place.seat.is_waiting:
        raise NotThere
    return sent(write_file(kept_report(place, size_of(request, place.room.time_zone)), kind))


@participants(policy=can_see_board, is_errand=True)
def charts(request, place: Place):
    """The team's board as a chart: a page of its own, since it stands still while the board moves."""
    page = team_charts(place)
    if page is None:
        raise NotThere
    return show(request, "facilitation/team_charts.html", page=page)


@participants(policy=can_see_board, is_errand=True)
def chart(request, place: Place, chart: str, as_file: str):
    """The same as a file."""
    page = team_charts(place)
    drawn = page.agreement if page is not None and chart == AGREEMENT else None
    return sent(write_chart(drawn, page.team_name if page else "", as_file))


def private_link(request, place: Place) -> str:
    """The link to this page for another device of the same person; its key comes from their own device."""
    held = dict(device.keys(request.COOKIES, place.room.id).seats)
    return f"{place.room.address}/r/{place.room.id}/team-page/?key={place.seat.id}:{held[place.seat.id]}"


def mail_to_myself(place: Place, link: str) -> str:
    """A mail with that link, written by the person's own mail program."""
    subject = _("My page of {room}").format(room=place.room)
    body = _("This link opens what my team and I wrote. It is the key to my seat, so it is mine alone:")
    return f"mailto:?subject={quote(subject)}&body={quote(body + chr(10) * 2 + link + chr(10))}"
