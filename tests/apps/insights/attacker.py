"""Somebody who keeps everything they were ever told, and works out what they were not.

They know how many people answered on every board, the boards of the hubs they sit in, and every row, every sum over
hubs and every count of a room. By linear reasoning (exact, in fractions) they look for a board that sums and
differences leave alone; by integers for an answer that is the same in every truth that agrees with all of it.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from hubcraft.domain.suppression import Published, Withheld, shared_counts

Tally = tuple[int, ...]
# How many steps one search may take. Where that is not enough nothing is said, and that is counted.
PATIENCE = 40_000


@dataclass
class Told:
    """All that anybody was told: rows of one board, and sums over several; boards by name."""

    sizes: dict[str, int]
    rows: dict[str, object] = field(default_factory=dict)
    sums: set[tuple[frozenset[str], Tally]] = field(default_factory=set)

    def is_open(self, board: str) -> bool:
        """Whether a board's own row says all of it."""
        return isinstance(self.rows.get(board), Published)


@dataclass(frozen=True)
class Found:
    """What was worked out: whole boards, and single answers that somebody must have given; and where time ran out."""

    boards: frozenset[str] = frozenset()
    answers: frozenset[tuple[str, int]] = frozenset()
    is_undecided: bool = False


def spanned(groups: Sequence[Collection[str]], known: Collection[str]) -> set[str]:
    """Boards that are a sum of multiples of these groups and of what is known: read without any guess."""
    boards = sorted(set().union(*groups, known))
    rows = [[Fraction(board in group) for board in boards] for group in (*groups, *({it} for it in known))]
    at = 0
    for column in range(len(boards)):
        pivot = next((it for it in range(at, len(rows)) if rows[it][column]), None)
        if pivot is None:
            continue
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [it / rows[at][column] for it in rows[at]]
        for other in range(len(rows)):
            if other != at and (factor := rows[other][column]):
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at], strict=True)]
        at += 1
    alone = [row for row in rows if sum(map(bool, row)) == 1]
    return {boards[row.index(1)] for row in alone} - set(known)


@cache
def tallies_of_size(people: int, answers: int) -> tuple[Tally, ...]:
    """Every way in which so many people may have answered."""
    if answers == 1:
        return ((people,),)
    return tuple(
        (first, *rest) for first in range(people + 1) for rest in tallies_of_size(people - first, answers - 1)
    )


def could_be(told: Told, board: str, answers: Sequence[str]) -> list[Tally]:
    """Every truth about one board that its own row leaves open."""
    ways = tallies_of_size(told.sizes[board], len(answers))
    said = told.rows.get(board)
    if said is None or isinstance(said, Withheld):
        return list(ways)
    return [it for it in ways if shared_counts(dict(zip(answers, it, strict=True))) == said]


def truths(
    choices: Mapping[str, Sequence[Tally]], sums: Collection[tuple[frozenset[str], Tally]]
) -> Iterator[dict[str, Tally] | None]:
    """Every truth that agrees with all of it, or None once patience is at its end."""
    order = sorted(choices, key=lambda board: (len(choices[board]), board))
    members = [group for group, _counts in sums]
    closed_by = {board: [n for n, group in enumerate(members) if board in group] for board in order}
    last = [max(order.index(board) for board in group) for group in members]
    steps = 0

    def fill(at: int, left: list[Tally], chosen: dict[str, Tally]) -> Iterator[dict[str, Tally] | None]:
        nonlocal steps
        if at == len(order):
            yield dict(chosen)
            return
        board = order[at]
        for choice in choices[board]:
            steps += 1
            if steps > PATIENCE:
                yield None
                return
            rest = list(left)
            for n in closed_by[board]:
                rest[n] = tuple(a - b for a, b in zip(rest[n], choice, strict=True))
                if min(rest[n]) < 0 or (last[n] == at and any(rest[n])):
                    break
            else:
                yield from fill(at + 1, rest, chosen | {board: choice})

    yield from fill(0, [counts for _group, counts in sums], {})


def attack(told: Told, truth: Mapping[str, Tally], known: Collection[str], answers: Sequence[str]) -> Found:
    """What somebody works out who knows these boards: of boards that do not tell their own answers anyway."""
    concerned = set().union(*(group for group, _counts in told.sums)) if told.sums else set()
    secret = {it for it in concerned if it not in known and not told.is_open(it)}
    if not secret:
        return Found()
    given = {it for it in concerned if it in known or told.is_open(it)}
    found = spanned([group for group, _counts in told.sums], given) & secret
    chance = random.Random(len(concerned))
    choices = {it: [truth[it]] if it in given else could_be(told, it, answers) for it in concerned}
    for ways in choices.values():
        chance.shuffle(ways)
    boards = set(secret)
    cells = {(it, n) for it in secret for n, people in enumerate(truth[it]) if people}
    is_undecided = False
    for other in truths(choices, told.sums):
        if other is None:
            is_undecided = True
            break
        boards -= {it for it in boards if other[it] != truth[it]}
        cells -= {(it, n) for it, n in cells if other[it][n] != truth[it][n]}
        if not cells:
            break
    if is_undecided:
        return Found(frozenset(found), frozenset(), is_undecided=bool(cells))
    return Found(frozenset(found | boards), frozenset(cells))
