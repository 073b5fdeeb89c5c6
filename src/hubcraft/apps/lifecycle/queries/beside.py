"""What the hub's own page says of what a hub keeps about itself: five ways in, each with how it stands."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hubcraft.apps.insights.queries.beside import Beside
from hubcraft.apps.lifecycle.models import Problem, Routine
from hubcraft.apps.lifecycle.queries.charters import charter_now, is_near
from hubcraft.apps.lifecycle.queries.picture import current_stage
from hubcraft.apps.lifecycle.queries.rosters import held_in
from hubcraft.apps.lifecycle.queries.rows import standing
from hubcraft.apps.lifecycle.queries.stages import find_life_cycle
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.policy import day_words
from hubcraft.domain.days import day_at


def told_beside(viewer: Viewer, hub: Team, at: datetime) -> Iterable[Beside]:
    """In the order in which a hub comes to need them."""
    cycle = find_life_cycle(get_language() or "en")
    if cycle is not None:
        stage = current_stage(viewer, hub, cycle)
        yield Beside("life-cycle/", _("Life cycle"), stage.name if stage else _("Not said yet."))
    today = day_at(at, hub.network.time_zone)
    charter = charter_now(viewer, hub)
    if charter is None:
        told = _("Not written yet.")
    elif charter.review_on is None:
        told = _("Written on {day}.").format(day=day_words(day_at(charter.made_at, hub.network.time_zone)))
    elif charter.review_on < today:
        told = _("It wanted to be looked at again on {day}.").format(day=day_words(charter.review_on))
    else:
        told = _("To be looked at again on {day}.").format(day=day_words(charter.review_on))
    yield Beside("charter/", _("Charter"), told, asks=is_near(charter, today))
    routines = standing(Routine, viewer, hub).count()
    yield Beside(
        "routines/",
        _("Meeting routines"),
        ngettext("{n} meeting", "{n} meetings", routines).format(n=routines) if routines else _("None yet."),
    )
    people = sum(it.ended_at is None for it in held_in(viewer, hub))
    yield Beside(
        "roster/",
        _("Roster"),
        ngettext("{n} person with an account", "{n} people with accounts", people).format(n=people),
    )
    problems = standing(Problem, viewer, hub)
    is_open = problems.filter(closed_on=None).count()
    yield Beside(
        "problems/",
        _("Problems as they come"),
        ngettext("{n} is open.", "{n} are open.", is_open).format(n=is_open)
        if is_open
        else _("None is open."),
    )
