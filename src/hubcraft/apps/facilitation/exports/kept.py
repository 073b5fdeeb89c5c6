"""What a team keeps of a session, and somebody who was alone: as a file.

It holds what their page and their board show to all of them alike. What only one of them sees there, because it
stands without a name or was written while they were alone, stays on their page.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.exports.files import (
    chart_blocks,
    columns,
    day_in_words,
    day_of,
    mark_of,
    page_words,
)
from hubcraft.apps.facilitation.exports.paper import sign_words, signed, status_words
from hubcraft.apps.facilitation.queries.harvest import CountRow
from hubcraft.apps.facilitation.queries.writing import sees_strategies, who_sees_page
from hubcraft.apps.frameworks.queries import LevelView, pack_of
from hubcraft.apps.improvement.queries import NextStepView, last_promises, team_next_steps
from hubcraft.apps.playbook.queries import own_strategies, team_strategies
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.policy import can_see_board
from hubcraft.apps.reflections.queries.board import BoardPage, Box, Row, board_page
from hubcraft.apps.reflections.queries.charts import agreement_chart
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.reflections.queries.roster import shown_name
from hubcraft.exporting.report import (
    Block,
    Cell,
    Chip,
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


def kept_report(place: Place, size: str) -> Report:
    """The page that this person's team keeps. `size` is the paper: "a4" or "letter"."""
    is_alone = place.seat.team.is_alone
    board = board_of(place)
    promises = last_promises(place.session, place.reflection, place.rubric)
    steps = team_next_steps(place.session, place.reflection, place.rubric)
    strategies = strategies_of(place)
    blocks: list[Block] = []
    blocks += part(_("What we promised last time"), step_entries(promises))
    own_title = _("My next step") if is_alone else _("What your team will do")
    blocks += part(own_title, step_entries((*steps.shared, *steps.own)))
    blocks += strategy_blocks(_("What I use") if is_alone else _("What your team uses"), strategies)
    blocks += board_blocks(board) if board else []
    if board and not board.is_lone:
        agreement = agreement_chart(all_rows(board), board.levels, place.rubric.credit)
        blocks += chart_blocks(agreement, has_table=False)
    if shows_each_their_own(place):
        why_not = _("Each of you saw only your own answers, so there is no board to keep.")
        blocks += [Heading(_("Our board")), Words(why_not, is_soft=True)]
    if not blocks:
        blocks = [Words(_("Nothing was placed or written yet."), is_soft=True)]
    return Report(
        title=shown_name(place.seat.team) or _("My page"),
        about=f"{place.room.title} · {place.rubric.title} · {day_in_words(place.session.made_at)}",
        language=get_language() or place.room.language,
        blocks=tuple(blocks),
        tables=(
            *(board_tables([(day_of(board.on), all_rows(board))]) if board else ()),
            strategies_table(strategies),
            steps_table("next_steps", _("Next steps"), (*steps.shared, *steps.own)),
            steps_table("promises", _("What we promised last time"), promises),
        ),
        page_words=page_words(),
        day=day_of(place.session.made_at),
        mark=mark_of(place.room.id),
        legend=legend(all_rows(board) if board else ()),
        notes=(*who_sees_page(place), place.rubric.credit, status_of(place)),
        paper="us-letter" if size == "letter" else "a4",
    )


def status_of(place: Place) -> str:
    """Whose words the rubric is in, and how final."""
    pack = pack_of(place.session.pack_id)
    return " · ".join(status_words(place.rubric, f"{pack.id} {pack.version}"))


def board_of(place: Place) -> BoardPage | None:
    """The board as this person's page shows it, once it does; of a team only where it is the same for all of them."""
    sees = can_see_board(place.viewer, place.session, place.reflection, place.seat, place.is_done_late)
    if shows_each_their_own(place) or not (sees.is_allowed and place.has_come):
        return None
    return board_page(place)


def shows_each_their_own(place: Place) -> bool:
    """Whether there is no board that a file under the team's name could hold, but only one person's answers."""
    return place.reflection.shows == Reflection.Shows.OWN and not place.seat.team.is_alone


# -- what people wrote ---------------------------------------------------------------------------------------


def strategies_of(place: Place) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """What the team uses, look-for by look-for, as far as its members see it; what somebody alone uses."""
    if place.seat.team.is_alone:
        return tuple((it.look_for.text, (strategy_entry(it),)) for it in own_strategies(place))
    if not sees_strategies(place):
        return ()
    groups = team_strategies(place.session, place.reflection, place.rubric)
    return tuple(
        (group.look_for.text, tuple(strategy_entry(it, it.label) for it in group.strategies))
        for group in groups
    )


def strategy_entry(it, label: str = "") -> Entry:
    """One strategy, with how they know and whose it is."""
    know = _("How we know:") + f" {it.how_we_know}" if it.how_we_know else ""
    return Entry(it.words, " · ".join(filter(None, (know, label))), it.language)


def strategy_blocks(title: str, groups: Iterable[tuple[str, tuple[Entry, ...]]]) -> list[Block]:
    """Strategies look-for by look-for, where there are some."""
    blocks: list[Block] = []
    for text, entries in groups:
        blocks += [Heading(text, 2), Entries(entries)]
    return [Heading(title), *blocks] if blocks else []


def step_entries(steps: Iterable[NextStepView]) -> tuple[Entry, ...]:
    """Next steps with who, when, what for, and what became of them."""
    return tuple(Entry(it.words, step_facts(it), it.language) for it in steps)


def step_facts(it: NextStepView) -> str:
    """The facts of one step in a line."""
    ends = {"done": _("Done."), "dropped": _("Dropped:"), "carried": _("Carried on into the next session.")}
    return " · ".join(
        filter(
            None,
            (
                it.owner,
                _("by {day}").format(day=date_format(it.due_on, "DATE_FORMAT")) if it.due_on else "",
                it.size_words,
                it.look_for.text if it.look_for else "",
                _("As a team") if it.is_shared else it.label if it.label != it.owner else "",
                _("Carried on from last time") if it.is_carried_on else "",
                *raised_facts(it),
                f"{ends[it.state]} {it.reason}".strip() if it.state in ends else "",
            ),
        )
    )


def raised_facts(it: NextStepView) -> tuple[str, str]:
    """What was asked of the network, and what it answered."""
    if it.raised is None:
        return "", ""
    told = f"{_('The network:')} {it.raised.answer}. {it.raised.answer_words}" if it.raised.answer else ""
    return f"{_('Asked of the network:')} {it.raised.asked}", told


def part(title: str, entries: tuple[Entry, ...]) -> list[Block]:
    """A part of the page, where there is something in it."""
    return [Heading(title), Entries(entries)] if entries else []


# -- the board -----------------------------------------------------------------------------------------------


def board_blocks(board: BoardPage) -> list[Block]:
    """The board as on the wall."""
    groups = [Group(title, tuple(map(board_line, rows))) for title, rows in board.practices if rows]
    if board.talk_first:
        groups.insert(0, Group(_("Talk about these first"), tuple(map(board_line, board.talk_first))))
    words = (board.placed_words, board.paper_words) if board.team_name else ()
    title = _("Our board") if board.team_name else _("My answers")
    return [
        Heading(title),
        *([Words(" · ".join(filter(None, words)), is_soft=True)] if any(words) else []),
        *([Words(board.withheld_words, is_soft=True)] if board.withheld_words else []),
        board_grid(board.levels, groups),
    ]


def board_grid(levels: Iterable[LevelView], groups: Iterable[Group]) -> Grid:
    """Look-fors down, levels across; the heading above it says whose board it is."""
    heads = tuple(Head(it.label, it.fill) for it in levels)
    return Grid(caption="", about=_("Look-fors"), heads=heads, groups=tuple(groups))


def board_line(row: Row) -> Line:
    """One look-for."""
    below = " ".join(filter(None, (row.headline and f"{row.headline}.", row.question, row.moved, row.aside)))
    return Line(told_words(row), tuple(map(box_cell, row.boxes)), row.withheld or below)


def told_words(row: Row | CountRow) -> str:
    """A look-for's words, with the sign of whose they are where they are not the authors'."""
    return signed(row.text, row)


def box_cell(box: Box) -> Cell:
    """Who stands in one box, or words where nobody is to be counted."""
    return Cell(box.words or "", tuple(Chip(it.label, it.kind, it.is_from_paper) for it in box.chips))


def all_rows(board: BoardPage) -> tuple[Row, ...]:
    """The rows in the order of the rubric."""
    rows = [*board.talk_first, *(row for _title, rows in board.practices for row in rows)]
    return tuple(sorted(rows, key=lambda it: it.number))


def legend(rows: Iterable[Row]) -> tuple[str, ...]:
    """What the marks on these rows mean; only those that are on them."""
    rows = tuple(rows)
    chips = [it for row in rows for box in row.boxes for it in box.chips]
    said = (
        (any(it.kind == "before" for it in chips), _("A ring, or brackets: stood here before the talk.")),
        (any(it.kind == "late" for it in chips), _("+ placed late.")),
        (any(it.is_from_paper for it in chips), _("* from paper.")),
        (any(not it.label for it in chips), _("A dot is one person.")),
    )
    return (*(words for is_there, words in said if is_there), *sign_words(rows))


# -- rows for other programs -----------------------------------------------------------------------------------


def board_tables(boards: Iterable[tuple[date, Iterable[Row]]]) -> tuple[Table, Table]:
    """Boards in rows, each with its day: what is said of each look-for, and who stands at each of its levels."""
    rows = [(day.isoformat(), row) for day, own in boards for row in own]
    return (
        Table(
            "look_fors",
            _("Look-fors"),
            columns(
                day=_("The day of the reflection, as year-month-day."),
                look_for=_("The look-for’s key in the rubric."),
                number=_("Its number on the rubric."),
                practice=_("The work practice it belongs to."),
                text=_("The look-for."),
                draft=_("1 where its words are a draft of ours, not the framework’s authors’, else 0."),
                talk_first=_("1 where the team was asked to talk about it first, else 0."),
                agreement=_("How close people stand, in words; empty below three ratings."),
                remark=_("Who moved, who is not sure, for whom it does not apply; or why nothing is shown."),
            ),
            tuple(
                (
                    day,
                    row.key,
                    row.number,
                    row.practice,
                    row.text,
                    int(row.is_draft),
                    int(row.is_talk_first),
                    row.headline,
                    " ".join(filter(None, (row.moved, row.aside, row.withheld))),
                )
                for day, row in rows
            ),
        ),
        Table(
            "board",
            _("Our board"),
            columns(
                day=_("The day of the reflection, as year-month-day."),
                look_for=_("The look-for’s key in the rubric."),
                number=_("Its number on the rubric."),
                level=_("The level, 1 the lowest."),
                level_name=_("The level in words."),
                people=_("How many stand there now; empty where it is not told."),
                initials=_("Who stands there now, where the board shows initials."),
                before=_("Who stood there before the talk and moved."),
            ),
            tuple(
                (day, *level_row(row, at, box)) for day, row in rows for at, box in enumerate(row.boxes, 1)
            ),
        ),
    )


def level_row(row: Row, at: int, box: Box) -> tuple[str | int | None, ...]:
    """One level of one look-for."""
    now = [it for it in box.chips if it.kind != "before"]
    is_told = not row.withheld and all(it.words is None for it in row.boxes)
    before = ", ".join(it.label for it in box.chips if it.kind == "before")
    names = ", ".join(filter(None, (it.label for it in now)))
    return (row.key, row.number, at, box.level.label, len(now) if is_told else None, names, before)


def strategies_table(groups: Iterable[tuple[str, tuple[Entry, ...]]]) -> Table:
    """Strategies, one a row."""
    return Table(
        "strategies",
        _("What your team uses"),
        columns(
            look_for=_("The look-for it is for."),
            strategy=_("What they do, in their words."),
            about=_("How they know that it helps, and whose it is where that is told."),
            language=_("The language it is written in."),
        ),
        tuple((text, it.words, it.below, it.language) for text, entries in groups for it in entries),
    )


def steps_table(name: str, title: str, steps: Iterable[NextStepView]) -> Table:
    """Next steps, one a row."""
    return Table(
        name,
        title,
        columns(
            next_step=_("What will be done, in their words."),
            owner=_("Who does it."),
            due=_("By when, as year-month-day."),
            size=_("How much it is, where that is said."),
            look_for=_("The look-for it is for."),
            whose=_("“team” where it is the team’s, else the initials where they are told."),
            state=_("open, done, dropped or carried."),
            what_became=_("What happened, or why it was dropped."),
            asked_of_network=_("What its hub asks the network for."),
            network_says=_("What the network answered."),
            language=_("The language it is written in."),
        ),
        tuple(
            (
                it.words,
                it.owner,
                it.due_on.isoformat() if it.due_on else None,
                it.size_words,
                it.look_for.text if it.look_for else None,
                "team" if it.is_shared else it.label,
                it.state,
                it.reason,
                it.raised.asked if it.raised else "",
                f"{it.raised.answer}: {it.raised.answer_words}" if it.raised and it.raised.answer else "",
                it.language,
            )
            for it in steps
        ),
    )
