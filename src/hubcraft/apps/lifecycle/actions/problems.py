"""Writing down what came up in a hub, closing it, and saying what should come of it."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights.actions.promising import key_of, promise
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.actions.keeping import (
    Stale,
    change_row,
    hold,
    insist_same,
    note,
    once_only,
    write_row,
)
from hubcraft.apps.lifecycle.models import Problem
from hubcraft.apps.lifecycle.queries.problems import became_of, domains_of_practice
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
    was: str,
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
    """What is known of it by now; with a day, it is closed. `was` is what its writer had before them."""
    insist(policy.can_log(by, hub.id))
    hold(hub)
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
    text = f"{words} {decision}"
    problem, has_changed = change_row(problem, by=by, hub=hub, was=was, text=text, at=at, **values)
    if has_changed:
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
    was: str,
    words: str,
    owner: str,
    due_on: date | None,
    at: datetime,
    size: str = "",
) -> NextStep:
    """A next step of the whole hub comes of a problem: both or neither. What had come of it before stays said."""
    insist(policy.can_log(by, hub.id))
    hold(hub)
    if not NextStep.objects.filter(team=hub, id=key_of(by, hub, once)).exists():
        problem = get_row(Problem, by, hub, problem_id)
        insist_closed(problem)
        insist_became(was, became_of(by, hub, problem))
        if not problem.became:
            set_became(problem, Became.NEXT_STEP, at)
            note(by, hub, "said what came of a problem", at)
    told = {"words": words, "owner": owner, "due_on": due_on, "size": size}
    return promise(by=by, hub=hub, once=once, did="promised a next step", at=at, **told)


@writes
def say_what_became(*, by: Viewer, hub: Team, problem_id: str, became: str, at: datetime) -> Problem:
    """It came once, and nothing need come of it; what somebody said of it before stays said."""
    insist(policy.can_log(by, hub.id))
    hold(hub)
    problem = get_row(Problem, by, hub, problem_id)
    insist_closed(problem)
    if became != Became.ONCE:
        insist(refuse(_("Say what should come of it.")))
    if problem.became == became:
        return problem
    if problem.became:
        raise Stale(_("Somebody said meanwhile what came of this problem. It stands here."), now="")
    set_became(problem, became, at)
    note(by, hub, "said what came of a problem", at)
    return problem


def insist_closed(problem: Problem) -> None:
    """What should come of a problem is asked once it is closed."""
    if problem.closed_on is None:
        insist(refuse(_("This problem is still open. Close it first.")))


def insist_became(was: str, now: str) -> None:
    """Go on only if the writer knew what else came of a problem, and who will read what they write."""
    told = _(
        "Somebody said meanwhile what came of this problem. Read it in another tab; sent once more, this comes of it too."
    )
    insist_same(was, now, sentence=told)


def set_became(problem: Problem, became: str, at: datetime) -> None:
    """What came of it; who reads a problem does not change by that."""
    problem.became, problem.changed_at = became, at
    problem.save(update_fields=["became", "changed_at"])


def known(domains: Collection[str]) -> list[str]:
    """Domains of the framework, in its order; others are nobody's."""
    return [it.key for it in domains_of_practice("en") if it.key in domains]
