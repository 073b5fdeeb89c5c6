"""A hub's history as a file: what its page and its boards show to all its people, each reflection in its turn."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.exports.files import (
    Tell,
    chart_blocks,
    is_long,
    page_words,
    quietly,
)
from hubcraft.apps.facilitation.exports.kept import (
    board_grid,
    board_line,
    board_tables,
    legend,
    part,
    step_entries,
    steps_table,
    strategies_table,
    strategy_blocks,
    strategy_entry,
)
from hubcraft.apps.insights.queries.charts import HubChart, change_charts
from hubcraft.apps.insights.queries.hubs import (
    Boards,
    ChangedRow,
    HubPage,
    WavePage,
    find_hub,
    hub_page,
    reflections_of,
    rubric_in,
    wave_page,
    why_not_shown,
)
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.queries import viewer_in_trail
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.board import Row
from hubcraft.domain.days import day_at
from hubcraft.exporting.report import Block, Group, Heading, Line, Report, Words


def hub_report(viewer: Viewer, hub: Team, size: str, at: datetime, tell: Tell = quietly) -> Report:
    """Everything a hub has. `size` is the paper: "a4" or "letter"."""
    boards = Boards(viewer, hub)
    page = hub_page(viewer, hub, boards)
    waves: dict[str, WavePage] = {}
    for number, it in enumerate(boards.seen, 1):
        if not why_not_shown(it):
            waves[it.id] = wave_page(viewer, hub, it, boards)
        tell(number / len(boards.seen))
    strategies = tuple(
        (group.look_for.text, tuple(strategy_entry(it, it.label) for it in group.strategies))
        for group in page.strategies
    )
    shown = [(it.wave.on, rows_of(it)) for it in waves.values()]
    return Report(
        title=page.hub.name,
        about=page.hub.network_name,
        language=get_language() or "en",
        blocks=(
            *part(_("What you promised and is still open"), step_entries(page.next_steps)),
            *part(_("What became of what you promised"), step_entries(page.settled)),
            *strategy_blocks(_("What you use"), strategies),
            *changed_blocks(change_charts(hub, boards)),
            *wave_blocks(page, waves),
        ),
        tables=(
            *board_tables(shown),
            strategies_table(strategies),
            steps_table("next_steps", _("What you promised and is still open"), page.next_steps),
            steps_table("settled", _("What became of what you promised"), page.settled),
        ),
        page_words=page_words(),
        day=day_at(at, hub.network.time_zone),
        legend=legend(row for _day, rows in shown for row in rows),
        notes=(_("Only the people of this hub see this page."), *credits_of(hub)),
        paper="us-letter" if size == "letter" else "a4",
    )


def is_long_history(seen: Iterable[Reflection]) -> bool:
    """Whether the file of so many reflections is made beside the pages."""
    return is_long(boards=sum(not why_not_shown(it) for it in seen))


def hub_of(*, place: str, whose: str, size: str, at: datetime, tell: Tell) -> Report:
    """The same for somebody who is not waiting for it. Raises NotThere for who no longer belongs to the hub."""
    viewer = viewer_in_trail(whose)
    return hub_report(viewer, find_hub(viewer, place), size, at, tell)


def credits_of(hub: Team) -> Iterable[str]:
    """Whose words its rubrics are."""
    return dict.fromkeys(rubric_in(it).credit for it in reflections_of(hub))


def changed_blocks(charts: Sequence[HubChart]) -> Iterable[Block]:
    """What changed, domain by domain."""
    for it in charts:
        title, *rest = chart_blocks(it.chart)
        yield title
        if len(charts) > 1:
            yield Words(it.domain, is_soft=True)
        yield from rest


def wave_blocks(page: HubPage, boards: dict[str, WavePage]) -> Iterable[Block]:
    """Each reflection, the newest first: its board, or why there is none."""
    for wave in page.waves:
        yield Heading(wave.title)
        yield Words(
            " · ".join(filter(None, (date_format(wave.on, "DATE_FORMAT"), wave.room_title))), is_soft=True
        )
        for words in filter(None, (wave.why_not, wave.changed_words)):
            yield Words(words)
        if wave.id in boards:
            board = boards[wave.id]
            groups = [Group(title, tuple(map(changed_line, rows))) for title, rows in board.practices]
            yield board_grid(board.levels, groups)
            yield from chart_blocks(board.agreement, level=2, has_table=False)


def changed_line(it: ChangedRow) -> Line:
    """One look-for, with what moved since the time before."""
    line = board_line(it.row)
    return Line(line.about, line.cells, " ".join(filter(None, (line.below, it.words))))


def rows_of(board: WavePage) -> tuple[Row, ...]:
    """The rows of one board."""
    return tuple(it.row for _title, rows in board.practices for it in rows)
