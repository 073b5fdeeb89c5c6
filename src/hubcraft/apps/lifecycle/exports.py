"""A hub's charter as a file: what its page shows."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.exports.files import columns, page_words
from hubcraft.apps.lifecycle.queries.charters import CharterPage, VersionView
from hubcraft.apps.reflections.policy import day_words
from hubcraft.domain.verdict import NotThere
from hubcraft.exporting.report import Block, Heading, Report, Table, Words


def charter_report(page: CharterPage, size: str, today: date) -> Report:
    """The version that holds; in tables all of them. Raises NotThere where nothing is written."""
    now = page.current
    if now is None:
        raise NotThere
    blocks: list[Block] = [Words(sentence, is_soft=True) for sentence in facts(now)]
    for part in now.written:
        blocks += [Heading(part.title), Words(part.words, language=now.language)]
    return Report(
        title=_("Charter of {hub}").format(hub=page.hub.name),
        about=page.hub.network_name,
        language=get_language() or "en",
        blocks=tuple(blocks),
        tables=(versions_table(page.versions),),
        page_words=page_words(),
        day=today,
        notes=(_("Only the people of this hub see this page."),),
        paper="us-letter" if size == "letter" else "a4",
    )


def facts(version: VersionView) -> list[str]:
    """Since when it holds, and when it is to be looked at again."""
    told = [_("Written on {day}.").format(day=date_format(version.written_at, "DATE_FORMAT"))]
    if version.review_on:
        told.append(_("To be looked at again on {day}.").format(day=day_words(version.review_on)))
    return told


def versions_table(versions: tuple[VersionView, ...]) -> Table:
    """Every version, the newest first."""
    parts = {it.key: it.title for it in versions[0].parts}
    return Table(
        "charter",
        _("Charter"),
        columns(
            written_at=_("When it was written"),
            **parts,
            review_on=_("When to look at it again"),
        ),
        tuple(
            (
                it.made_at.isoformat(),
                *(part.words for part in it.parts),
                it.review_on.isoformat() if it.review_on else None,
            )
            for it in versions
        ),
    )
