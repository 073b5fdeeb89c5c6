"""What a hub shares upward: one thing after the other, and who looked."""

from django.http import HttpResponseRedirect

from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import sharing as actions
from hubcraft.apps.insights.pages.looks import note_look
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries import hubs
from hubcraft.apps.insights.queries.before import releases_of_others
from hubcraft.apps.insights.queries.sharing import sharing_page
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.web.page import show


@members(policy=policy.can_share, methods=("GET", "POST"))
def sharing(request, viewer: Viewer, network_id: str, hub_id: str):
    """Its people see what the hub shares; its leader shares one more thing."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    if request.method == "POST":
        actions.share(
            by=viewer,
            who=request.user.in_trail,
            hub=here,
            source=request.POST.get("source", ""),
            reach=request.POST.get("reach", ""),
            at=request.moment,
        )
        return HttpResponseRedirect(request.path)
    note_look(request, viewer, releases_of_others(viewer, here))
    return show(request, "insights/sharing.html", page=sharing_page(viewer, here))


@members(policy=policy.can_share, methods=("POST",))
def take_back(request, viewer: Viewer, network_id: str, hub_id: str):
    """Its leader takes back what was shared."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    actions.take_back(
        by=viewer,
        who=request.user.in_trail,
        hub=here,
        release_id=request.POST.get("release", ""),
        at=request.moment,
    )
    return HttpResponseRedirect(f"{hubs.hub_address(here)}sharing/")
