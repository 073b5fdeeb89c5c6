"""A session that follows a script: where it is, in words and in time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.frameworks.queries import StepView, script_of
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.stops import Guide, Stop
from hubcraft.apps.rooms.models import Room
from hubcraft.domain import pacing
from hubcraft.domain.verdict import NotThere

RUBRIC, TALK, TURN_AND_TALK = "rubric", "talk", "turn-and-talk"
STEP_PAGE = "step/"


@dataclass(frozen=True)
class RunView:
    """A script as this session runs it, in the reader's language; `step` is where the room is."""

    script: str
    name: str
    steps: tuple[StepView, ...]
    position: int
    reached: int
    is_paused: bool

    @property
    def step(self) -> StepView:
        return self.steps[self.position]

    @property
    def next_step(self) -> StepView | None:
        return self.steps[self.position + 1] if self.position + 1 < len(self.steps) else None


@dataclass(frozen=True)
class ClockView:
    """The clock of a step: the seconds of the epoch at which it is over and half over, and in words.

    Nothing in it moves by itself, so that everybody's is the same; browsers count. `left` is for a clock that stands.
    """

    until: int
    half: int
    left: int
    is_paused: bool
    is_halved: bool
    words: str
    half_words: str


@dataclass(frozen=True)
class ShorterView:
    """A later step that could be shortened by some minutes."""

    position: int
    title: str
    minutes: int


@dataclass(frozen=True)
class TimeView:
    """When the session will be over, in words that are right when they are drawn, and what browsers count on with.

    `words` say it for now; `on_track` and `late` are the same for later, with {time} and {minutes} to be filled in.
    """

    words: str
    is_on_track: bool
    until: int
    later: int
    left: int
    planned: int
    is_paused: bool
    zone: str
    on_track: str
    late: str
    protected: tuple[str, ...]
    shorter: tuple[ShorterView, ...]


def row_of(session: ReflectionSession) -> Run | None:
    """What is stored of a session's script; most questions have read it along with the session."""
    return getattr(session, "run", None)


def run_of(session: ReflectionSession, language: str = "") -> RunView | None:
    """A session's script as it runs; None where it has none, and everything is about the rubric."""
    row = row_of(session)
    if row is None:
        return None
    language = language or get_language() or session.room.language
    script = script_of(session.pack_id, row.script, language, session.domain)
    return RunView(
        script=script.key,
        name=script.name,
        steps=steps_of(row, script.steps),
        position=row.position,
        reached=row.reached,
        is_paused=row.paused_at is not None,
    )


def get_run(session: ReflectionSession, language: str = "") -> RunView:
    """The same where there has to be one."""
    run = run_of(session, language)
    if run is None:
        raise NotThere
    return run


def steps_of(row: Run, words: tuple[StepView, ...]) -> tuple[StepView, ...]:
    """The steps as edited; an own one, which no pack has words for, belongs to the movement it stands in."""
    by_key = {it.key: it for it in words}
    found: list[StepView] = []
    for it in row.steps:
        step = by_key.get(it["key"])
        if step is None:
            before = found[-1] if found else words[0]
            step = own_step(it, before)
        found.append(replace(step, minutes=it["minutes"]))
    return tuple(found)


def own_step(it: dict, before: StepView) -> StepView:
    """A break or the facilitator's own slides."""
    title = it.get("title") or (_("A break") if it["kind"] == "break" else _("Slides"))
    advice = (
        _("Come back when the screen calls you.")
        if it["kind"] == "break"
        else _("Look at the screen in front.")
    )
    return StepView(
        key=it["key"],
        kind=it["kind"],
        movement=before.movement,
        movement_title=before.movement_title,
        title=title,
        question=title,
        advice=advice,
        say="",
        prompts=(),
        minutes=it["minutes"],
        is_protected=False,
        pages=(),
    )


# -- where everybody is ------------------------------------------------------------------------------------


def stop_of(session: ReflectionSession) -> Stop | None:
    """Where everybody is; at the rubric, while teams talk over their boards, and when all is over: as without a script."""
    row = row_of(session)
    if row is None or not row.steps or session.room.state == Room.State.LOBBY:
        return None
    step = row.steps[row.position]
    is_at_boards = step["kind"] == RUBRIC or step["kind"] == TALK or session.room.is_closed
    if is_at_boards and has_come(session):
        return None
    return Stop(key=step["key"], address=STEP_PAGE)


def has_come(session: ReflectionSession) -> bool:
    """Whether the room has been at the rubric; a script without one never is."""
    row = row_of(session)
    if row is None or not row.steps:
        return True
    return any(it["kind"] == RUBRIC for it in row.steps[: row.reached + 1])


def talk_prompts(session: ReflectionSession) -> tuple[str, ...]:
    """What the script asks of teams who talk over their boards."""
    run = run_of(session)
    return next((it.prompts for it in run.steps if it.kind == TALK), ()) if run else ()


GUIDE = Guide(stop=stop_of, has_come=has_come, prompts=talk_prompts, related=("run",))


# -- the clock ---------------------------------------------------------------------------------------------


def pace_of(row: Run, room: Room, at: datetime, is_protected: tuple[bool, ...] = ()) -> pacing.Pace:
    """Where the session stands in time."""
    began = row.began_at or room.opened_at or at
    return pacing.pace(
        pacing_steps(row, is_protected),
        row.position,
        began=began.timestamp(),
        extra=row.extra,
        paused=row.paused_at.timestamp() if row.paused_at else None,
        now=at.timestamp(),
        planned_end=planned_end(row, room, at).timestamp(),
    )


def pacing_steps(row: Run, is_protected: tuple[bool, ...] = ()) -> tuple[pacing.Step, ...]:
    """The steps as the rules of time know them."""
    kept = is_protected or (False,) * len(row.steps)
    return tuple(
        pacing.Step(it["minutes"] * pacing.MINUTE, it.get("spent", 0), is_kept)
        for it, is_kept in zip(row.steps, kept, strict=True)
    )


def planned_end(row: Run, room: Room, at: datetime) -> datetime:
    """When it was to be over, from the moment at which everyone was let begin."""
    return (room.opened_at or at) + timedelta(minutes=row.minutes)


def clock_of(session: ReflectionSession, at: datetime) -> ClockView | None:
    """The clock of the step where the room is; none before it begins and after it has closed."""
    row, room = row_of(session), session.room
    if row is None or room.state != Room.State.OPEN:
        return None
    pace = pace_of(row, room, at)
    length = row.steps[row.position]["minutes"] * pacing.MINUTE + row.extra
    half = pace.until - length / 2
    return ClockView(
        until=round(pace.until),
        half=round(half),
        left=pace.left,
        is_paused=pace.is_paused,
        # Where two take turns, the middle is said too.
        is_halved=row.steps[row.position]["kind"] == TURN_AND_TALK,
        words=digits(pace.left)
        if pace.is_paused
        else _("until {time}").format(time=time_words(pace.until, room)),
        half_words=time_words(half, room),
    )


def time_of(session: ReflectionSession, at: datetime) -> TimeView | None:
    """When the session will be over, and which of its later steps could give time; nothing where no clock runs."""
    run, row, room = run_of(session), row_of(session), session.room
    if run is None or row is None or room.state != Room.State.OPEN:
        return None
    kept = tuple(step.is_protected for step in run.steps)
    pace = pace_of(row, room, at, kept)
    on_track, late = (
        _("On track to end at {time}."),
        _("Ends at about {time}, {minutes} minutes later than planned."),
    )
    proposals = () if pace.is_on_track else pacing.shorten(pacing_steps(row, kept), row.position, pace.late)
    return TimeView(
        words=(on_track if pace.is_on_track else late).format(
            time=time_words(pace.ends, room), minutes=round(pace.late / pacing.MINUTE)
        ),
        is_on_track=pace.is_on_track,
        until=round(pace.until),
        later=pace.later,
        left=pace.left,
        planned=round(planned_end(row, room, at).timestamp()),
        is_paused=pace.is_paused,
        zone=room.time_zone,
        on_track=on_track,
        late=late,
        protected=tuple(
            dict.fromkeys(it.movement_title for it in run.steps[row.position + 1 :] if it.is_protected)
        ),
        shorter=tuple(
            ShorterView(it.position, run.steps[it.position].title, it.seconds // pacing.MINUTE)
            for it in proposals
        ),
    )


def digits(seconds: int) -> str:
    """Minutes and seconds, as a clock that stands shows them."""
    minutes, rest = divmod(abs(seconds), pacing.MINUTE)
    return f"{'+ ' if seconds < 0 else ''}{minutes}:{rest:02}"


def time_words(seconds: float, room: Room) -> str:
    """A time of day in the room's own time zone, as one says it: 3:15."""
    there = datetime.fromtimestamp(seconds, ZoneInfo(room.time_zone))
    return f"{there.hour % 12 or 12}:{there:%M}" if says_twelve() else f"{there:%H:%M}"


def says_twelve() -> bool:
    """Whether the reader's language counts to twelve; morning or afternoon is clear in a room."""
    return (get_language() or "en").startswith("en")
