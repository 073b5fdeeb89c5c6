"""One look-for from each time to the next in exact numbers, for an analyst among the hub's people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from hubcraft.apps.insights.queries.hubs import Boards, HubView, hub_view
from hubcraft.apps.insights.queries.joining import Past, rubric_in
from hubcraft.apps.insights.queries.look_fors import read_in, row_of, steps_seen, time_before
from hubcraft.apps.insights.queries.moves import Linked
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.board import Row, counted
from hubcraft.domain.agreement import distance_from_median, van_der_eijk_a
from hubcraft.domain.exact import rank_sum, sign_test, signed_rank, superiority
from hubcraft.domain.waves import Moves

# Smaller ones are told as smaller than this.
SMALLEST = Fraction(1, 1000)


@dataclass(frozen=True)
class Measured:
    """One number with its name."""

    name: str
    value: str


@dataclass(frozen=True)
class Step:
    """From one time to the next: what can be told of people who are not linked, and of those who are."""

    before: datetime
    after: datetime
    counts: tuple[tuple[str, int, int], ...]
    unlinked: tuple[Measured, ...]
    linked: tuple[Measured, ...]
    why_not: str = ""


@dataclass(frozen=True)
class ExactPage:
    """A look-for with its steps, the latest first."""

    hub: HubView
    key: str
    words: str
    steps: tuple[Step, ...]

    @property
    def address(self) -> str:
        """Where the look-for itself is read about."""
        return f"{self.hub.address}framework/{self.key}/"


def exact_page(viewer: Viewer, hub: Team, key: str) -> ExactPage:
    """Every step of a look-for that this person sees and that can be compared."""
    boards = Boards(viewer, hub)
    shown, installed_id, _is_former = read_in(hub, key, boards.seen, steps_seen(viewer, hub))
    rated = Past(boards.seen).of(installed_id, key)
    linked, steps = Linked(it.board for it in rated), []
    for it in rated:
        row = row_of(it.board, it.key)
        earlier = time_before(row, it.board, boards.seen) if row is not None else None
        if row is None or earlier is None:
            continue
        if earlier.row is None:
            steps.append(Step(day_of(earlier.board), day_of(it.board), (), (), (), earlier.seam))
        else:
            steps.append(step_of(row, it.board, earlier.row, earlier.board, linked))
    return ExactPage(hub_view(hub), key, shown.line.text, tuple(steps))


def day_of(board: Reflection) -> datetime:
    """When a board was held."""
    return board.revealed_at or board.made_at


def step_of(row: Row, board: Reflection, before: Row, earlier: Reflection, linked: Linked) -> Step:
    """Two rows beside each other."""
    was, now = counted(before), counted(row)
    if was is None or now is None or not (sum(was) and sum(now)):
        told = _("One of the two boards does not show enough of this look-for to be compared.")
        return Step(day_of(earlier), day_of(board), (), (), (), told)
    levels = rubric_in(board).levels
    counts = tuple((level.short, then, since) for level, then, since in zip(levels, was, now, strict=True))
    moves = linked.moves(row, board, before, earlier)
    pairs = linked.pairs(row, board, before, earlier)
    return Step(
        day_of(earlier),
        day_of(board),
        counts,
        unlinked_numbers(was, now),
        linked_numbers(moves, pairs, len(levels)) if moves is not None and pairs else (),
    )


def unlinked_numbers(was: tuple[int, ...], now: tuple[int, ...]) -> tuple[Measured, ...]:
    """What counts alone tell."""
    chance = superiority(was, now)
    return (
        Measured(_("Average distance from the median, then"), decimal(distance_from_median(was))),
        Measured(_("Average distance from the median, now"), decimal(distance_from_median(now))),
        Measured(_("Van der Eijk’s A, then"), decimal(van_der_eijk_a(was))),
        Measured(_("Van der Eijk’s A, now"), decimal(van_der_eijk_a(now))),
        Measured(_("Chance that an answer of now is higher"), decimal(chance)),
        Measured(_("Cliff’s delta"), decimal(2 * chance - 1)),
        Measured(_("Rank sum, exact p"), p_words(rank_sum(was, now))),
    )


def linked_numbers(moves: Moves, pairs: Sequence[tuple[int, int]], levels: int) -> tuple[Measured, ...]:
    """What those tell who rated both times."""
    rose = sum(was <= levels // 2 < now for was, now in pairs)
    fell = sum(now <= levels // 2 < was for was, now in pairs)
    return (
        Measured(_("Moved up, stayed, moved down"), f"{moves.up}, {moves.same}, {moves.down}"),
        Measured(_("Sign test, exact p"), p_words(sign_test(moves.up, moves.down))),
        Measured(_("Signed ranks (Pratt), exact p"), p_words(signed_rank([now - was for was, now in pairs]))),
        Measured(_("Into the upper half, out of it"), f"{rose}, {fell}"),
        Measured(_("McNemar, exact p"), p_words(sign_test(rose, fell))),
    )


def decimal(value: Fraction | None) -> str:
    """Two places, with the reader's own decimal sign."""
    return written(f"{float(value or 0):.2f}")


def p_words(p: Fraction) -> str:
    """Three places; a smaller one as smaller."""
    return f"< {written('0.001')}" if p < SMALLEST else written(f"{float(p):.3f}")


def written(number: str) -> str:
    """A number as the reader's language writes it, with a real minus."""
    return number.replace("-", "−").replace(".", get_format("DECIMAL_SEPARATOR"))
