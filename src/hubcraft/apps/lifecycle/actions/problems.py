"""Writing down what came up in a hub, closing it, and saying what should come of it."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights.actions.promising import promise
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions.keeping import change_row, hold, note, once_only, write_row
from hubcraft.apps.lifecycle.models import Problem
from hubcraft.apps.lifecycle.queries.problems import domains_of_practice
from hubcraft.apps.lifecycle.queries.rows import get_row
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import insist, refuse
from hubcraft.web.writer import writes

Became = Problem.Became


@writes
def log_problem(
    *,
    by: Viewer,
    hub: Team,
    once: str,
    words: str,
    noticed_on: date,
    whose: str,
    is_urgent: bool,
    domains: Collection[str],
    at: datetime,
) -> Problem:
    """Somebody noticed something."""
    insist(policy.can_log(by, hub.id))
    hold(hub)
    if there := once_only(Problem, by=by, hub=hub, once=once):
        return there
    values = {"words": words, "noticed_on": noticed_on, "whose": whose, "is_urgent": is_urgent}
    values["domains"] = known(domains)
    row = write_row(Problem, by=by, hub=hub, once=once, text=words, at=at, **values)
    note(by, hub, "wrote down a problem", at)
    return row


@writes
def change_problem(
    *,
    by: Viewer,
    hub: Team,
    problem_id: str,
    words: str,
    noticed_on: date,
    whose: str,
    is_urgent: bool,
    domains: Collection[str],
    decision: str,
    decided_by: str,
    told: str,
    closed_on: date | None,
    at: datetime,
) -> Problem:
    """What is known of it by now; with a day, it is closed."""
    insist(policy.can_log(by, hub.id))
    problem = get_row(Problem, by, hub, problem_id)
    was_open = problem.closed_on is None
    values = {
        "words": words,
        "noticed_on": noticed_on,
        "whose": whose,
        "is_urgent": is_urgent,
        "domains": known(domains),
        "decision": decision,
        "decided_by": decided_by,
        "told": told,
        "closed_on": closed_on,
    }
    if change_row(problem, text=f"{words} {decision}", at=at, **values):
        is_closed_now = was_open and closed_on is not None
        note(by, hub, "closed a problem" if is_closed_now else "changed a problem", at)
    return problem


@writes
def make_next_step(
    *,
    by: Viewer,
    hub: Team,
    problem_id: str,
    once: str,
    words: str,
    owner: str,
    due_on: date | None,
    at: datetime,
) -> NextStep:
    """A next step of the whole hub comes of a problem: both or neither."""
    say_what_became(by=by, hub=hub, problem_id=problem_id, became=Became.NEXT_STEP, at=at)
    return promise(
        by=by, hub=hub, once=once, words=words, owner=owner, due_on=due_on, did="promised a next step", at=at
    )


@writes
def say_what_became(*, by: Viewer, hub: Team, problem_id: str, became: str, at: datetime) -> Problem:
    """A next step came of it; or it came once, and nothing need come of it."""
    insist(policy.can_log(by, hub.id))
    problem = get_row(Problem, by, hub, problem_id)
    if problem.closed_on is None:
        insist(refuse(_("This problem is still open. Close it first.")))
    if became not in (Became.NEXT_STEP, Became.ONCE):
        insist(refuse(_("Say what should come of it.")))
    if change_row(problem, text=f"{problem.words} {problem.decision}", at=at, became=became):
        note(by, hub, "said what came of a problem", at)
    return problem


def known(domains: Collection[str]) -> list[str]:
    """Domains of the framework, in its order; others are nobody's."""
    return [it.key for it in domains_of_practice("en") if it.key in domains]
