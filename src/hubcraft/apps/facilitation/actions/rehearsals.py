"""A room for practice: pretend people come, answer and write at the pace of people; then all of it is deleted."""

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import translation

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.facilitation.actions.pretending import Stage
from hubcraft.apps.facilitation.actions.runs import start_with_script
from hubcraft.apps.facilitation.models import Rehearsal
from hubcraft.apps.facilitation.queries.choices import domains_of
from hubcraft.apps.frameworks.queries import rubric_of
from hubcraft.apps.improvement.actions import delete_next_steps
from hubcraft.apps.networks.actions import delete_provisional_teams
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.actions import delete_strategies
from hubcraft.apps.reflections.actions import sessions
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.models import Room, RoomTeam, Seat
from hubcraft.apps.rooms.queries import list_seats, list_teams
from hubcraft.domain.pretend import pretend_people
from hubcraft.domain.verdict import NotThere, Refused
from hubcraft.web.writer import writes

# `docs/host/retention.toml` says the same.
KEPT_AFTER_CLOSING, KEPT_AT_MOST = timedelta(hours=1), timedelta(days=1)
# So many seconds at least a team looks up and asks whether this is everyone, before somebody opens the board.
LOOKED = 10


@writes
def start_rehearsal(*, script: str, seed: int | None = None, at: datetime, **room_of) -> tuple[Room, str]:
    """A room as for a real session, with pretend people on their way to it; answers with its key."""
    begin = {"script": script} if script else {}
    room, key = (start_with_script if script else sessions.start_session)(**begin, **room_of, at=at)
    Room.objects.filter(id=room.id).update(is_rehearsal=True)
    session = session_of(room)
    look_fors = len(rubric_of(session.pack_id, session.domain, room.language).look_fors)
    seed = secrets.randbits(32) if seed is None else seed
    people = pretend_people(seed, len(list_teams(room.id)), look_fors, len(domains_of(session)))
    plan = [{**vars(one), "seat": "", "did": []} for one in people]
    Rehearsal.objects.create(session=session, people=plan)
    return room, key


def play_rehearsals(*, at: datetime) -> int:
    """Let pretend people do what is due, each act a job of its own as with real people. May run twice."""
    count = 0
    for rehearsal in Rehearsal.everywhere.select_related("session__room").exclude(
        session__room__state=Room.State.CLOSED
    ):
        with translation.override(rehearsal.session.room.language):
            count += play(rehearsal, at)
    return count


def play(rehearsal: Rehearsal, at: datetime) -> int:
    """One room, up to this moment."""
    session = session_of(rehearsal.session.room)
    teams = [it.id for it in list_teams(session.room_id)]
    stage = Stage.of(session, at)
    seats = {it.id: it for it in list_seats(session.room_id)}
    rooms.note_seen(
        watchers=[(session.room_id, one["seat"]) for one in rehearsal.people if one["seat"]], at=at
    )
    count = 0
    for number, one in enumerate(rehearsal.people):
        seat = seats.get(one["seat"])
        # A locked door, a board that was opened, somebody who was taken out: pretend people take it as it is.
        with suppress(Refused, NotThere):
            if not one["seat"]:
                count += come(session.room, teams, number, one, at)
            elif seat is not None and not seat.is_waiting:
                count += act(stage, number, one, seat, at)
    count += open_boards(stage, rehearsal.people, seats, at)
    if count:
        note_played(rehearsal_id=rehearsal.pk, people=rehearsal.people, at=at)
    return count


def come(room: Room, teams: list[str], number: int, one: dict, at: datetime) -> int:
    """Sit down, once it is time."""
    if (at - room.made_at).total_seconds() < one["comes"]:
        return 0
    is_alone = not 0 <= one["team"] < len(teams)
    placement = Placement(is_alone=True) if is_alone else Placement(team_id=teams[one["team"]])
    seat, _secret = sessions.join(
        by=Viewer(room=room.id, is_at_door=True),
        room_id=room.id,
        initials=one["initials"],
        placement=placement,
        language=room.language,
        once=number_of(room.id, number, "seat"),
        at=at,
    )
    one["seat"] = seat.id
    return 1


def act(stage: Stage, number: int, one: dict, seat: Seat, at: datetime) -> int:
    """What the step asks of somebody who has had the time for it."""
    viewer = Viewer(
        room=seat.room_id,
        seat=seat.id,
        team=seat.team_id,
        ballot_secret=number_of(seat.room_id, number, "slips"),
    )
    count = 0
    for key, do in stage.due(one, seat):
        if key in one["did"]:
            continue
        do(viewer, number_of(seat.room_id, number, key), at)
        one["did"].append(key)
        count += 1
    return count


def open_boards(stage: Stage, people: list[dict], seats: dict[str, Seat], at: datetime) -> int:
    """In each team the first one opens its board, a moment after everybody of it has come and has answered."""
    openers: dict[int, dict] = {}
    for one in people:
        if one["seat"] in seats and not seats[one["seat"]].is_waiting:
            openers.setdefault(one["team"], one)
    still_coming = {one["team"] for one in people if not one["seat"]}
    count = 0
    for team, one in openers.items():
        seat = seats[one["seat"]]
        if team in still_coming or not stage.is_ready(seat.team_id):
            count += one.pop("ready", None) is not None
        elif "ready" not in one:
            one["ready"] = at.timestamp()
            count += 1
        elif at.timestamp() - one["ready"] >= LOOKED + one["thinks"]:
            # Somebody who practises along may have opened it in this very moment, or just come in.
            with suppress(Refused, NotThere):
                stage.open_board(Viewer(room=seat.room_id, seat=seat.id, team=seat.team_id))
                count += 1
    return count


def number_of(room_id: str, number: int, what: str) -> str:
    """The number of one act of one of them: done a second time, it is still the same act."""
    return hashlib.sha256(f"{room_id} {number} {what}".encode()).hexdigest()[:32]


@writes
def note_played(*, rehearsal_id: int, people: list[dict], at: datetime) -> None:
    """Keep what they have done."""
    Rehearsal.everywhere.filter(pk=rehearsal_id).update(people=people)


@writes
def delete_rehearsals(*, at: datetime) -> int:
    """Delete rooms for practice, with everybody and everything in them: soon after they close, and within a day."""
    closed = Room.objects.filter(is_rehearsal=True, closed_at__lt=at - KEPT_AFTER_CLOSING)
    old = Room.objects.filter(is_rehearsal=True, made_at__lt=at - KEPT_AT_MOST)
    gone = list((closed | old).distinct())
    for room in gone:
        session = session_of(room)
        teams = list(RoomTeam.objects.filter(room=room).values_list("team_id", flat=True))
        # Real people who practised along are told by their pages that the room is not there.
        rooms.changed(room, (), recheck=True, at=at)
        delete_strategies(session_id=session.pk)
        delete_next_steps(session_id=session.pk)
        gone_id = room.id  # which deleting takes from the row at hand
        room.delete()
        networks = delete_provisional_teams(team_ids=teams)
        audit.forget_room(room=gone_id, networks=networks)
    return len(gone)
