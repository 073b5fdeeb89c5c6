"""Making two hubs one: whoever leads one of them asks, whoever leads the other answers."""

from django.conf import settings
from django.http import HttpResponseRedirect

from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import merging as actions
from hubcraft.apps.insights.forms import AskForm
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries import hubs, merging
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.web.page import show


@members(policy=policy.can_merge, methods=("GET", "POST"))
def merge(request, viewer: Viewer, network_id: str, hub_id: str):
    """What would happen, in words; who asks this hub; and whom it asks."""
    here = merging.get_led_hub(viewer, network_id, hub_id)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.ask(
            by=viewer,
            hub=here,
            email=form.cleaned_data["email"],
            address=settings.HUBCRAFT_ADDRESS or request.build_absolute_uri("/").rstrip("/"),
            at=request.moment,
        )
        return HttpResponseRedirect(request.path)
    page = merging.merge_page(viewer, here, request.moment)
    return show(request, "insights/merge.html", status=422 if form.is_bound else 200, page=page, form=form)


@members(policy=policy.can_merge, methods=("POST",))
def take_back(request, viewer: Viewer, network_id: str, hub_id: str):
    """Ask no longer."""
    here = merging.get_led_hub(viewer, network_id, hub_id)
    actions.take_back(by=viewer, hub=here, at=request.moment)
    return HttpResponseRedirect(f"{hubs.hub_address(here)}merge/")


@members(policy=policy.can_merge, methods=("GET", "POST"))
def answer(request, viewer: Viewer, network_id: str, hub_id: str, merge_id: str):
    """Yes or no, below what a yes would mean."""
    here = merging.get_led_hub(viewer, network_id, hub_id)
    page = merging.merge_page(viewer, here, request.moment, merge_id)
    said = request.POST.get("answer", "")
    if said not in ("yes", "no"):
        status = 422 if request.method == "POST" else 200
        return show(request, "insights/merge_answer.html", status=status, page=page)
    actions.answer(by=viewer, hub=here, merge_id=merge_id, agrees=said == "yes", at=request.moment)
    return HttpResponseRedirect(hubs.hub_address(here))
