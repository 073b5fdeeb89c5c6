"""What may be answered to a look-for: a level of the scale, "not sure", "doesn't apply to us", or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

NOT_SURE: Final = "not-sure"
DOES_NOT_APPLY: Final = "does-not-apply"
CLEAR: Final = ""
ASIDES: Final = (NOT_SURE, DOES_NOT_APPLY)


class UnknownAnswer(ValueError):
    """The answer is neither a level of this scale nor one of the asides."""

    def __init__(self, answer: str) -> None:
        super().__init__(f"unknown answer: {answer!r}")
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Level:
    """One of the ordered levels; `fill` is its place, 1 for the lowest, and how far its circle is filled."""

    key: str
    fill: int
    names_strategy: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Two or more levels from lowest to highest; ValueError if they are out of order or not distinct."""

    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        if len(self.levels) < 2:
            raise ValueError("a scale has at least two levels")
        if [level.fill for level in self.levels] != list(range(1, len(self.levels) + 1)):
            raise ValueError("the levels of a scale are filled 1, 2, 3, … in order")
        if len(set(self.keys)) != len(self.levels):
            raise ValueError("two levels of a scale have the same key")
        if {CLEAR, *ASIDES} & set(self.keys):
            raise ValueError("a level can't be called like an answer that is no level")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the levels, lowest first."""
        return tuple(level.key for level in self.levels)

    @property
    def answers(self) -> tuple[str, ...]:
        """Everything that counts as an answer: the levels, lowest first, then the asides."""
        return (*self.keys, *ASIDES)

    def level(self, key: str) -> Level:
        """The level with this key. Raises UnknownAnswer if there is none (an aside is no level)."""
        for level in self.levels:
            if level.key == key:
                return level
        raise UnknownAnswer(key)

    def check(self, answer: str) -> str:
        """The answer, if it may be given here: a level, an aside, or "" to clear. Raises UnknownAnswer."""
        if answer == CLEAR or answer in self.answers:
            return answer
        raise UnknownAnswer(answer)

    def counts(self, answers: Iterable[str]) -> tuple[int, ...]:
        """How many stand on each level, lowest first, without asides and clears. Raises UnknownAnswer."""
        given = [self.check(answer) for answer in answers]
        return tuple(given.count(key) for key in self.keys)

    def tally(self, answers: Iterable[str]) -> dict[str, int]:
        """How many gave each answer, asides and zeros included; clears are left out. Raises UnknownAnswer."""
        given = [self.check(answer) for answer in answers]
        return {answer: given.count(answer) for answer in self.answers}
