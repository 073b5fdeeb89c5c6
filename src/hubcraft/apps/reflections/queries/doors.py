"""The doors: how a reflection is obtained, always on behalf of somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from hubcraft.apps.frameworks.queries import Rubric
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import Finish, LateAnswer, Reflection, ReflectionSession
from hubcraft.apps.reflections.queries import stops
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.apps.rooms.queries import get_room
from hubcraft.domain.verdict import NotThere
from hubcraft.web.prepared import Prepared


@dataclass(frozen=True)
class Place:
    """Everything about where one person stands: their seat, their team's board, the rubric it is held with."""

    viewer: Viewer
    room: Room
    seat: Seat
    session: ReflectionSession
    reflection: Reflection
    rubric: Rubric
    finish: Finish | None

    @property
    def rung(self) -> policy.Rung:
        return policy.rung_of(self.session)

    @property
    def stop(self) -> stops.Stop | None:
        """Where a script has everybody just now; None at the rubric."""
        return stops.stop_now(self.session)

    @property
    def has_come(self) -> bool:
        """Whether the rubric has been reached: before that nobody rates."""
        return stops.has_come(self.session)

    @property
    def is_done_late(self) -> bool:
        """Whether someone who came late has rated and said what becomes of their marks."""
        return bool(self.finish and self.finish.is_finished and self.finish.late_choice)


def get_session(viewer: Viewer, room_id: str) -> ReflectionSession:
    """What a room reflects on, for whoever holds a key to the room."""
    return session_of(get_room(viewer, room_id))


def session_of(room: Room) -> ReflectionSession:
    """What this room reflects on."""
    session = stops.along(ReflectionSession.objects.filter(room=room)).first()
    if session is None:
        raise NotThere
    session.room = room
    return session


def get_place(viewer: Viewer) -> Place:
    """The place of whoever is looking; without a seat there is none."""
    return place_of_seat(viewer, viewer.seat)


def place_of_seat(viewer: Viewer, seat_id: str, *, is_locked: bool = False) -> Place:
    """The place of one of the viewer's own seats; `is_locked` holds the seat's row until the transaction ends."""
    return places_of_seats([(viewer, seat_id)], is_locked=is_locked)[0]


SEATS = Prepared(lambda ids: Seat.objects.select_related("room", "team").filter(id__in=ids, removed_at=None))
# In one order everywhere, so that two processes never wait for each other. The board itself is not held:
# several phones share a commit, and two processes would then hold boards crosswise.
LOCKED_SEATS = Prepared(lambda ids: SEATS.ask(ids).select_for_update(of=("self",)).order_by("id"))
OPEN_BOARDS = Prepared(
    lambda rooms, teams: stops.along(
        Reflection.objects.select_related("session").filter(
            session__room__in=rooms, team__in=teams, removed_at=None
        ),
        "session__",
    )
)
FINISHES = Prepared(lambda seats: Finish.objects.filter(seat__in=seats))


def places_of_seats(asked: Sequence[tuple[Viewer, str]], *, is_locked: bool = False) -> list[Place]:
    """The places of several viewers, each in a seat of their own; all of them have to be there."""
    places = [place for place in find_places(asked, is_locked=is_locked) if place is not None]
    if len(places) < len(asked):
        raise NotThere
    return places


def find_places(asked: Sequence[tuple[Viewer, str]], *, is_locked: bool = False) -> list[Place | None]:
    """The places of several viewers, each in a seat of their own, for the price of one; None where there is none."""
    ids = {seat_id for _, seat_id in asked}
    seats = {seat.id: seat for seat in (LOCKED_SEATS(ids=ids) if is_locked else SEATS(ids=ids))}
    open_boards = OPEN_BOARDS(
        rooms={seat.room_id for seat in seats.values()}, teams={seat.team_id for seat in seats.values()}
    )
    boards = {(it.session.room_id, it.team_id): it for it in open_boards}
    finishes = {(it.reflection_id, it.seat_id): it for it in FINISHES(seats=seats)}
    places: list[Place | None] = []
    for viewer, seat_id in asked:
        seat = seats.get(seat_id) if seat_id in (viewer.seat, *viewer.others) else None
        reflection = boards.get((viewer.room, seat.team_id)) if seat else None
        if seat is None or reflection is None or seat.room_id != viewer.room:
            places.append(None)
            continue
        session = reflection.session
        session.room, reflection.team = seat.room, seat.team
        rubric = rubric_for(reflection, seat.language)
        finish = finishes.get((reflection.id, seat.id))
        places.append(Place(viewer, seat.room, seat, session, reflection, rubric, finish))
    return places


def count_offered(place: Place) -> int:
    """How many of this person's answers came after their time and wait for a word of theirs."""
    if place.room.is_closed:
        return 0
    return LateAnswer.objects.filter(reflection=place.reflection, seat=place.seat, is_left=False).count()


def get_reflection_to_lead(viewer: Viewer, team_id: str) -> Reflection:
    """A team's board, for the facilitator of its room; the marks on it do not come along."""
    reflection = (
        Reflection.objects.select_related("session__room", "team")
        .filter(session__room_id=viewer.room, team_id=team_id, removed_at=None)
        .first()
    )
    if reflection is None or not policy.can_lead_boards(viewer, reflection.session.room).is_allowed:
        raise NotThere
    return reflection


def revealed_teams(room_id: str) -> set[str]:
    """The teams of this room whose boards are open after silent rating: nobody joins them unasked."""
    return set(
        Reflection.objects.filter(
            session__room_id=room_id, session__is_open_board=False, removed_at=None, team__is_alone=False
        )
        .exclude(revealed_at=None)
        .values_list("team_id", flat=True)
    )
