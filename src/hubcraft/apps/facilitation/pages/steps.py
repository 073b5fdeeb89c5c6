"""The step where the room is, for everybody who takes part."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions import ready as actions
from hubcraft.apps.facilitation.pages.kinds import (
    choice,
    feedback,
    hear,
    plain,
    plan,
    read,
    stay_connected,
    strategies,
    turn_and_talk,
)
from hubcraft.apps.facilitation.pages.written import part_of
from hubcraft.apps.facilitation.queries.ready import step_that_asks
from hubcraft.apps.facilitation.queries.runs import RunView, get_run
from hubcraft.apps.frameworks.queries import StepView
from hubcraft.apps.reflections.pages.way import address_now, elsewhere, participants, parts_of
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms import topics

# What shows each kind of step. A kind that is missing here shows its question, its prompts and what to do.
KINDS: dict[str, Callable[[HttpRequest, Place, RunView, StepView], HttpResponse]] = {
    "read": read.show_step,
    "turn-and-talk": turn_and_talk.show_step,
    "stay-connected": stay_connected.show_step,
    "strategies": strategies.show_step,
    "plan": plan.show_step,
    "choice": choice.show_step,
    "hear": hear.show_step,
    "feedback": feedback.show_step,
}


@participants(policy=policy.can_follow)
def step(request, place: Place):
    """The step where the room is; where it is at the rubric, one goes on there."""
    if place.room.is_in_lobby or place.stop is None:
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    return show_now(request, place)


@participants(policy=policy.can_say_ready, methods=["POST"], is_for_its_seat=True)
def say_ready(request, place: Place):
    """I'm ready to go on."""
    return tell_ready(request, place, is_ready=True)


@participants(policy=policy.can_say_ready, methods=["POST"], is_for_its_seat=True)
def say_not_yet(request, place: Place):
    """Not yet after all."""
    return tell_ready(request, place, is_ready=False)


def tell_ready(request, place: Place, *, is_ready: bool) -> HttpResponse:
    """Back where everybody is, with the button one pressed in sight."""
    step = request.POST.get("step", "")
    actions.say_ready(by=place.viewer, seat_id=place.seat.id, step=step, is_ready=is_ready, at=request.moment)
    place_in_page = "#ready" if step and step == step_that_asks(place.session) else ""
    return HttpResponseRedirect(f"/r/{place.room.id}/{place_in_page}")


def show_now(request, place: Place) -> HttpResponse:
    """The page of the step where the room is; a session opens with what one's team promised last time."""
    run = get_run(place)
    if run.position == 0 and run.step.kind != "plan":
        request.promises = part_of(place, topics.PROMISES)
    return KINDS.get(run.step.kind, plain.show_step)(request, place, run, run.step)
