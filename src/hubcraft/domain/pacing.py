"""The time of a session: what is left of a step, when it will all be over, and what could be shortened.

All lengths are in seconds, all moments are seconds on one clock (which clock does not matter), positions count
steps from 0. A step that is over has no time left and takes none: whoever is late is told so, never hurried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MINUTE: Final = 60
# So much later than planned is on track: nobody notices a minute.
ON_TRACK: Final = 90
# No step is proposed to become shorter than this, or to lose less than this.
LEAST: Final = 2 * MINUTE


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its length, what of that was spent when the room was here before, and whether it must keep it."""

    seconds: int
    spent: int = 0
    is_protected: bool = False

    @property
    def to_come(self) -> int:
        """What it still takes when the room gets here (again); spent below nothing is time it was given."""
        return max(0, self.seconds - self.spent)


@dataclass(frozen=True, slots=True)
class Shorter:
    """A proposal: take so many seconds from the step at this position."""

    position: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a session stands in time."""

    left: int  # of the step that runs; below zero it has gone over by so much
    until: float  # the moment at which this step is over, or was; while it stands still, as if it went on at once
    later: int  # what all later steps take
    ends: float  # the moment at which all will be over
    late: int  # by how much that is after the planned end; below zero it is before it
    is_paused: bool

    @property
    def is_on_track(self) -> bool:
        """Whether it ends as planned, or earlier, but for a moment nobody notices."""
        return self.late <= ON_TRACK


def pace(
    steps: Sequence[Step],
    position: int,
    *,
    began: float,
    extra: int,
    paused: float | None,
    now: float,
    planned_end: float,
) -> Pace:
    """Where a session stands: at `position` since `began`, that step longer by `extra`, standing still since `paused`.

    While it is paused nothing is used up, so the end moves along with the clock. A step that has gone over pushes
    the end as long as it goes on; one that ends early gives back what it did not use.
    """
    standing = now if paused is None else min(paused, now)
    left = round(began + steps[position].seconds + extra - standing)
    later = sum(step.to_come for step in steps[position + 1 :])
    ends = now + max(0, left) + later
    return Pace(
        left=left,
        until=standing + left,
        later=later,
        ends=ends,
        late=round(ends - planned_end),
        is_paused=paused is not None,
    )


def shorten(steps: Sequence[Step], position: int, late: int) -> tuple[Shorter, ...]:
    """Which later steps could be shorter so that a session that is `late` ends as planned, the longest first.

    Whole minutes, in the order of what they give; what is protected keeps its time, and every step keeps LEAST.
    The proposals may come to less than `late`: then the session ends later, and that is fine too.
    """
    missing = late
    found: list[Shorter] = []
    may_give = sorted(
        (
            (step.to_come - LEAST, -place)
            for place, step in enumerate(steps)
            if place > position and not step.is_protected and step.to_come >= 2 * LEAST
        ),
        reverse=True,
    )
    for most, place in may_give:
        if missing < MINUTE:
            break
        wanted = -(-missing // MINUTE) * MINUTE
        # At most half of a step: several a little shorter keep more of the session than one that is gone.
        given = min(max(wanted, LEAST), most, (steps[-place].to_come // 2) // MINUTE * MINUTE)
        if given >= LEAST:
            found.append(Shorter(-place, given))
            missing -= given
    return tuple(found)
