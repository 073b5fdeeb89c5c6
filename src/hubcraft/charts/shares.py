"""How a room stood: for each look-for a bar at each level, as long as the part of the room that stands there."""

from dataclasses import dataclass
from typing import Final

from hubcraft.charts.agreement import LevelName, gap
from hubcraft.charts.chart import NARROW, Cell, Chart
from hubcraft.charts.sheet import LINE, Sheet, wrapped

BAR: Final = 12


@dataclass(frozen=True)
class Part:
    """A part of the room as it is told: rounded, and at the ends only a bound, which is drawn hollow."""

    per_cent: int
    words: str
    is_bound: bool


@dataclass(frozen=True)
class SharesRow:
    """One look-for. Where it can't be told there are no parts, and `words` say why."""

    number: int
    text: str
    parts: tuple[Part, ...]
    words: str


@dataclass(frozen=True)
class SharesChart(Chart):
    """A room's look-fors; the parts of a row are its levels, then what is no level, which only the table holds."""

    levels: tuple[LevelName, ...]
    number_head: str
    about_head: str
    others: tuple[str, ...]
    told_head: str
    rows: tuple[SharesRow, ...]

    @property
    def about(self) -> int:
        return 1

    @property
    def heads(self) -> tuple[str, ...]:
        levels = (it.label for it in self.levels)
        return (self.number_head, self.about_head, *levels, *self.others, self.told_head)

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        nothing = (None,) * (len(self.levels) + len(self.others))
        return tuple(
            (it.number, it.text, *(tuple(part.words for part in it.parts) or nothing), it.words)
            for it in self.rows
        )

    def draw(self, sheet: Sheet, y: float) -> float:
        return self.draw_narrow(sheet, y) if sheet.width <= NARROW else self.draw_wide(sheet, y)

    def draw_wide(self, sheet: Sheet, y: float) -> float:
        """A column for each level."""
        left, across = 292.0, (sheet.width - 292) / len(self.levels)
        heads = [wrapped(it.short, across - 24) for it in self.levels]
        for at, (level, lines) in enumerate(zip(self.levels, heads, strict=True)):
            sheet.level_circle(left + at * across + 6, y, level.fill, "ink")
            sheet.paragraph(left + at * across + 17, y, lines, colour="soft")
        y += max(map(len, heads)) * LINE + 14
        for row in self.rows:
            about = wrapped(row.text, 250)
            here = wrapped(row.words, sheet.width - 310)
            high = max(len(about) * LINE, 34, 0 if row.parts else len(here) * LINE)
            middle = y + high / 2
            first = middle - (len(about) - 1) * LINE / 2
            sheet.say(20, first, f"{row.number}", colour="soft", align="right")
            sheet.paragraph(28, first, about)
            for at, (level, part) in enumerate(zip(self.levels, row.parts, strict=False)):
                x = left + at * across
                sheet.say(x, middle - 9, part.words, colour="soft" if part.is_bound else "ink")
                self.draw_part(sheet, x, across - 14, middle + 8, level, part, row.number)
            if not row.parts:
                gap(sheet, left, middle, high)
                sheet.paragraph(left + 12, middle - (len(here) - 1) * LINE / 2, here, colour="soft")
            y += high + 16
        return y - 8

    def draw_narrow(self, sheet: Sheet, y: float) -> float:
        """A line for each level."""
        for level in self.levels:
            sheet.level_circle(7, y, level.fill, "ink")
            sheet.say(20, y, level.label, colour="soft")
            y += 22
        y += 8
        for row in self.rows:
            y = sheet.paragraph(0, y, wrapped(f"{row.number}. {row.text}", sheet.width - 4)) + 2
            for level, part in zip(self.levels, row.parts, strict=False):
                sheet.level_circle(7, y, level.fill, "ink")
                self.draw_part(sheet, 20, 180, y, level, part, row.number)
                sheet.say(208, y + 0.5, part.words, colour="soft" if part.is_bound else "ink")
                y += 20
            if not row.parts:
                here = wrapped(row.words, sheet.width - 14)
                gap(sheet, 1, y + (len(here) - 1) * LINE / 2, len(here) * LINE)
                y = sheet.paragraph(13, y, here, colour="soft")
            y += 12
        return y

    def draw_part(
        self, sheet: Sheet, x: float, room: float, y: float, level: LevelName, part: Part, number: int
    ) -> None:
        """One bar over a line as long as the whole room."""
        sheet.rule(x, y + BAR / 2, x + room, y + BAR / 2, "line")
        end = x + room * part.per_cent / 100
        colour = None if part.is_bound and part.per_cent < 50 else f"level-{level.fill}"
        meaning = {"look_for": number, "level": level.fill, "per_cent": part.per_cent}
        sheet.bar(x, end, y - BAR / 2, y + BAR / 2, colour, **meaning)
