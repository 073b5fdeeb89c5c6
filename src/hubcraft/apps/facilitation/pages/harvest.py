"""What the facilitator takes home."""

from django.http import HttpResponseRedirect

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions.harvest import count_room
from hubcraft.apps.facilitation.exports.files import list_files, write_chart, write_file
from hubcraft.apps.facilitation.exports.harvest import harvest_report, is_long_harvest, whose_harvest
from hubcraft.apps.facilitation.pages.files import Asked, ask, sent, show_made, show_making, size_of
from hubcraft.apps.facilitation.pages.lead import leads
from hubcraft.apps.facilitation.queries.charts import harvest_charts
from hubcraft.apps.facilitation.queries.harvest import harvest_page
from hubcraft.web.page import show


@leads(methods=("GET",))
def harvest(request, viewer, room):
    """Feedback, what was chosen, what was said, how the room stood; to read and to print."""
    page = harvest_page(room)
    charts: dict[str, list] = {}
    for it in harvest_charts(page):
        charts.setdefault(it.key.partition("-")[0], []).append(it)
    drawn = {it.key: it for it in charts.get("feedback", ())}
    results = enumerate(page.feedback.results, 1)
    return show(
        request,
        "facilitation/harvest.html",
        page=page,
        charts=charts,
        questions=[(it, drawn.get(f"feedback-{at}")) for at, it in results],
        files=list_files(),
        is_long=is_long_harvest(page),
        on=request.moment,
    )


@leads(methods=("GET", "POST"))
def take(request, viewer, room, kind: str):
    """The same as a file."""
    page = harvest_page(room)
    if is_long_harvest(page):
        return ask(request, asked(viewer, room), kind, room.time_zone)
    report = harvest_report(page, size_of(request, room.time_zone), request.moment)
    return sent(write_file(report, kind))


@leads(methods=("GET",))
def chart(request, viewer, room, room_chart: str, as_file: str):
    """One of its charts, as a file."""
    page = harvest_page(room)
    found = next((it for it in harvest_charts(page) if it.key == room_chart), None)
    return sent(write_chart(found, page.room.title, as_file))


@leads(methods=("GET",))
def making(request, viewer, room, file_id: str):
    """How far it is, where it is a long one."""
    return show_making(request, asked(viewer, room), file_id)


@leads(methods=("GET",))
def made(request, viewer, room, file_id: str):
    """The same once it is made."""
    return show_made(asked(viewer, room), file_id)


def asked(viewer, room) -> Asked:
    """What files of this page are known by, for this facilitator."""
    whose = whose_harvest(viewer.lead_key)
    return Asked("harvest", room.id, whose, str(room), f"/r/{room.id}/lead/harvest/")


@leads(policy=policy.can_count)
def count(request, viewer, room):
    """Count how the room stood."""
    count_room(by=viewer, room=room, at=request.moment)
    return HttpResponseRedirect(f"/r/{room.id}/lead/harvest/#counts")
