"""The facilitator's page and everything that can be done from it."""

import functools
import secrets

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation.actions import asking, opening
from hubcraft.apps.facilitation.forms import MailForm, SizeForm, TeamDomainForm, TeamNameForm
from hubcraft.apps.facilitation.pages.regions import LEAD_ADDS, draw_added, render_regions
from hubcraft.apps.facilitation.queries.heard import scribe_page
from hubcraft.apps.facilitation.queries.lead import lead_page, team_page
from hubcraft.apps.reflections import policy as reflections
from hubcraft.apps.reflections.actions import boards, moves, sessions
from hubcraft.apps.reflections.pages.way import live_parts, spoken
from hubcraft.apps.reflections.queries.domains import domain_choices
from hubcraft.apps.reflections.queries.doors import get_reflection_to_lead
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms import policy, topics
from hubcraft.apps.rooms import queries as room_queries
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.pages import device
from hubcraft.domain.verdict import NotThere, Refused, insist
from hubcraft.web.page import page, show


def leads(*, policy=policy.can_lead, methods=("POST",)):
    """A page of the facilitator: the view is given who looks and the room. Without their key it is not there."""

    def declare(view):
        @page(policy=policy, methods=methods)
        @functools.wraps(view)
        def visited(request, room_id, *args, **kwargs):
            viewer = device.viewer(request, room_id)
            room = room_queries.get_room_to_lead(viewer, room_id)
            try:
                with spoken(request, room.language, room.time_zone):
                    return view(request, viewer, room, *args, **kwargs)
            except Refused as refused:
                sentence, back = refused.verdict.sentence, f"/r/{room_id}/lead/"
                return show(request, "409.html", status=409, sentence=sentence, back=back)

        return visited

    return declare


@page(policy=policy.can_lead)
def lead(request, room_id):
    """The facilitator's page; the key in its link moves into a cookie, and the address is clean."""
    if "key" in request.GET:
        viewer = room_queries.viewer_with(room_id, room_queries.Keys(lead=request.GET["key"]))
        room_queries.get_room_to_lead(viewer, room_id)
        # Who started the room is never stopped at the door; whoever was given a link says who they are.
        is_new = not viewer.lead_name and len(room_queries.list_lead_keys(room_id)) > 1
        response = HttpResponseRedirect(f"/r/{room_id}/lead/{'facilitators/name/' if is_new else ''}")
        return device.keep(request, response, "lead", room_id, request.GET["key"])
    viewer = device.viewer(request, room_id)
    room = room_queries.get_room_to_lead(viewer, room_id)
    key = device.keys(request.COOKIES, room_id).lead
    with spoken(request, room.language, room.time_zone):
        if request.GET.get("part") == "live":
            return live_parts(request, room, topics.LEAD, viewer.lead_key, render_regions)
        return show(
            request,
            "facilitation/lead.html",
            page=lead_page(room, key, request.moment),
            added=draw_added(LEAD_ADDS, room.id),
            scribe=scribe_page(room),
            once=secrets.token_hex(16),
        )


def back(room) -> HttpResponseRedirect:
    """Back to the facilitator's page."""
    return HttpResponseRedirect(f"/r/{room.id}/lead/")


def back_to_team(room, team_id: str) -> HttpResponseRedirect:
    """Back to a team's page."""
    return HttpResponseRedirect(f"/r/{room.id}/lead/teams/{team_id}/")


@leads()
def open_room(request, viewer, room):
    """Let everyone begin, or open a closed room again."""
    opening.open_room(by=viewer, room=room, at=request.moment)
    return back(room)


@leads()
def close_room(request, viewer, room):
    """Close the room."""
    rooms.close_room(by=viewer, room=room, at=request.moment)
    return back(room)


@leads()
def lock(request, viewer, room):
    """Lock the door."""
    rooms.set_lock(by=viewer, room=room, is_locked=True, at=request.moment)
    return back(room)


@leads()
def unlock(request, viewer, room):
    """Unlock the door."""
    rooms.set_lock(by=viewer, room=room, is_locked=False, at=request.moment)
    return back(room)


@leads()
def plan_size(request, viewer, room):
    """Say how many people are expected."""
    form = SizeForm(request.POST)
    if not form.is_valid():
        return show(
            request,
            "403.html",
            status=422,
            sentence=form.errors["planned_size"][0],
            back=f"/r/{room.id}/lead/",
        )
    rooms.plan_size(by=viewer, room=room, planned_size=form.cleaned_data["planned_size"], at=request.moment)
    return back(room)


@leads()
def mail_link(request, viewer, room):
    """Mail the link to oneself."""
    form = MailForm(request.POST)
    if not form.is_valid():
        return show(
            request, "403.html", status=422, sentence=form.errors["address"][0], back=f"/r/{room.id}/lead/"
        )
    key = device.keys(request.COOKIES, room.id).lead
    link = lead_page(room, key, request.moment).lead_link
    rooms.mail_link(by=viewer, room=room, to=form.cleaned_data["address"], link=link, at=request.moment)
    return back(room)


@leads()
def answer_asking(request, viewer, room, asking_id: str):
    """Yes or no to somebody who asks."""
    is_granted = request.POST.get("answer") == "yes"
    asking.answer_asking(by=viewer, room=room, asking_id=asking_id, is_granted=is_granted, at=request.moment)
    return back(room)


@leads()
def add_team(request, viewer, room):
    """Name a team that will come."""
    form = TeamNameForm(request.POST)
    if not form.is_valid():
        return show(
            request, "403.html", status=422, sentence=form.errors["name"][0], back=f"/r/{room.id}/lead/"
        )
    sessions.add_team(by=viewer, room=room, name=form.cleaned_data["name"], at=request.moment)
    return back(room)


@leads(methods=("GET",))
def team(request, viewer, room, team_id: str):
    """One team, to put right."""
    if team_id != "alone":
        room_queries.get_team_in_room(room.id, team_id)
    return show_team(request, room, None if team_id == "alone" else team_id)


def show_team(request, room, team_id: str | None, form=None, status: int = 200):
    """The page of one team; `form` is what came back."""
    page = team_page(room, team_id, request.moment)
    return show(request, "facilitation/team.html", page=page, form=form, status=status)


@leads(policy=reflections.can_choose_domain)
def choose_domain(request, viewer, room, team_id: str):
    """Choose what one team reflects on."""
    board = get_reflection_to_lead(viewer, team_id)
    if board.team.is_alone:
        raise NotThere
    insist(reflections.can_choose_domain(viewer, room))
    domains = domain_choices(board.session, room.language)
    form = TeamDomainForm(request.POST, domains=[it.key for it in domains])
    if not form.is_valid():
        return show_team(request, room, team_id, form, status=422)
    domain = form.cleaned_data["domain"]
    sessions.choose_domain(by=viewer, room=room, team_id=team_id, domain=domain, at=request.moment)
    return back_to_team(room, team_id)


@leads()
def rename_team(request, viewer, room, team_id: str):
    """Correct a team's name."""
    form = TeamNameForm(request.POST)
    if not form.is_valid():
        sentence = form.errors["name"][0]
        return show(
            request, "403.html", status=422, sentence=sentence, back=f"/r/{room.id}/lead/teams/{team_id}/"
        )
    rooms.rename_team(
        by=viewer, room=room, team_id=team_id, name=form.cleaned_data["name"], at=request.moment
    )
    return back_to_team(room, team_id)


@leads()
def merge_team(request, viewer, room, team_id: str):
    """This team is the same as another: everyone moves over."""
    gone = room_queries.get_team_in_room(room.id, team_id)
    kept = room_queries.get_team_in_room(room.id, request.POST.get("into", ""))
    moves.merge_teams(by=viewer, room=room, kept=kept, gone=gone, at=request.moment)
    return back_to_team(room, kept.team_id)


@leads(policy=reflections.can_reveal)
def reveal(request, viewer, room, team_id: str):
    """Open a team's board with those we have."""
    reflection = get_reflection_to_lead(viewer, team_id)
    boards.reveal(
        by=viewer, reflection_id=reflection.id, roster_mark=request.POST.get("roster", ""), at=request.moment
    )
    return back(room)


@leads()
def move_seat(request, viewer, room, seat_id: str):
    """Somebody sits with the wrong team."""
    seat = room_queries.get_seat(viewer, seat_id)
    team_id = request.POST.get("team", "")
    placement = Placement(is_alone=True) if team_id == "alone" else Placement(team_id=team_id)
    moves.change_team(by=viewer, room=room, seat=seat, placement=placement, at=request.moment)
    return back_to_team(room, "alone" if team_id == "alone" else team_id)


@leads()
def merge_seat(request, viewer, room, seat_id: str):
    """Two seats are one person."""
    gone, kept = (
        room_queries.get_seat(viewer, seat_id),
        room_queries.get_seat(viewer, request.POST.get("into", "")),
    )
    moves.merge_seats(by=viewer, room=room, kept=kept, gone=gone, at=request.moment)
    return back_to_team(room, "alone" if kept.team.is_alone else kept.team_id)


@leads()
def remove_seat(request, viewer, room, seat_id: str):
    """Take somebody out of the room."""
    seat = room_queries.get_seat(viewer, seat_id)
    rooms.remove_seat(by=viewer, seat=seat, at=request.moment)
    return back_to_team(room, "alone" if seat.team.is_alone else seat.team_id)
