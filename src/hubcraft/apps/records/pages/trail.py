"""Reading the trail."""

from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.records import policy
from hubcraft.apps.records.forms import asked_in
from hubcraft.apps.records.queries import trail as queries
from hubcraft.apps.roles.pages.administration import administers
from hubcraft.web.page import show


@administers()
def whole_trail(request, viewer: Viewer):
    """Of everything, for the administrator."""
    return show(request, "records/trail.html", page=queries.whole_trail(viewer, asked_in(request.GET)))


@members(policy=policy.can_read_trail)
def hub_trail(request, viewer: Viewer, network_id: str, hub_id: str):
    """Of one hub, for its leader."""
    here = get_hub(viewer, network_id, hub_id)
    return show(
        request, "records/hub_trail.html", page=queries.hub_trail(viewer, here, asked_in(request.GET))
    )
