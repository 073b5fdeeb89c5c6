"""How a team changed from one reflection to the next: for each look-for the middle and the reach of each time."""

from dataclasses import dataclass
from typing import Final

from hubcraft.charts.agreement import LevelName
from hubcraft.charts.chart import NARROW, Cell, Chart
from hubcraft.charts.sheet import CIRCLE, LINE, Sheet, wrapped

STEP: Final = 20
# Shapes, not colours: no direction is good or bad by itself.
SIGNS: Final = {"up": "triangle-up", "down": "triangle-down", "same": CIRCLE}


@dataclass(frozen=True)
class Time:
    """One look-for at one time: levels from 1; or words where it may not be told, or says too little."""

    lowest: int = 0
    highest: int = 0
    # The middle in halves of a level: it may lie between two.
    middle: float = 0
    words: str = ""


@dataclass(frozen=True)
class ChangeRow:
    """One look-for, all its times in order; where its middle went since the last but one."""

    number: int
    text: str
    times: tuple[Time, ...]
    direction: str
    words: str


@dataclass(frozen=True)
class ChangeChart(Chart):
    """A hub's reflections on one domain; `days` are the times, the oldest first."""

    levels: tuple[LevelName, ...]
    days: tuple[str, ...]
    number_head: str
    about_head: str
    changed_head: str
    rows: tuple[ChangeRow, ...]

    @property
    def about(self) -> int:
        return 1

    @property
    def heads(self) -> tuple[str, ...]:
        return (self.number_head, self.about_head, *self.days, self.changed_head)

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple((it.number, it.text, *(at.words for at in it.times), it.words) for it in self.rows)

    def draw(self, sheet: Sheet, y: float) -> float:
        is_narrow = sheet.width <= NARROW
        left, right = (96.0, sheet.width - 12.0) if is_narrow else (372.0, 530.0)
        places = [left + (right - left) * at / (len(self.levels) - 1) for at in range(len(self.levels))]
        y = self.legend(sheet, y)
        for level, x in zip(self.levels, places, strict=True):
            sheet.level_circle(x, y, level.fill, "ink")
        y += 20
        for row in self.rows:
            y = self.draw_row(sheet, y, row, places, is_narrow=is_narrow)
        return y - 6

    def draw_row(
        self, sheet: Sheet, y: float, row: ChangeRow, places: list[float], *, is_narrow: bool
    ) -> float:
        """What it is about, its times below each other, what changed."""
        high = STEP * len(row.times)
        about = wrapped(
            f"{row.number}. {row.text}" if is_narrow else row.text, sheet.width - 4 if is_narrow else 236
        )
        if is_narrow:
            y = sheet.paragraph(0, y, about) + 3
            first = y
        else:
            taller = max(high, len(about) * LINE)
            top = y + (taller - (len(about) - 1) * LINE) / 2
            sheet.say(20, top, f"{row.number}", colour="soft", align="right")
            sheet.paragraph(28, top, about)
            first = y + (taller - high) / 2 + STEP / 2
        for x in places:
            sheet.rule(x, first - STEP / 2, x, first - STEP / 2 + high, "line")
        for at, (day, time) in enumerate(zip(self.days, row.times, strict=True)):
            self.draw_time(
                sheet, first + at * STEP, day, time, places, row.number, is_last=at == len(row.times) - 1
            )
        if row.words:
            x = 6.0 if is_narrow else 560.0
            at_y = first + high - STEP / 2 + 12 if is_narrow else first - STEP / 2 + high / 2
            if row.direction:
                sheet.sign(
                    x,
                    at_y,
                    SIGNS[row.direction],
                    "ink",
                    is_filled=row.direction != "same",
                    went=row.direction,
                )
            here = wrapped(row.words, sheet.width - x - 12)
            sheet.paragraph(x + 12, at_y - (0 if is_narrow else (len(here) - 1) * LINE / 2), here)
            high += len(here) * LINE + 2 if is_narrow else 0
        return (first + high if is_narrow else y + taller) + 16

    def draw_time(
        self, sheet: Sheet, y: float, day: str, time: Time, places: list[float], number: int, *, is_last: bool
    ) -> None:
        """One line: from where to where people stand, and their middle; filled where it is the latest."""
        sheet.say(places[0] - 14, y + 0.5, day, size=12, colour="ink" if is_last else "soft", align="right")
        if not time.lowest:
            sheet.say(places[0] + 6, y + 0.5, time.words, size=12, colour="soft")
            return
        if time.highest > time.lowest:
            sheet.rule(places[time.lowest - 1], y, places[time.highest - 1], y, "edge", thickness=3)
        below = int(time.middle)
        x = places[below - 1]
        if time.middle > below:
            x = (x + places[below]) / 2
        sheet.sign(x, y, CIRCLE, "mine", radius=5.5, is_filled=is_last, look_for=number, middle=time.middle)

    def legend(self, sheet: Sheet, y: float) -> float:
        """Which line is which level, the lowest on the left."""
        x = 0.0
        for level in self.levels:
            long = 20 + 6.2 * len(level.label) + 16
            if x and x + long - 16 > sheet.width:
                x, y = 0.0, y + 22
            sheet.level_circle(x + 7, y, level.fill, "ink")
            sheet.say(x + 19, y + 0.5, level.label, colour="soft")
            x += long
        return y + 28
