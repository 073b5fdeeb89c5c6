"""Counting the room."""

from datetime import datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import RoomCount
from hubcraft.apps.facilitation.queries.counting import added_up
from hubcraft.apps.facilitation.queries.harvest import counted_now, list_board_tallies
from hubcraft.apps.frameworks.queries import rubric_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.suppression import Coded
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def count_room(*, by: Viewer, room: Room, at: datetime) -> None:
    """Count how the room stood, board by board, and keep it: what is told once does not move any more.

    A count that followed every board as it opens, or everyone who leaves, would tell by its changes what one team
    or one person answered.
    """
    insist(policy.can_count(by, room))
    Room.objects.select_for_update().get(id=room.id)
    session = session_of(room)
    rubric = rubric_of(session.pack_id, session.domain, room.language)
    opened = list_board_tallies(session, rubric)
    for look_for in sorted(rubric.keys):
        row, _new = RoomCount.objects.select_for_update().get_or_create(session=session, look_for=look_for)
        added = counted_now(opened, look_for, row)
        if added is None:
            continue
        boards, told = added
        row.boards = sorted([*row.boards, *boards])
        if isinstance(told, Coded):
            row.most = told.answer
        else:
            row.counts = added_up([row.counts, told.value])
        row.save()
    audit.record(who="the facilitator", did="counted the room", thing=f"room {room.id}", room=room.id, at=at)
