"""Two people turn to each other; three are fine."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation.queries.steps import StepPage, partners_of, step_page
from hubcraft.apps.reflections.pages.regions import brought
from hubcraft.apps.reflections.pages.way import participants
from hubcraft.apps.reflections.queries.audiences import audience_of
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms import policy, topics
from hubcraft.apps.rooms.actions import set_remote
from hubcraft.web.page import show


@dataclass(frozen=True)
class TalkPage(StepPage):
    """With whom, for who does not know whom to ask; nobody for a person who is here alone."""

    partners: tuple[str, ...]
    pairs_region: str


def show_step(request, place, run, step):
    """The question, the prompts, and with whom."""
    page = TalkPage(
        **vars(step_page(place, run, step, request.moment)),
        partners=partners_of(place),
        pairs_region=brought(place.room.id, audience_of(place), topics.PAIRS),
    )
    return show(request, "facilitation/steps/turn-and-talk.html", page=page)


@participants(policy=policy.can_change_seat, methods=["POST"])
def go_remote(request, place: Place):
    """I'm not in the room: somebody is found to talk with."""
    set_remote(by=place.viewer, seat=place.seat, is_remote=True, at=request.moment)
    return HttpResponseRedirect(f"/r/{place.room.id}/")


@participants(policy=policy.can_change_seat, methods=["POST"])
def come_back(request, place: Place):
    """I'm in the room after all."""
    set_remote(by=place.viewer, seat=place.seat, is_remote=False, at=request.moment)
    return HttpResponseRedirect(f"/r/{place.room.id}/")
