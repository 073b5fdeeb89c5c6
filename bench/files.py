"""What the writers of files cost: Word, PDF, Excel and CSV, a board at a time and a workshop at once.

python -m bench.files [rounds] prints a table for bench/results/files.md. A board is as one team of five leaves it:
eleven look-fors, four levels, initials, and a sentence below each. CPU counts, the children's included, because the
machine may be busy; what a page may keep somebody waiting is judged in boards (`LONGEST_WAIT` in exports/files.py).
"""

import os
import statistics
import sys
from dataclasses import replace
from datetime import date

from hubcraft.exporting.pdf import write_report
from hubcraft.exporting.report import (
    Cell,
    Chip,
    Column,
    Entries,
    Entry,
    Grid,
    Group,
    Head,
    Heading,
    Line,
    Report,
    Table,
    Words,
)
from hubcraft.exporting.tables import write_csv, write_xlsx
from hubcraft.exporting.word import write_word

WRITERS = {"Word": write_word, "PDF": write_report, "Excel": write_xlsx, "CSV": write_csv}
BOARDS = (1, 10, 60)
LOOK_FORS, PEOPLE = 11, 5
# Three hundred people, four questions.
ANSWERS = 1200
# What everybody else in the room waits for meanwhile: a page with one board takes about this.
WAIT = 1.0


def cpu() -> float:
    """Seconds of work, this process's and its children's."""
    took = os.times()
    return took.user + took.system + took.children_user + took.children_system


def workshop(boards: int) -> Report:
    """A history of so many boards, with what was written beside each."""
    blocks: list[object] = []
    rows: list[tuple[str | int | None, ...]] = []
    for board in range(boards):
        lines = []
        for number in range(LOOK_FORS):
            chips = tuple(Chip(f"P{it}") for it in range(PEOPLE))
            cells = (Cell(), Cell(chips=chips[: number % 4]), Cell(chips=chips[number % 4 :]), Cell())
            about = f"Ensure sufficient resources to operate core hub functions ({number})."
            lines.append(Line(about, cells, "Within one level. What makes the difference between the two?"))
            rows += [(board, number, level, len(it.chips), "P1, P2") for level, it in enumerate(cells, 1)]
        heads = tuple(Head(f"We’re pretty good at this {it}", it) for it in range(1, 5))
        said = tuple(
            Entry(f"We meet on Mondays, and {it}.", "How we know: they say so.") for it in range(PEOPLE)
        )
        blocks += [Heading(f"Team {board}"), Words("Nov. 27, 2026", is_soft=True), Entries(said)]
        blocks.append(Grid("", "Look-fors", heads, (Group("Establish the hub team", tuple(lines)),)))
    names = ("board", "number", "level", "people", "initials")
    columns = tuple(Column(name, "What it is.") for name in names)
    return Report(
        title="A workshop",
        about="Spring convening",
        language="en",
        blocks=tuple(blocks),
        tables=(Table("board", "Boards", columns, tuple(rows)),),
        page_words="Page {page} of {pages}",
        day=date(2026, 11, 27),
    )


def session(answers: int) -> Report:
    """A harvest of a big room: so many answers in words."""
    said = tuple(
        Entry(f"The levels made us talk about what we mean by capacity ({it}).") for it in range(answers)
    )
    rows = tuple(("What was helpful?", it.words) for it in said)
    columns = (Column("question", "What was asked."), Column("answer", "What somebody wrote."))
    return replace(
        workshop(1),
        blocks=(Heading("Feedback"), Entries(said)),
        tables=(Table("feedback", "Feedback", columns, rows),),
    )


def seconds(write, report: Report, rounds: int) -> float:
    """The median CPU of so many rounds."""
    took = []
    for _round in range(rounds):
        begun = cpu()
        write(report)
        took.append(cpu() - begun)
    return statistics.median(took)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print("| file | " + " | ".join(f"{it} board{'s' * (it > 1)}, CPU s" for it in BOARDS), end="")
    print(f" | {ANSWERS:,} answers, CPU s | ms a board more | boards in a second | answers like a board |")
    print("|" + " --- |" * (len(BOARDS) + 5))
    for name, write in WRITERS.items():
        took = [seconds(write, workshop(it), rounds) for it in BOARDS]
        each = (took[-1] - took[0]) / (BOARDS[-1] - BOARDS[0])
        fit = max(0, (WAIT - took[0]) / each) + 1
        written = seconds(write, session(ANSWERS), rounds)
        alike = each / (max(written - took[0], 0.001) / ANSWERS)
        print(f"| {name} | " + " | ".join(f"{it:.2f}" for it in (*took, written)), end="")
        print(f" | {each * 1000:.0f} | {fit:.0f} | {alike:.0f} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
