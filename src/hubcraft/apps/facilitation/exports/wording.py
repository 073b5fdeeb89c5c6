"""Comments on a framework's words, as a file for those who wrote it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.exports.files import Tell, day_in_words, day_of, is_long, page_words
from hubcraft.apps.facilitation.exports.harvest import comment_blocks, feedback_comments
from hubcraft.apps.facilitation.exports.paper import draft_words
from hubcraft.apps.facilitation.queries.gathered import GatheredPage, gathered_page
from hubcraft.apps.networks.queries import viewer_in_trail
from hubcraft.exporting.report import Block, Heading, Report, Words


def wording_report(page: GatheredPage, size: str, at: datetime) -> Report:
    """What stands on its page. `size` is the paper: "a4" or "letter"."""
    return Report(
        title=_("Comments on wording"),
        about=f"{page.name} {page.version} · {day_in_words(at)}",
        language=get_language() or "en",
        blocks=tuple(wording_blocks(page)),
        tables=(feedback_comments(page.told),),
        page_words=page_words(),
        day=day_of(at),
        notes=(*filter(None, (page.credit,)), gathered_words()),
        paper="us-letter" if size == "letter" else "a4",
    )


def wording_blocks(page: GatheredPage) -> Iterable[Block]:
    """Domain by domain, in the framework's order."""
    if any(it.look_for.is_draft for it in page.told):
        yield Words(draft_words(), is_soft=True)
    if page.is_our_translation:
        yield Words(translation_words(), is_soft=True)
    for domain, told in page.domains:
        yield Heading(domain)
        yield from comment_blocks(told, level=2)


def gathered_words() -> str:
    """Where it comes from, and what is not in it."""
    return _(
        "From feedback that people gave without their names, of rooms in which five or more gave some. Nothing here "
        "says which room, team or day a comment is from; their order means nothing."
    )


def translation_words() -> str:
    """Why these words may not be what somebody read."""
    return _("In this language the look-fors are our translation of the authors’ words.")


def is_long_wording(page: GatheredPage) -> bool:
    """Whether its file is made beside the pages."""
    return is_long(boards=0, entries=page.comments)


def wording_of(*, place: str, whose: str, size: str, at: datetime, tell: Tell) -> Report:
    """The same for an administrator who is not waiting for it. Raises NotThere for who is none any longer."""
    page = gathered_page(viewer_in_trail(whose), place)
    tell(0.9)
    return wording_report(page, size, at)
