"""Who talks with whom where people turn to each other, of those who are not in the room."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.queries.runs import TURN_AND_TALK, row_of
from hubcraft.apps.facilitation.queries.said import is_at
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.rooms.models import Seat
from hubcraft.apps.rooms.queries import list_seats_elsewhere
from hubcraft.domain.pairing import as_it_stands


@dataclass(frozen=True)
class Partner:
    """One of those who talk, as a chip."""

    label: str
    seat_key: str
    kind: str = "now"
    is_from_paper: bool = False


@dataclass(frozen=True)
class PairView:
    """Two or three who talk with each other, and where they come from."""

    partners: tuple[Partner, ...]
    teams: tuple[str, ...]


def list_remote(room_id: str) -> list[Seat]:
    """Everybody who takes part from elsewhere, in the order in which they said so; a person with two seats once."""
    found: dict[str, Seat] = {}
    for seat in list_seats_elsewhere(room_id):
        if not (seat.is_waiting or seat.interprets):
            found.setdefault(seat.person, seat)
    return list(found.values())


def pairs_of(session: ReflectionSession) -> tuple[PairView, ...]:
    """Who talks with whom at the step where the room is; nobody where it is at another kind of step."""
    row = row_of(session)
    if row is None or not is_at(session, TURN_AND_TALK):
        return ()
    seats = {it.id: it for it in list_remote(session.room_id)}
    groups = as_it_stands(row.pairs.get(row.steps[row.position]["key"], ()), list(seats))
    return tuple(pair_view([seats[it] for it in group]) for group in groups)


def pair_view(seats: list[Seat]) -> PairView:
    """These people as everybody may see them: they agreed to that when they said where they are."""
    teams = dict.fromkeys(_("here alone") if it.team.is_alone else it.team.name for it in seats)
    return PairView(tuple(Partner(it.label, it.key) for it in seats), tuple(teams))
