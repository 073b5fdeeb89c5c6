"""Writing down the meetings that a hub holds again and again."""

from datetime import datetime

from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions.keeping import change_row, hold, note, once_only, write_row
from hubcraft.apps.lifecycle.actions.problems import insist_became, set_became
from hubcraft.apps.lifecycle.models import Problem, Routine
from hubcraft.apps.lifecycle.queries.problems import became_of
from hubcraft.apps.lifecycle.queries.rows import get_row
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def write_routine(
    *,
    by: Viewer,
    hub: Team,
    once: str,
    name: str,
    purpose: str,
    rhythm: str,
    who: str,
    agenda: str,
    problem_id: str = "",
    was: str = "",
    at: datetime,
) -> Routine:
    """A new one; of a problem that came up, where it did."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    if there := once_only(Routine, by=by, hub=hub, once=once):
        return there
    problem = get_row(Problem, by, hub, problem_id) if problem_id else None
    if problem is not None:
        insist_became(was, became_of(by, hub, problem))
    words = {"name": name, "purpose": purpose, "rhythm": rhythm, "who": who, "agenda": agenda}
    text = " ".join(words.values())
    row = write_row(Routine, by=by, hub=hub, once=once, text=text, at=at, **words, came_from=problem)
    note(by, hub, "wrote a meeting routine", at)
    # An open one still asks once it is closed.
    if problem is not None and problem.closed_on is not None and not problem.became:
        set_became(problem, Problem.Became.ROUTINE, at)
        note(by, hub, "made a routine of a problem", at)
    return row


@writes
def change_routine(
    *,
    by: Viewer,
    hub: Team,
    routine_id: str,
    was: str,
    name: str,
    purpose: str,
    rhythm: str,
    who: str,
    agenda: str,
    at: datetime,
) -> Routine:
    """The same meeting, held otherwise. `was` is what its writer had before them."""
    insist(policy.can_keep(by, hub.id))
    hold(hub)
    routine = get_row(Routine, by, hub, routine_id)
    words = {"name": name, "purpose": purpose, "rhythm": rhythm, "who": who, "agenda": agenda}
    text = " ".join(words.values())
    routine, has_changed = change_row(routine, by=by, hub=hub, was=was, text=text, at=at, **words)
    if has_changed:
        note(by, hub, "changed a meeting routine", at)
    return routine
