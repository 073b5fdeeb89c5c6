"""Where a participant belongs just now, and how a page says that this is elsewhere."""

import functools
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hubcraft import live
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.pages.regions import render_regions
from hubcraft.apps.reflections.queries.audiences import audience_of
from hubcraft.apps.reflections.queries.doors import Place, get_place, place_of_seat
from hubcraft.apps.reflections.queries.rating import done_address, own_answers
from hubcraft.apps.rooms.pages import device
from hubcraft.apps.rooms.queries import get_my_seat_with_key, get_room
from hubcraft.domain.verdict import insist, refuse
from hubcraft.web.page import page


@page(policy=policy.can_see_roster)
def go(request, room_id):
    """ "Now": wherever this person belongs at this moment."""
    viewer = device.viewer(request, room_id)
    get_room(viewer, room_id)
    if not viewer.takes_part:
        return HttpResponseRedirect(f"/r/{room_id}/join/")
    return HttpResponseRedirect(address_now(get_place(viewer)))


def seated(*, policy, methods=("GET",)):
    """A page of someone who has a seat: the view is given who they are.

    Without a key to the room the page is not there; without a seat one is sent to take one.
    """

    def declare(view):
        @page(policy=policy, methods=methods)
        @functools.wraps(view)
        def visited(request, room_id, *args, **kwargs):
            viewer = device.viewer(request, room_id)
            if not viewer.takes_part:
                get_room(viewer, room_id)
                if request.method != "GET":
                    insist(refuse(_("Your seat is no longer on this device. Open the room again.")))
                return elsewhere(request, f"/r/{room_id}/join/")
            return view(request, viewer, *args, **kwargs)

        return visited

    return declare


def participants(*, policy, methods=("GET",), is_errand=False, is_for_its_seat=False):
    """A page of someone who takes part: the view is given their place, in their own language.

    A page that is read anew because the room moved on goes where everybody is, unless one is on an errand of
    one's own there, like handing on the device or writing something down. `is_for_its_seat` says that what is sent
    speaks for the seat its form was opened in, also where the device has been handed on since.
    """

    def declare(view):
        @functools.wraps(view)
        def placed(request, viewer, *args, **kwargs):
            place = place_of_form(request, viewer) if is_for_its_seat else get_place(viewer)
            with spoken(request, place.seat.language, place.room.time_zone):
                request.badge = live.badge(place.room.id, audience_of(place), place.seat.language)
                is_elsewhere = place.stop is not None and not request.path.startswith(address_now(place))
                is_told = request.method == "GET" and "Hubcraft-Follow" in request.headers
                if is_elsewhere and is_told and not is_errand:
                    return elsewhere(request, address_now(place))
                # Said on the page; an errand belongs to the step at which it was begun, until the room goes on.
                request.is_apart = is_elsewhere and (is_told or not is_errand)
                return view(request, place, *args, **kwargs)

        return seated(policy=policy, methods=methods)(placed)

    return declare


def place_of_form(request: HttpRequest, viewer: Viewer) -> Place:
    """The place of the seat for which a form speaks; of whose turn it is where nothing is sent."""
    key = request.POST.get("seat", "") if request.method == "POST" else ""
    return place_of_seat(viewer, place_of_key(viewer, key)) if key else get_place(viewer)


@contextmanager
def spoken(request: HttpRequest, language: str, time_zone: str):
    """In a person's language and at their room's time, so that page and frames read alike.

    The language holds for the rest of the request: a refusal's page is drawn after this, and the answer says it.
    """
    translation.activate(language)
    request.LANGUAGE_CODE = language
    with timezone.override(ZoneInfo(time_zone)):
        yield


def place_of_key(viewer: Viewer, seat_key: str) -> str:
    """The id of the seat that a form or a queue speaks for; by default the one whose turn it is."""
    return get_my_seat_with_key(viewer, seat_key) if seat_key else viewer.seat


def address_now(place: Place) -> str:
    """Where this person belongs: where a script has everybody, or else where they are with the rubric."""
    if place.stop is not None:
        return f"/r/{place.room.id}/{place.stop.address}"
    return rubric_address(place)


def rubric_address(place: Place) -> str:
    """Where this person is with the rubric: lobby, next look-for, team, or board."""
    base = f"/r/{place.room.id}/"
    if place.seat.is_waiting or place.room.is_in_lobby:
        return f"{base}lobby/"
    if not place.has_come:
        return address_now(place)
    verdict = policy.can_see_board(
        place.viewer, place.session, place.reflection, place.seat, place.is_done_late
    )
    is_done = bool(place.finish and place.finish.is_finished)
    if verdict.is_allowed and (place.reflection.is_revealed or is_done or place.room.is_closed):
        return f"{base}board/"
    if place.seat.interprets:
        return f"{base}look-fors/"
    if is_done or place.room.is_closed:
        return done_address(place)
    if place.session.is_over_days:
        return f"{base}team/"
    return f"{base}look-fors/{next_number(place)}/"


def next_number(place: Place) -> int:
    """The first look-for without an answer."""
    answers = own_answers(place)
    return next((it.number for it in place.rubric.look_fors if it.key not in answers), 1)


def offer_words(count: int) -> str:
    """What to say of answers that came after their time."""
    if not count:
        return ""
    return ngettext(
        "{count} answer of yours reached us after its time. It is kept. Shall it be added, told as late?",
        "{count} answers of yours reached us after their time. They are kept. Shall they be added, told as late?",
        count,
    ).format(count=count)


def elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """Send the person on; a page that only asked for its parts is told where to go."""
    if "part" in request.GET:
        response = HttpResponse(status=409)
        response["Hubcraft-Turn"] = address
        return response
    return HttpResponseRedirect(address)


def live_parts(request: HttpRequest, room, audience: str, watcher: str, draw=render_regions) -> HttpResponse:
    """Every region of a page, one after the other; nothing is drawn where nothing has changed.

    Whoever asks is here, as those are who watch a stream.
    """
    live.asks(room.id, watcher)
    badge = live.badge(room.id, audience, get_language() or room.language)
    if request.GET.get("badge", badge) not in ("", badge):
        return elsewhere(request, request.path)
    tag = f'"{room.sequence}-{badge}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        drawn = draw(room.id, audience, None)
        response = HttpResponse(
            "".join(
                f'<live-region id="region-{name}" data-region="{name}">{html}</live-region>'
                for name, html in drawn.items()
            )
        )
    response["ETag"] = tag
    response["Hubcraft-Sequence"] = str(room.sequence)
    response["Cache-Control"] = "private, no-cache"
    return response


def parts_of(request: HttpRequest, place: Place) -> HttpResponse:
    """The live parts of a participant's page."""
    return live_parts(request, place.room, audience_of(place), place.seat.id)
