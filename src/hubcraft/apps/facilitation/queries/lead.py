"""What the facilitator sees: where the session is, how far everybody is, never what they chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.queries.leaders import list_leaders
from hubcraft.apps.facilitation.queries.ready import ready_words
from hubcraft.apps.facilitation.queries.runs import (
    RUBRIC,
    TALK,
    ClockView,
    RunView,
    TimeView,
    clock_of,
    led_run_of,
    time_of,
)
from hubcraft.apps.frameworks.queries import DomainChoice
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy as boards
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.queries import stops
from hubcraft.apps.reflections.queries.domains import domain_choices, domain_of_room
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.reflections.queries.roster import (
    Roster,
    finished_in_room,
    finished_seats,
    finished_words,
    roster_of,
)
from hubcraft.apps.reflections.queries.typing_in import from_paper_words, people_on_paper
from hubcraft.apps.rooms import queries as rooms
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.models import Room, Seat


@dataclass(frozen=True)
class SeatLine:
    """One person on the facilitator's page."""

    id: str
    label: str
    has_finished: bool | None
    is_present: bool
    kind: str
    is_late: bool


@dataclass(frozen=True)
class TeamProgress:
    """One team on the facilitator's page."""

    id: str
    name: str
    # What it reflects on, where there is more than one rubric.
    domain: DomainChoice | None
    size: int
    finished: int
    finished_words: str
    paper_words: str
    is_ready: bool
    is_revealed: bool
    may_open: bool
    roster_mark: str
    seats: tuple[SeatLine, ...]


@dataclass(frozen=True)
class Asking:
    """Somebody who asks the facilitator for something."""

    id: str
    words: str
    kind: str


@dataclass(frozen=True)
class DaysView:
    """Until when a session is open in which each goes at their own pace; `is_over` once that day has ended."""

    day: str
    zone: str
    is_over: bool


@dataclass(frozen=True)
class LeadParts:
    """What the facilitator's page shows and keeps up to date."""

    room: rooms.RoomView
    teams: tuple[TeamProgress, ...]
    alone: tuple[SeatLine, ...]
    asking: tuple[Asking, ...]
    finished: int
    here: int
    finished_words: str
    is_open_board: bool
    stage: str
    run: RunView | None
    clock: ClockView | None
    time: TimeView | None
    has_come: bool
    leaders: tuple[str, ...]
    has_projector: bool
    days: DaysView | None
    ready_words: str

    @property
    def rubrics_differ(self) -> bool:
        """Whether teams reflect on different rubrics, so that each is told beside its team."""
        return len({it.domain.key for it in self.teams if it.domain}) > 1

    @property
    def shows_teams(self) -> bool:
        """Whether teams are what counts just now: they gather, place initials, or talk over their boards."""
        is_elsewhere = self.run is not None and self.run.step.kind not in (RUBRIC, TALK)
        return not (is_elsewhere and self.room.state == Room.State.OPEN)


@dataclass(frozen=True)
class LeadPage(LeadParts):
    """The facilitator's page."""

    projector_address: str
    lead_link: str
    take_part_address: str
    may_mail: bool
    mailto: str
    domain_title: str
    who_can_see: tuple[str, ...]


@dataclass(frozen=True)
class DomainOption:
    """A domain that a team may reflect on."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class TeamPage:
    """One team, or the people who are here alone, for the facilitator to put right."""

    room: rooms.RoomView
    team: TeamProgress | None
    seats: tuple[SeatLine, ...]
    others: tuple[rooms.TeamChoice, ...]
    domains: tuple[DomainOption, ...]


def lead_parts_of(room_id: str, at: datetime) -> LeadParts:
    """The same for a room whose facilitator has been admitted already."""
    return lead_parts(Room.objects.get(id=room_id), at)


def lead_parts(room: Room, at: datetime) -> LeadParts:
    """How far the room is. Marks are not read here at all, so they can't be shown by mistake."""
    session = session_of(room)
    reflections = {it.team_id: it for it in Reflection.objects.filter(session=session, removed_at=None)}
    finished = finished_seats([it.id for it in reflections.values()])
    present = rooms.list_present(room.id)
    on_paper = people_on_paper(reflections.values())
    seats: dict[str, list[Seat]] = {}
    for seat in rooms.list_seats(room.id):
        seats.setdefault(seat.team_id, []).append(seat)
    done, here = finished_in_room(room, session)
    domains = {it.key: it for it in domain_choices(session, get_language() or room.language)}
    return LeadParts(
        room=rooms.room_view(room),
        teams=tuple(
            team_progress(
                room,
                session,
                reflections[team.id],
                team.name,
                domains.get(reflections[team.id].domain or session.domain),
                seats.get(team.id, []),
                finished,
                present,
                on_paper.get(reflections[team.id].id, 0),
            )
            for team in rooms.list_teams(room.id)
            if team.id in reflections
        ),
        alone=tuple(
            line
            for team_seats in seats.values()
            for line in seat_lines(session, team_seats, finished, present)
            if team_seats[0].team.is_alone
        ),
        asking=list_asking(room, seats),
        finished=done,
        here=here,
        finished_words=finished_words(done, here, is_in_steps=boards.rung_of(session).is_ballot),
        is_open_board=session.is_open_board,
        stage=stage_of(room, session, reflections.values(), seats, everyone_finished=0 < here == done),
        run=led_run_of(session, domain_of_room(session)),
        clock=clock_of(session, at),
        time=time_of(session, at),
        has_come=stops.has_come(session),
        leaders=list_leaders(room.id),
        has_projector=topics.PROJECTOR in present,
        days=days_view(session),
        ready_words=ready_words(session),
    )


def days_view(session: ReflectionSession) -> DaysView | None:
    """Until when a session is open over days; None where the facilitator leads it."""
    if not session.is_at_own_pace:
        return None
    zone = session.room.time_zone.replace("_", " ")
    return DaysView(boards.day_words(session.until_on), zone, session.ended_at is not None)


def stage_of(
    room: Room,
    session: ReflectionSession,
    reflections: Iterable[Reflection],
    seats: Mapping[str, list[Seat]],
    *,
    everyone_finished: bool,
) -> str:
    """Where the room is: its own state, or "talk" once every team that has people has its board open.

    Boards that are open from the start say nothing about that: there the talk begins when everyone has finished.
    """
    if room.state != Room.State.OPEN:
        return room.state
    if session.is_open_board:
        return "talk" if everyone_finished else room.state
    boards_of_people = [
        it.is_revealed
        for it in reflections
        if any(
            not (seat.is_waiting or seat.team.is_alone or seat.kind == Seat.Kind.INTERPRETING)
            for seat in seats.get(it.team_id, ())
        )
    ]
    return "talk" if boards_of_people and all(boards_of_people) else room.state


def team_progress(
    room: Room,
    session: ReflectionSession,
    reflection: Reflection,
    name: str,
    domain: DomainChoice | None,
    seats: list[Seat],
    finished: set[str],
    present: set[str],
    on_paper: int,
) -> TeamProgress:
    """How far one team is."""
    roster = roster_of(session, reflection, seats, finished)
    leader = Viewer(room=room.id, leads=True)
    # A board on which nobody stands is nothing to look at, and can't be closed again.
    may_open = boards.can_reveal(
        leader, session, reflection, room, roster.is_everyone, has_come=stops.has_come(session)
    ).is_allowed and (roster.finished > 0 or roster.is_everyone or on_paper > 0)
    return TeamProgress(
        id=reflection.team_id,
        name=name,
        domain=domain,
        size=roster.size,
        finished=roster.finished,
        finished_words=short_words(roster),
        paper_words=from_paper_words(on_paper),
        is_ready=roster.is_everyone and may_open,
        is_revealed=reflection.is_revealed,
        may_open=may_open,
        roster_mark=roster.mark,
        seats=tuple(seat_lines(session, seats, finished, present)),
    )


def short_words(roster: Roster) -> str:
    """How many of a team have finished, as short as a row of the list needs it."""
    words = _("{finished} of {size} finished")
    if roster.is_in_steps and roster.finished < roster.size:
        words = (
            _("at least {finished} of {size} finished") if roster.finished else _("of {size}: told in steps")
        )
    return words.format(finished=roster.finished, size=roster.size)


def seat_lines(
    session: ReflectionSession, seats: list[Seat], finished: set[str], present: set[str]
) -> list[SeatLine]:
    """The people of a team; under the anonymous rung nobody is told to have finished."""
    is_ballot = boards.rung_of(session).is_ballot
    return [
        SeatLine(
            id=seat.id,
            label=seat.label,
            has_finished=None if is_ballot or seat.kind == Seat.Kind.INTERPRETING else seat.id in finished,
            is_present=seat.id in present,
            kind=seat.kind,
            is_late=seat.is_late,
        )
        for seat in seats
        if not seat.is_waiting
    ]


def list_asking(room: Room, seats: dict[str, list[Seat]]) -> tuple[Asking, ...]:
    """Who waits for a yes: phones that claim a seat, people who came after their team's reveal."""
    devices = [
        Asking(
            it.id,
            _("{label} of {team} on another device says: that is me.").format(
                label=it.seat.label, team=it.seat.team.name
            ),
            "device",
        )
        for it in rooms.list_asking_devices(room.id)
    ]
    late = [
        Asking(
            seat.id,
            _("{label} came late and asks to join {team}.").format(label=seat.label, team=seat.team.name),
            "late",
        )
        for team_seats in seats.values()
        for seat in team_seats
        if seat.is_waiting
    ]
    return (*devices, *late)


def lead_page(room: Room, lead_key: str, at: datetime) -> LeadPage:
    """The facilitator's page; the key comes from their own device, since it is kept nowhere else."""
    session = session_of(room)
    link = f"{room.address}/r/{room.id}/lead/?key={lead_key}"
    subject = _("Your room {room}").format(room=room)
    body = _("This link opens your facilitator's page. It is the key to the room:") + f"\n\n{link}\n"
    return LeadPage(
        **vars(lead_parts(room, at)),
        projector_address=f"/r/{room.id}/projector/?key={rooms.projector_key(room)}",
        lead_link=link,
        take_part_address=f"/r/{room.id}/",
        may_mail=settings.HUBCRAFT_CAN_MAIL,
        mailto=f"mailto:?subject={quote(subject)}&body={quote(body)}",
        domain_title=session.domain,
        who_can_see=boards.who_can_see(session.rung, is_open_board=session.is_open_board),
    )


def team_page(room: Room, team_id: str | None, at: datetime) -> TeamPage:
    """One team to put right; None for the people who are here alone."""
    parts = lead_parts(room, at)
    team = next((it for it in parts.teams if it.id == team_id), None)
    domains = domain_choices(session_of(room), get_language() or room.language)
    return TeamPage(
        room=parts.room,
        team=team,
        seats=team.seats if team else parts.alone,
        others=tuple(it for it in rooms.list_teams(room.id) if it.id != team_id),
        # Chosen only before it begins.
        domains=tuple(DomainOption(it.key, it.name, it == team.domain) for it in domains)
        if team and room.is_in_lobby
        else (),
    )


def stage_now(room: Room, session: ReflectionSession, *, everyone_finished: bool) -> str:
    """The same from the tables."""
    seats: dict[str, list[Seat]] = {}
    for seat in rooms.list_seats(room.id):
        seats.setdefault(seat.team_id, []).append(seat)
    reflections = Reflection.objects.filter(session=session, removed_at=None)
    return stage_of(room, session, reflections, seats, everyone_finished=everyone_finished)
