"""Which people see exactly the same, and what of a board concerns them."""

from dataclasses import dataclass

from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.queries import stops
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.models import Room
from hubcraft.web.prepared import Prepared


@dataclass(frozen=True)
class Watched:
    """What one audience of participants watches; `kind` is the beginning of the audience's name."""

    kind: str
    team: str
    step: str
    room: Room
    session: ReflectionSession
    reflection: Reflection


def audience_of(place: Place) -> str:
    """The audience this person belongs to: everyone in it may see what they may see, and no more.

    Where a script has everybody at a step, that is part of the name: at the next one every page is another.
    """
    stop = place.stop
    return topics.at_step(sight_of(place), stop.key) if stop else sight_of(place)


def sight_of(place: Place) -> str:
    """What of their team's board this person may see, as the name of an audience."""
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


BOARDS_OF_TEAM = Prepared(
    lambda room, team: stops.along(
        Reflection.objects.select_related("team", "session__room").filter(
            session__room=room, team=team, removed_at=None
        ),
        "session__",
    )
)


def watched_by(room_id: str, audience: str) -> Watched | None:
    """What an audience watches; None when its board is gone."""
    kind, team_id, step = topics.read_audience(audience)
    for reflection in BOARDS_OF_TEAM(room=room_id, team=team_id):
        return Watched(kind, team_id, step, reflection.session.room, reflection.session, reflection)
    return None
