"""Who leads: a link for a second facilitator, handing over, taking a key away."""

import secrets

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation.actions import leaders as actions
from hubcraft.apps.facilitation.forms import FacilitatorForm, OnceForm
from hubcraft.apps.facilitation.pages.lead import back, leads
from hubcraft.apps.facilitation.queries.leaders import invited_page, leaders_page
from hubcraft.apps.rooms.queries import room_view
from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import show


@leads(methods=("GET", "POST"))
def facilitators(request, viewer, room):
    """Everybody who leads; by POST, one more link, which is shown in the answer and never again."""
    if request.method != "POST":
        return show_page(request, viewer, room, FacilitatorForm(initial={"name": viewer.lead_name}))
    form = OnceForm(request.POST)
    if not form.is_valid():
        raise NotThere
    secret = actions.invite(by=viewer, room=room, once=form.cleaned_data["once"], at=request.moment)
    return show(request, "facilitation/invited.html", page=invited_page(room, secret))


def show_page(request, viewer, room, form: FacilitatorForm, status: int = 200):
    """The page, with what was typed still in it."""
    page = leaders_page(viewer, room)
    once = secrets.token_hex(16)
    return show(request, "facilitation/leaders.html", page=page, form=form, once=once, status=status)


@leads(methods=("GET", "POST"))
def name(request, viewer, room):
    """ "Who are you?": asked of whoever opens a new link."""
    if request.method != "POST":
        form = FacilitatorForm(initial={"name": viewer.lead_name})
        return show(request, "facilitation/who.html", page=room_view(room), form=form)
    form = FacilitatorForm(request.POST)
    is_first = "first" in request.POST
    if not form.is_valid():
        if is_first:
            return show(request, "facilitation/who.html", page=room_view(room), form=form, status=422)
        return show_page(request, viewer, room, form, status=422)
    actions.name_myself(by=viewer, room=room, name=form.cleaned_data["name"], at=request.moment)
    return back(room) if is_first else HttpResponseRedirect(f"/r/{room.id}/lead/facilitators/")


@leads()
def hand_over(request, viewer, room, key_id: str):
    """Somebody else leads from now on."""
    name = actions.hand_over(by=viewer, room=room, to=key_id, at=request.moment)
    return show(request, "facilitation/handed_over.html", page=room_view(room), name=name)


@leads()
def take_key(request, viewer, room, key_id: str):
    """Take somebody's key away."""
    actions.take_key(by=viewer, room=room, key_id=key_id, at=request.moment)
    return HttpResponseRedirect(f"/r/{room.id}/lead/facilitators/")
