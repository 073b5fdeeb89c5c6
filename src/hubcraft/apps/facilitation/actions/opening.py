"""Letting everyone begin, and opening a closed room again."""

from datetime import datetime

from hubcraft.apps.facilitation.actions import feedback
from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms import policy
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def open_room(*, by: Viewer, room: Room, at: datetime) -> None:
    """Let everyone begin. A room that was closed goes on where it stood: its clock has not run meanwhile."""
    insist(policy.can_lead(by, room))
    room = Room.objects.select_for_update().get(id=room.id)
    if room.is_closed and room.closed_at:
        go_on(room, at)
    rooms.open_room(by=by, room=room, at=at)


def go_on(room: Room, at: datetime) -> None:
    """The script as if the time in which the room was closed had not been."""
    feedback.settle(session_of(room))
    run = Run.objects.select_for_update(of=("self",)).filter(session__room=room).first()
    if run is None or room.closed_at is None or room.opened_at is None:
        return
    away = at - room.closed_at
    run.closed_for += max(0, round(away.total_seconds()))
    if run.paused_at is None:
        run.began_at = (run.began_at or room.opened_at) + away
    run.save(update_fields=["closed_for", "began_at"])
