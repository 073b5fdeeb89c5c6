"""The home of somebody who is signed in: the hubs and networks they belong to."""

from hubcraft.apps.networks import queries
from hubcraft.apps.people.pages.account import signed_in
from hubcraft.web.page import show


@signed_in()
def places(request):
    """Everywhere one belongs."""
    viewer = queries.viewer_of(request.user)
    return show(request, "networks/places.html", places=queries.list_places(viewer), person=request.user)
