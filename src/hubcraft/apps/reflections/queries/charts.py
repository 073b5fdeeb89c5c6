"""A board as a chart: how far its team agrees, from what the board shows and nothing else."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hubcraft.apps.frameworks.queries import LevelView
from hubcraft.apps.reflections.queries.board import Row, counted, number
from hubcraft.charts.agreement import AgreementChart, AgreementRow, AgreementWords, LevelName
from hubcraft.domain.agreement import agreement_of
from hubcraft.domain.readings import AgreementReading, read_agreement

AGREEMENT = "agreement"


def agreement_chart(
    rows: Iterable[Row], levels: Iterable[LevelView], credit: str = ""
) -> AgreementChart | None:
    """How far the team of this board agrees; None where no row tells how many stand where."""
    told = [(row, counted(row)) for row in sorted(rows, key=lambda it: it.number)]
    if not any(counts and any(counts) for _row, counts in told):
        return None
    return AgreementChart(
        key=AGREEMENT,
        title=_("How far you agree"),
        reading=agreement_words(read_agreement(counts for _row, counts in told)),
        credit=credit,
        levels=level_names(levels),
        rows=tuple(agreement_row(row, counts) for row, counts in told),
        words=AgreementWords(
            number=pgettext("the head of a column", "No."),
            look_for=_("Look-for"),
            stands=_("How we stand"),
            agreement=_("Van der Eijk’s A"),
        ),
    )


def level_names(levels: Iterable[LevelView]) -> tuple[LevelName, ...]:
    """The levels as charts name them."""
    return tuple(LevelName(it.label, it.short, it.fill) for it in levels)


def agreement_row(row: Row, counts: tuple[int, ...] | None) -> AgreementRow:
    """One look-for: its counts, or the board's words in their place."""
    if counts is None:
        words = row.withheld or f"{row.headline}: {row.question}"
        return AgreementRow(row.number, row.text, None, "", words)
    judged = agreement_of(counts)
    if judged.shape is None:
        return AgreementRow(row.number, row.text, counts, "", _("Fewer than three ratings"))
    return AgreementRow(
        row.number, row.text, counts, judged.shape, row.headline, number(float(judged.agreement))
    )


def agreement_words(read: AgreementReading) -> str:
    """What the chart says."""
    if not read.judged:
        return _("Too few ratings to say how far you agree.")
    close = ngettext(
        "You are close on {close} of {judged} look-for: all on one level, or on two neighbouring ones.",
        "You are close on {close} of {judged} look-fors: all on one level, or on two neighbouring ones.",
        read.judged,
    ).format(close=read.close, judged=read.judged)
    camps = ngettext(
        "On {camps} there are two camps, with nobody in between.",
        "On {camps} there are two camps, with nobody in between.",
        read.camps,
    ).format(camps=read.camps)
    return f"{close} {camps}" if read.camps else close
