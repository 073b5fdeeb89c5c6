"""Taking a seat: initials and a team, on one page."""

import secrets
from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.reflections.actions import sessions
from hubcraft.apps.reflections.policy import rung_of
from hubcraft.apps.reflections.queries.days import until_words
from hubcraft.apps.reflections.queries.doors import get_session, revealed_teams
from hubcraft.apps.rooms import actions, policy, queries
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.forms import JoinForm
from hubcraft.apps.rooms.pages import device
from hubcraft.domain import names
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import page, show


@dataclass(frozen=True)
class TeamOption:
    """A team on the page where one chooses."""

    id: str
    name: str
    here: int
    is_revealed: bool
    is_chosen: bool


@dataclass(frozen=True)
class JoinPage:
    """The page where one sits down."""

    room: queries.RoomView
    teams: tuple[TeamOption, ...]
    may_add_team: bool
    near: tuple[TeamOption, ...]
    name_word: str
    is_ballot: bool
    form: JoinForm
    refusal: str
    asking: str
    is_other: bool
    is_alone: bool
    moved: str
    until: str


@page(policy=policy.can_join, methods=["GET", "POST"])
def join(request, room_id):
    """Sit down; whoever has a seat already sits down once more only if they ask for it."""
    viewer = device.viewer(request, room_id)
    room = queries.get_room(viewer, room_id)
    session = get_session(viewer, room_id)
    if viewer.takes_part and request.method != "POST" and "another" not in request.GET:
        return HttpResponseRedirect(f"/r/{room_id}/")
    verdict = policy.can_join(viewer, room, queries.count_seats(room_id))
    if request.method != "POST":
        form = JoinForm(initial={"once": secrets.token_hex(16)})
        return show_page(request, room, session, form, refusal=verdict.sentence)
    form = JoinForm(request.POST, is_alias=session.uses_alias)
    if not form.is_valid():
        return show_page(request, room, session, form, status=422)
    if "claim" in request.POST:
        return claim(request, viewer, room, session, form)
    placement, near = placement_of(request.POST, form, room_id)
    if near:
        return show_page(request, room, session, form, near=near, status=422)
    try:
        seat, secret = sessions.join(
            by=viewer,
            room_id=room_id,
            initials=form.cleaned_data["initials"],
            placement=placement,
            language=get_language() or room.language,
            same_person_as=viewer.seat,
            once=form.cleaned_data["once"],
            at=request.moment,
        )
    except Refused as refused:
        return show_page(request, room, session, form, refusal=refused.verdict.sentence, status=403)
    held = device.keys(request.COOKIES, room_id).seats
    held = [pair for pair in held if pair[0] != seat.id]
    response = HttpResponseRedirect(f"/r/{room_id}/")
    return device.keep_seats(request, response, room_id, [(seat.id, secret), *held])


def placement_of(fields, form: JoinForm, room_id: str) -> tuple[Placement, tuple[queries.TeamChoice, ...]]:
    """Where somebody wants to sit; or the teams they may have meant by what they typed."""
    if fields.get("near"):
        return Placement(team_id=fields["near"]), ()
    team = form.cleaned_data["team"]
    if team == "alone":
        return Placement(is_alone=True), ()
    if team != "other":
        return Placement(team_id=team), ()
    typed = form.cleaned_data["other_team"]
    here = queries.list_teams(room_id)
    close = [] if "sure" in fields else names.near_matches(typed, [it.name for it in here])
    same = [it for it in here if names.name_key(it.name) == names.name_key(typed)]
    if same:
        return Placement(team_id=same[0].id), ()
    return Placement(new_team=typed), tuple(it for it in here if it.name in close)


def claim(request, viewer, room, session, form: JoinForm):
    """ "That is me": ask the facilitator to move a seat to this device."""
    team_id = form.cleaned_data["team"]
    try:
        asked, secret = actions.ask_for_device(
            by=viewer, room=room, team_id=team_id, label=form.cleaned_data["initials"], at=request.moment
        )
    except Refused as refused:
        form.add_error("initials", refused.verdict.sentence)
        return show_page(request, room, session, form, status=422)
    response = show_page(
        request,
        room,
        session,
        form,
        asking=_(
            "You asked for the seat of {label}. As soon as the facilitator says yes, it is on this device."
        ).format(label=asked.seat.label),
    )
    held = device.keys(request.COOKIES, room.id).seats
    return device.keep_seats(request, response, room.id, [(asked.seat_id, secret), *held])


def show_page(
    request,
    room,
    session,
    form: JoinForm,
    *,
    near=(),
    refusal: str = "",
    asking: str = "",
    status: int = 200,
):
    """The page, with what was typed still in it."""
    revealed = revealed_teams(room.id)
    teams = queries.list_teams(room.id)
    chosen = form["team"].value() or ("" if teams else "other")

    def option(team: queries.TeamChoice) -> TeamOption:
        return TeamOption(team.id, team.name, team.here, team.id in revealed, chosen == team.id)

    return show(
        request,
        "rooms/join.html",
        status=status,
        page=JoinPage(
            room=queries.room_view(room),
            teams=tuple(map(option, teams)),
            may_add_team=room.may_add_teams,
            near=tuple(map(option, near)),
            name_word="alias" if session.uses_alias else "initials",
            is_ballot=rung_of(session).is_ballot,
            form=form,
            refusal=refusal,
            asking=asking,
            is_other=chosen == "other",
            is_alone=chosen == "alone",
            moved=moved_words(request, room.id),
            until=until_words(session),
        ),
    )


def moved_words(request, room_id: str) -> str:
    """What to say to a device whose seat has gone elsewhere: a person should notice that at once."""
    held = dict(device.keys(request.COOKIES, room_id).seats)
    labels = queries.list_labels_elsewhere(room_id, held)
    if not labels:
        return ""
    return _(
        "{labels} is on another device now: the facilitator said yes to that. If it was not you, say so."
    ).format(labels=", ".join(labels))
