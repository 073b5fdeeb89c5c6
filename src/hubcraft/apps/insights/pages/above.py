"""What who leads, coaches or does research sees of hubs: as far as these share. Looking is noted for the hub."""

from django.http import HttpResponseRedirect

from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import sharing as actions
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries import above
from hubcraft.apps.insights.queries.raising import list_raised
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.web.page import show


@members(policy=policy.can_see_network, methods=("GET", "POST"))
def network(request, viewer: Viewer, network_id: str):
    """A network, and what it asks its hubs to share."""
    here = above.get_network(viewer, network_id)
    if request.method == "POST":
        actions.ask_for(
            by=viewer,
            who=request.user.in_trail,
            network=here.network,
            at=request.moment,
            **{kind: kind in request.POST for kind in ("levels", "strategies", "next_steps")},
        )
        return HttpResponseRedirect(request.path)
    return show_above(request, viewer, here)


@members(policy=policy.can_see_initiative)
def initiative(request, viewer: Viewer, initiative_id: str):
    """An initiative."""
    return show_above(request, viewer, above.get_initiative(viewer, initiative_id))


def show_above(request, viewer: Viewer, here: above.Above):
    """Sums through the floors, and the hubs that share. Whoever sees a sum has looked at what went into it."""
    actions.look(by=viewer, releases=above.releases_in_sums(here), at=request.moment)
    page = above.above_page(viewer, here)
    raised = list_raised(viewer, here.network) if page.sees_hubs and here.network is not None else ()
    return show(request, "insights/above.html", page=page, raised=raised)


@members(policy=policy.can_see_shared_hub)
def network_hub(request, viewer: Viewer, network_id: str, hub_id: str):
    """One hub of a network, as far as it shares."""
    return show_shared(request, viewer, above.get_network_hub(viewer, network_id, hub_id))


@members(policy=policy.can_see_hubs_of_initiative)
def initiative_hub(request, viewer: Viewer, initiative_id: str, hub_id: str):
    """One hub of an initiative, as far as it shares with it."""
    return show_shared(request, viewer, above.get_initiative_hub(viewer, initiative_id, hub_id))


def show_shared(request, viewer: Viewer, shared: above.SharedHub):
    """What the hub shares; that somebody looked is written down before they see it."""
    actions.look(by=viewer, releases=shared.releases, at=request.moment)
    network, page = shared.above.network, above.shared_hub_page(viewer, shared)
    raised = list_raised(viewer, network, shared.hub.id) if network is not None else ()
    return show(request, "insights/shared_hub.html", page=page, raised=raised)
