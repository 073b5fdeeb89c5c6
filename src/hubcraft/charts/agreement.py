"""How far a team agrees, look-for by look-for: who stands at which level as shares of a bar, and how close they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hubcraft.charts.chart import NARROW, Cell, Chart
from hubcraft.charts.sheet import CIRCLE, LINE, Sheet, wide, wrapped

BAR: Final = 22
# A circle and a number find room in so many pixels, a number alone in so many.
ROOMY: Final = 34
TIGHT: Final = 10

# Each rung of the ladder has a sign of its own; those to talk about are not round.
TWO_CAMPS: Final = "M-1,-1L-0.3,-1L-0.3,1L-1,1ZM0.3,-1L1,-1L1,1L0.3,1Z"
ENDS: Final = "M-1.2,0L-0.35,-0.9L-0.35,0.9ZM1.2,0L0.35,-0.9L0.35,0.9Z"
SIGNS: Final = {
    "all-on-one-level": (CIRCLE, "sea", True),
    "within-one-level": (CIRCLE, "sea", False),
    "spread-over-three": ("triangle-up", "soft", False),
    "spread-over-all-four": ("diamond", "soft", False),
    "split": (TWO_CAMPS, "ember", True),
    "ends-apart": (ENDS, "ember", True),
}


@dataclass(frozen=True)
class LevelName:
    """A level as a chart names it; `fill` is its place, 1 the lowest."""

    label: str
    short: str
    fill: int


@dataclass(frozen=True)
class AgreementRow:
    """One look-for. Where `counts` may not be told there are none, and `words` say why or what is told instead."""

    number: int
    text: str
    # People at each level, the lowest first.
    counts: tuple[int, ...] | None
    shape: str
    words: str
    # Van der Eijk's A as it is written.
    agreement: str = ""


@dataclass(frozen=True)
class AgreementWords:
    """The words of the chart itself."""

    number: str
    look_for: str
    stands: str
    agreement: str


@dataclass(frozen=True)
class AgreementChart(Chart):
    """A team's board as shares."""

    levels: tuple[LevelName, ...]
    rows: tuple[AgreementRow, ...]
    words: AgreementWords

    @property
    def about(self) -> int:
        return 1

    @property
    def heads(self) -> tuple[str, ...]:
        return (
            self.words.number,
            self.words.look_for,
            *(it.label for it in self.levels),
            self.words.stands,
            self.words.agreement,
        )

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        nothing = (None,) * len(self.levels)
        return tuple(
            (it.number, it.text, *(it.counts or nothing), it.words, it.agreement) for it in self.rows
        )

    def draw(self, sheet: Sheet, y: float) -> float:
        y = legend(sheet, y, self.levels)
        draw_row = self.draw_narrow if sheet.width <= NARROW else self.draw_wide
        for row in self.rows:
            y = draw_row(sheet, y, row)
        return y - 8

    def draw_wide(self, sheet: Sheet, y: float, row: AgreementRow) -> float:
        """What it is about, the bar, how close they are: side by side."""
        about, here = wrapped(row.text, 250), wrapped(row.words, 146 if row.counts else 360)
        high = max(BAR, len(about) * LINE, len(here) * LINE)
        middle = y + high / 2
        sheet.say(20, middle - (len(about) - 1) * LINE / 2, f"{row.number}", colour="soft", align="right")
        sheet.paragraph(28, middle - (len(about) - 1) * LINE / 2, about)
        first = middle - (len(here) - 1) * LINE / 2
        if row.counts:
            stack(sheet, row, 292, 506, middle, self.levels)
            self.mark(sheet, 522, middle, row)
            sheet.paragraph(534, first, here)
        else:
            gap(sheet, 292, middle, high)
            sheet.paragraph(304, first, here, colour="soft")
        return y + high + 16

    def draw_narrow(self, sheet: Sheet, y: float, row: AgreementRow) -> float:
        """The same one below the other."""
        y = sheet.paragraph(0, y, wrapped(f"{row.number}. {row.text}", sheet.width - 4)) + 5
        if row.counts:
            stack(sheet, row, 0.5, sheet.width - 1, y + 1, self.levels)
            y += BAR + 3
            self.mark(sheet, 6, y, row)
            x = 18 if row.shape in SIGNS else 0
            y = sheet.paragraph(x, y, wrapped(row.words, sheet.width - 18))
        else:
            here = wrapped(row.words, sheet.width - 14)
            gap(sheet, 1, y + (len(here) - 1) * LINE / 2, len(here) * LINE)
            y = sheet.paragraph(13, y, here, colour="soft")
        return y + 12

    def mark(self, sheet: Sheet, x: float, y: float, row: AgreementRow) -> None:
        """The sign of its rung on the ladder; too few ratings have none."""
        if row.shape in SIGNS:
            shape, colour, is_filled = SIGNS[row.shape]
            sheet.sign(x, y, shape, colour, radius=5.5, is_filled=is_filled, rung=row.shape)


def stack(
    sheet: Sheet, row: AgreementRow, x: float, x2: float, y: float, levels: Sequence[LevelName]
) -> None:
    """Shares of one bar, the lowest level first; each says its level and how many stand there."""
    counts = row.counts or ()
    people = sum(counts)
    if not people:
        sheet.bar(x, x2, y - BAR / 2, y + BAR / 2, None)
    for level, count in zip(levels, counts, strict=False):
        if not count:
            continue
        end = x + (x2 - x) * count / sum(counts[level.fill - 1 :])
        meaning = {"look_for": row.number, "level": level.fill, "people": count}
        sheet.bar(x, end, y - BAR / 2, y + BAR / 2, f"level-{level.fill}", **meaning)
        middle, colour = (x + end) / 2, f"on-level-{level.fill}"
        if end - x >= ROOMY:
            sheet.level_circle(middle - 8, y, level.fill, colour)
            sheet.say(middle + 1, y + 0.5, str(count), colour=colour, weight=600)
        elif end - x >= TIGHT:
            sheet.say(middle, y + 0.5, str(count), colour=colour, weight=600, align="center")
        x = end


def gap(sheet: Sheet, x: float, y: float, high: float) -> None:
    """Where nothing is drawn: a thin line beside the words that say why."""
    sheet.rule(x, y - high / 2, x, y + high / 2, "edge", thickness=1.5)


def legend(sheet: Sheet, y: float, levels: Sequence[LevelName]) -> float:
    """What the parts of a bar mean, the lowest level first."""
    x = 0.0
    for level in levels:
        long = 24 + wide(level.label) + 16
        if x and x + long - 16 > sheet.width:
            x, y = 0.0, y + 24
        sheet.bar(x + 0.5, x + 18.5, y - 9, y + 9, f"level-{level.fill}")
        sheet.level_circle(x + 9.5, y, level.fill, f"on-level-{level.fill}")
        sheet.say(x + 25, y + 0.5, level.label, colour="soft")
        x += long
    return y + 30
