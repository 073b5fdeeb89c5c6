"""Two versions of a pack beside each other: what is new, gone, moved or reworded, and what the crosswalk says of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hubcraft.content.crosswalk import passages_between, rated_in
from hubcraft.content.pack import Pack
from hubcraft.domain.crosswalks import Fate, Passage

# Words by language.
Words = Mapping[str, str]


@dataclass(frozen=True)
class Reworded:
    """A text of both versions with other words, and in which languages."""

    at: str
    languages: tuple[str, ...]
    before: Words
    after: Words


@dataclass(frozen=True)
class Comparison:
    """What differs. `rated` is about what can be rated, `moved` are keys, the rest is about every text."""

    earlier: Pack
    later: Pack
    rated: tuple[Passage, ...]
    moved: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, Words], ...]
    gone: tuple[tuple[str, Words], ...]
    reworded: tuple[Reworded, ...]

    @property
    def is_same(self) -> bool:
        """Whether not one word differs."""
        return not (self.moved or self.new or self.gone or self.reworded)


def compare(earlier: Pack, later: Pack) -> Comparison:
    """What differs between two packs."""
    before, after = texts_of(earlier), texts_of(later)
    gone = {at: words for at, words in before.items() if at not in after}
    new = {at: words for at, words in after.items() if at not in before}
    passages = passages_between(earlier, later)
    return Comparison(
        earlier=earlier,
        later=later,
        rated=tuple(it for it in passages if it.fate is not Fate.SAME),
        moved=tuple(_moved(earlier, later, passages)),
        new=tuple(new.items()),
        gone=tuple(gone.items()),
        reworded=tuple(
            Reworded(at, tags, before[at], words)
            for at, words in after.items()
            if at in before and (tags := _differing(before[at], words))
        ),
    )


def texts_of(pack: Pack) -> dict[str, Words]:
    """Every text of a pack by where it stands: the whole key of its look-for, or the way to it."""
    return dict(_texts(pack.to_json(), "", frozenset(pack.languages), pack.id))


def _texts(value: Any, at: str, languages: frozenset[str], pack: str) -> Iterator[tuple[str, Words]]:
    if isinstance(value, dict) and value and languages.issuperset(value):
        yield at, value
    elif isinstance(value, dict):
        for name, one in value.items():
            # The credit of the pack stands beside each domain again.
            if name != "credit" or "id" in value or "parts" in value:
                yield from _texts(one, f"{at} {name}".strip(), languages, pack)
    elif isinstance(value, list):
        for place, one in enumerate(value, start=1):
            key = str(one.get("key", place)) if isinstance(one, dict) else str(place)
            yield from _texts(one, key if key.startswith(f"{pack}/") else f"{at} {key}", languages, pack)


def _differing(before: Words, after: Words) -> tuple[str, ...]:
    return tuple(tag for tag in {**before, **after} if before.get(tag) != after.get(tag))


def _moved(earlier: Pack, later: Pack, passages: tuple[Passage, ...]) -> Iterator[tuple[str, str]]:
    """What went and came under another key with the same words."""
    before, after = rated_in(earlier), rated_in(later)
    came = {after[key].words[after[key].default]: key for it in passages if not it.before for key in it.after}
    for it in passages:
        if not it.after:
            words = before[it.before[0]].words[before[it.before[0]].default]
            if words in came:
                yield it.before[0], came[words]
        elif it.fate is Fate.REWORDED and it.before != it.after:
            yield it.before[0], it.after[0]
