"""What the pages of this concept ask first: which hub, and whether it is theirs to write."""

from datetime import date

from hubcraft.apps.insights.queries.hubs import get_hub, hub_view
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.apps.lifecycle.queries.rows import was_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.days import day_at
from hubcraft.domain.verdict import insist
from hubcraft.web.page import show


def get_led(viewer: Viewer, network_id: str, hub_id: str):
    """A hub whose leader this is: its other people are told who writes here, everybody else finds nothing."""
    hub = get_hub(viewer, network_id, hub_id)
    insist(policy.can_keep(viewer, hub.id))
    return hub


def today_of(request, hub) -> date:
    """Which day it is where the hub is."""
    return day_at(request.moment, hub.network.time_zone)


def first_of(viewer: Viewer, hub, row) -> dict:
    """What a form of this row begins with."""
    return {name: getattr(row, name) for name in row.WRITTEN} | {"was": was_of(viewer, hub, row)}


def begin_again(form, stale: Stale) -> None:
    """The same form once more, beside what stands there now; nothing that was typed is lost."""
    row = stale.row
    meanwhile = {name: getattr(row, name) for name in row.WRITTEN} if row is not None else {}
    form.begin_again(stale.verdict.sentence, stale.now, meanwhile)


def show_form(request, template: str, hub, form, *, status: int = 0, **more):
    """A form of the hub's, with what was typed still in it."""
    status = status or (422 if form.is_bound else 200)
    context = {"page": {"hub": hub_view(hub)}, "form": form, "who_can_see": policy.who_can_see(), **more}
    return show(request, f"lifecycle/{template}.html", status=status, **context)
