"""Leading a session through the steps of its script."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import Ready, Run
from hubcraft.apps.facilitation.queries.pairs import list_remote
from hubcraft.apps.facilitation.queries.runs import TURN_AND_TALK, length_of, pace_of, road_mark
from hubcraft.apps.frameworks.queries import script_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.actions import days, sessions
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.pacing import MINUTE
from hubcraft.domain.pairing import as_it_stands, pair_up
from hubcraft.domain.plan import MOST_MINUTES
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes

# What shows where the room is and how late it is.
CLOCKS = (topics.LEAD_ROOM, topics.PROJECTOR_ROOM, topics.STEP)
# Who talks with whom is only shown where people talk.
PAIRED = (topics.PAIRS, topics.LEAD_PAIRS)


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
    once: str = "",
    at: datetime,
    until_on: date | None = None,
) -> tuple[Room, str]:
    """A room whose session follows a script; the steps are its own from now on. `once`: pressed twice, it is one."""
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
        once=once,
        at=at,
        until_on=until_on,
    )
    if Run.objects.filter(session__room=room).exists():
        return room, key
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
def gather(*, by: Viewer, room: Room, at: datetime) -> None:
    """People who went at their own pace are together now: what script there is begins where it stands."""
    days.gather(by=by, room=room, at=at)
    Run.objects.filter(session__room=room).update(began_at=at, extra=0, paused_at=None, closed_for=0)


@writes
def go_to(*, by: Viewer, room: Room, position: int, was: str = "", at: datetime) -> None:
    """Take everybody to a step. It is named by its position, so that pressing twice, or two who press, skip none.

    `was` is where the page saw the room, if it says so: who presses while another facilitator goes on undoes nothing.
    What a step used up stays used: who goes back finds its clock as it was left.
    """
    room, run = held(room)
    insist(policy.can_run(by, room))
    step = at_position(run, position)
    if position == run.position:
        return
    if was and was != road_mark(run.position, (it["key"] for it in run.steps)):
        insist(refuse(_("The room has gone on meanwhile. Look where it is, then press again.")))
    left = run.steps[run.position]
    left["spent"] = left["minutes"] * MINUTE - pace_of(run, room, at).left
    keep_pairs(run, left, step, room)
    run.position, run.reached = position, max(run.reached, position)
    run.began_at, run.extra, run.paused_at = at - timedelta(seconds=step.get("spent", 0)), 0, None
    run.save(update_fields=["steps", "position", "reached", "began_at", "extra", "paused_at", "pairs"])
    Ready.objects.filter(session=run.session_id).delete()
    note(by, room, "went to a step", f"step {step['key']}", at)
    moved = (*CLOCKS, topics.LEAD_TEAMS, topics.PLACE, topics.TALK, *PAIRED, *topics.SAID)
    changed(room, moved, recheck=True, at=at)


def keep_pairs(run: Run, left: dict, step: dict, room: Room) -> None:
    """Note who talked with whom, and find everybody who is not in the room somebody else for the next talk."""
    if TURN_AND_TALK not in (left["kind"], step["kind"]):
        return
    people = [it.id for it in list_remote(room.id)]
    if left["kind"] == TURN_AND_TALK and people:
        run.pairs[left["key"]] = as_it_stands(run.pairs.get(left["key"], ()), people)
    if step["kind"] == TURN_AND_TALK and step["key"] not in run.pairs and people:
        run.pairs[step["key"]] = pair_up(people, run.pairs.values())


@writes
def extend(
    *, by: Viewer, room: Room, position: int, minutes: int, was: int | None = None, at: datetime
) -> None:
    """Give a step more time: the one that runs, or a later one. `was` is how long the page saw it, if it says so."""
    change_length(by, room, position, minutes, was, at)


@writes
def shorten(
    *, by: Viewer, room: Room, position: int, minutes: int, was: int | None = None, at: datetime
) -> None:
    """Take time from a step. One that runs keeps what is left of it at least for a moment; a later one a minute."""
    change_length(by, room, position, -minutes, was, at)


def change_length(by: Viewer, room: Room, position: int, minutes: int, was: int | None, at: datetime) -> None:
    """More or less time for a step that is not over; two who give it the same give it once."""
    room, run = held(room)
    insist(policy.can_run(by, room))
    step = at_position(run, position)
    if position < run.position:
        insist(refuse(_("This step is over. Go back to it first.")))
    changed_by = 0 if was is None else length_of(run, position) - was
    if changed_by * minutes > 0:
        return
    if changed_by:
        insist(refuse(_("Its time was changed meanwhile. Look at it once more, then press again.")))
    if position == run.position:
        run.extra += max(minutes * MINUTE, -max(0, pace_of(run, room, at).left))
        run.extra = min(run.extra, MOST_MINUTES * MINUTE)
    else:
        step["minutes"] = min(max(1, step["minutes"] + minutes), MOST_MINUTES)
    run.save(update_fields=["steps", "extra"])
    note(by, room, "gave a step more time" if minutes > 0 else "shortened a step", f"step {step['key']}", at)
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
    note(by, room, "paused the clock", f"step {run.steps[run.position]['key']}", at)
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
    note(by, room, "let the clock go on", f"step {run.steps[run.position]['key']}", at)
    changed(room, CLOCKS, at=at)


@writes
def set_screen(*, by: Viewer, room: Room, has_screen: bool, at: datetime) -> None:
    """Go on without a projector, or with one again: what it would say stands on phones meanwhile."""
    room, run = held(room)
    insist(policy.can_run(by, room))
    if run.has_screen == has_screen:
        return
    run.has_screen = has_screen
    run.save(update_fields=["has_screen"])
    did = "uses a projector again" if has_screen else "went on without a projector"
    note(by, room, did, f"room {room.id}", at)
    changed(room, CLOCKS, recheck=True, at=at)


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
    note(by, room, "put a step in", f"step {step['key']}", at)
    changed(room, CLOCKS, at=at)


def note(by: Viewer, room: Room, did: str, thing: str, at: datetime) -> None:
    """Write the trail."""
    audit.record(who=by.facilitator, did=did, thing=thing, room=room.id, at=at)
