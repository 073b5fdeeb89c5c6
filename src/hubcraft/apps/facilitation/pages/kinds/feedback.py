"""What was helpful, and what would have made it better: without a name."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions.feedback import give_feedback
from hubcraft.apps.facilitation.forms import read_feedback
from hubcraft.apps.facilitation.pages.kinds.strategies import belongs_to, new_once, speaker
from hubcraft.apps.facilitation.queries.choices import domains_of
from hubcraft.apps.facilitation.queries.feedback import feedback_page, questions_of
from hubcraft.apps.facilitation.queries.runs import get_run
from hubcraft.apps.facilitation.queries.said import has_been_at, is_at, step_of_kind
from hubcraft.apps.facilitation.queries.wording import known_look_fors
from hubcraft.apps.reflections.pages.way import participants, parts_of
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show

KIND = "feedback"
TEMPLATE = "facilitation/steps/feedback.html"


def show_step(request, place, run, step):
    """The questions, with what this phone has answered."""
    verdict = policy.can_give_feedback(place.viewer, place.seat, place.room, has_been_at(place.session, KIND))
    page = feedback_page(
        place, run, step, request.moment, may_give=verdict.is_allowed, why_not=verdict.sentence
    )
    return show(request, TEMPLATE, page=page, once=new_once())


@participants(policy=policy.can_give_feedback, methods=["GET", "POST"], is_errand=True)
def feedback(request, place: Place):
    """Give feedback; also at home, until the room is closed."""
    run = get_run(place)
    step = step_of_kind(run, KIND)
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    if request.method == "GET":
        return show_step(request, place, run, step)
    known = [it.key for it in domains_of(place.session)]
    answers, mistakes = read_feedback(
        request.POST,
        questions_of(place.session),
        known,
        known_look_fors(place.session),
        place.room.language,
    )
    try:
        if not mistakes:
            give_feedback(
                by=place.viewer, seat_id=speaker(request, place), answers=answers, at=request.moment
            )
            here = "step" if is_at(place.session, KIND) else "feedback"
            return HttpResponseRedirect(f"/r/{place.room.id}/{here}/{kept(request)}")
        why_not = ""
    except Refused as refused:
        why_not = refused.verdict.sentence
    page = feedback_page(place, run, step, request.moment, why_not=why_not, typed=answers, mistakes=mistakes)
    belongs_to(request, place, KIND)
    return show(request, TEMPLATE, page=page, once=new_once(), status=422)


def kept(request) -> str:
    """Says in the address which form was taken, so that the browser need not keep its draft any longer."""
    once = request.POST.get("once", "")
    return f"?kept={once}" if once.isalnum() and once.isascii() else ""
