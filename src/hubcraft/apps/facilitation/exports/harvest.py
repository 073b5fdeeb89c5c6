"""What the facilitator takes home, as a file: what their page shows, and no count that it doesn't."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.exports.files import (
    Tell,
    chart_blocks,
    columns,
    day_in_words,
    day_of,
    is_long,
    mark_of,
    page_words,
)
from hubcraft.apps.facilitation.exports.kept import told_words
from hubcraft.apps.facilitation.exports.paper import sign_words
from hubcraft.apps.facilitation.queries.charts import FEEDBACK, PICTURE, ROOM, TURNOUT, harvest_charts
from hubcraft.apps.facilitation.queries.choices import Count, Picture
from hubcraft.apps.facilitation.queries.feedback import FeedbackResult, FeedbackResults
from hubcraft.apps.facilitation.queries.harvest import CountRow, CountTable, HarvestPage, harvest_page
from hubcraft.apps.facilitation.queries.heard import HeardLine
from hubcraft.apps.facilitation.queries.wording import Commented
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.rooms.queries import get_room_to_lead, list_lead_keys
from hubcraft.charts.chart import Chart
from hubcraft.domain.verdict import NotThere
from hubcraft.exporting.report import (
    Block,
    Cell,
    Drawing,
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


def harvest_report(page: HarvestPage, size: str, at: datetime) -> Report:
    """The facilitator's harvest. `size` is the paper: "a4" or "letter"."""
    charts = {it.key: it for it in harvest_charts(page)}
    blocks: list[Block] = chart_blocks(charts.get(TURNOUT))
    if page.has_script:
        blocks += feedback_blocks(page.feedback, charts)
    if page.heard:
        blocks += [Heading(_("What was said")), Entries(tuple(map(heard_entry, page.heard)))]
    if page.has_script:
        blocks += picture_blocks(page.picture)
        blocks += chart_parts(charts.get(PICTURE))
    blocks.append(Heading(_("How the room stood")))
    shown = page.counts if page.is_counted else page.counts[:1]
    for number, table in enumerate(shown, 1):
        blocks += chart_parts(charts.get(f"{ROOM}-{number}"))
        blocks += count_blocks(table, is_one_of_many=len(shown) > 1)
    return Report(
        title=_("What to take home"),
        about=f"{page.room.title} · {page.domain_title} · {day_in_words(at)}",
        language=get_language() or page.room.language,
        blocks=tuple(blocks),
        tables=(
            feedback_texts(page.feedback),
            feedback_domains(page.feedback),
            feedback_comments(one for it in page.feedback.results for one in it.commented),
            heard_table(page.heard),
            picture_table(page.picture),
            counts_table(shown),
        ),
        page_words=page_words(),
        day=day_of(at),
        mark=mark_of(page.room.id),
        notes=(_("No person’s name is in this file, and no team’s board can be worked out from it."),),
        paper="us-letter" if size == "letter" else "a4",
    )


def is_long_harvest(page: HarvestPage) -> bool:
    """Whether its file is made beside the pages."""
    texts = sum(it.entries for it in page.feedback.results)
    return is_long(boards=len(page.counts), entries=texts + len(page.heard))


def harvest_of(*, place: str, whose: str, size: str, at: datetime, tell: Tell) -> Report:
    """The same for a facilitator who is not waiting for it. Raises NotThere for one who no longer leads the room."""
    if whose not in {whose_harvest(it.id) for it in list_lead_keys(place)}:
        raise NotThere
    room = get_room_to_lead(Viewer(room=place, leads=True), place)
    with timezone.override(ZoneInfo(room.time_zone)):
        page = harvest_page(room)
        tell(0.9)
        return harvest_report(page, size, at)


def whose_harvest(lead_key: str) -> str:
    """How files know a facilitator."""
    return f"lead:{lead_key}"


def chart_parts(chart: Chart | None) -> list[Block]:
    """A chart inside a part of the page whose table holds its numbers."""
    return [] if chart is None else [Words(chart.reading), Drawing(chart)]


# -- feedback --------------------------------------------------------------------------------------------------


def feedback_blocks(feedback: FeedbackResults, charts: Mapping[str, Chart]) -> list[Block]:
    """What people said of the session, question by question."""
    blocks: list[Block] = [Heading(_("Feedback"))]
    if feedback.why_not:
        return [*blocks, Words(feedback.why_not, is_soft=True)]
    people = ngettext(
        "From {people} person, without names, in no order.",
        "From {people} people, without names, in no order.",
        feedback.people,
    ).format(people=feedback.people)
    blocks.append(Words(f"{people} {feedback.words}".strip(), is_soft=True))
    for number, result in enumerate(feedback.results, 1):
        drawn = chart_parts(charts.get(f"{FEEDBACK}-{number}"))
        blocks += [Heading(result.prompt, 2), *drawn, *result_blocks(result)]
    return blocks


def result_blocks(result: FeedbackResult) -> list[Block]:
    """One question."""
    if result.why_not:
        return [Words(result.why_not, is_soft=True)]
    if result.asks_domains:
        lines = tuple(Line(it.name, (Cell(it.words),)) for it in result.tallies)
        return [Grid("", _("Domain"), (Head(_("How many")),), (Group("", lines),))]
    if result.commented:
        return list(comment_blocks(result.commented))
    if result.texts:
        return [Entries(tuple(Entry(it.words, language=it.language) for it in result.texts))]
    return [Words(_("Nobody wrote anything here."), is_soft=True)]


def comment_blocks(told: Iterable[Commented], level: int = 3) -> Iterable[Block]:
    """Comments on wording, each look-for's below its words."""
    for it in told:
        yield Heading(told_words(it.look_for), level)
        yield Entries(
            tuple(Entry(one.words, language_words(one.language), one.language) for one in it.comments)
        )


def language_words(language: str) -> str:
    """Which language somebody wrote in, where it is another than the file's."""
    return "" if language == get_language() else str(get_language_info(language)["name_local"])


def feedback_comments(told: Iterable[Commented]) -> Table:
    """The same, one a row."""
    return Table(
        "wording",
        _("Comments on wording"),
        columns(
            domain=_("The domain."),
            practice=_("The work practice it belongs to."),
            key=_("Its key in the framework."),
            look_for=_("The look-for."),
            status=_("Whose words it is in: the authors’ (published), ours (draft), or a hub’s own (own)."),
            comment=_("What should be better, without a name."),
            language=_("The language it is written in."),
        ),
        tuple(
            (it.domain, row.practice, row.key, row.text, row.status, one.words, one.language)
            for it, row in ((it, it.look_for) for it in told)
            for one in it.comments
        ),
    )


def feedback_texts(feedback: FeedbackResults) -> Table:
    """Answers in words, one a row, in no order."""
    return Table(
        "feedback",
        _("Feedback"),
        columns(
            question=_("What was asked."),
            answer=_("What somebody wrote, without a name."),
            language=_("The language it is written in."),
        ),
        tuple(
            (result.prompt, text.words, text.language)
            for result in feedback.results
            for text in (() if feedback.why_not or result.why_not else result.texts)
        ),
    )


def feedback_domains(feedback: FeedbackResults) -> Table:
    """Answers that were chosen from the domains."""
    return Table(
        "feedback_domains",
        _("Feedback"),
        columns(
            question=_("What was asked."),
            domain=_("The domain."),
            told=_("How many chose it, as far as it may be told."),
        ),
        tuple(
            (result.prompt, tally.name, tally.words)
            for result in feedback.results
            for tally in (() if feedback.why_not or result.why_not else result.tallies)
        ),
    )


# -- what was said ---------------------------------------------------------------------------------------------


def heard_entry(line: HeardLine) -> Entry:
    """One thing that was said, and from where."""
    shown = _("Shown to the room") if line.may_project else _("Not shown to the room")
    return Entry(line.words, " · ".join(filter(None, (shown, line.team_name, line.look_for))), line.language)


def heard_table(lines: tuple[HeardLine, ...]) -> Table:
    """What was said, one a row."""
    return Table(
        "heard",
        _("What was said"),
        columns(
            words=_("What was said, in the facilitator’s words, or a strategy as it was offered."),
            team=_("The team it came from, where that was noted."),
            look_for=_("The look-for it is about, where that was noted."),
            shown=_("1 where the speaker agreed that the room sees it, else 0."),
            language=_("The language it is written in."),
        ),
        tuple((it.words, it.team_name, it.look_for, int(it.may_project), it.language) for it in lines),
    )


# -- what was chosen -------------------------------------------------------------------------------------------


def picture_blocks(picture: Picture) -> list[Block]:
    """What the room chose."""
    title = _("What the room knows, and would like to learn")
    if not picture.lines:
        return [Heading(title), Words(picture.why_not, is_soft=True)]
    lines = tuple(Line(it.name, (count_cell(it.know), count_cell(it.learn))) for it in picture.lines)
    heads = (Head(_("know a lot about it")), Head(_("would like to learn more")))
    return [Heading(title), Grid(picture.words, _("Domain"), heads, (Group("", lines),))]


def count_cell(count: Count) -> Cell:
    """How many chose one domain; where a question is told in words, only which one most chose."""
    if count.people is not None:
        return Cell(str(count.people))
    return Cell(_("most of the room") if count.is_most else _("not told"))


def picture_table(picture: Picture) -> Table:
    """What the room chose, a domain a row."""
    return Table(
        "chosen",
        _("What the room knows, and would like to learn"),
        columns(
            domain=_("The domain."),
            know=_("How many know a lot about it; empty where that is not told in numbers."),
            learn=_("How many would like to learn more about it; empty where that is not told in numbers."),
        ),
        tuple((it.name, it.know.people, it.learn.people) for it in picture.lines),
    )


# -- how the room stood ----------------------------------------------------------------------------------------


def count_blocks(table: CountTable, *, is_one_of_many: bool) -> list[Block]:
    """How the teams with one rubric stood."""
    blocks: list[Block] = [Heading(table.title, 2)] if is_one_of_many else []
    if table.why_not:
        return [*blocks, Words(table.why_not, is_soft=True)]
    words = _(
        "As teams stood when they opened their boards, before they talked. In parts of the room, rounded to 5%."
    )
    if table.paper_words:
        words = f"{words} {_('Among them:')} {table.paper_words}."
    groups = tuple(Group(title, tuple(map(count_line, rows))) for title, rows in table.practices)
    heads = tuple(Head(it.label, it.fill) for it in table.heads)
    signs = sign_words([row for _title, rows in table.practices for row in rows])
    legend = [Words(words, is_soft=True) for words in signs]
    return [*blocks, Words(words, is_soft=True), Grid("", _("Look-fors"), heads, groups), *legend]


def count_line(row: CountRow) -> Line:
    """One look-for: shares, or a sentence where they can't be told."""
    cells = tuple(Cell(it.words) for it in row.cells) or (Cell(),) * 6
    return Line(told_words(row), cells, row.sentence)


def counts_table(tables: tuple[CountTable, ...]) -> Table:
    """The same in rows; what can't be told has no row."""
    return Table(
        "room",
        _("How the room stood"),
        columns(
            domain=_("The domain."),
            practice=_("The work practice it belongs to."),
            number=_("Its number on the rubric."),
            look_for=_("The look-for."),
            answer=_("An answer: a level, not sure, or doesn’t apply."),
            percent=_("The part of the room that gave it, rounded to 5."),
            told=_("The same in words: the ends stand for “5% or less” and “95% or more”."),
        ),
        tuple(
            (table.title, title, row.number, row.text, cell.label, cell.per_cent, cell.words)
            for table in tables
            for title, rows in table.practices
            for row in rows
            for cell in row.cells
        ),
    )
