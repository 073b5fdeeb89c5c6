"""What a facilitator takes home, as charts: made of what the harvest shows, and of nothing else."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hubcraft.apps.facilitation.queries.choices import Count, Picture
from hubcraft.apps.facilitation.queries.feedback import FeedbackResult
from hubcraft.apps.facilitation.queries.harvest import Cell, CountRow, CountTable, HarvestPage
from hubcraft.charts.agreement import LevelName
from hubcraft.charts.chart import Chart
from hubcraft.charts.counts import CountsChart, CountsRow, Kind, Told
from hubcraft.charts.shares import Part, SharesChart, SharesRow
from hubcraft.domain.readings import most_named, strongest_and_neediest

TURNOUT, PICTURE, FEEDBACK, ROOM = "participation", "picture", "feedback", "room"


def harvest_charts(page: HarvestPage) -> tuple[Chart, ...]:
    """All charts of a harvest, those that have nothing to show left out."""
    feedback = () if page.feedback.why_not else page.feedback.results
    found: list[Chart | None] = [
        turnout_chart(page),
        *(feedback_chart(it, f"{FEEDBACK}-{at}") for at, it in enumerate(feedback, 1)),
        picture_chart(page.picture) if page.has_script else None,
        *(
            room_chart(it, f"{ROOM}-{at}", is_one_of_many=len(page.counts) > 1)
            for at, it in enumerate(page.counts, 1)
        ),
    ]
    return tuple(it for it in found if it is not None)


def turnout_chart(page: HarvestPage) -> CountsChart | None:
    """How many came, finished, chose and gave feedback, as far as this page and the facilitator's tell it."""
    turnout = page.turnout
    if not turnout.here:
        return None
    of = max(turnout.here, turnout.planned or 0)
    here = ngettext("{people} person", "{people} people", turnout.here).format(people=turnout.here)
    if turnout.planned:
        here = _("{people} of {planned} expected").format(people=turnout.here, planned=turnout.planned)
    rows = [
        CountsRow(_("Came"), (Told(turnout.here, here),)),
        CountsRow(_("Answered the rubric"), (Told(turnout.finished or None, turnout.finished_words),)),
    ]
    if page.has_script:
        chose = _("{people} people have chosen").format(people=page.picture.people)
        rows.append(
            CountsRow(_("Chose domains"), (told_or_why(page.picture.people, chose, page.picture.why_not),))
        )
        gave = ngettext("{people} person", "{people} people", page.feedback.people).format(
            people=page.feedback.people
        )
        rows.append(
            CountsRow(_("Gave feedback"), (told_or_why(page.feedback.people, gave, page.feedback.why_not),))
        )
    return CountsChart(
        key=TURNOUT,
        title=_("Who took part"),
        reading=f"{turnout.finished_words}.",
        credit="",
        about_head=_("What"),
        kinds=(Kind(_("How many")),),
        rows=tuple(rows),
        of=of,
    )


def told_or_why(people: int, words: str, why_not: str) -> Told:
    """A number, or that it is not told."""
    return Told(None, _("not told")) if why_not or not people else Told(people, words)


def picture_chart(picture: Picture) -> CountsChart | None:
    """What the room knows a lot about and would like to learn more about."""
    if not picture.lines:
        return None
    readings = (
        most_words(_("Most know a lot about {domains}."), ((it.name, it.know) for it in picture.lines)),
        most_words(
            _("Most would like to learn more about {domains}."), ((it.name, it.learn) for it in picture.lines)
        ),
        picture.left_out,
    )
    # A question of which nothing is told has no bars: why is said once, above them.
    told = [
        (kind, [pick(it) for it in picture.lines])
        for kind, pick in (
            (Kind(_("know a lot about it")), lambda line: line.know),
            (Kind(_("would like to learn more"), is_filled=False), lambda line: line.learn),
        )
        if any(pick(it).people is not None or pick(it).is_most for it in picture.lines)
    ]
    return CountsChart(
        key=PICTURE,
        title=_("What the room knows, and would like to learn"),
        reading=" ".join(filter(None, readings)) or _("No domain stands out."),
        credit="",
        about_head=_("Domain"),
        kinds=tuple(kind for kind, _counts in told),
        rows=tuple(
            CountsRow(it.name, tuple(told_count(counts[at]) for _kind, counts in told))
            for at, it in enumerate(picture.lines)
        ),
        of=max(
            (it.people for line in picture.lines for it in (line.know, line.learn) if it.people is not None),
            default=1,
        ),
    )


def most_words(sentence: str, counts: Iterable[tuple[str, Count]]) -> str:
    """Which domains most people chose; where that is told in words only, the one that is."""
    counts = list(counts)
    named = most_named({name: it.people for name, it in counts if it.people is not None})
    named = named or tuple(name for name, it in counts if it.is_most)
    return sentence.format(domains=", ".join(named)) if named else ""


def told_count(count: Count) -> Told:
    """How many chose one domain; where a question is told in words, only which one most chose."""
    if count.people is not None:
        return Told(count.people, str(count.people))
    return Told(None, _("most of the room") if count.is_most else _("not told"))


def feedback_chart(result: FeedbackResult, key: str) -> CountsChart | None:
    """A question of the feedback that is answered by choosing domains."""
    if result.why_not or not result.asks_domains or not result.tallies:
        return None
    named = most_named({it.name: it.people for it in result.tallies if it.people is not None})
    reading = _("Most often: {domains}.").format(domains=", ".join(named)) if named else ""
    return CountsChart(
        key=key,
        title=result.prompt,
        reading=reading or _("No domain stands out."),
        credit="",
        about_head=_("Domain"),
        kinds=(Kind(_("How many")),),
        rows=tuple(CountsRow(it.name, (Told(it.people, it.words),)) for it in result.tallies),
        of=result.people,
    )


def room_chart(table: CountTable, key: str, *, is_one_of_many: bool) -> SharesChart | None:
    """How the teams with one rubric stood, in the rounded parts that are told."""
    rows = [row for _title, own in table.practices for row in own]
    if not any(row.cells for row in rows):
        return None
    levels = [it for it in table.heads if it.fill]
    parts = {row.text: [it.per_cent for it in row.cells if it.fill] for row in rows if row.cells}
    title = _("Where the room stands high and low")
    return SharesChart(
        key=key,
        title=f"{title}: {table.title}" if is_one_of_many else title,
        reading=standing_words(*strongest_and_neediest(parts)),
        credit=table.credit,
        levels=tuple(LevelName(it.label, it.words, it.fill) for it in levels),
        number_head=pgettext("the head of a column", "No."),
        about_head=_("Look-for"),
        others=tuple(it.label for it in table.heads if not it.fill),
        told_head=_("In words"),
        rows=tuple(map(shares_row, rows)),
    )


def standing_words(strongest: tuple[str, ...], neediest: tuple[str, ...]) -> str:
    """Where the room stands highest, and where it needs most."""
    words = []
    if len(strongest) == 1:
        words.append(_("Most often in the upper two levels: “{look_for}”").format(look_for=strongest[0]))
    if len(neediest) == 1:
        words.append(_("Most often in the lower two: “{look_for}”").format(look_for=neediest[0]))
    return " ".join(words) or _("No look-for stands out.")


def shares_row(row: CountRow) -> SharesRow:
    """One look-for as it was counted."""
    return SharesRow(row.number, row.text, tuple(map(part_of, row.cells)), row.sentence)


def part_of(cell: Cell) -> Part:
    """The part that one answer has."""
    return Part(cell.per_cent, cell.words, is_bound=cell.is_least or cell.per_cent >= 95)
