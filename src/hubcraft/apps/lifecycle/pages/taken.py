"""Taking away what a hub keeps, and putting it back."""

from django.http import HttpResponseRedirect

from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub, hub_address
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions import keeping
from hubcraft.apps.lifecycle.queries.taken import taken_page
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.web.page import show


@members(policy=policy.can_read)
def taken(request, viewer: Viewer, network_id: str, hub_id: str):
    """What can still be put back."""
    hub = get_hub(viewer, network_id, hub_id)
    return show(request, "lifecycle/taken.html", page=taken_page(viewer, hub, request.moment))


@members(policy=policy.can_take_away, methods=("POST",))
def take_away(request, viewer: Viewer, network_id: str, hub_id: str, what: str, row_id: str):
    """It stands nowhere any more; the answer is where it can be put back."""
    hub = get_hub(viewer, network_id, hub_id)
    keeping.take_away(by=viewer, hub=hub, kind=what, row_id=row_id, at=request.moment)
    return HttpResponseRedirect(f"{hub_address(hub)}taken-away/")


@members(policy=policy.can_take_away, methods=("POST",))
def put_back(request, viewer: Viewer, network_id: str, hub_id: str, what: str, row_id: str):
    """As if it had never been away."""
    hub = get_hub(viewer, network_id, hub_id)
    try:
        keeping.put_back(by=viewer, hub=hub, kind=what, row_id=row_id, at=request.moment)
    except keeping.Stale as stale:
        page = taken_page(viewer, hub, request.moment)
        return show(request, "lifecycle/taken.html", status=409, page=page, told=stale.verdict.sentence)
    return HttpResponseRedirect(f"{hub_address(hub)}taken-away/")
