"""Leaving a session open until a day, and coming together after all."""

from dataclasses import dataclass

from hubcraft.apps.facilitation.actions import runs
from hubcraft.apps.facilitation.forms import UntilForm
from hubcraft.apps.facilitation.pages.lead import back, leads
from hubcraft.apps.facilitation.queries.lead import DaysView, days_view
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions import days
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms.queries import RoomView, room_view
from hubcraft.domain.days import day_at
from hubcraft.domain.verdict import insist
from hubcraft.web.page import show


@dataclass(frozen=True)
class UntilPage:
    """The page on which the facilitator chooses the day."""

    room: RoomView
    days: DaysView | None
    form: UntilForm
    is_open_board: bool


@leads(policy=policy.can_keep_open, methods=("GET", "POST"))
def keep_open(request, viewer, room):
    """Open until a day, each in their own time; or another day than before."""
    session = session_of(room)
    insist(policy.can_keep_open(viewer, session, room))
    form = UntilForm(
        request.POST if request.method == "POST" else None,
        initial={"until_on": session.until_on.isoformat() if session.until_on else ""},
        today=day_at(request.moment, room.time_zone),
        since=day_at(room.made_at, room.time_zone),
    )
    if form.is_valid():
        days.keep_open(by=viewer, room=room, until_on=form.cleaned_data["until_on"], at=request.moment)
        return back(room)
    return show(
        request,
        "facilitation/until.html",
        status=422 if form.is_bound else 200,
        page=UntilPage(room_view(room), days_view(session), form, session.is_open_board),
    )


@leads(policy=policy.can_gather)
def gather(request, viewer, room):
    """We are together now."""
    runs.gather(by=viewer, room=room, at=request.moment)
    return back(room)
