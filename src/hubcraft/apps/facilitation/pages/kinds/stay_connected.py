"""The end: thanks, and the way back to one's own page."""

from dataclasses import dataclass

from hubcraft.apps.facilitation.pages.keeping import mail_to_myself, private_link
from hubcraft.apps.facilitation.queries.steps import StepPage, step_page
from hubcraft.web.page import show


@dataclass(frozen=True)
class EndPage(StepPage):
    """The page one keeps, and a mail to oneself that leads back to it from any device."""

    own_address: str
    mailto: str


def show_step(request, place, run, step):
    """Thank you, and where everything of one's own is kept."""
    page = step_page(place, run, step, request.moment)
    return show(
        request,
        "facilitation/steps/stay-connected.html",
        page=EndPage(
            **vars(page),
            own_address=f"/r/{place.room.id}/team-page/",
            mailto=mail_to_myself(place, private_link(request, place)),
        ),
    )
