"""What the facilitator takes home."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions.harvest import count_room
from hubcraft.apps.facilitation.exports.files import list_files, write_file
from hubcraft.apps.facilitation.exports.harvest import harvest_report
from hubcraft.apps.facilitation.pages.files import sent, size_of
from hubcraft.apps.facilitation.pages.lead import leads
from hubcraft.apps.facilitation.queries.harvest import harvest_page
from hubcraft.web.page import show


@leads(methods=("GET",))
def harvest(request, viewer, room):
    """Feedback, what was chosen, what was said, how the room stood; to read and to print."""
    page = harvest_page(room)
    return show(request, "facilitation/harvest.html", page=page, files=list_files(), on=request.moment)


@leads(methods=("GET",))
def take(request, viewer, room, kind: str):
    """The same as a file."""
    report = harvest_report(harvest_page(room), size_of(request, room.time_zone), request.moment)
    return sent(write_file(report, kind))


@leads(policy=policy.can_count)
def count(request, viewer, room):
    """Count how the room stood."""
    count_room(by=viewer, room=room, at=request.moment)
    return HttpResponseRedirect(f"/r/{room.id}/lead/harvest/#counts")
