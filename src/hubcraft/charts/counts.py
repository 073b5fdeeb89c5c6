"""How many: bars of people for each of several answers, one kind or two kinds beside each other."""

from dataclasses import dataclass
from typing import Final

from hubcraft.charts.chart import NARROW, Cell, Chart
from hubcraft.charts.sheet import LINE, Sheet, wide, wrapped

BAR: Final = 14


@dataclass(frozen=True)
class Kind:
    """One kind of bar: filled or hollow, so that two can be told apart without their colours."""

    label: str
    is_filled: bool = True


@dataclass(frozen=True)
class Told:
    """How many, and how that is said; without a number there is no bar, only the words."""

    people: int | None
    words: str


@dataclass(frozen=True)
class CountsRow:
    """One answer, with what is told of each kind."""

    label: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class CountsChart(Chart):
    """Bars of people; `of` is how many a whole bar is."""

    about_head: str
    kinds: tuple[Kind, ...]
    rows: tuple[CountsRow, ...]
    of: int

    @property
    def heads(self) -> tuple[str, ...]:
        return (self.about_head, *(it.label for it in self.kinds))

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple((row.label, *(it.words for it in row.told)) for row in self.rows)

    def draw(self, sheet: Sheet, y: float) -> float:
        y = self.legend(sheet, y) if len({*self.kinds}) > 1 or not self.kinds[0].is_filled else y
        is_narrow = sheet.width <= NARROW
        for row in self.rows:
            about = wrapped(row.label, sheet.width if is_narrow else 240)
            high = len(row.told) * (BAR + 6) - 6
            if is_narrow:
                y = sheet.paragraph(0, y, about) + 1
                self.draw_bars(sheet, 0.5, y, row)
                y += high + 22
            else:
                taller = max(high, len(about) * LINE)
                sheet.paragraph(0, y + (taller - (len(about) - 1) * LINE) / 2, about)
                self.draw_bars(sheet, 260, y + (taller - high) / 2 + BAR / 2, row)
                y += taller + 16
        return y - 6

    def draw_bars(self, sheet: Sheet, x: float, y: float, row: CountsRow) -> None:
        """The bars of one answer, one below the other, each with its words behind it."""
        room = sheet.width - x - max(wide(it.words) for line in self.rows for it in line.told) - 16
        for kind, told in zip(self.kinds, row.told, strict=True):
            end = x
            if told.people:
                end = x + max(room, 40) * min(1.0, told.people / max(self.of, 1))
                colour = "mine" if kind.is_filled else None
                sheet.bar(x, end, y - BAR / 2, y + BAR / 2, colour, people=told.people)
            elif told.people == 0:
                sheet.rule(x, y - BAR / 2, x, y + BAR / 2)
            sheet.say(
                end + 6 if told.people is not None else x,
                y + 0.5,
                told.words,
                colour="ink" if told.people else "soft",
            )
            y += BAR + 6

    def legend(self, sheet: Sheet, y: float) -> float:
        """Which bar is which."""
        x = 0.0
        for kind in self.kinds:
            long = 34 + wide(kind.label)
            if x and x + long > sheet.width:
                x, y = 0.0, y + 22
            sheet.bar(x + 0.5, x + 24.5, y - 7, y + 7, "mine" if kind.is_filled else None)
            sheet.say(x + 32, y + 0.5, kind.label, colour="soft")
            x += long + 18
        return y + 26
