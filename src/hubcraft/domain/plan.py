"""A script's steps as a facilitator edits them before and during a session. Pure: lists in, lists out.

A step is what a session stores of it: {"key", "kind", "minutes"}, and "movement" where it was moved into another one.
`fixed` is how many steps at the beginning stay as they are because the room has been there.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

Step = dict[str, Any]

# A step lasts as long as this at most; more is another session.
MOST_MINUTES: Final = 180
# More than any session has; few enough to be read.
MOST_STEPS: Final = 60


class Caution(StrEnum):
    """What a facilitator may have overlooked. Nothing of it is refused."""

    NO_RUBRIC = "no-rubric"
    TALK_BEFORE_RUBRIC = "talk-before-rubric"
    STRATEGIES_BEFORE_RUBRIC = "strategies-before-rubric"
    NO_PLAN = "no-plan"


def place_of(steps: Sequence[Step], key: str) -> int | None:
    """Where the step with this key stands, counted from 0; None where it is not there."""
    return next((at for at, step in enumerate(steps) if step["key"] == key), None)


def moved(
    steps: Sequence[Step], key: str, *, by: int, seen_at: int, fixed: int, movements: Mapping[str, str]
) -> list[Step]:
    """The steps with one of them `by` places further on, or back where that is negative.

    `seen_at` is where the person who moves it saw it: pressed twice, it moves once. A step that passes another takes
    that one's movement (`movements` by key), so that movements stay in one piece.
    """
    at, to = place_of(steps, key), seen_at + by
    if at is None or at != seen_at or at < fixed or not fixed <= to < len(steps):
        return list(steps)
    rest = [step for step in steps if step["key"] != key]
    movement = movements.get(steps[to]["key"], "")
    return [*rest[:to], steps[at] | ({"movement": movement} if movement else {}), *rest[to:]]


def left_out(steps: Sequence[Step], key: str, *, fixed: int) -> list[Step]:
    """The steps without this one. One that the room has been at stays, and so does the last that is left."""
    at = place_of(steps, key)
    if at is None or at < fixed or len(steps) == 1:
        return list(steps)
    return [step for step in steps if step["key"] != key]


def taken_in(steps: Sequence[Step], step: Step, order: Sequence[str], *, fixed: int) -> list[Step]:
    """The steps with one more of the script: after the last of those that stand before it in the script's `order`."""
    if place_of(steps, step["key"]) is not None or len(steps) >= MOST_STEPS:
        return list(steps)
    earlier = set(order[: order.index(step["key"])])
    after = [at for at, it in enumerate(steps) if it["key"] in earlier]
    to = max(fixed, after[-1] + 1 if after else 0)
    return [*steps[:to], step, *steps[to:]]


def put_in(steps: Sequence[Step], step: Step, after: str, *, fixed: int) -> list[Step]:
    """The steps with one of the facilitator's own after the step named, or as early as may be where that is gone."""
    if place_of(steps, step["key"]) is not None or len(steps) >= MOST_STEPS:
        return list(steps)
    at = place_of(steps, after)
    to = max(fixed, 0 if at is None else at + 1)
    return [*steps[:to], step, *steps[to:]]


def lasting(steps: Sequence[Step], minutes: Mapping[str, tuple[int, int]], *, fixed: int) -> list[Step]:
    """The steps with other minutes: by key, what the person saw and what they want.

    Only what they changed is changed, so that two who edit at once undo nothing of each other's.
    """
    found = []
    for at, step in enumerate(steps):
        was, now = minutes.get(step["key"], (step["minutes"], step["minutes"]))
        is_changed = at >= fixed and was != now and 1 <= now <= MOST_MINUTES
        found.append(step | {"minutes": now} if is_changed else step)
    return found


def cautions(steps: Sequence[Step]) -> tuple[Caution, ...]:
    """What may have been overlooked in these steps, in the order in which one would say it."""
    kinds = [step["kind"] for step in steps]
    found = []
    if "rubric" not in kinds:
        found.append(Caution.NO_RUBRIC)
    else:
        before = kinds[: kinds.index("rubric")]
        found += [Caution.TALK_BEFORE_RUBRIC] * ("talk" in before)
        found += [Caution.STRATEGIES_BEFORE_RUBRIC] * ("strategies" in before)
    if "plan" not in kinds:
        found.append(Caution.NO_PLAN)
    return tuple(found)
