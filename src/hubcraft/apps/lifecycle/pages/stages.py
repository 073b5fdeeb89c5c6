"""The life cycle of a network: the picture, where its hub says that it stands, and what evidence is in place."""

from django.http import HttpResponseRedirect

from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub, hub_address
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions import stages as actions
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.apps.lifecycle.forms import EvidenceForm, NoLongerForm, StageForm
from hubcraft.apps.lifecycle.pages.doors import begin_again, get_led, show_form, today_of
from hubcraft.apps.lifecycle.queries import picture
from hubcraft.apps.lifecycle.queries.stages import LIFE_CYCLE
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.ids import new_id
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show


@members(policy=policy.can_read)
def life_cycle(request, viewer: Viewer, network_id: str, hub_id: str):
    """The picture of where the network stands."""
    hub = get_hub(viewer, network_id, hub_id)
    return show(request, "lifecycle/life_cycle.html", page=picture.life_cycle_page(viewer, hub))


@members(policy=policy.can_keep, methods=("GET", "POST"))
def say(request, viewer: Viewer, network_id: str, hub_id: str):
    """Its leader says in which stage the network is."""
    hub = get_led(viewer, network_id, hub_id)
    page, today = picture.life_cycle_page(viewer, hub), today_of(request, hub)
    choices = [(it.key, it.name) for it in page.stages]
    if request.method != "POST":
        now = next((it.key for it in page.stages if it.is_current), "")
        form = StageForm(
            initial={"once": new_id(), "stage": now, "since_on": today}, choices=choices, today=today
        )
        return show_form(request, "stage", hub, form, stages=page.stages, suggestion=page.suggestion)
    form = StageForm(request.POST, choices=choices, today=today)
    if not form.is_valid():
        return show_form(request, "stage", hub, form, stages=page.stages, suggestion=page.suggestion)
    actions.say_stage(by=viewer, hub=hub, at=request.moment, **form.cleaned_data)
    return HttpResponseRedirect(f"{hub_address(hub)}life-cycle/")


def show_evidence(request, viewer: Viewer, hub, key: str, form=None, ending=None, *, status: int = 200):
    """One piece with its history, and for its leader the forms."""
    page, today = picture.evidence_page(viewer, hub, key), today_of(request, hub)
    if form is None:
        first = {"since_on": today}
        if page.now:
            first = {"since_on": page.now.since_on, "where": page.now.where, "link": page.now.link}
        form = EvidenceForm(initial={**first, "once": new_id(), "was": page.was}, today=today)
    ending = ending or NoLongerForm(initial={"ended_on": today, "was": page.was}, today=today)
    shown = {"page": page, "form": form, "ending": ending}
    return show(request, "lifecycle/evidence.html", status=status, **shown)


@members(policy=policy.can_read, methods=("GET", "POST"))
def evidence(request, viewer: Viewer, network_id: str, hub_id: str, stage: str, work: str, piece: str):
    """One piece of evidence: everybody of the hub reads, its leader says that it is in place."""
    hub, key = get_hub(viewer, network_id, hub_id), f"{LIFE_CYCLE}/{stage}/{work}/{piece}"
    if request.method != "POST":
        return show_evidence(request, viewer, hub, key)
    form = EvidenceForm(request.POST, today=today_of(request, hub))
    if not form.is_valid():
        return show_evidence(request, viewer, hub, key, form, status=422)
    try:
        actions.say_in_place(by=viewer, hub=hub, piece=key, at=request.moment, **form.cleaned_data)
    except Stale as stale:
        begin_again(form, stale)
        return show_evidence(request, viewer, hub, key, form, status=409)
    return HttpResponseRedirect(f"{hub_address(hub)}life-cycle/#{stage}")


@members(policy=policy.can_keep, methods=("POST",))
def no_longer(request, viewer: Viewer, network_id: str, hub_id: str, stage: str, work: str, piece: str):
    """It is in place no longer."""
    hub, key = get_led(viewer, network_id, hub_id), f"{LIFE_CYCLE}/{stage}/{work}/{piece}"
    picture.get_piece(key)
    form = NoLongerForm(request.POST, today=today_of(request, hub))
    if form.is_valid():
        try:
            actions.say_no_longer(by=viewer, hub=hub, piece=key, at=request.moment, **form.cleaned_data)
        except Stale as stale:
            begin_again(form, stale)
            return show_evidence(request, viewer, hub, key, ending=form, status=409)
        except Refused as refused:
            form.add_error(None, refused.verdict.sentence)
        else:
            return HttpResponseRedirect(f"{hub_address(hub)}life-cycle/#{stage}")
    return show_evidence(request, viewer, hub, key, ending=form, status=422)
