"""Editing the steps of a session: before it begins, and afterwards what lies ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.actions.runs import CLOCKS, held, note
from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.facilitation.queries.plan import fixed_of, script_steps
from hubcraft.apps.facilitation.queries.runs import steps_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import Room
from hubcraft.domain import plan
from hubcraft.domain.verdict import insist, refuse
from hubcraft.web.writer import writes


@dataclass(frozen=True)
class Edit:
    """What a button of the plan does to one step: "up" or "down" from where it was seen, "out", "in"; or nothing."""

    do: str = ""
    key: str = ""
    seen_at: int = 0


@writes
def change_plan(
    *, by: Viewer, room: Room, minutes: Mapping[str, tuple[int, int]], edit: Edit, at: datetime
) -> None:
    """Change how long steps last, and move one, leave one out or take one in again.

    `minutes` by key: what the page showed and what is wanted. Pressing twice changes nothing more.
    """
    room, run = held(room)
    insist(policy.can_edit_plan(by, room))
    fixed = fixed_of(run, room)
    steps = plan.lasting(run.steps, minutes, fixed=fixed)
    if edit.do in ("up", "down"):
        movements = {it.key: it.movement for it in steps_of(run, script_steps(run, room))}
        step = -1 if edit.do == "up" else 1
        steps = plan.moved(steps, edit.key, by=step, seen_at=edit.seen_at, fixed=fixed, movements=movements)
    elif edit.do == "out":
        steps = plan.left_out(steps, edit.key, fixed=fixed)
    elif edit.do == "in":
        words = {it.key: it for it in script_steps(run, room)}
        if edit.key in words:
            it = words[edit.key]
            steps = plan.taken_in(
                steps, {"key": it.key, "kind": it.kind, "minutes": it.minutes}, list(words), fixed=fixed
            )
    keep(by, room, run, steps, at)


@writes
def put_in_step(
    *, by: Viewer, room: Room, once: str, kind: str, title: str, minutes: int, after: str, at: datetime
) -> None:
    """Put a break or slides of one's own in after a step. `once` is the form's own number: sent twice it is one."""
    room, run = held(room)
    insist(policy.can_edit_plan(by, room))
    step = {"key": f"own-{once[:8]}", "kind": kind, "minutes": minutes, "title": title}
    if len(run.steps) >= plan.MOST_STEPS:
        insist(refuse(_("A session has sixty steps at most. Leave one out first.")))
    keep(by, room, run, plan.put_in(run.steps, step, after, fixed=fixed_of(run, room)), at)


def keep(by: Viewer, room: Room, run: Run, steps: list[plan.Step], at: datetime) -> None:
    """Store the steps, and tell whoever sees them; until it begins the planned end follows them."""
    if steps == run.steps:
        return
    run.steps = steps
    if room.is_in_lobby:
        run.minutes = sum(it["minutes"] for it in steps)
    run.save(update_fields=["steps", "minutes"])
    note(by, room, "changed the plan", f"session {run.session_id}", at)
    changed(room, CLOCKS, at=at)
