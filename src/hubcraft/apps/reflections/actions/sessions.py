"""Starting what a room reflects on, and giving each team its board."""

from collections.abc import Iterable
from datetime import datetime

from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.queries.doors import revealed_teams, session_of
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.models import Room, RoomTeam, Seat
from hubcraft.domain.verdict import insist
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
    at: datetime,
) -> tuple[Room, str]:
    """A room with what it reflects on; answers with the facilitator's key, which is kept nowhere in clear."""
    insist(policy.can_start(rung, is_open_board))
    room, key = rooms.make_room(
        title=title,
        teams=teams,
        may_add_teams=may_add_teams,
        planned_size=planned_size,
        language=language,
        time_zone=time_zone,
        address=address,
        at=at,
    )
    session = ReflectionSession.objects.create(
        room=room,
        pack=InstalledPack.objects.get(id=pack_id),
        domain=domain,
        rung=rung,
        is_open_board=is_open_board,
        made_at=at,
    )
    for room_team in RoomTeam.objects.filter(room=room).select_related("team"):
        board_for(session, room_team.team, at)
    return room, key


@writes
def start_again(*, by: Viewer, room: Room, address: str, at: datetime) -> tuple[Room, str]:
    """The next session with these teams: a room of its own, held as the old one was. Everybody joins it anew.

    The teams are the same as before, so each finds what it promised; nobody else comes along.
    """
    insist(policy.can_lead_boards(by, room))
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
        at=at,
    )
    session = session_of(again)
    for team in rooms.bring_teams(room=again, from_room=room, at=at):
        board_for(session, team, at)
    return again, key


def board_for(session: ReflectionSession, team: Team, at: datetime) -> Reflection:
    """The team's board in this session, made when its first member comes."""
    board, _is_new = Reflection.objects.get_or_create(
        session=session, team=team, removed_at=None, defaults={"network_id": team.network_id, "made_at": at}
    )
    return board


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
