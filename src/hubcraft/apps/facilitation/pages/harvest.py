"""What the facilitator takes home."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions.harvest import count_room
from hubcraft.apps.facilitation.pages.lead import leads
from hubcraft.apps.facilitation.queries.harvest import harvest_page
from hubcraft.web.page import show


@leads(methods=("GET",))
def harvest(request, viewer, room):
    """Feedback, what was chosen, what was said, how the room stood; to read and to print."""
    return show(request, "facilitation/harvest.html", page=harvest_page(room), on=request.moment)


@leads(policy=policy.can_count)
def count(request, viewer, room):
    """Count how the room stood."""
    count_room(by=viewer, room=room, at=request.moment)
    return HttpResponseRedirect(f"/r/{room.id}/lead/harvest/#counts")
