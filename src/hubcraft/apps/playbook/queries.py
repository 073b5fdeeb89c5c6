"""Questions about strategies: what one has named, what one may name, what one's team uses."""

from collections.abc import Iterable
from dataclasses import dataclass

from hubcraft.apps.frameworks.queries import LevelView, LookForView, Rubric
from hubcraft.apps.playbook import policy
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.reflections.queries.rating import own_answers, slip_key
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class StrategyView:
    """One strategy as its team reads it; `label` is empty where it stands there without a name."""

    id: str
    words: str
    how_we_know: str
    language: str
    label: str
    seat_key: str


@dataclass(frozen=True)
class LookForStrategies:
    """What several people use for one look-for, side by side."""

    look_for: LookForView
    strategies: tuple[StrategyView, ...]


@dataclass(frozen=True)
class OwnStrategy:
    """A strategy as its author sees it."""

    id: str
    look_for: LookForView
    words: str
    how_we_know: str
    language: str
    # Written while its author was here alone, before they sat down with a team: it stays theirs until they save it anew.
    is_from_before: bool


@dataclass(frozen=True)
class Offer:
    """A look-for for which somebody may name a strategy, and whether they have done so."""

    look_for: LookForView
    has_own: bool


@dataclass(frozen=True)
class Offers:
    """Those where this person said that the team is good, by what they said, the best first; then all others."""

    asked: tuple[tuple[LevelView, tuple[Offer, ...]], ...]
    others: tuple[tuple[str, tuple[Offer, ...]], ...]
    # Whether they are work practices, as they are at a glance.
    is_glance: bool = False


def standing(session: ReflectionSession):
    """The strategies of one session that stand: nobody took them back, and nobody's author was put away."""
    return Strategy.objects.filter(session=session, removed_at=None).exclude(seat__removed_at__isnull=False)


def is_own(place: Place, strategy: Strategy) -> bool:
    """Whether the person at this place wrote it; without a seat only their phone can tell."""
    if strategy.seat_id:
        return strategy.seat_id == place.seat.id
    return bool(strategy.slip) and strategy.slip == slip_of(place, strategy.id)


def is_from_before(place: Place, written) -> bool:
    """Whether somebody wrote this while they were alone and sits with a team now, which was never told of it."""
    return written.team_id != place.seat.team_id and written.team.is_alone


def slip_of(place: Place, strategy_id: str) -> str:
    """What stands for the author under the anonymous rung; "" where this device has lost its secret."""
    secret = place.viewer.ballot_secret
    return slip_key(secret, place.seat.id, strategy_id) if secret else ""


def get_own_strategy(place: Place, strategy_id: str) -> Strategy:
    """One of this person's own strategies; everybody else's are not there to be changed."""
    found = standing(place.session).filter(id=strategy_id).first()
    if found is None or not is_own(place, found):
        raise NotThere
    return found


def list_own(place: Place) -> list[Strategy]:
    """This person's own strategies in the order of the rubric, also those they wrote before they changed teams."""
    mine = [it for it in standing(place.session).select_related("team") if is_own(place, it)]
    numbers = {it.key: it.number for it in place.rubric.look_fors}
    return sorted(mine, key=lambda it: (numbers.get(it.look_for, 0), it.id))


def own_strategies(place: Place) -> tuple[OwnStrategy, ...]:
    """The same as a page shows them."""
    look_fors = {it.key: it for it in place.rubric.look_fors}
    return tuple(
        OwnStrategy(
            it.id,
            look_fors[it.look_for],
            it.words,
            it.how_we_know,
            it.language,
            is_from_before=is_from_before(place, it),
        )
        for it in list_own(place)
        if it.look_for in look_fors
    )


def offers(place: Place) -> Offers:
    """The look-fors to name a strategy for: asked where this person said a level that asks for one."""
    answers = own_answers(place)
    named = {it.look_for for it in list_own(place)}
    levels = [it for it in reversed(place.rubric.levels) if it.names_strategy]
    asking = {it.key for it in levels}

    def of(look_fors: Iterable[LookForView]) -> tuple[Offer, ...]:
        return tuple(Offer(it, it.key in named) for it in look_fors)

    asked = (
        (level, of(it for it in place.rubric.look_fors if answers.get(it.key) == level.key))
        for level in levels
    )
    others = (
        (title, of(it for it in own if answers.get(it.key) not in asking))
        for title, own in place.rubric.practices
    )
    return Offers(
        tuple((level, kept) for level, kept in asked if kept),
        tuple((title, kept) for title, kept in others if kept),
        place.rubric.is_glance,
    )


def team_strategies(
    session: ReflectionSession, reflection: Reflection, rubric: Rubric
) -> tuple[LookForStrategies, ...]:
    """What a team uses, for every member alike; nothing until its board is open.

    Ordered by label, or by keys that mean nothing where there are none: never by who wrote first.
    """
    if not policy.is_shown(session, reflection):
        return ()
    is_named = policy.is_named(session, reflection)
    found: dict[str, list[StrategyView]] = {}
    for it in standing(session).filter(team=reflection.team_id).select_related("seat"):
        author = it.seat if is_named else None
        view = StrategyView(
            id=it.id,
            words=it.words,
            how_we_know=it.how_we_know,
            language=it.language,
            label=author.label if author else "",
            seat_key=author.key if author else "",
        )
        found.setdefault(it.look_for, []).append(view)
    return tuple(
        LookForStrategies(it, tuple(sorted(found[it.key], key=lambda one: (one.label, one.id))))
        for it in rubric.look_fors
        if it.key in found
    )
