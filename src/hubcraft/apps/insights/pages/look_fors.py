"""The loop on one page: a look-for with everything a hub has of it, for the people who belong to that hub."""

from hubcraft.apps.insights import policy
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries import exact, hubs, look_fors
from hubcraft.apps.insights.queries.beside import of_a_strategy, told_beside_look_for
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.web.page import show


@members(policy=policy.can_see_hub)
def framework(request, viewer: Viewer, network_id: str, hub_id: str):
    """Every look-for a hub has rated, and how it stood the last time."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    return show(request, "insights/look_fors.html", page=look_fors.look_fors_page(viewer, here))


@members(policy=policy.can_see_hub)
def look_for(
    request,
    viewer: Viewer,
    network_id: str,
    hub_id: str,
    pack: str,
    domain: str,
    practice: str,
    look_for: str,
):
    """One look-for: how it stood each time, and what was named, promised and done since."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    key = f"{pack}/{domain}/{practice}/{look_for}"
    return show(
        request,
        "insights/look_for.html",
        page=look_fors.look_for_page(viewer, here, key),
        beside=told_beside_look_for(viewer, here, key),
        makes=of_a_strategy(),
    )


@members(policy=policy.can_see_hub)
def exact_numbers(
    request,
    viewer: Viewer,
    network_id: str,
    hub_id: str,
    pack: str,
    domain: str,
    practice: str,
    look_for: str,
):
    """The same look-for from each time to the next, in an analyst's numbers."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    key = f"{pack}/{domain}/{practice}/{look_for}"
    return show(request, "insights/exact.html", page=exact.exact_page(viewer, here, key))
