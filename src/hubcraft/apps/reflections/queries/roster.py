"""Who is in a team and how far they are; never what they answered."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubcraft.apps.frameworks.queries import Rubric
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import Finish, Reflection, ReflectionSession
from hubcraft.apps.reflections.queries import stops
from hubcraft.apps.reflections.queries.doors import Place, count_offered
from hubcraft.apps.reflections.queries.typing_in import paper_words
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.apps.rooms.queries import MeView, RoomView, list_seats, me_view, room_view
from hubcraft.domain.suppression import told_in_batches


@dataclass(frozen=True)
class RosterEntry:
    """One person of a team; `has_finished` is None where it is not told."""

    label: str
    seat_key: str
    has_finished: bool | None
    kind: str
    seat_id: str
    is_late: bool


@dataclass(frozen=True)
class Roster:
    """A team before its reveal: who is in it, how many have finished (`counted`), how many are said to (`finished`)."""

    entries: tuple[RosterEntry, ...]
    asking: tuple["AskingSeat", ...]
    size: int
    counted: int
    finished: int
    is_everyone: bool
    mark: str
    is_in_steps: bool

    @property
    def finished_words(self) -> str:
        return finished_words(self.finished, self.size, is_in_steps=self.is_in_steps)


@dataclass(frozen=True)
class AskingSeat:
    """Somebody who waits to be let into a team."""

    key: str
    label: str


@dataclass(frozen=True)
class TeamParts:
    """What a team's pages show to every member alike until the board is open."""

    room: RoomView
    team_name: str
    roster: tuple[RosterEntry, ...]
    finished_words: str
    paper_words: str
    everyone_finished: bool
    may_open: bool
    why_not: str
    roster_mark: str
    asking: tuple[AskingSeat, ...]


@dataclass(frozen=True)
class TeamPage(TeamParts):
    """The waiting page of one member."""

    me: MeView
    own_answered: int
    total: int
    left: int
    next_address: str
    offer: int
    rubric: Rubric
    who_can_see: tuple[str, ...]
    is_alias: bool


def finished_words(finished: int, size: int, *, is_in_steps: bool = False) -> str:
    """ "6 of 8 have finished." in the reader's language; where that is told in steps, no more than is true."""
    if is_in_steps and finished < size:
        if not finished:
            return _("How many have finished is told in steps")
        return _("At least {finished} of {size} have finished").format(finished=finished, size=size)
    return ngettext("{finished} of {size} has finished", "{finished} of {size} have finished", size).format(
        finished=finished, size=size
    )


def roster_of(
    session: ReflectionSession, reflection: Reflection, seats: list[Seat], finished: set[str]
) -> Roster:
    """The roster of one team from its seats and the ids of the seats that have finished.

    Interpreters and people who wait to be let in are not counted. Under the anonymous rung finishing is told
    for nobody in particular, and in steps.
    """
    is_ballot = policy.rung_of(session).is_ballot
    counted = [seat for seat in seats if not seat.is_waiting and seat.kind != Seat.Kind.INTERPRETING]
    entries = tuple(
        RosterEntry(
            label=seat.label,
            seat_key=seat.key,
            has_finished=None if is_ballot or seat.kind == Seat.Kind.INTERPRETING else seat.id in finished,
            kind=seat.kind,
            seat_id=seat.id,
            is_late=seat.is_late,
        )
        for seat in seats
        if not seat.is_waiting
    )
    count = sum(seat.id in finished for seat in counted)
    return Roster(
        entries=entries,
        asking=tuple(AskingSeat(seat.key, seat.label) for seat in seats if seat.is_waiting),
        size=len(counted),
        counted=count,
        finished=told_in_batches(count, len(counted)) if is_ballot else count,
        is_everyone=bool(counted) and count == len(counted),
        mark=roster_mark(counted),
        is_in_steps=is_ballot,
    )


def roster_mark(seats: list[Seat]) -> str:
    """What a person confirms when they say that this is everyone; changes as soon as somebody comes or goes."""
    return hashlib.sha256(" ".join(sorted(seat.key for seat in seats)).encode()).hexdigest()[:16]


def load_roster(session: ReflectionSession, reflection: Reflection) -> Roster:
    """The roster of one team, from the tables."""
    seats = list_seats(session.room_id, reflection.team_id)
    return roster_of(session, reflection, seats, finished_seats([reflection.id]))


def finished_seats(reflection_ids: list[str]) -> set[str]:
    """The seats that have answered every look-for."""
    return set(
        Finish.objects.filter(reflection_id__in=reflection_ids, is_finished=True).values_list(
            "seat_id", flat=True
        )
    )


def team_parts(room: Room, session: ReflectionSession, reflection: Reflection) -> TeamParts:
    """The roster of a team as every one of its members sees it."""
    roster = load_roster(session, reflection)
    member = Viewer(room=room.id, seat="any member", team=reflection.team_id)
    verdict = policy.can_reveal(
        member, session, reflection, room, roster.is_everyone, has_come=stops.has_come(session)
    )
    return TeamParts(
        room=room_view(room),
        team_name=shown_name(reflection.team),
        roster=roster.entries,
        finished_words=roster.finished_words if room.state != Room.State.LOBBY else "",
        paper_words=paper_words(reflection),
        everyone_finished=roster.is_everyone,
        may_open=verdict.is_allowed,
        why_not=verdict.sentence if room.state == Room.State.OPEN else "",
        roster_mark=roster.mark,
        asking=roster.asking,
    )


def shown_name(team: Team) -> str:
    """A team's name; someone who is here alone has none."""
    return "" if team.is_alone else team.name


def team_page(place: Place, next_number: int) -> TeamPage:
    """The waiting page of one member; `next_number` is the first look-for they have not answered."""
    answered, total = (place.finish.answered if place.finish else 0), len(place.rubric.look_fors)
    return TeamPage(
        **vars(team_parts(place.room, place.session, place.reflection)),
        me=me_view(place.viewer, place.seat),
        own_answered=answered,
        total=total,
        left=max(0, total - answered),
        next_address=f"/r/{place.room.id}/look-fors/{next_number}/",
        offer=count_offered(place),
        rubric=place.rubric,
        who_can_see=who_can_see(place),
        is_alias=place.session.uses_alias,
    )


def who_can_see(place: Place) -> tuple[str, ...]:
    """ "Who can see this?" for the person at this place, as things stand."""
    return policy.who_can_see(
        place.session.rung,
        is_open_board=place.session.is_open_board,
        is_alone=place.seat.team.is_alone,
        is_revealed=place.reflection.is_revealed,
        shows=place.reflection.shows,
    )


def finished_in_room(room: Room, session: ReflectionSession) -> tuple[int, int]:
    """How many people of the room have finished, of how many: people, not seats, and under the anonymous rung in steps.

    Steps are taken in each team, so that the room's total gives away no more than the teams' own counts do.
    """
    reflections = {
        reflection.team_id: reflection
        for reflection in Reflection.objects.filter(session=session, removed_at=None)
    }
    finished = finished_seats([reflection.id for reflection in reflections.values()])
    teams: dict[str, list[Seat]] = {}
    people: dict[str, bool] = {}
    for seat in list_seats(room.id):
        if seat.is_waiting or seat.kind == Seat.Kind.INTERPRETING:
            continue
        teams.setdefault(seat.team_id, []).append(seat)
        people[seat.person] = people.get(seat.person, True) and seat.id in finished
    if policy.rung_of(session).is_ballot:
        told = sum(
            told_in_batches(sum(seat.id in finished for seat in seats), len(seats))
            for seats in teams.values()
        )
        return min(told, len(people)), len(people)
    return sum(people.values()), len(people)
