"""What is wrong with a content pack, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hubcraft.content import limits

_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the file within the pack, the line (None if unknown), what is wrong, what to do."""

    file: str
    line: int | None
    what: str
    remedy: str

    def __str__(self) -> str:
        """As one line, whatever stands in the file: no sign that would move a terminal's cursor."""
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{_shown(place)}: {_shown(self.what)} {_shown(self.remedy)}"


class PackError(Exception):
    """A pack can't be read; `mistakes` are those that were found, in the order of files and lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class TooManyMistakes(Exception):
    """Enough was found: reading ends here."""


class Mistakes(list[Mistake]):
    """Those found so far; after very many of them reading ends."""

    def append(self, mistake: Mistake) -> None:
        """Note one more. Raises TooManyMistakes after the last one that is noted."""
        super().append(mistake)
        if len(self) >= limits.MISTAKES:
            raise TooManyMistakes

    def in_order(self) -> list[Mistake]:
        """The pack's own first, then by file; within a file as they were found."""
        return sorted(self, key=lambda mistake: (mistake.file != "pack.toml", mistake.file))


def _shown(words: str) -> str:
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words[:_LONGEST])
    return shown if len(words) <= _LONGEST else f"{shown}…"
