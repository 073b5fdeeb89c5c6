"""What is still the same thing to rate from one version of a pack to the next.

A look-for is told by its key and its words. In another version it is

- *the same*, where key and words are the same: what was rated then and what is rated now can be compared;
- *reworded*, where the crosswalk says so; its authors say whether the two can be compared;
- *split* or *merged*: one became several, or several one; the middle of one is not the middle of the others, so they
  are never compared, and each names the other;
- *new* or *gone*.

Where nobody said anything, other words are another question: nothing is compared. What the crosswalk names is joined
by what it says and by nothing else, even where the words are the same. So a mistake in a crosswalk can only make a
seam, never a line through two different questions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a look-for."""

    SAME = "same"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    GONE = "gone"


# The same seen from the later version back.
BACK = {Fate.SPLIT: Fate.MERGED, Fate.MERGED: Fate.SPLIT, Fate.NEW: Fate.GONE, Fate.GONE: Fate.NEW}


@dataclass(frozen=True, slots=True)
class Passage:
    """What these look-fors before became after; `joins` says whether the two can be compared.

    In a crosswalk it is what its authors say; `is_said` is false where nobody said anything.
    """

    fate: Fate
    before: tuple[str, ...]
    after: tuple[str, ...]
    joins: bool
    is_said: bool = True


def said(
    fate: Fate, before: Sequence[str] = (), after: Sequence[str] = (), *, comparable: bool = False
) -> Passage:
    """What a crosswalk says of some look-fors; only one that was reworded may be compared."""
    may_join = fate is Fate.REWORDED and comparable and len(before) == len(after) == 1
    return Passage(fate, tuple(before), tuple(after), may_join)


def joined(
    earlier: Mapping[str, str], later: Mapping[str, str], crosswalk: Iterable[Passage] = ()
) -> tuple[Passage, ...]:
    """What became of each look-for: words by key before and after, and what the later version's authors say.

    Each key of either side is in exactly one passage. What a crosswalk says of keys that are not there is left out;
    of a key that it names twice, the first word holds.
    """
    before, after = dict.fromkeys(earlier), dict.fromkeys(later)
    found = list[Passage]()
    for it in crosswalk:
        old = tuple(key for key in it.before if key in before)
        new = tuple(key for key in it.after if key in after)
        for key in old:
            del before[key]
        for key in new:
            del after[key]
        if old and new:
            found.append(Passage(it.fate, old, new, it.joins))
        elif old or new:
            found.append(Passage(Fate.GONE if old else Fate.NEW, old, new, joins=False))
    for key in after:
        if key in before:
            del before[key]
            is_same = earlier[key] == later[key]
            fate = Fate.SAME if is_same else Fate.REWORDED
            found.append(Passage(fate, (key,), (key,), joins=is_same, is_said=False))
        else:
            # A key that was there, and that the crosswalk says became something else, is used again.
            found.append(Passage(Fate.NEW, (), (key,), joins=False, is_said=key in earlier))
    found += [Passage(Fate.GONE, (key,), (), joins=False, is_said=False) for key in before]
    return tuple(found)


def turned(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The same, seen from the later version back to the earlier one."""
    return tuple(
        Passage(BACK.get(it.fate, it.fate), it.after, it.before, it.joins, it.is_said) for it in passages
    )


def arriving(passages: Iterable[Passage]) -> dict[str, Passage]:
    """By key of the later version: where it comes from."""
    return {key: it for it in passages for key in it.after}
