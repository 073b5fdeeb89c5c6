"""A hub's meeting routines."""

from collections.abc import Collection
from dataclasses import dataclass

from hubcraft.apps.insights.queries.hubs import HubView, hub_view
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.models import Problem, Routine
from hubcraft.apps.lifecycle.queries.problems import became_of
from hubcraft.apps.lifecycle.queries.rows import get_row, standing
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer


@dataclass(frozen=True)
class RoutineView:
    """One meeting that is held again and again."""

    id: str
    name: str
    purpose: str
    rhythm: str
    who: str
    agenda: tuple[str, ...]
    language: str
    came_from: str


@dataclass(frozen=True)
class RoutinesPage:
    """All of them."""

    hub: HubView
    routines: tuple[RoutineView, ...]
    may_write: bool


def routine_view(routine: Routine, problems: Collection[str]) -> RoutineView:
    """One of them as a page shows it, with the problem it came of where that is among these."""
    points = (line.strip(" \t-*•") for line in routine.agenda.splitlines())
    return RoutineView(
        id=routine.id,
        name=routine.name,
        purpose=routine.purpose,
        rhythm=routine.rhythm,
        who=routine.who,
        agenda=tuple(it for it in points if it),
        language=routine.language,
        came_from=routine.came_from_id if routine.came_from_id in problems else "",
    )


def routines_page(viewer: Viewer, hub: Team) -> RoutinesPage:
    """By name, so that the order says nothing of who came first."""
    found = sorted(standing(Routine, viewer, hub), key=lambda it: (it.name.casefold(), it.id))
    problems = set(standing(Problem, viewer, hub).values_list("id", flat=True))
    views = tuple(routine_view(it, problems) for it in found)
    return RoutinesPage(hub_view(hub), views, bool(policy.can_keep(viewer, hub.id)))


def get_routine(viewer: Viewer, hub: Team, routine_id: str) -> Routine:
    """One of them that this person may read."""
    return get_row(Routine, viewer, hub, routine_id)


def first_words(viewer: Viewer, hub: Team, problem_id: str) -> dict[str, str]:
    """What a routine begins with that is made of a problem: what was noticed, and what was decided then."""
    if not problem_id:
        return {}
    problem = get_row(Problem, viewer, hub, problem_id)
    return {
        "problem_id": problem.id,
        "was": became_of(viewer, hub, problem),
        "purpose": problem.words,
        "agenda": problem.decision,
        "who": problem.whose,
    }
