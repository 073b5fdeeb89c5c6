"""What is shared of a hub that became part of this one, for those who were not of it: what left it, and no more."""

from hubcraft.apps.insights.models import Release
from hubcraft.apps.insights.queries.above import Above, SharedHub, SharedHubPage, shared_hub_page
from hubcraft.apps.insights.queries.sharing import releases_of, shareables
from hubcraft.apps.insights.queries.sight import sight_of
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer


def releases_of_others(viewer: Viewer, hub: Team) -> list[Release]:
    """What this person reads only as it is shared; nothing where all of the hub is theirs to see."""
    if not sight_of(viewer, hub).others:
        return []
    mine = {it.source for it in shareables(viewer, hub)}
    return [it for it in releases_of(hub) if it.source not in mine]


def shared_before(viewer: Viewer, hub: Team, others: list[Release]) -> SharedHubPage | None:
    """These, as whoever leads the network reads them."""
    return shared_hub_page(viewer, SharedHub(Above(network=hub.network), hub, others)) if others else None
