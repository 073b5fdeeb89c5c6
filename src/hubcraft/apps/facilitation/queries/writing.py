"""Pages on which people write: strategies, next steps, what became of them; and the page a team keeps."""

from dataclasses import dataclass, replace
from datetime import datetime

from hubcraft.apps.facilitation.queries.runs import run_at
from hubcraft.apps.facilitation.queries.steps import StepPage
from hubcraft.apps.frameworks.queries import LevelView, LookForView
from hubcraft.apps.improvement import policy as promises
from hubcraft.apps.improvement.queries import (
    NextStepView,
    Widening,
    next_step_view,
    own_next_step,
    shared_next_step,
    widening_of,
)
from hubcraft.apps.playbook import policy as playbook
from hubcraft.apps.playbook.queries import (
    Offers,
    OwnStrategy,
    is_from_before,
    offers,
    own_strategies,
)
from hubcraft.apps.reflections.policy import can_see_board, can_type_in
from hubcraft.apps.reflections.queries.also import also_sees
from hubcraft.apps.reflections.queries.board import board_rows
from hubcraft.apps.reflections.queries.charts import AGREEMENT, agreement_chart
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.reflections.queries.rating import own_answers
from hubcraft.apps.reflections.queries.roster import shown_name
from hubcraft.apps.reflections.queries.typing_in import paper_words
from hubcraft.apps.rooms.queries import MeView, RoomView, me_view, room_view
from hubcraft.charts.agreement import AgreementChart
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class StrategiesPage(StepPage):
    """The step at which people name strategies."""

    offers: Offers
    own: tuple[OwnStrategy, ...]
    # Those of one's own that are listed apart: where the team's list names its authors, they are changed from there.
    apart: tuple[OwnStrategy, ...]
    may_write: bool
    why_not: str
    is_shown: bool
    will_be_shown: bool
    # Answers that only another device can find: nothing is said of what they were.
    has_lost_answers: bool
    who_can_see: tuple[str, ...]


@dataclass(frozen=True)
class WritePage:
    """A page on which one person writes one thing; `strategy` or `next_step` is what they change, if it is there."""

    me: MeView
    room: RoomView
    who_can_see: tuple[str, ...]
    back: str


@dataclass(frozen=True)
class WriteStrategyPage(WritePage):
    """A strategy for one look-for; the prompts come from the script."""

    look_for: LookForView
    level: LevelView | None
    strategy: OwnStrategy | None
    prompts: tuple[str, str]


@dataclass(frozen=True)
class PlanPage(StepPage):
    """The step at which people plan."""

    own: NextStepView | None
    is_own_apart: bool
    shared: NextStepView | None
    may_write: bool
    why_not: str
    who_can_see: tuple[str, ...]


@dataclass(frozen=True)
class WriteNextStepPage(WritePage):
    """A next step: one's own, or the team's."""

    question: str
    next_step: NextStepView | None
    look_fors: tuple[tuple[str, tuple[LookForView, ...]], ...]
    may_choose_whose: bool
    is_shared: bool
    is_glance: bool

    @property
    def is_mine(self) -> bool:
        return not self.is_shared


@dataclass(frozen=True)
class SettlePage(WritePage):
    """What became of a step."""

    next_step: NextStepView
    may_carry: bool
    # Who else reads it once it is carried on.
    widening: Widening | None
    chosen: str

    @property
    def is_done(self) -> bool:
        return self.chosen == "done"

    @property
    def is_dropped(self) -> bool:
        return self.chosen == "dropped"

    @property
    def is_carried(self) -> bool:
        return self.chosen == "carried"


@dataclass(frozen=True)
class TeamPage:
    """What a team keeps of a session; for somebody who was alone, what they keep."""

    me: MeView
    room: RoomView
    team_name: str
    domain_title: str
    on: datetime
    sees_board: bool
    # Whether there is a board that is the same for all of the team.
    has_charts: bool
    own: tuple[OwnStrategy, ...]
    may_write: bool
    # The look-fors to name a strategy for, as long as one may, and once the rubric has come.
    offers: Offers | None
    names_none: bool
    own_next_step: NextStepView | None
    may_promise: bool
    who_can_see: tuple[str, ...]
    paper_words: str
    may_type_in: bool
    link: str
    mailto: str


@dataclass(frozen=True)
class TeamCharts:
    """A team's board as a chart."""

    me: MeView
    room: RoomView
    team_name: str
    domain_title: str
    agreement: AgreementChart | None
    who_can_see: tuple[str, ...]

    @property
    def charts(self) -> str:
        """Where the files of its chart are, up to their kind."""
        return f"/r/{self.room.id}/team-page/charts/{AGREEMENT}."


def strategies_page(place: Place, step: StepPage) -> StrategiesPage:
    """The step for one person: what is asked of them, what they have named."""
    own = own_strategies(place)
    verdict = playbook.can_name_strategy(place.viewer, place.seat, place.room, len(own))
    return StrategiesPage(
        **vars(step),
        offers=offers(place),
        own=own,
        apart=listed_apart(place, own),
        may_write=verdict.is_allowed,
        why_not=verdict.sentence,
        is_shown=sees_strategies(place),
        will_be_shown=not (place.seat.team.is_alone or place.reflection.shows == place.reflection.Shows.OWN),
        has_lost_answers=bool(place.finish and place.finish.answered and not own_answers(place)),
        who_can_see=who_sees_strategy(place),
    )


def listed_apart(place: Place, own: tuple[OwnStrategy, ...]) -> tuple[OwnStrategy, ...]:
    """Which of one's own strategies the team's list does not show under one's name."""
    if sees_strategies(place) and playbook.is_named(place.session, place.reflection):
        return tuple(it for it in own if it.is_from_before)
    return own


def sees_strategies(place: Place) -> bool:
    """Whether this person's page shows what their team uses; who is alone has their own list."""
    verdict = playbook.can_see_strategies(
        place.viewer, place.session, place.reflection, place.seat, place.is_done_late
    )
    return verdict.is_allowed and not place.seat.team.is_alone


def who_sees_strategy(place: Place) -> tuple[str, ...]:
    """ "Who can see this?" for a strategy of the person at this place."""
    words = playbook.who_can_see(place.session, place.reflection, is_alone=place.seat.team.is_alone)
    return (*words, *also_sees(place.seat.team_id))


def who_sees_next_step(place: Place) -> tuple[str, ...]:
    """The same for a next step."""
    words = promises.who_can_see(place.session, place.reflection, is_alone=place.seat.team.is_alone)
    return (*words, *also_sees(place.seat.team_id))


def who_sees_page(place: Place) -> tuple[str, ...]:
    """The same for what the team keeps of the session."""
    return (*promises.who_sees_page(is_alone=place.seat.team.is_alone), *also_sees(place.seat.team_id))


def write_strategy_page(
    place: Place, number: int, strategy: OwnStrategy | None, back: str, prompts: tuple[str, str]
) -> WriteStrategyPage:
    """The page of one look-for's strategy; `prompts` is what the page asks where the script says nothing."""
    look_for = next((it for it in place.rubric.look_fors if it.number == number), None)
    if look_for is None:
        raise NotThere
    answer = own_answers(place).get(look_for.key, "")
    level = next((it for it in place.rubric.levels if it.key == answer and it.names_strategy), None)
    return WriteStrategyPage(
        me=me_view(place.viewer, place.seat),
        room=room_view(place.room),
        who_can_see=who_sees_strategy(place),
        back=back,
        look_for=look_for,
        level=level,
        strategy=strategy,
        prompts=prompts_of(place, prompts),
    )


def own_strategy(place: Place, strategy_id: str) -> OwnStrategy:
    """One of this person's own strategies. Raises NotThere."""
    for it in own_strategies(place):
        if it.id == strategy_id:
            return it
    raise NotThere


def prompts_of(place: Place, otherwise: tuple[str, str]) -> tuple[str, str]:
    """What the script asks at its step of strategies, to the letter."""
    run = run_at(place, place.seat.language)
    asked = next((it.prompts for it in run.steps if it.kind == "strategies"), ()) if run else ()
    return (asked[0], asked[1]) if len(asked) > 1 else otherwise


def question_of(place: Place, kind: str, otherwise: str) -> str:
    """The question of the script's step of this kind, to the letter."""
    run = run_at(place, place.seat.language)
    asked = next((it.question for it in run.steps if it.kind == kind), "") if run else ""
    return asked or otherwise


def plan_page(place: Place, step: StepPage) -> PlanPage:
    """The step for one person: what they and their team have planned so far."""
    verdict = promises.can_promise(place.viewer, place.seat, place.room)
    return PlanPage(
        **vars(step),
        own=own_view(place),
        is_own_apart=is_step_apart(place),
        shared=view_of(place, shared_next_step(place)),
        may_write=verdict.is_allowed,
        why_not=verdict.sentence,
        who_can_see=who_sees_next_step(place),
    )


def is_step_apart(place: Place) -> bool:
    """Whether one's own next step stands apart from the team's list, because that names nobody."""
    own = own_next_step(place)
    is_listed = promises.is_named(place.session, place.reflection) and not (
        own and is_from_before(place, own)
    )
    return place.seat.team.is_alone or not is_listed


def own_view(place: Place) -> NextStepView | None:
    """What this person promised in this session, as they see it themselves."""
    return view_of(place, own_next_step(place))


def view_of(place: Place, step) -> NextStepView | None:
    """A step as its own people see it."""
    if step is None:
        return None
    view = next_step_view(step, place.rubric, is_named=False)
    return replace(view, is_from_before=is_from_before(place, step))


def write_next_step_page(
    place: Place, step, *, is_shared: bool, back: str, question: str
) -> WriteNextStepPage:
    """The page on which a step is written, or written otherwise."""
    return WriteNextStepPage(
        me=me_view(place.viewer, place.seat),
        room=room_view(place.room),
        who_can_see=who_sees_next_step(place),
        back=back,
        question=question_of(place, "plan", question),
        next_step=view_of(place, step),
        look_fors=tuple((title, own) for title, own in place.rubric.practices if own),
        may_choose_whose=step is None and not place.seat.team.is_alone,
        is_shared=is_shared,
        is_glance=place.rubric.is_glance,
    )


def settle_page(place: Place, step, back: str, chosen: str) -> SettlePage:
    """The page on which a team tells what became of a step."""
    may_carry = step.session_id != place.session.id and not place.room.is_closed
    return SettlePage(
        me=me_view(place.viewer, place.seat),
        room=room_view(place.room),
        who_can_see=who_sees_page(place),
        back=back,
        next_step=next_step_view(step, place.rubric, is_named=False),
        may_carry=may_carry,
        widening=widening_of(step, place.reflection) if may_carry else None,
        chosen=chosen,
    )


def team_charts(place: Place) -> TeamCharts | None:
    """What this person's board says as a chart; None where they see no board that is the same for all of their team."""
    sees = can_see_board(place.viewer, place.session, place.reflection, place.seat, place.is_done_late)
    is_own = place.seat.team.is_alone or place.reflection.shows == place.reflection.Shows.OWN
    if is_own or not (sees.is_allowed and place.has_come):
        return None
    rows = board_rows(place.session, place.reflection, place.rubric)
    return TeamCharts(
        me=me_view(place.viewer, place.seat),
        room=room_view(place.room),
        team_name=shown_name(place.seat.team),
        domain_title=place.rubric.title,
        agreement=agreement_chart(rows, place.rubric.levels, place.rubric.credit),
        who_can_see=who_sees_page(place),
    )


def team_page(place: Place, link: str, mailto: str) -> TeamPage:
    """What this person's team keeps of the session."""
    own = own_strategies(place)
    sees_board = can_see_board(
        place.viewer, place.session, place.reflection, place.seat, place.is_done_late
    ).is_allowed
    mine = own_view(place)
    may_name = playbook.can_name_strategy(place.viewer, place.seat, place.room, len(own)).is_allowed
    return TeamPage(
        me=me_view(place.viewer, place.seat),
        room=room_view(place.room),
        team_name=shown_name(place.seat.team),
        domain_title=place.rubric.title,
        on=place.session.made_at,
        sees_board=sees_board and place.has_come,
        has_charts=sees_board
        and place.has_come
        and not place.seat.team.is_alone
        and place.reflection.shows != place.reflection.Shows.OWN,
        own=listed_apart(place, own),
        may_write=playbook.can_write(place.viewer, place.seat, place.room).is_allowed,
        offers=offers(place) if may_name and place.has_come else None,
        names_none=not own,
        own_next_step=mine if is_step_apart(place) else None,
        may_promise=mine is None and promises.can_promise(place.viewer, place.seat, place.room).is_allowed,
        who_can_see=who_sees_page(place),
        paper_words=paper_words(place.reflection),
        may_type_in=not place.seat.team.is_alone
        and can_type_in(place.viewer, place.reflection, place.room, has_come=place.has_come).is_allowed,
        link=link,
        mailto=mailto,
    )
