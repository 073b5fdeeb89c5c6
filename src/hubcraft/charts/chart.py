"""What every chart has: a key in addresses, a title, one sentence that says what it shows, its numbers as a table."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final

from hubcraft.charts.sheet import LINE, Sheet, Spec, wrapped

WIDE: Final = 680
# For 320 pixels with a page's margins; words stand above what they are about.
NARROW: Final = 288
Cell = str | int | None


@dataclass(frozen=True)
class Chart(ABC):
    """A chart; `key` tells it from others on its page, `credit` says whose words stand on it."""

    key: str
    title: str
    reading: str
    credit: str

    @abstractmethod
    def draw(self, sheet: Sheet, y: float) -> float:
        """Put everything on the sheet from `y` down; where it ends."""

    @property
    def about(self) -> int:
        """Which cell of a line of its table says what the line is about."""
        return 0

    @property
    @abstractmethod
    def heads(self) -> tuple[str, ...]:
        """The heads of its table."""

    @property
    @abstractmethod
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """The lines of its table. None is not told."""

    def spec(self, width: int = WIDE, *, is_alone: bool = False) -> Spec:
        """The picture as Vega-Lite; alone, as a file, it says itself what it is and whose words are on it."""
        sheet, y = Sheet(width), 10.0
        if is_alone:
            for words in wrapped(self.title, width, 17):
                sheet.say(0, y + 4, words, size=17, weight=600)
                y += 23
            y = sheet.paragraph(0, y + 4, wrapped(self.reading, width), colour="soft") + 8
        y = self.draw(sheet, y)
        if is_alone and self.credit:
            y += 14
            for words in wrapped(self.credit, width, 10.5):
                sheet.say(0, y, words, size=10.5, colour="soft")
                y += LINE - 3
        return sheet.spec(y)
