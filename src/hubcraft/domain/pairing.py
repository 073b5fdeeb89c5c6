"""Who talks with whom: twos, and one three where somebody would be left over."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TypeAlias

Group: TypeAlias = tuple[str, ...]


def pair_up(people: Sequence[str], before: Iterable[Sequence[Sequence[str]]]) -> list[Group]:
    """Twos of people who have talked with each other least often so far; the same for the same people and past.

    `before` are the groups of earlier talks. Of an odd number one makes a three, somebody who has been in the fewest.
    """
    met: Counter[frozenset[str]] = Counter()
    threes: Counter[str] = Counter()
    for groups in before:
        for group in groups:
            met.update(map(frozenset, combinations(group, 2)))
            threes.update(group if len(group) > 2 else ())
    waiting = list(people)
    spare = (
        min(reversed(waiting), key=lambda it: threes[it]) if len(waiting) % 2 and len(waiting) > 1 else None
    )
    if spare is not None:
        waiting.remove(spare)
    pairs = better([tuple(waiting[at : at + 2]) for at in range(0, len(waiting), 2)], met)
    if spare is not None:
        fewest = min(range(len(pairs)), key=lambda at: sum(met[frozenset((spare, it))] for it in pairs[at]))
        pairs.append((*pairs.pop(fewest), spare))
    return pairs


def better(pairs: list[Group], met: Counter[frozenset[str]]) -> list[Group]:
    """Exchange partners between two pairs as long as that makes fewer talk with somebody again."""

    def again(*some: Group) -> int:
        return sum(met[frozenset(pair)] ** 2 for pair in some)

    is_changed = True
    while is_changed:
        is_changed = False
        for one, other in combinations(range(len(pairs)), 2):
            if not again(pairs[one], pairs[other]):
                continue
            (a, b), (c, d) = pairs[one], pairs[other]
            best = min(((a, b), (c, d)), ((a, c), (b, d)), ((a, d), (b, c)), key=lambda it: again(*it))
            if again(*best) < again(pairs[one], pairs[other]):
                pairs[one], pairs[other] = best
                is_changed = True
    return pairs


def as_it_stands(groups: Iterable[Sequence[str]], people: Sequence[str]) -> list[Group]:
    """The groups with those who came since and without those who left; who talks goes on talking.

    Newcomers make twos in their order. One who is left over frees the odd one of a three, or else makes the last two
    a three; alone is only who is the only one.
    """
    here = set(people)
    kept = [tuple(it for it in group if it in here) for group in groups]
    known = {it for group in kept for it in group}
    whole = [group for group in kept if len(group) > 1]
    waiting = [group[0] for group in kept if len(group) == 1] + [it for it in people if it not in known]
    while len(waiting) > 1:
        whole.append((waiting.pop(0), waiting.pop(0)))
    if not waiting:
        return whole
    [odd] = waiting
    three = next((at for at in reversed(range(len(whole))) if len(whole[at]) > 2), None)
    if three is not None:
        *stay, moves = whole[three]
        whole[three] = tuple(stay)
        return [*whole, (moves, odd)]
    return [*whole[:-1], (*whole[-1], odd)] if whole else [(odd,)]
