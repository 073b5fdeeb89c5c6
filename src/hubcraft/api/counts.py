"""Counts as the floors let them out: told, told in words only, or withheld with the reason."""

import datetime
from typing import Literal

from django.utils.translation import gettext as _
from ninja import Schema

from hubcraft.api.shapes import Level, LookFor, levels, look_for
from hubcraft.apps.insights.queries.above import CountsRow, DomainCounts
from hubcraft.domain.suppression import Published, Reason, Withheld


class Told(Schema):
    """People by level. Who was not sure, or to whom it does not apply, is counted in `asides`."""

    kind: Literal["published"]
    counts: dict[str, int]
    asides: int
    people: int


class Hidden(Schema):
    """Not told, and why."""

    kind: Literal["withheld"]
    reason: Literal["too-few-people", "too-few-others"]
    sentence: str


class InWords(Schema):
    """Told in words only, which fit more than one truth; `answer` is empty where it is no level."""

    kind: Literal["coded"]
    band: Literal["nearly-all"]
    answer: str
    sentence: str


class CountedLookFor(Schema):
    """One look-for of a domain with its counts."""

    look_for: LookFor
    told: Told | Hidden | InWords


class Counts(Schema):
    """One domain: of one hub on a day, or of several together."""

    title: str
    on: datetime.date | None
    levels: list[Level]
    look_fors: list[CountedLookFor]


def hidden(reason: str) -> Hidden:
    """Why nothing is told, in words."""
    sentence = {
        Reason.TOO_FEW_PEOPLE: _("Too few answered: it would say what single people answered."),
        Reason.TOO_FEW_OTHERS: _("It would say what single people or hubs answered."),
    }[Reason(reason)]
    return Hidden(kind="withheld", reason=str(reason), sentence=sentence)


def in_words(answer: str) -> InWords:
    """All, or all but one: which of the two is not told."""
    sentence = _("Nearly everyone gave this answer.")
    return InWords(kind="coded", band="nearly-all", answer=answer, sentence=sentence)


def told(row: CountsRow) -> Told | Hidden | InWords:
    """One of the floors' own types, as JSON."""
    if isinstance(row.told, Withheld):
        return hidden(row.told.reason)
    if isinstance(row.told, Published):
        counts = {level.key: count for level, count in row.levels}
        return Told(kind="published", counts=counts, asides=row.asides, people=row.people)
    return in_words(row.coded.key if row.coded else "")


def counts(domain: DomainCounts) -> Counts:
    """One domain as programs read it."""
    return Counts(
        title=domain.title,
        on=domain.on,
        levels=levels(domain.levels),
        look_fors=[CountedLookFor(look_for=look_for(it.look_for), told=told(it)) for it in domain.rows],
    )
