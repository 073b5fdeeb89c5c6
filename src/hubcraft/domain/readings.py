"""What a chart says, decided on its numbers: the page only puts it into words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hubcraft.domain.agreement import Shape, shape

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
