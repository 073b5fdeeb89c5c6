"""What moves the session on: the buttons of the facilitator's page."""

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions import runs
from hubcraft.apps.facilitation.forms import OwnStepForm, PaceForm, PositionForm
from hubcraft.apps.facilitation.pages.lead import back, leads
from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import show


@leads(policy=policy.can_run)
def go_to(request, viewer, room):
    """Everybody to a step, by its position: pressed twice, it is the same step."""
    form = PositionForm(request.POST)
    if not form.is_valid():
        raise NotThere
    runs.go_to(by=viewer, room=room, at=request.moment, **form.cleaned_data)
    return back(room)


@leads(policy=policy.can_run)
def extend(request, viewer, room):
    """More time for a step."""
    form = PaceForm(request.POST)
    if not form.is_valid():
        raise NotThere
    runs.extend(by=viewer, room=room, at=request.moment, **form.cleaned_data)
    return back(room)


@leads(policy=policy.can_run)
def shorten(request, viewer, room):
    """Less time for a step."""
    form = PaceForm(request.POST)
    if not form.is_valid():
        raise NotThere
    runs.shorten(by=viewer, room=room, at=request.moment, **form.cleaned_data)
    return back(room)


@leads(policy=policy.can_run)
def add_step(request, viewer, room):
    """A break or slides of one's own, next."""
    form = OwnStepForm(request.POST)
    if not form.is_valid():
        sentence = next(iter(form.errors.values()))[0]
        return show(request, "403.html", status=422, sentence=sentence, back=f"/r/{room.id}/lead/")
    runs.add_step(by=viewer, room=room, at=request.moment, **form.cleaned_data)
    return back(room)


@leads(policy=policy.can_run)
def use_screen(request, viewer, room):
    """There is a projector again."""
    runs.set_screen(by=viewer, room=room, has_screen=True, at=request.moment)
    return back(room)


@leads(policy=policy.can_run)
def go_without_screen(request, viewer, room):
    """Continue without projector."""
    runs.set_screen(by=viewer, room=room, has_screen=False, at=request.moment)
    return back(room)


@leads(policy=policy.can_run)
def pause(request, viewer, room):
    """Let the clock stand still."""
    runs.pause(by=viewer, room=room, at=request.moment)
    return back(room)


@leads(policy=policy.can_run)
def resume(request, viewer, room):
    """Let it go on."""
    runs.resume(by=viewer, room=room, at=request.moment)
    return back(room)
