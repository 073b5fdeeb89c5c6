"""Leading a session through the steps of its script."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.facilitation.queries.runs import pace_of
from hubcraft.apps.frameworks.queries import script_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.actions import sessions
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.pacing import MINUTE
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes

# What shows where the room is and how late it is.
CLOCKS = (topics.LEAD_ROOM, topics.PROJECTOR_ROOM, topics.STEP)
# A step lasts as long as this at most; more is another session.
MOST_MINUTES = 180


@writes
def start_with_script(
    *,
    script: str,
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
    """A room whose session follows a script; the steps are its own from now on."""
    room, key = sessions.start_session(
        title=title,
        domain=domain,
        pack_id=pack_id,
        rung=rung,
        is_open_board=is_open_board,
        teams=teams,
        may_add_teams=may_add_teams,
        planned_size=planned_size,
        language=language,
        time_zone=time_zone,
        address=address,
        at=at,
    )
    steps = script_of(pack_id, script, language, domain).steps
    Run.objects.create(
        session=session_of(room),
        script=script,
        steps=[{"key": it.key, "kind": it.kind, "minutes": it.minutes} for it in steps],
        minutes=sum(it.minutes for it in steps),
    )
    return room, key


def held(room: Room) -> tuple[Room, Run]:
    """The room and its run as they are now, the run held until the transaction ends."""
    run = Run.objects.select_for_update(of=("self",)).filter(session__room=room).first()
    if run is None:
        raise NotThere
    return Room.objects.get(id=room.id), run


def at_position(run: Run, position: int) -> dict:
    """The step at a position; a page that names one that is not there is an old one or made up."""
    if not 0 <= position < len(run.steps):
        raise NotThere
    return run.steps[position]


@writes
def go_to(*, by: Viewer, room: Room, position: int, at: datetime) -> None:
    """Take everybody to a step. It is named by its position, so that pressing twice, or two who press, skip none.

    What a step used up stays used: who goes back finds its clock as it was left.
    """
    room, run = held(room)
    insist(policy.can_run(by, room))
    step = at_position(run, position)
    if position == run.position:
        return
    left = run.steps[run.position]
    left["spent"] = left["minutes"] * MINUTE - pace_of(run, room, at).left
    run.position, run.reached = position, max(run.reached, position)
    run.began_at, run.extra, run.paused_at = at - timedelta(seconds=step.get("spent", 0)), 0, None
    run.save(update_fields=["steps", "position", "reached", "began_at", "extra", "paused_at"])
    note(room, "went to a step", f"step {step['key']}", at)
    changed(room, (*CLOCKS, topics.LEAD_TEAMS, topics.PLACE, *topics.SAID), recheck=True, at=at)


@writes
def extend(*, by: Viewer, room: Room, position: int, minutes: int, at: datetime) -> None:
    """Give a step more time: the one that runs, or a later one."""
    change_length(by, room, position, minutes, at)


@writes
def shorten(*, by: Viewer, room: Room, position: int, minutes: int, at: datetime) -> None:
    """Take time from a step. One that runs keeps what is left of it at least for a moment; a later one a minute."""
    change_length(by, room, position, -minutes, at)


def change_length(by: Viewer, room: Room, position: int, minutes: int, at: datetime) -> None:
    """More or less time for a step that is not over."""
    room, run = held(room)
    insist(policy.can_run(by, room))
    step = at_position(run, position)
    if position < run.position:
        insist(refuse(_("This step is over. Go back to it first.")))
    if position == run.position:
        run.extra += max(minutes * MINUTE, -max(0, pace_of(run, room, at).left))
        run.extra = min(run.extra, MOST_MINUTES * MINUTE)
    else:
        step["minutes"] = min(max(1, step["minutes"] + minutes), MOST_MINUTES)
    run.save(update_fields=["steps", "extra"])
    note(room, "gave a step more time" if minutes > 0 else "shortened a step", f"step {step['key']}", at)
    changed(room, CLOCKS, at=at)


@writes
def pause(*, by: Viewer, room: Room, at: datetime) -> None:
    """Let the clock stand still."""
    room, run = held(room)
    insist(policy.can_run(by, room))
    if run.paused_at is not None:
        return
    run.paused_at = at
    run.save(update_fields=["paused_at"])
    note(room, "paused the clock", f"step {run.steps[run.position]['key']}", at)
    changed(room, CLOCKS, at=at)


@writes
def resume(*, by: Viewer, room: Room, at: datetime) -> None:
    """Let the clock go on, as if the pause had not been."""
    room, run = held(room)
    insist(policy.can_run(by, room))
    if run.paused_at is None:
        return
    run.began_at = (run.began_at or room.opened_at or at) + (at - run.paused_at)
    run.paused_at = None
    run.save(update_fields=["began_at", "paused_at"])
    note(room, "let the clock go on", f"step {run.steps[run.position]['key']}", at)
    changed(room, CLOCKS, at=at)


@writes
def add_step(
    *, by: Viewer, room: Room, after: int | None, kind: str, title: str, minutes: int, at: datetime
) -> None:
    """Put a break or slides of one's own in as the next step; the same one is not put there twice.

    `after` is where the room was when the button was drawn, if the button knows. The planned end stays: what is
    put in makes the session later, and the facilitator is told by how much.
    """
    room, run = held(room)
    insist(policy.can_run(by, room))
    place = run.position + 1
    if after not in (None, run.position):
        insist(refuse(_("The room has gone on meanwhile. Look where it is, then put it in again.")))
    coming = run.steps[place] if place < len(run.steps) else {}
    if (coming.get("kind"), coming.get("title")) == (kind, title):
        return
    step = {"key": f"own-{secrets.token_hex(4)}", "kind": kind, "minutes": minutes, "title": title}
    run.steps.insert(place, step)
    # The furthest step that was reached stays that step.
    run.reached += run.reached >= place
    run.save(update_fields=["steps", "reached"])
    note(room, "put a step in", f"step {step['key']}", at)
    changed(room, CLOCKS, at=at)


def note(room: Room, did: str, thing: str, at: datetime) -> None:
    """Write the trail."""
    audit.record(who="the facilitator", did=did, thing=thing, room=room.id, at=at)
