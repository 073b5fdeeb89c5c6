"""The end: thanks, and the way back to one's own page."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.queries.steps import StepPage, step_page
from hubcraft.web.page import show


@dataclass(frozen=True)
class EndPage(StepPage):
    """One's own page, and a mail to oneself that leads back to it."""

    own_address: str
    mailto: str


def show_step(request, place, run, step):
    """Thank you, and where everything of one's own is kept."""
    base = f"/r/{place.room.id}/"
    page = step_page(place, run, step, request.moment)
    own = page.board_address or page.answers_address or f"{base}seat/"
    body = _(
        "Your page from {room}:\n\n{link}\n\nIt opens on the device you used. On another one, come in through "
        "{door} with the same initials and team, and press “I was already in”."
    ).format(room=place.room, link=place.room.address + own, door=page.room.join_link)
    mailto = f"mailto:?subject={quote(_('My page from {room}').format(room=place.room))}&body={quote(body)}"
    return show(
        request,
        "facilitation/steps/stay-connected.html",
        page=EndPage(**vars(page), own_address=own, mailto=mailto),
    )
