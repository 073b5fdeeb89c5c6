"""Counting the room."""

from collections.abc import Iterable
from datetime import datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import RoomCount
from hubcraft.apps.facilitation.queries.counting import added_up, told_elsewhere
from hubcraft.apps.facilitation.queries.harvest import BoardTally, counted_now, list_board_tallies
from hubcraft.apps.frameworks.queries import rubric_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.domains import domains_in
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.suppression import Coded
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def count_room(*, by: Viewer, room: Room, at: datetime) -> None:
    """Count how the room stood, board by board, and keep it: what is told once does not move any more.

    Teams with different rubrics are counted apart, also on a look-for that is in both (docs/decide/0042).

    A count that followed every board as it opens, or everyone who leaves, would tell by its changes what one team
    or one person answered.
    """
    insist(policy.can_count(by, room))
    Room.objects.select_for_update().get(id=room.id)
    session = session_of(room)
    for domain in domains_in(session):
        opened = list_board_tallies(session, domain)
        for look_for in sorted(rubric_of(session.pack_id, domain, room.language).keys):
            count_look_for(session, domain, look_for, opened)
    audit.record(who=by.facilitator, did="counted the room", thing=f"room {room.id}", room=room.id, at=at)


def count_look_for(
    session: ReflectionSession, domain: str, look_for: str, opened: Iterable[BoardTally]
) -> None:
    """Add to one look-for of one rubric what may be told of the boards that have opened since."""
    row, _new = RoomCount.objects.select_for_update().get_or_create(
        session=session, domain=domain, look_for=look_for
    )
    opened = list(opened)
    elsewhere = told_elsewhere([it.id for it in opened])
    added = counted_now([it for it in opened if it.id not in elsewhere], look_for, row)
    if added is None:
        return
    boards, told = added
    row.parts = [*row.parts, sorted(boards)]
    row.boards = sorted([*row.boards, *boards])
    if isinstance(told, Coded):
        row.most = told.answer
    else:
        row.counts = added_up([row.counts, told.value])
    row.save()
