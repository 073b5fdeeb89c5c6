"""Starting what a room reflects on, and giving each team its board."""

from collections.abc import Iterable
from datetime import date, datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.queries.domains import domain_choices
from hubcraft.apps.reflections.queries.doors import revealed_teams, session_of
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.models import Room, RoomTeam, Seat
from hubcraft.apps.rooms.queries import made_before
from hubcraft.domain.days import day_at
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes


@writes
def start_session(
    *,
    title: str,
    domain: str,
    pack_id: str,
    rung: str,
    is_open_board: bool,
    teams: Iterable[str],
    may_add_teams: bool,
    planned_size: int | None,
    language: str,
    time_zone: str,
    address: str,
    lead_name: str = "",
    once: str = "",
    at: datetime,
    until_on: date | None = None,
) -> tuple[Room, str]:
    """A room with what it reflects on; answers with the facilitator's key, which is kept nowhere in clear.

    With `until_on` it is open at once, until that day has ended. `once` is the number of the form it was started
    with: pressed twice, it is one room.
    """
    insist(policy.can_start(rung, is_open_board))
    before = made_before(once)
    if before is not None:
        return before
    if until_on is not None:
        today = day_at(at, time_zone)
        insist(policy.can_be_open_until(until_on, today=today, since=today))
    room, key = rooms.make_room(
        title=title,
        teams=teams,
        may_add_teams=may_add_teams,
        planned_size=planned_size,
        language=language,
        time_zone=time_zone,
        address=address,
        lead_name=lead_name,
        once=once,
        at=at,
    )
    session = ReflectionSession.objects.create(
        room=room,
        pack=InstalledPack.objects.get(id=pack_id),
        domain=domain,
        rung=rung,
        is_open_board=is_open_board,
        made_at=at,
        until_on=until_on,
    )
    for room_team in RoomTeam.objects.filter(room=room).select_related("team"):
        board_for(session, room_team.team, at)
    if until_on is not None:
        leader = Viewer(room=room.id, leads=True, lead_name=lead_name)
        rooms.open_room(by=leader, room=room, at=at)
    return room, key


@writes
def start_again(*, by: Viewer, room: Room, address: str, once: str = "", at: datetime) -> tuple[Room, str]:
    """The next session with these teams: a room of its own, held as the old one was. Everybody joins it anew.

    The teams are the same as before, so each finds what it promised; nobody else comes along.
    """
    insist(policy.can_lead_boards(by, room))
    before = made_before(once)
    if before is not None:
        return before
    old = session_of(room)
    again, key = start_session(
        title=room.title,
        domain=old.domain,
        pack_id=old.pack_id,
        rung=old.rung,
        is_open_board=old.is_open_board,
        teams=(),
        may_add_teams=room.may_add_teams,
        planned_size=room.planned_size,
        language=room.language,
        time_zone=room.time_zone,
        address=address,
        lead_name=by.lead_name,
        once=once,
        at=at,
    )
    session = session_of(again)
    domains = dict(Reflection.objects.filter(session=old, removed_at=None).values_list("team_id", "domain"))
    for team in rooms.bring_teams(room=again, from_room=room, at=at):
        board_for(session, team, at, domain=domains.get(team.id, ""))
    return again, key


def board_for(session: ReflectionSession, team: Team, at: datetime, *, domain: str = "") -> Reflection:
    """The team's board in this session, made when its first member comes; `domain` is for one that is new."""
    board, _is_new = Reflection.objects.get_or_create(
        session=session,
        team=team,
        removed_at=None,
        defaults={"network_id": team.network_id, "domain": domain, "made_at": at},
    )
    return board


@writes
def choose_domain(*, by: Viewer, room: Room, team_id: str, domain: str, at: datetime) -> None:
    """One team reflects on this domain, while others of its room may reflect on another."""
    room = Room.objects.select_for_update().get(id=room.id)
    insist(policy.can_choose_domain(by, room))
    session = session_of(room)
    boards = Reflection.objects.select_for_update(of=("self",)).filter(session=session, removed_at=None)
    board = boards.filter(team_id=team_id, team__is_alone=False).first()
    if board is None or domain not in {it.key for it in domain_choices(session, room.language)}:
        raise NotThere
    # The session's own is kept as none of the team's, so that two teams with the same are told to have the same.
    board.domain = "" if domain == session.domain else domain
    board.save(update_fields=["domain"])
    audit.record(
        who=by.facilitator,
        did="chose a team's rubric",
        thing=f"reflection {board.id}",
        room=room.id,
        network=board.network_id,
        at=at,
    )
    told = (topics.LEAD_TEAMS, topics.LEAD_ROOM, topics.PROJECTOR_ROOM, *topics.of(team_id, topics.AHEAD))
    rooms.changed(room, told, at=at)


@writes
def join(
    *,
    by: Viewer,
    room_id: str,
    initials: str,
    placement: Placement,
    language: str,
    at: datetime,
    kind: str = Seat.Kind.OWN,
    helper: str = "",
    same_person_as: str = "",
    once: str = "",
) -> tuple[Seat, str]:
    """Sit down in a room, and have a board to place initials on."""
    # Held until the end: a board that is opened at this moment is opened before or after, never meanwhile.
    session = session_of(Room.objects.select_for_update().get(id=room_id))
    seat, secret = rooms.take_seat(
        by=by,
        room_id=room_id,
        initials=initials,
        placement=placement,
        revealed=revealed_teams(room_id),
        language=language,
        kind=kind,
        helper=helper,
        same_person_as=same_person_as,
        once=once,
        at=at,
    )
    board_for(session, seat.team, at)
    return seat, secret


@writes
def add_team(*, by: Viewer, room: Room, name: str, at: datetime) -> Team:
    """The facilitator names a team that will come, and it has a board."""
    team = rooms.add_team(by=by, room=room, name=name, at=at)
    board_for(session_of(room), team, at)
    return team
