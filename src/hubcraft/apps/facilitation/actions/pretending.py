"""What pretend people do at each kind of step, through the same actions as everybody."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle, islice
from typing import TypeAlias

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.actions.choices import choose
from hubcraft.apps.facilitation.actions.feedback import give_feedback
from hubcraft.apps.facilitation.actions.ready import say_ready
from hubcraft.apps.facilitation.queries.choices import domains_of
from hubcraft.apps.facilitation.queries.feedback import questions_of
from hubcraft.apps.facilitation.queries.ready import step_that_asks
from hubcraft.apps.facilitation.queries.runs import RUBRIC, TALK, row_of
from hubcraft.apps.facilitation.queries.wording import known_look_fors
from hubcraft.apps.frameworks.queries import Rubric
from hubcraft.apps.improvement.actions import promise
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.actions import name_strategy
from hubcraft.apps.reflections.actions.boards import reveal
from hubcraft.apps.reflections.actions.marks import Operation, place_marks
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.apps.reflections.queries.roster import load_roster
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.domain.pretend import NOT_OURS, NOT_SURE, NOTHING
from hubcraft.domain.rating import DOES_NOT_APPLY

# Does one thing: who does it, the number of the act, when.
Act: TypeAlias = Callable[[Viewer, str, datetime], object]
# Every third of a team names a strategy, every second writes a next step: so each team has some.
WRITES_STRATEGY, WRITES_NEXT_STEP = 3, 2
# Where teams have their boards to themselves.
AT_BOARDS = (RUBRIC, TALK)
# So long people talk over an open board before somebody moves their initials.
TALKED = timedelta(seconds=60)


@dataclass(frozen=True)
class Stage:
    """Where a room is, for those who pretend to be in it."""

    session: ReflectionSession
    boards: dict[str, Reflection]
    kind: str
    seconds: float
    # How long the rubric has been open to everybody: who is slow goes on while the others talk.
    rated: float
    at: datetime

    @classmethod
    def of(cls, session: ReflectionSession, at: datetime) -> "Stage":
        """The step where the room is, and for how long it has been there."""
        row, room = row_of(session), session.room
        began = (row.began_at if row else None) or room.opened_at or at
        boards = session.reflections.select_related("team").filter(removed_at=None)
        steps = row.steps if row else []
        kind = steps[row.position]["kind"] if row and steps else RUBRIC
        seconds = (at - began).total_seconds()
        before = sum(it.get("spent", 0) for it in steps if it["kind"] == RUBRIC) if kind == TALK else 0
        return cls(
            session=session,
            boards={it.team_id: it for it in boards},
            kind=kind,
            seconds=seconds,
            rated=before + seconds,
            at=at,
        )

    def due(self, one: dict, seat: Seat) -> Iterator[tuple[str, Act]]:
        """What one of them would have done by now at this step, each act under a name of its own."""
        board = self.boards.get(seat.team_id)
        is_rating = self.kind in AT_BOARDS and board is not None and not board.is_revealed
        spent = (self.rated if is_rating else self.seconds) - one["thinks"]
        if self.session.room.state != Room.State.OPEN or spent < 0 or board is None:
            return
        if is_rating:
            ready = line_on(self.rubric_of(seat.team_id), one)[: int(spent // one["pace"]) + 1]
            for number, sign in enumerate(ready, 1):
                if sign != NOTHING:
                    yield f"look-for {number}", partial(self.place, number, sign, "before")
        elif self.kind in AT_BOARDS:
            if one["moves"] and board.is_revealed and self.at >= board.revealed_at + TALKED:
                yield "move", partial(self.place, *one["moves"], "after")
        elif self.kind in WRITTEN:
            yield self.kind, partial(WRITTEN[self.kind], self, one)
            yield f"ready at {self.kind}", self.say_ready

    def is_ready(self, team: str) -> bool:
        """Whether everybody of a team has answered, and its board waits for somebody to open it."""
        board = self.boards.get(team)
        if board is None or self.kind not in AT_BOARDS or self.session.room.state != Room.State.OPEN:
            return False
        is_shut = not (board.is_revealed or self.session.is_open_board or board.team.is_alone)
        return is_shut and load_roster(self.session, board).is_everyone

    def open_board(self, viewer: Viewer) -> None:
        """Say that this is everyone."""
        board = self.boards[viewer.team]
        mark = load_roster(self.session, board).mark
        reveal(by=viewer, reflection_id=board.id, roster_mark=mark, at=self.at)

    def place(self, number: int, sign: str, phase: str, viewer: Viewer, once: str, at: datetime) -> None:
        """Put initials in a box."""
        asides = {NOT_SURE: "not-sure", NOT_OURS: DOES_NOT_APPLY}
        rubric = self.rubric_of(viewer.team)
        answer = asides.get(sign) or rubric.levels[int(sign) - 1].key
        look_for = rubric.look_fors[(number - 1) % len(rubric.look_fors)]
        operation = Operation(once, look_for.key, answer, phase)
        place_marks(by=viewer, seat_id=viewer.seat, operations=[operation], at=at)

    def say_ready(self, viewer: Viewer, once: str, at: datetime) -> None:
        """Say that the room may go on."""
        step = step_that_asks(self.session)
        say_ready(by=viewer, seat_id=viewer.seat, step=step, is_ready=True, at=at)

    def rubric_of(self, team: str) -> Rubric:
        """What a team reflects on."""
        return rubric_for(self.boards[team], self.session.room.language)


def line_on(rubric: Rubric, one: dict) -> str:
    """What one of them answers on their team's rubric: from the beginning again where it is the longer one."""
    return "".join(islice(cycle(one["line"]), len(rubric.look_fors)))


def choose_domains(stage: Stage, one: dict, viewer: Viewer, once: str, at: datetime) -> None:
    """Which domain they know, and which they would like to learn more about."""
    keys = [it.key for it in domains_of(stage.session)]
    domains = {"know": keys[one["know"]], "learn": keys[one["learn"]]}
    choose(by=viewer, seat_id=viewer.seat, domains=domains, at=at)


def say_strategy(stage: Stage, one: dict, viewer: Viewer, once: str, at: datetime) -> None:
    """Some name what they use where they said that they are good at it."""
    rubric = stage.rubric_of(viewer.team)
    good = [number for number, sign in enumerate(line_on(rubric, one)) if sign in "34"]
    if not good or one["place"] % WRITES_STRATEGY:
        return
    words = (
        _("We open every meeting with what we learned since the last one."),
        _("Whoever is new has a buddy for the first three months."),
        _("What concerns more than two of us goes into one shared list."),
    )
    name_strategy(
        by=viewer,
        seat_id=viewer.seat,
        once=once,
        look_for=rubric.look_fors[good[0]].key,
        words=pick(words, once),
        how_we_know="",
        at=at,
    )


def say_next_step(stage: Stage, one: dict, viewer: Viewer, once: str, at: datetime) -> None:
    """Some write what they will do next."""
    if one["place"] % WRITES_NEXT_STEP:
        return
    words = (
        _("Ask the two who joined last what would have helped them most."),
        _("Write on one page who decides what."),
        _("Find somebody from the district for our team."),
    )
    promise(
        by=viewer,
        seat_id=viewer.seat,
        once=once,
        is_shared=False,
        words=pick(words, once),
        owner="",
        due_on=None,
        look_for="",
        at=at,
    )


def say_feedback(stage: Stage, one: dict, viewer: Viewer, once: str, at: datetime) -> None:
    """What they would say of the session; some say nothing."""
    words = (
        # Whatever is asked, these answer it.
        _("Talking it over in our team."),
        _("Hearing from other hubs."),
        _("Examples of what others do."),
        "",
    )
    keys = [it.key for it in domains_of(stage.session)]
    answers = {}
    for question in questions_of(stage.session):
        said = pick(words, once + question.key)
        if question.asks_domains:
            answers[question.key] = {"domains": [keys[one["learn"]]]}
        elif question.asks_wording:
            if said:
                look_for = pick(sorted(known_look_fors(stage.session)), once)
                comment = {"words": _("Simpler words."), "language": get_language() or "en"}
                answers[question.key] = {**comment, "look_for": look_for}
        elif said:
            answers[question.key] = {"words": said, "language": get_language() or "en"}
    give_feedback(by=viewer, seat_id=viewer.seat, answers=answers, at=at)


def pick(words: Sequence[str], once: str) -> str:
    """One of these, always the same for the same act."""
    return words[sum(map(ord, once)) % len(words)]


WRITTEN: dict[str, Callable[[Stage, dict, Viewer, str, datetime], None]] = {
    "choice": choose_domains,
    "strategies": say_strategy,
    "plan": say_next_step,
    "feedback": say_feedback,
}
