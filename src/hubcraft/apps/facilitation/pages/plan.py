"""The plan of a session, to edit: minutes, order, what is left out, breaks and slides of one's own."""

import re
import secrets

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions.plan import Edit, change_plan, put_in_step
from hubcraft.apps.facilitation.forms import PlannedOwnStepForm
from hubcraft.apps.facilitation.pages.lead import leads
from hubcraft.apps.facilitation.queries.plan import plan_page
from hubcraft.domain.plan import MOST_MINUTES
from hubcraft.web.page import show

# What a button says: what to do, to which step, and where the page saw it.
BUTTON = re.compile(r"(up|down|out|in):([a-z0-9-]{1,160}):(\d{1,3})")


@leads(policy=policy.can_edit_plan, methods=("GET", "POST"))
def plan(request, viewer, room):
    """All steps in one form: every button keeps the minutes that were typed along with what it does."""
    if request.method != "POST":
        return show_page(request, room)
    typed = {
        name.removeprefix("minutes-"): it for name, it in request.POST.items() if name.startswith("minutes-")
    }
    minutes, mistakes = {}, {}
    for key, words in typed.items():
        was = request.POST.get(f"was-{key}", "")
        if not re.fullmatch(r"[0-9]{1,3}", words.strip()) or not 1 <= int(words) <= MOST_MINUTES:
            mistakes[key] = _("Write a number of minutes from 1 to {most}.").format(most=MOST_MINUTES)
        elif re.fullmatch(r"[0-9]{1,3}", was):
            minutes[key] = (int(was), int(words))
    if mistakes:
        return show_page(request, room, typed=typed, mistakes=mistakes, status=422)
    edit = edit_of(request.POST.get("do", ""))
    change_plan(by=viewer, room=room, minutes=minutes, edit=edit, at=request.moment)
    # The button that was pressed has the keyboard again, so that a step is moved on by pressing it again.
    again = f"?at={edit.key}&do={edit.do}#step-{edit.key}" if edit.do in ("up", "down") else ""
    return HttpResponseRedirect(f"/r/{room.id}/lead/plan/{again}")


def edit_of(button: str) -> Edit:
    """What a button means; the one that only keeps the minutes means nothing more."""
    found = BUTTON.fullmatch(button)
    return Edit(found[1], found[2], int(found[3])) if found else Edit()


@leads(policy=policy.can_edit_plan)
def put_in(request, viewer, room):
    """A break or slides of one's own, anywhere among what lies ahead."""
    form = PlannedOwnStepForm(request.POST)
    if not form.is_valid():
        return show_page(request, room, form=form, status=422)
    put_in_step(by=viewer, room=room, at=request.moment, **form.cleaned_data)
    return HttpResponseRedirect(f"/r/{room.id}/lead/plan/")


def show_page(request, room, *, typed=None, mistakes=None, form=None, status: int = 200):
    """The plan, with what was typed still in it."""
    once = secrets.token_hex(16)
    form = form or PlannedOwnStepForm(initial={"kind": "break", "minutes": 10, "once": once})
    pressed = (request.GET.get("at", ""), request.GET.get("do", ""))
    page = plan_page(room, request.moment, typed, mistakes)
    return show(
        request, "facilitation/plan.html", page=page, form=form, once=once, pressed=pressed, status=status
    )
