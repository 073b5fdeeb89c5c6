"""The scribe line: the facilitator writes down what is said."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions import heard
from hubcraft.apps.facilitation.forms import HeardForm
from hubcraft.apps.facilitation.pages.lead import leads
from hubcraft.apps.facilitation.queries.heard import get_line, scribe_page
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show

TEMPLATE = "facilitation/scribe.html"


@leads(policy=policy.can_hear, methods=("GET", "POST"))
def hearing(request, viewer, room):
    """Everything that was written down, and the line for the next."""
    if request.method == "GET":
        return show(request, TEMPLATE, page=scribe_page(room), form=HeardForm())
    form = HeardForm(request.POST)
    if not form.is_valid():
        return show(request, TEMPLATE, page=scribe_page(room), form=form, status=422)
    try:
        heard.hear(by=viewer, room=room, at=request.moment, **form.cleaned_data)
    except Refused as refused:
        form.add_error("words", refused.verdict.sentence)
        return show(request, TEMPLATE, page=scribe_page(room), form=form, status=422)
    return HttpResponseRedirect(back_to(request, room))


@leads(policy=policy.can_hear, methods=("GET", "POST"))
def line(request, viewer, room, heard_id: str):
    """One line, to put right."""
    found = get_line(viewer, room, heard_id)
    if request.method == "GET":
        form = HeardForm(
            initial={
                "words": found.words,
                "team": found.team_id,
                "look_for": found.look_for_key,
                "may_project": found.may_project,
            }
        )
        return show(request, TEMPLATE, page=scribe_page(room, found), form=form)
    form = HeardForm(request.POST)
    if not form.is_valid():
        return show(request, TEMPLATE, page=scribe_page(room, found), form=form, status=422)
    try:
        heard.change_heard(by=viewer, room=room, heard_id=found.id, at=request.moment, **form.cleaned_data)
    except Refused as refused:
        form.add_error("words", refused.verdict.sentence)
        return show(request, TEMPLATE, page=scribe_page(room, found), form=form, status=422)
    return HttpResponseRedirect(back_to(request, room))


@leads(policy=policy.can_hear)
def remove(request, viewer, room, heard_id: str):
    """Take a line away."""
    heard.remove_heard(by=viewer, room=room, heard_id=heard_id, at=request.moment)
    return HttpResponseRedirect(back_to(request, room))


@leads(policy=policy.can_hear)
def show_line(request, viewer, room, heard_id: str):
    """The speaker agrees: put it on the screen."""
    heard.put_on_screen(by=viewer, room=room, heard_id=heard_id, is_shown=True, at=request.moment)
    return HttpResponseRedirect(back_to(request, room))


@leads(policy=policy.can_hear)
def hide_line(request, viewer, room, heard_id: str):
    """Take it from the screen."""
    heard.put_on_screen(by=viewer, room=room, heard_id=heard_id, is_shown=False, at=request.moment)
    return HttpResponseRedirect(back_to(request, room))


def back_to(request, room) -> str:
    """The facilitator's page for a line that was written there, else the page of all lines."""
    return f"/r/{room.id}/lead/" if request.POST.get("next") == "lead" else f"/r/{room.id}/lead/heard/"
