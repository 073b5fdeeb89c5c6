"""Which people see exactly the same, and what of a board concerns them."""

from dataclasses import dataclass

from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.queries.doors import Place, session_of
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.models import Room


@dataclass(frozen=True)
class Watched:
    """What one audience of participants watches; `kind` is the beginning of the audience's name."""

    kind: str
    room: Room
    session: ReflectionSession
    reflection: Reflection


def audience_of(place: Place) -> str:
    """The audience this person belongs to: everyone in it may see what they may see, and no more."""
    team = place.seat.team_id
    if place.seat.is_waiting:
        return topics.waiting(team)
    if place.room.is_in_lobby:
        return topics.lobby(team)
    verdict = policy.can_see_board(
        place.viewer, place.session, place.reflection, place.seat, place.is_done_late
    )
    if not verdict.is_allowed:
        return topics.rating(team)
    if place.seat.team.is_alone or place.reflection.shows == Reflection.Shows.OWN:
        return topics.own(team)
    return topics.board(team)


def watched_by(room_id: str, audience: str) -> Watched | None:
    """What an audience watches; None when its board is gone."""
    kind, _colon, team_id = audience.partition(":")
    room = Room.objects.get(id=room_id)
    session = session_of(room)
    boards = Reflection.objects.select_related("team").filter(
        session=session, team_id=team_id, removed_at=None
    )
    reflection = boards.first()
    if reflection is None:
        return None
    reflection.session = session
    return Watched(kind, room, session, reflection)
