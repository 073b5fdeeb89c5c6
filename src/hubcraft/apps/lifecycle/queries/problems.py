"""Problems that came up in a hub, what became of them, and in which domains of practice they lie."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import newest_pack, pack_of
from hubcraft.apps.insights.queries.hubs import HubView, hub_view
from hubcraft.apps.lifecycle import policy
from hubcraft.apps.lifecycle.models import Problem, Routine
from hubcraft.apps.lifecycle.queries.rows import get_row, mark_of, marked, standing
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.content import Domain
from hubcraft.content.framework import LOG, RUBRIC
from hubcraft.domain.verdict import NotThere

Became = Problem.Became


@dataclass(frozen=True)
class DomainView:
    """A domain of practice that a problem may lie in."""

    key: str
    name: str


@dataclass(frozen=True)
class ProblemView:
    """One problem as a page shows it."""

    id: str
    words: str
    noticed_on: date
    whose: str
    is_urgent: bool
    domains: tuple[DomainView, ...]
    decision: str
    decided_by: str
    told: str
    closed_on: date | None
    became: str
    language: str
    # The routine that came of it, while it stands.
    routine: str = ""

    @property
    def asks(self) -> bool:
        """It is closed, and nobody has said yet what should come of it."""
        return self.closed_on is not None and not self.became


@dataclass(frozen=True)
class DomainProblems:
    """How many problems lay in one domain, and how many are open."""

    domain: DomainView
    problems: tuple[ProblemView, ...]
    is_chosen: bool

    @property
    def count(self) -> int:
        return len(self.problems)


@dataclass(frozen=True)
class LogPage:
    """What came up: what is open first, then what is closed."""

    hub: HubView
    about: str
    open: tuple[ProblemView, ...]
    closed: tuple[ProblemView, ...]
    by_domain: tuple[DomainProblems, ...]
    chosen: DomainView | None
    # How many there are, whatever was chosen.
    every: int
    leads: bool


@dataclass(frozen=True)
class ProblemPage:
    """One problem."""

    hub: HubView
    problem: ProblemView
    leads: bool
    who_can_see: tuple[str, ...]


def domains_of_practice(language: str) -> tuple[DomainView, ...]:
    """The six domains of hub leadership practice, in the framework's order."""
    found = (it for it in framework_domains() if it.kind == RUBRIC)
    return tuple(DomainView(it.key, it.name.in_(language)) for it in found)


def framework_domains() -> tuple[Domain, ...]:
    """Everything in the framework of hub leadership; nothing where that is not installed."""
    try:
        return pack_of(newest_pack().id).domains
    except NotThere:
        return ()


def about_the_log(language: str) -> str:
    """What the framework says of problems that are solved as they come; empty where it says nothing."""
    found = (it for it in framework_domains() if it.kind == LOG)
    log = next(found, None)
    return log.goal.in_(language) if log is not None and log.goal else ""


def problem_view(problem: Problem, domains: Iterable[DomainView], routine: str = "") -> ProblemView:
    """One of them; a domain that the framework has no longer is left out."""
    return ProblemView(
        id=problem.id,
        words=problem.words,
        noticed_on=problem.noticed_on,
        whose=problem.whose,
        is_urgent=problem.is_urgent,
        domains=tuple(it for it in domains if it.key in problem.domains),
        decision=problem.decision,
        decided_by=problem.decided_by,
        told=problem.told,
        closed_on=problem.closed_on,
        became=problem.became,
        language=problem.language,
        routine=routine,
    )


def problem_views(viewer: Viewer, hub: Team, domains: tuple[DomainView, ...]) -> tuple[ProblemView, ...]:
    """All of them: open ones first, the urgent before the others, the newest first."""
    made = {
        it.came_from_id: it.id
        for it in standing(Routine, viewer, hub).exclude(came_from=None).order_by("made_at")
    }
    views = [problem_view(it, domains, made.get(it.id, "")) for it in standing(Problem, viewer, hub)]
    views.sort(key=lambda it: (it.closed_on or it.noticed_on, it.id), reverse=True)
    return tuple(sorted(views, key=lambda it: (it.closed_on is not None, not it.is_urgent)))


def log_page(viewer: Viewer, hub: Team, chosen: str = "") -> LogPage:
    """The log, or what of it lies in one domain."""
    language = get_language() or "en"
    domains = domains_of_practice(language)
    views = problem_views(viewer, hub, domains)
    none = DomainView("none", _("In no domain"))
    found = []
    for domain in (*domains, none):
        inside = tuple(it for it in views if (domain in it.domains if domain is not none else not it.domains))
        if inside:
            found.append(DomainProblems(domain, inside, domain.key == chosen))
    one = next((it for it in found if it.is_chosen), None)
    shown = one.problems if one else views
    return LogPage(
        hub=hub_view(hub),
        about=about_the_log(language),
        open=tuple(it for it in shown if it.closed_on is None),
        closed=tuple(it for it in shown if it.closed_on is not None),
        by_domain=tuple(found),
        chosen=one.domain if one else None,
        every=len(views),
        leads=bool(policy.can_keep(viewer, hub.id)),
    )


def problem_page(viewer: Viewer, hub: Team, problem_id: str) -> ProblemPage:
    """One problem that this person may read."""
    problem = get_row(Problem, viewer, hub, problem_id)
    routine = standing(Routine, viewer, hub).filter(came_from=problem).order_by("-made_at").first()
    view = problem_view(problem, domains_of_practice(get_language() or "en"), routine.id if routine else "")
    return ProblemPage(hub_view(hub), view, bool(policy.can_keep(viewer, hub.id)), policy.who_can_see())


def get_problem(viewer: Viewer, hub: Team, problem_id: str) -> Problem:
    """One problem, to write on."""
    return get_row(Problem, viewer, hub, problem_id)


def became_of(viewer: Viewer, hub: Team, problem: Problem) -> str:
    """What a form carries along that makes something of a problem: what has come of it, and who reads its words."""
    return marked(problem.became, mark_of(viewer, hub, problem.made_at))


def domains_now() -> tuple[DomainView, ...]:
    """The domains of practice in the reader's language."""
    return domains_of_practice(get_language() or "en")
