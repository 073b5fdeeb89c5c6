"""The next session with the same teams."""

from datetime import datetime

from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.facilitation.queries.runs import row_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.actions import sessions
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.verdict import insist, refuse
from hubcraft.web.writer import writes


@writes
def start_again(*, by: Viewer, room: Room, address: str, once: str = "", at: datetime) -> tuple[Room, str]:
    """A room in which the same teams go through the same steps, as these were edited; answers with its key.

    `once` is the form's own number, made one with the room's: pressed twice, it is one room.
    """
    if room.is_rehearsal:
        insist(refuse(_("This was a rehearsal. Start a room of its own for the real session.")))
    again, key = sessions.start_again(
        by=by, room=room, address=address, once=f"{room.id}{once}" if once else "", at=at
    )
    before = row_of(session_of(room))
    if before is not None and row_of(session_of(again)) is None:
        steps = [{name: value for name, value in it.items() if name != "spent"} for it in before.steps]
        minutes = sum(it["minutes"] for it in steps)
        Run.objects.create(session=session_of(again), script=before.script, steps=steps, minutes=minutes)
    return again, key
