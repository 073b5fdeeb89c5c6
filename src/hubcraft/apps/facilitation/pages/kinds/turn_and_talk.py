"""Two people turn to each other; three are fine."""

from dataclasses import dataclass

from hubcraft.apps.facilitation.queries.steps import StepPage, partners_of, step_page
from hubcraft.web.page import show


@dataclass(frozen=True)
class TalkPage(StepPage):
    """With whom, for who does not know whom to ask; nobody for a person who is here alone."""

    partners: tuple[str, ...]


def show_step(request, place, run, step):
    """The question, the prompts, and with whom."""
    page = TalkPage(**vars(step_page(place, run, step, request.moment)), partners=partners_of(place))
    return show(request, "facilitation/steps/turn-and-talk.html", page=page)
