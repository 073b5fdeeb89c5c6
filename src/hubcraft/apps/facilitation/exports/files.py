"""The kinds of file that a page is taken home as, and how each is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hubcraft.charts.chart import Chart
from hubcraft.charts.drawing import png_of, svg_of
from hubcraft.domain.verdict import NotThere
from hubcraft.exporting.pdf import write_report
from hubcraft.exporting.report import (
    Block,
    Cell,
    Column,
    Drawing,
    Grid,
    Group,
    Head,
    Heading,
    Line,
    Report,
    Table,
    Words,
)
from hubcraft.exporting.tables import csv_of, write_csv, write_xlsx
from hubcraft.exporting.word import write_word

# Hears how much is done, as a part of one.
Tell = Callable[[float], None]


def quietly(_done: float) -> None:
    """For who waits without asking how far it is."""


@dataclass(frozen=True)
class FileKind:
    """One kind of file."""

    mime: str
    write: Callable[[Report, Tell], bytes]


OFFICE: Final = "application/vnd.openxmlformats-officedocument"
KINDS: Final = {
    "docx": FileKind(f"{OFFICE}.wordprocessingml.document", write_word),
    # These are written in one go.
    "pdf": FileKind("application/pdf", lambda report, _tell: write_report(report)),
    "xlsx": FileKind(f"{OFFICE}.spreadsheetml.sheet", lambda report, _tell: write_xlsx(report)),
    "zip": FileKind("application/zip", lambda report, _tell: write_csv(report)),
}


# A page keeps nobody waiting for more than so many boards: some 0.7 s of Word and as much of reading
# (bench/results/files.md). What is longer is made beside the pages.
LONGEST_WAIT: Final = 10
# So many things that people wrote cost as much as one board.
ENTRIES_A_BOARD: Final = 60
# Letters of a name before its day: some programs show no more, some refuse a long path.
LONGEST_WORDS: Final = 60


@dataclass(frozen=True)
class FileLink:
    """One way to take a page home: the end of its address, and what it is called."""

    kind: str
    name: str


def list_files() -> tuple[FileLink, ...]:
    """The kinds of file, the one people go on writing in first."""
    return (
        FileLink("docx", _("Word")),
        FileLink("pdf", _("PDF")),
        FileLink("xlsx", _("Excel")),
        FileLink("zip", _("CSV")),
    )


@dataclass(frozen=True)
class TakenFile:
    """A file as it is sent."""

    name: str
    mime: str
    content: bytes


def write_file(report: Report, kind: str, tell: Tell = quietly) -> TakenFile:
    """A report as a file, named so that it is found again among others. Raises NotThere for a kind there is not."""
    if kind not in KINDS:
        raise NotThere
    return TakenFile(name_of(report, kind), KINDS[kind].mime, KINDS[kind].write(report, tell))


def is_long(*, boards: int, entries: int = 0) -> bool:
    """Whether a file of so much is made beside the pages."""
    return boards + entries / ENTRIES_A_BOARD > LONGEST_WAIT


def name_of(report: Report, kind: str) -> str:
    """However long its title is, the day and the mark are in it."""
    # A name in letters that file names can't hold still says what it is.
    words = slugify(f"{report.title} {report.about}") or "hubcraft"
    if len(words) > LONGEST_WORDS:
        words = words[:LONGEST_WORDS].rpartition("-")[0] or words[:LONGEST_WORDS]
    return "-".join(filter(None, (words, report.day.isoformat(), report.mark))) + f".{kind}"


def day_of(moment: datetime) -> date:
    """The day it was where the page is read."""
    return timezone.localdate(moment)


def day_in_words(moment: datetime) -> str:
    """The same, as pages write it."""
    return date_format(day_of(moment), "DATE_FORMAT")


def mark_of(room_id: str) -> str:
    """What sets a room's files apart from those of another with the same title, and leads nobody into it."""
    return "".join(filter(str.isalnum, room_id.lower()))[:5]


def write_chart(chart: Chart | None, about: str, kind: str) -> TakenFile:
    """A chart as a file. Raises NotThere for a kind there is not, and where there is no such chart."""
    writers: dict[str, tuple[str, Callable[[Chart], bytes]]] = {
        "svg": ("image/svg+xml", lambda it: svg_of(it).encode()),
        "png": ("image/png", png_of),
        "csv": ("text/csv; charset=utf-8", lambda it: csv_of(table_of(it))),
    }
    if chart is None or kind not in writers:
        raise NotThere
    mime, write = writers[kind]
    name = slugify(f"{chart.title} {about}")[:80].strip("-") or chart.key
    return TakenFile(f"{name}.{kind}", mime, write(chart))


def table_of(chart: Chart) -> Table:
    """A chart's numbers under the heads that its page shows."""
    return Table(chart.key, chart.title, tuple(Column(head, "") for head in chart.heads), chart.lines)


def chart_blocks(chart: Chart | None, *, level: int = 1, has_table: bool = True) -> list[Block]:
    """A chart with its title, what it says, and its numbers; the table is left out where it follows anyway."""
    if chart is None:
        return []
    about, *heads = (head for at, head in enumerate(chart.heads) if at >= chart.about)
    lines = (
        Line(
            str(it[chart.about]),
            tuple(Cell(str(cell if cell is not None else "")) for cell in it[chart.about + 1 :]),
        )
        for it in chart.lines
    )
    grid = Grid("", about, tuple(map(Head, heads)), (Group("", tuple(lines)),))
    return [
        Heading(chart.title, level),
        Words(chart.reading),
        Drawing(chart),
        *([grid] if has_table else []),
    ]


def page_words() -> str:
    """What stands at the foot of every page."""
    return pgettext("paper", "Page {page} of {pages}")


def columns(**meanings: str) -> tuple[Column, ...]:
    """Columns of a table of data, each with what stands in it."""
    return tuple(Column(name, meaning) for name, meaning in meanings.items())
