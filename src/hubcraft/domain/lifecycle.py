"""Where the evidence of a network points on its life cycle: a question to the hub, never an answer for it."""

from collections.abc import Sequence


def stage_at_hand(in_place: Sequence[tuple[int, int]]) -> int | None:
    """The place of the first stage of whose evidence less than half is there; the last one where none is.

    `in_place` says of each stage in order how many pieces of evidence are in place, and how many there are. None
    where nothing is in place anywhere: that says nothing, for most hubs write down little.
    """
    if not any(there for there, _of in in_place):
        return None
    short = (at for at, (there, of) in enumerate(in_place) if 2 * there < of)
    return next(short, len(in_place) - 1)
