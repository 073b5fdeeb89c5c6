"""The screen at the front of the room."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation.pages.regions import PROJECTOR_ADDS, draw_added, render_regions
from hubcraft.apps.facilitation.queries.projector import projector_page
from hubcraft.apps.reflections.pages.way import live_parts, spoken
from hubcraft.apps.rooms import policy, topics
from hubcraft.apps.rooms import queries as rooms
from hubcraft.apps.rooms.pages import device
from hubcraft.web.page import page, show


@page(policy=policy.can_project)
def projector(request, room_id):
    """Read-only, under a key of its own that moves from the link into a cookie."""
    if "key" in request.GET:
        viewer = rooms.viewer_with(room_id, rooms.Keys(projector=request.GET["key"]))
        rooms.get_room_to_project(viewer, room_id)
        response = HttpResponseRedirect(f"/r/{room_id}/projector/")
        return device.keep(request, response, "projector", room_id, request.GET["key"])
    room = rooms.get_room_to_project(device.viewer(request, room_id), room_id)
    with spoken(request, room.language, room.time_zone):
        if request.GET.get("part") == "live":
            return live_parts(request, room, topics.PROJECTOR, topics.PROJECTOR, render_regions)
        return show(
            request,
            "facilitation/projector.html",
            page=projector_page(room, request.moment),
            added=draw_added(PROJECTOR_ADDS, room.id),
        )
