"""A hub's reflections as charts: how far it agreed each time, and what changed between the times."""

from collections import Counter
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hubcraft.apps.frameworks.queries import Rubric, lines_through
from hubcraft.apps.insights.queries.hubs import (
    Boards,
    ChangedRow,
    changed_words,
    compares_several,
    hub_view,
    level_words,
    shown_rows,
)
from hubcraft.apps.insights.queries.joining import before_of, related, rubric_in, why_not_shown
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.board import Row, counted
from hubcraft.apps.reflections.queries.charts import AGREEMENT, agreement_chart, level_names
from hubcraft.charts.change import ChangeChart, ChangeRow, Time
from hubcraft.charts.chart import Chart
from hubcraft.content.crosswalk import Step
from hubcraft.domain.readings import reach_of

CHANGE = "change"
# As many lines below each other as one still compares at a glance.
MOST_TIMES = 6


@dataclass(frozen=True)
class HubChart:
    """A chart on a hub's page, and where its files begin."""

    chart: ChangeChart
    domain: str
    to: str


def board_chart(viewer: Viewer, hub: Team, reflection: Reflection, key: str) -> Chart | None:
    """One of the charts of a board of this hub, by its key."""
    if key == AGREEMENT:
        rubric = rubric_in(reflection)
        return agreement_chart(shown_rows(reflection), rubric.levels, rubric.credit)
    if key == CHANGE:
        return change_chart(reflection, Boards(viewer, hub))
    return None


def change_charts(hub: Team, boards: Boards) -> tuple[HubChart, ...]:
    """What changed, for everything that this hub reflected on more than once; the last one first.

    What is part of a chart already has none of its own.
    """
    drawn: set[tuple[str, str]] = set()
    found = []
    for it in boards.seen:
        if why_not_shown(it) or {(it.session.pack_id, key) for key in rubric_in(it).keys} <= drawn:
            continue
        chart = change_chart(it, boards, key=f"{CHANGE}-{len(found) + 1}")
        if chart is not None:
            drawn |= drawn_in(it, times_of(it, boards.seen))
            to = f"{hub_view(hub).address}boards/{it.id}/charts/{CHANGE}."
            found.append(HubChart(chart, rubric_in(it).title, to))
    return tuple(found)


def times_of(reflection: Reflection, seen: list[Reflection]) -> list[Reflection]:
    """This reflection and those before it with look-fors of it, whose boards may be shown, the oldest first.

    Where there are more than a chart has room for, those that most of it is compared with, then those that share most
    with it. One that rated them in other words is among them: a chart shows where it can't compare.
    """
    shared = {
        it.id: len(related(it, reflection))
        for it in seen
        if it.made_at <= reflection.made_at and not why_not_shown(it)
    }
    compared = Counter(it.reflection.id for it in before_of(reflection, seen).values())
    order = {it.id: (it.id != reflection.id, -compared[it.id], -shared.get(it.id, 0)) for it in seen}
    found = sorted((it for it in seen if shared.get(it.id)), key=lambda it: order[it.id])
    return sorted(found[:MOST_TIMES], key=lambda it: (it.made_at, it.id))


def lines_of(reflection: Reflection, times: list[Reflection]) -> dict[str, tuple[Step, ...]]:
    """By look-for of a reflection: what it was at each of these times, the last of which is its own."""
    lines = lines_through(tuple(it.session.pack_id for it in times))
    return {key: lines[key] for key in rubric_in(reflection).keys}


def drawn_in(reflection: Reflection, times: list[Reflection]) -> set[tuple[str, str]]:
    """Every look-for that the chart of these times draws, by pack and key."""
    return {
        (it.session.pack_id, step)
        for line in lines_of(reflection, times).values()
        for it, step in zip(times, line, strict=True)
        if isinstance(step, str)
    }


def change_chart(reflection: Reflection, boards: Boards, key: str = CHANGE) -> ChangeChart | None:
    """How one hub's look-fors changed over its reflections; None where there is only one, or nothing to compare."""
    times = times_of(reflection, boards.seen)
    if len(times) < 2:
        return None
    rubric, lines = rubric_in(reflection), lines_of(reflection, times)
    shown = [{row.key: row for row in boards.rows(it)} for it in times]
    # With what is drawn, and nothing else: a row says what its points show.
    before = before_of(reflection, times)
    compared_rows, several = boards.compared(reflection, before), compares_several(before)
    went = {it.row.key: it for it in compared_rows}
    rows = tuple(
        ChangeRow(
            number=it.number,
            text=it.text,
            times=tuple(
                time_of(at.get(step), rubric) if isinstance(step, str) else Time(words=_("other words"))
                for at, step in zip(shown, lines[it.key], strict=True)
            ),
            direction=went[it.key].direction if it.key in went else "",
            words=went_words(went[it.key]) if it.key in went else "",
        )
        for it in rubric.look_fors
    )
    if not any(time.lowest for row in rows for time in row.times):
        return None
    return ChangeChart(
        key=key,
        title=_("What changed between your reflections"),
        reading=changed_words(compared_rows, several=several)
        or _("Nothing can be compared with the time before."),
        credit=rubric.credit,
        levels=level_names(rubric.levels),
        days=tuple(date_format(it.held_on, "j M Y") for it in times),
        number_head=pgettext("the head of a column", "No."),
        about_head=_("Look-for"),
        changed_head=_("Since it was last rated") if several else _("Since the time before"),
        rows=rows,
    )


def time_of(row: Row | None, rubric: Rubric) -> Time:
    """One look-for at one time, as far as its board shows it."""
    counts = counted(row) if row is not None else None
    if row is None:
        return Time(words=_("not rated"))
    if counts is None:
        most = next((box.level.short for box in row.boxes if box.words), "")
        return Time(words=_("nearly everyone: {level}").format(level=most) if most else _("not told"))
    reach = reach_of(counts)
    if reach is None:
        return Time(words=_("fewer than three ratings"))
    words = level_words(reach.middle, rubric)
    if reach.lowest != reach.highest:
        lowest, highest = (rubric.levels[at - 1].short for at in (reach.lowest, reach.highest))
        words = _("{middle} (from “{lowest}” to “{highest}”)").format(
            middle=words, lowest=lowest, highest=highest
        )
    return Time(reach.lowest, reach.highest, (reach.middle.lower + reach.middle.upper) / 2, words)


def went_words(changed: ChangedRow) -> str:
    """Where the middle went, in a word beside its sign; or that it can't be told."""
    if changed.is_seam:
        return _("not compared")
    return {"up": _("up"), "down": _("down"), "same": _("where it was")}.get(changed.direction, "")
