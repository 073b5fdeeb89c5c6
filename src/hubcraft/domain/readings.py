"""What a chart says, decided on its numbers: the page only puts it into words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hubcraft.domain.agreement import FEWEST_FOR_A_SENTENCE, Median, Shape, median_of, shape

CLOSE = (Shape.ONE_LEVEL, Shape.WITHIN_ONE)
CAMPS = (Shape.SPLIT, Shape.ENDS_APART)


@dataclass(frozen=True, slots=True)
class AgreementReading:
    """On how many of the look-fors that may be judged people are close, and on how many there are two camps."""

    judged: int
    close: int
    camps: int


def read_agreement(rows: Iterable[Sequence[int] | None]) -> AgreementReading:
    """A board in a sentence; rows are people by level, lowest first, None where they may not be told.

    Close is all on one level or on two neighbours; two camps is an empty level with people on both sides. Rows below
    three ratings say nothing. Raises ValueError as `shape` does.
    """
    shapes = [it for it in (shape(row) for row in rows if row is not None) if it is not None]
    return AgreementReading(
        judged=len(shapes),
        close=sum(it in CLOSE for it in shapes),
        camps=sum(it in CAMPS for it in shapes),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """From which level to which people stand, and their middle; levels from 1."""

    lowest: int
    highest: int
    middle: Median


def reach_of(counts: Sequence[int]) -> Reach | None:
    """How far a row reaches, lowest level first; None below three ratings, as everywhere.

    Raises ValueError as `median_of` does.
    """
    middle = median_of(counts)
    if middle is None or sum(counts) < FEWEST_FOR_A_SENTENCE:
        return None
    taken = [level for level, people in enumerate(counts, start=1) if people]
    return Reach(taken[0], taken[-1], middle)


def most_named(counts: Mapping[str, int]) -> tuple[str, ...]:
    """What most people named, or several where they are equal; nothing where nobody named anything.

    Where all are named equally often, none stands out.
    """
    most = max(counts.values(), default=0)
    named = tuple(key for key, people in counts.items() if people == most)
    return () if most == 0 or len(named) == len(counts) else named


def strongest_and_neediest(rows: Mapping[str, Sequence[int]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of rows of parts by level, lowest first: those with the largest upper half, and those with the largest lower one."""
    halves = {key: (sum(row[len(row) // 2 :]), sum(row[: len(row) // 2])) for key, row in rows.items()}
    return (
        most_named({key: upper for key, (upper, _lower) in halves.items()}),
        most_named({key: lower for key, (_upper, lower) in halves.items()}),
    )
