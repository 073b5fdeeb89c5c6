"""Choosing a domain one knows a lot about, and one to learn more about."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions import choices
from hubcraft.apps.facilitation.pages.kinds.strategies import belongs_to, speaker
from hubcraft.apps.facilitation.queries.choices import QUESTIONS, choice_page
from hubcraft.apps.facilitation.queries.runs import get_run
from hubcraft.apps.facilitation.queries.said import has_been_at, is_at, step_of_kind
from hubcraft.apps.reflections.pages.way import participants, parts_of
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show

KIND = "choice"
TEMPLATE = "facilitation/steps/choice.html"


def verdict_of(place: Place):
    """Whether this person may choose."""
    return policy.can_choose(place.viewer, place.seat, place.room, has_been_at(place.session, KIND))


def show_step(request, place, run, step):
    """The two questions; once one has chosen, the room's picture."""
    verdict = verdict_of(place)
    page = choice_page(
        place, run, step, request.moment, may_choose=verdict.is_allowed, why_not=verdict.sentence
    )
    return show(request, TEMPLATE, page=page, is_changing="change" in request.GET)


@participants(policy=policy.can_choose, methods=["GET", "POST"], is_errand=True)
def choice(request, place: Place):
    """Choose; also when the room has gone on."""
    run = get_run(place)
    step = step_of_kind(run, KIND)
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    if request.method == "GET":
        return show_step(request, place, run, step)
    chosen = {which: request.POST[which] for which in QUESTIONS if request.POST.get(which)}
    try:
        choices.choose(by=place.viewer, seat_id=speaker(request, place), domains=chosen, at=request.moment)
    except Refused as refused:
        belongs_to(request, place, KIND)
        page = choice_page(place, run, step, request.moment, why_not=refused.verdict.sentence, chosen=chosen)
        return show(request, TEMPLATE, page=page, status=422)
    here = "step" if is_at(place.session, KIND) else "choice"
    return HttpResponseRedirect(f"/r/{place.room.id}/{here}/")
