"""A session that is open over days: its day is set and moved, it ends by itself, or people come together."""

from datetime import date, datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions.boards import open_board
from hubcraft.apps.reflections.models import Reflection, ReflectionSession, Reminder
from hubcraft.apps.reflections.queries.days import ends_at, over_by
from hubcraft.apps.reflections.queries.roster import load_roster
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.days import day_at
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes


@writes
def keep_open(*, by: Viewer, room: Room, until_on: date, at: datetime) -> None:
    """Leave the session open until this day has ended where the room is, each in their own time; or move its day."""
    session = held(room)
    insist(policy.can_keep_open(by, session, session.room))
    zone = session.room.time_zone
    insist(
        policy.can_be_open_until(until_on, today=day_at(at, zone), since=day_at(session.room.made_at, zone))
    )
    session.until_on, session.together_at = until_on, None
    session.save(update_fields=["until_on", "together_at"])
    note(by.facilitator, "left the session open until a day", session, at)
    changed(session.room, topics.WHOLE, recheck=True, at=at)


@writes
def gather(*, by: Viewer, room: Room, at: datetime) -> None:
    """People are together now: the day no longer counts, and somebody leads. What was answered stays answered."""
    session = held(room)
    insist(policy.can_gather(by, session, session.room))
    session.together_at = at
    session.save(update_fields=["together_at"])
    Reminder.objects.filter(session=session).delete()
    note(by.facilitator, "brought everybody together", session, at)
    changed(session.room, topics.WHOLE, recheck=True, at=at)


def end_days(*, at: datetime) -> int:
    """Open the boards of every session whose day has ended; says of how many. May run twice."""
    return sum(end_day(session_id=it.id, at=at) for it in over_by(at))


@writes
def end_day(*, session_id: str, at: datetime) -> bool:
    """Open the boards on which somebody has finished; on the others people go on, and open them by themselves.

    Where a server was down over midnight, that happens when it is back. The addresses people left are deleted.
    """
    session = held_session(id=session_id)
    # Meanwhile another worker may have done it, or the day may have been moved.
    if not session.is_over_days or ends_at(session) > at:
        return False
    boards = Reflection.objects.select_for_update(of=("self",)).select_related("team").order_by("id")
    boards = list(boards.filter(session=session, revealed_at=None, removed_at=None, team__is_alone=False))
    Room.objects.select_for_update().get(id=session.room_id)
    for board in boards if not session.is_open_board else ():
        roster = load_roster(session, board)
        if roster.counted:
            open_board(session, board, roster.size, by="house", who="the house", at=at)
    session.ended_at = at
    session.save(update_fields=["ended_at"])
    Reminder.objects.filter(session=session).delete()
    note("the house", "ended a session's day", session, at)
    changed(session.room, topics.WHOLE, recheck=True, at=at)
    return True


def held(room: Room) -> ReflectionSession:
    """What a room reflects on, as it is now, held until the transaction ends."""
    return held_session(room=room.id)


def held_session(**which: str) -> ReflectionSession:
    sessions = ReflectionSession.objects.select_for_update(of=("self",)).select_related("room")
    session = sessions.filter(**which).first()
    if session is None:
        raise NotThere
    return session


def note(who: str, did: str, session: ReflectionSession, at: datetime) -> None:
    """Write the trail."""
    audit.record(who=who, did=did, thing=f"session {session.id}", room=session.room_id, at=at)
