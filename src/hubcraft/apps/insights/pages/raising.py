"""Raising a next step to the network, and answering what a hub raised."""

from django.http import HttpResponseRedirect

from hubcraft.apps.improvement.forms import AnswerForm, RaiseForm
from hubcraft.apps.improvement.queries import answers
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import raising as actions
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries import hubs, raising
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show


@members(policy=policy.can_raise, methods=("GET", "POST"))
def raise_step(request, viewer: Viewer, network_id: str, hub_id: str, step_id: str):
    """Ask the network for help with a step; raised, what it asks and what was answered."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    step = hubs.get_step(viewer, here, step_id)
    if request.method != "POST":
        return show_raising(request, viewer, here, step, RaiseForm())
    form = RaiseForm(request.POST)
    if not form.is_valid():
        return show_raising(request, viewer, here, step, form, status=422)
    try:
        asked = form.cleaned_data["asked"]
        actions.raise_step(by=viewer, hub=here, step_id=step_id, asked=asked, at=request.moment)
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_raising(request, viewer, here, step, form, status=409)
    return HttpResponseRedirect(request.path)


@members(policy=policy.can_see_hub, methods=("POST",))
def take_back(request, viewer: Viewer, network_id: str, hub_id: str, step_id: str):
    """Ask no longer."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    actions.take_back(by=viewer, hub=here, step_id=step_id, at=request.moment)
    return HttpResponseRedirect(hubs.hub_address(here))


def show_raising(request, viewer: Viewer, hub, step, form, *, status: int = 200):
    """The page with what was typed still in it."""
    page = raising.raise_page(viewer, hub, step)
    return show(request, "insights/raise.html", status=status, page=page, form=form)


@members(policy=policy.can_see_raised, methods=("GET", "POST"))
def raised(request, viewer: Viewer, network_id: str, raising_id: str):
    """What a hub raised; whoever leads the network answers it."""
    here = raising.get_raised(viewer, network_id, raising_id)
    if request.method != "POST":
        first = {"answer": here.answer, "words": here.answer_words, "was": here.mark}
        return show_raised(request, viewer, here, AnswerForm(initial=first))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show_raised(request, viewer, here, form, status=422)
    try:
        told = form.cleaned_data
        actions.answer(by=viewer, network_id=network_id, raising_id=raising_id, at=request.moment, **told)
    except Refused as refused:
        if not policy.can_answer(viewer, network_id):
            raise
        form.add_error(None, refused.verdict.sentence)
        here = raising.get_raised(viewer, network_id, raising_id)
        return show_raised(request, viewer, here, form, status=409)
    return HttpResponseRedirect(f"/n/{network_id}/")


def show_raised(request, viewer: Viewer, here, form, *, status: int = 200):
    """The page with what was typed still in it."""
    page = raising.above_page(viewer, here)
    chosen = form["answer"].value()
    options = [(key, words, key == chosen) for key, words in answers()]
    return show(request, "insights/raised.html", status=status, page=page, form=form, options=options)
