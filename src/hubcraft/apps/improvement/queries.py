"""Questions about next steps: one's own, the team's, and what was promised last time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import LookForView, Rubric
from hubcraft.apps.improvement import policy
from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.playbook.queries import slip_of
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.policy import rung_of
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.domain.verdict import NotThere
from hubcraft.web.prepared import Prepared

Size = NextStep.Size


@dataclass(frozen=True)
class NextStepView:
    """One next step as its team reads it; `label` is empty where it is the team's, or stands there without a name."""

    id: str
    words: str
    owner: str
    due_on: date | None
    size: str
    size_words: str
    look_for: LookForView | None
    is_shared: bool
    label: str
    seat_key: str
    state: str
    reason: str
    reason_language: str
    settled_at: datetime | None
    made_at: datetime
    language: str
    is_carried_on: bool
    # Written while its author was here alone: it stays theirs until they save it anew.
    is_from_before: bool = False
    raised: "RaisedView | None" = None


@dataclass(frozen=True)
class RaisedView:
    """What a hub asks its network for with a step, and what that answers: as the hub and its team read it."""

    id: str
    asked: str
    asked_language: str
    on: datetime
    # What kind of answer, in words; empty as long as there is none.
    answer: str
    answer_words: str
    answer_language: str
    answered_at: datetime | None
    is_ended: bool


@dataclass(frozen=True)
class TeamNextSteps:
    """What a team will do: first what it does as a team."""

    shared: tuple[NextStepView, ...]
    own: tuple[NextStepView, ...]


@dataclass(frozen=True)
class Widening:
    """Carried on, a step is read by people who could not read it before: a mark of who they are, and the words for it."""

    mark: str
    words: str


# Higher rooms say it, of a step and the board beside which it would stand.
WIDENED_BY: list[Callable[[NextStep, Reflection], Widening | None]] = []


def widening_of(step: NextStep, board: Reflection) -> Widening | None:
    """Who else would read a step that is carried on; None where nobody would."""
    found = (widened(step, board) for widened in WIDENED_BY)
    return next((it for it in found if it is not None), None)


def standing(steps):
    """Those that stand: nobody took them back, and nobody's author was put away."""
    return steps.filter(removed_at=None).exclude(seat__removed_at__isnull=False)


def steps_of_session(session: ReflectionSession, team_id: str):
    """What one team promised in one session."""
    return standing(NextStep.objects.filter(session=session, team=team_id))


def steps_in_reach(place: Place) -> list[NextStep]:
    """What one's team promised in this session, and what one wrote oneself before one sat down with it."""
    steps = standing(NextStep.objects.filter(session=place.session)).select_related("team")
    return [it for it in steps if it.team_id == place.seat.team_id or is_own(place, it)]


def is_own(place: Place, step: NextStep) -> bool:
    """Whether the person at this place wrote it for themselves; without a seat only their phone can tell."""
    if step.is_shared:
        return False
    if step.seat_id:
        return step.seat_id == place.seat.id
    return bool(step.slip) and step.slip == slip_of(place, step.id)


def get_my_next_step(place: Place, step_id: str) -> NextStep:
    """A step of this session that this person may change: their own, or the team's."""
    found = next((it for it in steps_in_reach(place) if it.id == step_id), None)
    if found is None or place.seat.is_waiting or not (found.is_shared or is_own(place, found)):
        raise NotThere
    return found


def get_team_next_step(place: Place, step_id: str) -> NextStep:
    """A step of this person's team, of this session or of an earlier one."""
    found = standing(NextStep.objects.filter(team=place.seat.team_id, id=step_id)).first()
    if found is None or place.seat.is_waiting:
        raise NotThere
    return found


def own_next_step(place: Place) -> NextStep | None:
    """What this person promised in this session."""
    mine = [it for it in steps_in_reach(place) if is_own(place, it)]
    return min(mine, key=lambda it: it.id, default=None)


def shared_next_step(place: Place) -> NextStep | None:
    """What the team promised as a team in this session, besides what it carried over."""
    steps = steps_of_session(place.session, place.seat.team_id)
    shared = steps.filter(is_shared=True, carried_from=None).exclude(state=NextStep.State.CARRIED)
    return shared.order_by("id").first()


def size_words(size: str) -> str:
    """How long a step will take, in words; nothing where nobody said."""
    return {
        Size.SMALL: _("small: within a week"),
        Size.MIDDLE: _("middle: within a month"),
        Size.LARGE: _("large: more than a month"),
    }.get(Size(size), "")


def sizes() -> tuple[tuple[str, str], ...]:
    """What may be said of it, for a form."""
    return tuple((it.value, size_words(it)) for it in Size if it.value)


def next_step_view(step: NextStep, rubric: Rubric | None, *, is_named: bool) -> NextStepView:
    """A step as a page shows it; without a rubric where the session it was promised in is gone."""
    author = step.seat if is_named and not step.is_shared else None
    return NextStepView(
        id=step.id,
        words=step.words,
        owner=step.owner,
        due_on=step.due_on,
        size=step.size,
        size_words=size_words(step.size),
        look_for=next((it for it in (rubric.look_fors if rubric else ()) if it.key == step.look_for), None),
        is_shared=step.is_shared,
        label=author.label if author else "",
        seat_key=author.key if author else "",
        state=step.state,
        reason=step.reason,
        reason_language=step.reason_language,
        settled_at=step.settled_at,
        made_at=step.made_at,
        language=step.language,
        is_carried_on=step.is_carried,
        raised=raised_view(raised_of(step)),
    )


def with_raised(steps):
    """These, with what was raised of them at hand."""
    return steps.prefetch_related(Prefetch("raisings", RAISED, to_attr="raised"))


# A step is somebody's who was asked for before.
RAISED = Raising.everywhere.order_by("made_at", "id")


def raised_of(step: NextStep) -> Raising | None:
    """What was raised of a step last."""
    found = step.raised if hasattr(step, "raised") else list(RAISED.filter(step=step))
    return found[-1] if found else None


def raised_view(raised: Raising | None) -> RaisedView | None:
    """The same as a page shows it."""
    if raised is None:
        return None
    return RaisedView(
        id=raised.id,
        asked=raised.asked,
        asked_language=raised.asked_language,
        on=raised.made_at,
        answer=answer_title(raised.answer),
        answer_words=raised.answer_words,
        answer_language=raised.answer_language,
        answered_at=raised.answered_at,
        is_ended=raised.ended_at is not None,
    )


def answer_title(answer: str) -> str:
    """A network's answer in a word or two; nothing where there is none."""
    return dict(answers()).get(answer, "")


def answers() -> tuple[tuple[str, str], ...]:
    """What a network may answer, for a form."""
    return (
        (Raising.Answer.WILL.value, _("We will do it")),
        (Raising.Answer.HOW.value, _("Here is how")),
        (Raising.Answer.WHO.value, _("Whom to ask")),
        (Raising.Answer.CANNOT.value, _("We can’t")),
    )


def in_order(views: Iterable[NextStepView]) -> tuple[NextStepView, ...]:
    """By label, or by keys that mean nothing where there are none: never by who wrote first."""
    return tuple(sorted(views, key=lambda it: (it.label, it.id)))


def team_next_steps(session: ReflectionSession, reflection: Reflection, rubric: Rubric) -> TeamNextSteps:
    """What a team promised in this session, for every member alike."""
    is_named = policy.is_named(session, reflection)
    steps = with_raised(steps_of_session(session, reflection.team_id).select_related("seat"))
    views = [next_step_view(it, rubric, is_named=is_named) for it in steps]
    return TeamNextSteps(
        shared=in_order(it for it in views if it.is_shared),
        own=in_order(it for it in views if not it.is_shared),
    )


def open_promises(team_id: str, besides: ReflectionSession | None = None) -> list[NextStep]:
    """What a team promised and has not settled; `besides` leaves out what it promises just now."""
    steps = standing(NextStep.objects.filter(team=team_id, state=NextStep.State.OPEN))
    if besides is not None:
        steps = steps.exclude(session=besides)
    return sorted(
        with_raised(steps.select_related("seat")),
        key=lambda it: (it.due_on is None, it.due_on or date.max, it.id),
    )


# Asked for each phone that opens a session; most teams have promised nothing before.
ANY_EARLIER = Prepared(
    lambda team, session: (
        standing(NextStep.objects.filter(team=team)).exclude(session=session).values_list("id", flat=True)[:1]
    )
)


def last_promises(
    session: ReflectionSession, reflection: Reflection, rubric: Rubric
) -> tuple[NextStepView, ...]:
    """*What we promised last time*: what is open from earlier sessions, and what was settled since this one began."""
    if not ANY_EARLIER(team=reflection.team_id, session=session.id):
        return ()
    steps = standing(NextStep.objects.filter(team=reflection.team_id))
    earlier = steps.exclude(session=session).exclude(session__made_at__gt=session.made_at)
    since = session.made_at
    if rung_of(session).is_ballot:  # there a step is settled on a day, at no moment of it
        since = since.replace(hour=0, minute=0, second=0, microsecond=0)
    steps = with_raised(earlier.filter(Q(state=NextStep.State.OPEN) | Q(settled_at__gte=since)))
    views = [next_step_view(it, rubric, is_named=False) for it in steps]
    return tuple(sorted(views, key=lambda it: (not it.is_shared, it.due_on or date.max, it.id)))
