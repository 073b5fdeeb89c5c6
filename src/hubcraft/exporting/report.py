"""A page as somebody takes it home: described once by the app whose page it is, written by whoever writes files.

Nothing here asks what may be told: a report is made from what its page shows.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hubcraft.charts.chart import Chart


@dataclass(frozen=True)
class Heading:
    """A title inside; level 1 is a part of the page, 2 a part of that."""

    words: str
    level: int = 1


@dataclass(frozen=True)
class Words:
    """A paragraph; soft ones stand back."""

    words: str
    is_soft: bool = False
    language: str = ""


@dataclass(frozen=True)
class Entry:
    """One of several things that somebody wrote: who and what about below it."""

    words: str
    below: str = ""
    language: str = ""


@dataclass(frozen=True)
class Entries:
    """Things that people wrote, in a list."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Chip:
    """Initials in a box, or a dot where `label` is empty."""

    label: str
    kind: Literal["now", "before", "late"] = "now"
    is_from_paper: bool = False


@dataclass(frozen=True)
class Cell:
    """Words, or chips where somebody stands."""

    words: str = ""
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True)
class Head:
    """The head of a column; `fill` (1 to 4) draws a level's circle before it."""

    words: str
    fill: int = 0


@dataclass(frozen=True)
class Line:
    """A row of a grid: what it is about, its cells, and a sentence below them, or in place of empty ones."""

    about: str
    cells: tuple[Cell, ...]
    below: str = ""

    @property
    def is_told_in_words(self) -> bool:
        return bool(self.below) and not any(it.words or it.chips for it in self.cells)


@dataclass(frozen=True)
class Group:
    """Rows that belong together."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Grid:
    """A table: `about` is the head of its first column. Without a caption the heading above it says what it is."""

    caption: str
    about: str
    heads: tuple[Head, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Drawing:
    """A chart as a picture, with what it says for who does not see it; its numbers stand in a grid below it."""

    chart: Chart

    @property
    def said(self) -> str:
        return f"{self.chart.title}. {self.chart.reading}"


Block = Heading | Words | Entries | Grid | Drawing


@dataclass(frozen=True)
class Column:
    """A column of a table of data, and what stands in it."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """Rows for another program: one kind of thing, one row each. Cells are text or whole numbers; None is no answer."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


@dataclass(frozen=True)
class Report:
    """Everything a file needs."""

    title: str
    about: str
    language: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    # Words that a file says itself: "Page {page} of {pages}", the marks of the legend.
    page_words: str
    # What its name ends with: the day it tells of, and what sets it apart from another with the same title.
    day: date
    mark: str = ""
    legend: tuple[str, ...] = ()
    # Whose words they are, and who may read it.
    notes: tuple[str, ...] = ()
    paper: Literal["a4", "us-letter"] = "a4"
