"""What a hub's own row and the counts of the room it sat in would say together: who leads may read both."""

from collections.abc import Collection, Iterable

from hubcraft.apps.facilitation.models import RoomCount
from hubcraft.apps.insights.models import Frozen
from hubcraft.apps.insights.queries.sharing import tallies_of
from hubcraft.apps.reflections.models import Reflection
from hubcraft.domain.suppression import (
    Tally,
    Withheld,
    all_stay_coded,
    row_holds,
    shared_counts,
)


def boards_shared(boards: Collection[str]) -> set[str]:
    """Which of these boards were ever shared: a room that is counted after that leaves them out."""
    return set(Frozen.objects.filter(reflection__in=boards).values_list("reflection_id", flat=True))


def counted_together(frozen: Iterable[Frozen]) -> dict[str, list[list[str]]]:
    """By look-for the boards whose sum was told in the rooms that these were held in."""
    reflections = [it.reflection_id for it in frozen if it.reflection_id]
    sessions = Reflection.objects.filter(id__in=reflections).values_list("session_id", flat=True)
    found: dict[str, list[list[str]]] = {}
    for count in RoomCount.objects.filter(session__in=list(sessions)).exclude(counts={}):
        found.setdefault(count.look_for, []).extend(count.parts or [count.boards])
    return found


def tallies_in(boards: Collection[str]) -> dict[str, dict[str, Tally]]:
    """How these boards stand, as they were shared or as they are."""
    found = {it.reflection_id: it.tallies for it in Frozen.objects.filter(reflection__in=boards)}
    others = Reflection.objects.filter(id__in=set(boards) - found.keys())
    return found | {it.id: tallies_of(it) for it in others.select_related("session__room", "team")}


def gives_away(frozen: Frozen) -> list[str]:
    """Look-fors on which this board's own row would give something away of its room, as it is shared.

    Whoever led the room, leads here and sits in one of its teams takes the rows that are told, and their own board,
    from what the room was told. Where that says too much (`row_holds`), this row waits until those who are left have
    shared.
    """
    board, held = frozen.reflection_id, set()
    for look_for, parts in counted_together([frozen]).items():
        if isinstance(shared_counts(frozen.tallies.get(look_for, {})), Withheld):
            continue
        for part in (it for it in parts if board in it):
            tallies = {key: it.get(look_for, {}) for key, it in tallies_in(part).items()}
            told = {
                it.reflection_id: shared_counts(it.tallies[look_for])
                for it in shared_rows(part, look_for)
                if look_for not in it.held_back and it.reflection_id != board
            }
            if not row_holds(tallies, told, board):
                held.add(look_for)
    return sorted(held)


def rows_held_back(frozen: Frozen) -> set[str]:
    """Look-fors on which one hub's row still waits for others of its room, or stays untold for good."""
    if not frozen.held_back:
        return set()
    held = set()
    for look_for, parts in counted_together([frozen]).items():
        for part in parts:
            if look_for not in frozen.held_back or frozen.reflection_id not in part:
                continue
            told = {
                it.reflection_id: shared_counts(it.tallies[look_for]) for it in shared_rows(part, look_for)
            }
            tallies = {key: it.get(look_for, {}) for key, it in tallies_in(part).items()}
            is_waited_for = any(any(it.values()) for key, it in tallies.items() if key not in told)
            if is_waited_for or not all_stay_coded([*tallies.values()], [told.get(it) for it in tallies]):
                held.add(look_for)
    return held


def shared_rows(part: Collection[str], look_for: str) -> list[Frozen]:
    """Boards of a room that were shared, and whose rows say something."""
    shared = Frozen.objects.filter(reflection__in=part)
    return [it for it in shared if not isinstance(shared_counts(it.tallies.get(look_for, {})), Withheld)]
