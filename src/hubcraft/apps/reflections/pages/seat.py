"""One's own seat: initials, team, help, the device it is on."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hubcraft.apps.reflections.actions import moves, seats, sessions
from hubcraft.apps.reflections.pages.joining import TeamOption
from hubcraft.apps.reflections.pages.way import participants
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms import actions, policy, queries
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.forms import LanguageForm, NameForm, SeatForm
from hubcraft.apps.rooms.pages import device
from hubcraft.web.page import show
from hubcraft.web.pages.language import keep_language


@dataclass(frozen=True)
class SeatPage:
    """My seat."""

    me: queries.MeView
    room: queries.RoomView
    teams: tuple[TeamOption, ...]
    name_word: str
    form: NameForm


@dataclass(frozen=True)
class PassPage:
    """The blank cover between two people who share a device."""

    me: queries.MeView
    room: queries.RoomView
    holder: str
    others: tuple[queries.SeatOption, ...]
    name_word: str
    form: NameForm


def show_seat(request, place: Place, form: NameForm | None = None, status: int = 200):
    """The page of one's seat, as it is or with what was typed."""
    form = form or SeatForm(initial={"initials": place.seat.initials}, is_alias=place.session.uses_alias)
    teams = tuple(
        TeamOption(it.id, it.name, it.here, False, it.id == place.seat.team_id)
        for it in queries.list_teams(place.room.id)
    )
    page = SeatPage(
        me=queries.me_view(place.viewer, place.seat),
        room=queries.room_view(place.room),
        teams=teams,
        name_word="alias" if place.session.uses_alias else "initials",
        form=form,
    )
    return show(request, "rooms/seat.html", page=page, status=status)


@participants(policy=policy.can_change_seat, is_errand=True)
def seat(request, place: Place):
    """My seat."""
    return show_seat(request, place)


def change(request, place: Place, **changes):
    """Change what is asked for and leave the rest; then back to one's seat."""
    now = {"initials": place.seat.initials, "kind": place.seat.kind, "helper": place.seat.helper}
    actions.change_seat(by=place.viewer, seat=place.seat, at=request.moment, **(now | changes))
    return HttpResponseRedirect(f"/r/{place.room.id}/seat/")


@participants(policy=policy.can_change_seat, methods=["POST"])
def rename(request, place: Place):
    """Correct one's initials or alias."""
    form = SeatForm(request.POST, is_alias=place.session.uses_alias)
    if not form.is_valid():
        return show_seat(request, place, form, status=422)
    return change(request, place, initials=form.cleaned_data["initials"])


@participants(policy=policy.can_change_seat, methods=["POST"])
def choose_language(request, place: Place):
    """Go on in another language; this device remembers it for its next seat."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return show_seat(request, place, status=422)
    language = form.cleaned_data["language"]
    actions.choose_language(by=place.viewer, seat=place.seat, language=language, at=request.moment)
    return keep_language(request, HttpResponseRedirect(f"/r/{place.room.id}/seat/"), language)


@participants(policy=policy.can_change_seat, methods=["POST"])
def change_team(request, place: Place):
    """Sit down with another team."""
    team = request.POST.get("team", "")
    placement = Placement(is_alone=True) if team == "alone" else Placement(team_id=team)
    if not (placement.is_alone and place.seat.team.is_alone):
        moves.change_team(
            by=place.viewer, room=place.room, seat=place.seat, placement=placement, at=request.moment
        )
    return HttpResponseRedirect(f"/r/{place.room.id}/")


@participants(policy=policy.can_change_seat, methods=["POST"])
def take_help(request, place: Place):
    """Somebody types for me."""
    form = SeatForm(
        {"initials": place.seat.initials, **request.POST.dict()}, is_alias=place.session.uses_alias
    )
    if form.is_valid() and not form.cleaned_data["helper"]:
        form.add_error("helper", _("Write who types for you."))
    if form.errors:
        return show_seat(request, place, form, status=422)
    return change(request, place, kind="helped", helper=form.cleaned_data["helper"])


@participants(policy=policy.can_change_seat, methods=["POST"])
def end_help(request, place: Place):
    """I type for myself now."""
    return change(request, place, kind="own", helper="")


@participants(policy=policy.can_change_seat, methods=["POST"])
def interpret(request, place: Place):
    """I only interpret."""
    seats.interpret(by=place.viewer, seat_id=place.seat.id, at=request.moment)
    return HttpResponseRedirect(f"/r/{place.room.id}/seat/")


@participants(policy=policy.can_change_seat, methods=["POST"])
def leave(request, place: Place):
    """Finish and clear this device; the seat and what it wrote stay with the team."""
    return device.forget(HttpResponseRedirect("/"), place.room.id)


@participants(policy=policy.can_change_seat, methods=["GET", "POST"], is_errand=True)
def pass_round(request, place: Place):
    """The blank cover: hand the device to somebody who has a seat on it, or give someone new one."""
    form = NameForm(request.POST or None, is_alias=place.session.uses_alias)
    if request.method == "POST" and form.is_valid():
        sitting = (
            Placement(is_alone=True) if place.seat.team.is_alone else Placement(team_id=place.seat.team_id)
        )
        seat, secret = sessions.join(
            by=place.viewer,
            room_id=place.room.id,
            initials=form.cleaned_data["initials"],
            placement=sitting,
            language=place.seat.language,
            kind="passed",
            at=request.moment,
        )
        held = device.keys(request.COOKIES, place.room.id).seats
        response = HttpResponseRedirect(f"/r/{place.room.id}/pass/?turn")
        return device.keep_seats(request, response, place.room.id, [(seat.id, secret), *held])
    others = queries.list_others(place.viewer)
    page = PassPage(
        me=queries.me_view(place.viewer, place.seat),
        room=queries.room_view(place.room),
        holder=place.seat.label if "turn" in request.GET else "",
        others=others,
        name_word="alias" if place.session.uses_alias else "initials",
        form=form,
    )
    return show(request, "rooms/pass.html", page=page, status=422 if request.method == "POST" else 200)


@participants(policy=policy.can_change_seat, methods=["POST"])
def take_turn(request, place: Place):
    """Whose turn it is now, among the seats on this device."""
    held = device.keys(request.COOKIES, place.room.id).seats
    wanted = queries.get_my_seat_with_key(place.viewer, request.POST.get("seat", ""))
    response = HttpResponseRedirect(f"/r/{place.room.id}/pass/?turn")
    order = sorted(held, key=lambda pair: pair[0] != wanted)
    return device.keep_seats(request, response, place.room.id, order)


@participants(policy=policy.can_change_seat, is_errand=True)
def mine(request, place: Place):
    """Which chips are mine, as a stylesheet: what is pushed can then be the same for everyone."""
    keys = [place.seat.key]
    response = HttpResponse(render_to_string("rooms/mine.css", {"seat_keys": keys}), content_type="text/css")
    response["Cache-Control"] = "private, max-age=86400"
    return response
