"""The step at which people plan, and the pages on which a next step is written and settled."""

from django.utils import timezone
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.pages.kinds.strategies import (
    back_of,
    belongs_to,
    insist_let_in,
    may_write,
    new_once,
    number_of,
    on,
    speaker,
)
from hubcraft.apps.facilitation.pages.written import part_of
from hubcraft.apps.facilitation.queries.steps import step_page
from hubcraft.apps.facilitation.queries.writing import plan_page, settle_page, write_next_step_page
from hubcraft.apps.improvement import actions, policy
from hubcraft.apps.improvement.forms import NewNextStepForm, NextStepForm, SettleForm
from hubcraft.apps.improvement.queries import (
    get_my_next_step,
    get_team_next_step,
    own_next_step,
    shared_next_step,
    sizes,
)
from hubcraft.apps.reflections.pages.way import address_now, elsewhere, participants, parts_of
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms import topics
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show


def show_step(request, place: Place, run, step):
    """One's own next step, the team's, and what was promised last time."""
    page = plan_page(place, step_page(place, run, step, request.moment))
    return show(
        request,
        "facilitation/steps/plan.html",
        page=page,
        next_steps_region=part_of(place, topics.NEXT_STEPS),
        promises_region=part_of(place, topics.PROMISES),
    )


@participants(policy=policy.can_promise, methods=["GET", "POST"], is_errand=True, is_for_its_seat=True)
def promise(request, place: Place):
    """Write a next step. Whoever is writing is not carried off when the room moves on."""
    if request.method != "POST" and not may_write(place):
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    if request.method != "POST":
        owner = "" if place.rung.is_ballot else place.seat.label
        initial = {"once": new_once(), "whose": whose_first(request, place), "owner": owner}
        return show_form(request, place, NewNextStepForm(initial=initial, today=timezone.localdate()))
    insist_let_in(place)
    form = NewNextStepForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return show_form(request, place, form, status=422)
    fields = form.cleaned_data
    is_shared = fields.pop("whose") == "team"
    try:
        actions.promise(
            by=place.viewer,
            seat_id=speaker(request, place),
            is_shared=is_shared,
            at=request.moment,
            **fields,
        )
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_form(request, place, form, status=409, is_anew=True)
    return on(request, place, fields["once"])


def whose_first(request, place: Place) -> str:
    """What is chosen when the page opens: what was asked for, or one's own as long as there is none."""
    if place.seat.team.is_alone:
        return "mine"
    wanted = request.GET.get("whose", "")
    if wanted in ("mine", "team"):
        return wanted
    return "mine" if own_next_step(place) is None or shared_next_step(place) is not None else "team"


@participants(policy=policy.can_change_promise, methods=["GET", "POST"], is_errand=True, is_for_its_seat=True)
def change(request, place: Place, step_id: str):
    """Say one's own next step otherwise, or the team's."""
    step = get_my_next_step(place, step_id)
    if request.method != "POST" and not (may_write(place) and step.is_open):
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    form = NextStepForm(
        request.POST or None, initial=typed(step), today=timezone.localdate(), was_due=step.due_on
    )
    if request.method != "POST":
        return show_form(request, place, form, step=step)
    if not form.is_valid():
        return show_form(request, place, form, step=step, status=422)
    try:
        actions.change_promise(
            by=place.viewer,
            seat_id=speaker(request, place),
            step_id=step_id,
            at=request.moment,
            **form.cleaned_data,
        )
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_form(request, place, form, step=step, status=409)
    return on(request, place, request.POST.get("once", ""))


def typed(step) -> dict[str, str]:
    """A step as its form shows it."""
    due_on = step.due_on.isoformat() if step.due_on else ""
    same = ("words", "owner", "size", "look_for")
    return {name: getattr(step, name) for name in same} | {"due_on": due_on}


@participants(policy=policy.can_change_promise, methods=["POST"], is_for_its_seat=True)
def take_back(request, place: Place, step_id: str):
    """Take a next step back."""
    actions.take_back(by=place.viewer, seat_id=speaker(request, place), step_id=step_id, at=request.moment)
    return on(request, place, "")


@participants(policy=policy.can_settle, methods=["GET", "POST"], is_errand=True, is_for_its_seat=True)
def settle(request, place: Place, step_id: str):
    """Tell what became of a next step: any member of the team, also before and after a session."""
    step = get_team_next_step(place, step_id)
    if request.method != "POST" and not policy.can_settle(place.viewer, place.seat, step):
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    if request.method != "POST":
        return show_settling(request, place, step, SettleForm(initial={"was": step.state}))
    form = SettleForm(request.POST)
    if not form.is_valid():
        return show_settling(request, place, step, form, status=422)
    try:
        actions.settle(
            by=place.viewer,
            seat_id=speaker(request, place),
            step_id=step_id,
            at=request.moment,
            **form.cleaned_data,
        )
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_settling(request, place, get_team_next_step(place, step_id), form, status=409)
    return on(request, place, request.POST.get("once", ""))


def show_form(request, place: Place, form, *, step=None, status: int = 200, is_anew: bool = False):
    """The page with what was typed still in it; under a number of its own once the old one was refused."""
    belongs_to(request, place, "plan")
    is_shared = step.is_shared if step is not None else form["whose"].value() == "team"
    page = write_next_step_page(
        place, step, is_shared=is_shared, back=back_of(request), question=_("What will you do next?")
    )
    once = number_of(form, is_anew=is_anew)
    context = {"page": page, "form": form, "once": once, "sizes": sizes()}
    return show(request, "facilitation/write_next_step.html", status=status, **context)


def show_settling(request, place: Place, step, form, *, status: int = 200):
    """The page on which a team tells what became of a step, with what was typed still in it."""
    belongs_to(request, place, "plan")
    page = settle_page(place, step, back_of(request), form["state"].value() or "")
    return show(request, "facilitation/settle.html", page=page, form=form, once=new_once(), status=status)
