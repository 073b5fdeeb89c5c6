"""A session's steps as its facilitator edits them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.facilitation.queries.runs import row_of, steps_of, time_words
from hubcraft.apps.frameworks.queries import StepView, script_of
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms.models import Room
from hubcraft.apps.rooms.queries import RoomView, room_view
from hubcraft.domain import plan
from hubcraft.domain.plan import Caution
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class PlannedStep:
    """One step of the plan; `minutes` is what the field shows, `was` what is stored."""

    place: int
    key: str
    title: str
    movement_title: str
    minutes: str
    was: int
    mistake: str
    is_fixed: bool
    may_go_up: bool
    may_go_down: bool
    may_leave: bool


@dataclass(frozen=True)
class PlanPage:
    """The plan: its steps, those left out, and what it comes to."""

    room: RoomView
    steps: tuple[PlannedStep, ...]
    left_out: tuple[StepView, ...]
    words: str
    cautions: tuple[str, ...]
    mistakes: tuple[tuple[str, str], ...]
    may_add: bool


def get_row(room: Room) -> Run:
    """The script of this room's session. Raises NotThere where it has none."""
    row = row_of(session_of(room))
    if row is None:
        raise NotThere
    return row


def script_steps(row: Run, room: Room) -> tuple[StepView, ...]:
    """All steps that the pack's script has, in the reader's language."""
    session = row.session
    return script_of(session.pack_id, row.script, get_language() or room.language, session.domain).steps


def fixed_of(row: Run, room: Room) -> int:
    """How many steps stay as they are: none before it begins, afterwards those the room has been at."""
    return 0 if room.is_in_lobby else max(row.position, row.reached) + 1


def plan_page(
    room: Room,
    at: datetime,
    typed: Mapping[str, str] | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> PlanPage:
    """The plan as it stands; `typed` and `mistakes` by key are what came back from a form."""
    row = get_row(room)
    typed, mistakes = typed or {}, mistakes or {}
    script = script_steps(row, room)
    steps, fixed = steps_of(row, script), fixed_of(row, room)
    here = {it.key for it in steps}
    return PlanPage(
        room=room_view(room),
        steps=tuple(
            PlannedStep(
                place=at,
                key=it.key,
                title=it.title,
                movement_title=it.movement_title,
                minutes=typed.get(it.key, str(it.minutes)),
                was=it.minutes,
                mistake=mistakes.get(it.key, ""),
                is_fixed=at < fixed,
                may_go_up=at > fixed,
                may_go_down=fixed <= at < len(steps) - 1,
                may_leave=at >= fixed and len(steps) > 1,
            )
            for at, it in enumerate(steps)
        ),
        left_out=tuple(it for it in script if it.key not in here),
        words=length_words(row, room, at),
        cautions=tuple(caution_words()[it] for it in plan.cautions(row.steps)),
        mistakes=tuple((it.key, mistakes[it.key]) for it in steps if it.key in mistakes),
        may_add=len(steps) < plan.MOST_STEPS,
    )


def length_words(row: Run, room: Room, at: datetime) -> str:
    """How long all steps last together, and when that would be over."""
    minutes = sum(it["minutes"] for it in row.steps)
    words = ngettext("{minutes} minute in all.", "{minutes} minutes in all.", minutes).format(minutes=minutes)
    if not room.is_in_lobby:
        return words
    ends = time_words(at.timestamp() + minutes * 60, room)
    then = _("If you begin at {begin} it ends at {end}.").format(
        begin=time_words(at.timestamp(), room), end=ends
    )
    return f"{words} {then}"


def caution_words() -> dict[Caution, str]:
    """What is said of a plan that may not be meant so."""
    return {
        Caution.NO_RUBRIC: _(
            "Without the rubric nobody places initials, and there is no board to talk about."
        ),
        Caution.TALK_BEFORE_RUBRIC: _("Teams talk over their boards before they have placed initials."),
        Caution.STRATEGIES_BEFORE_RUBRIC: _(
            "Strategies come before the rubric: nobody is asked for what they rated well."
        ),
        Caution.NO_PLAN: _("Without the plan nobody leaves with a next step."),
    }
