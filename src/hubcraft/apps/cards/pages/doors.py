"""What the pages of strategy cards share: forms that came back, and which day it is."""

from hubcraft.apps.cards.queries.reading import was_of_card
from hubcraft.apps.insights.queries.hubs import hub_view
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.web.page import show


def begin_again(form, stale: Stale) -> None:
    """The same form once more, beside what stands there now; nothing that was typed is lost."""
    row = stale.row
    meanwhile = {name: getattr(row, name) for name in row.WRITTEN} if row is not None else {}
    form.begin_again(stale.verdict.sentence, stale.now, meanwhile)


def show_form(request, template: str, hub, form, *, status: int = 0, **more):
    """A form of the hub's, with what was typed still in it."""
    status = status or (422 if form.is_bound else 200)
    return show(
        request, f"cards/{template}.html", status=status, page={"hub": hub_view(hub)}, form=form, **more
    )


def was(card) -> dict[str, str]:
    """What forms of a card begin with."""
    return {"was": was_of_card(card)}
