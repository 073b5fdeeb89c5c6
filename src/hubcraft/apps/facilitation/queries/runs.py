"""A session that follows a script: where it is, in words and in time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.frameworks.queries import StepView, script_of
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.queries.doors import Place
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

    # How long the step lasts where the room is, with what it was given or lost since it began.
    seconds: int
    has_screen: bool

    @property
    def step(self) -> StepView:
        return self.steps[self.position]

    @property
    def mark(self) -> str:
        """What a button says of where its page saw the room."""
        return road_mark(self.position, (it.key for it in self.steps))

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
    seconds: int


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


def road_mark(position: int, keys: Iterable[str]) -> str:
    """Where a room is on its road, for comparison: the road is another one when a step is moved, put in or left out."""
    return f"{position} of {crc32('/'.join(keys).encode()):08x}"


def length_of(row: Run, position: int) -> int:
    """How long a step lasts, in seconds; the one that runs with what it was given or lost since it began."""
    extra = row.extra if position == row.position else 0
    return row.steps[position]["minutes"] * pacing.MINUTE + extra


def row_of(session: ReflectionSession) -> Run | None:
    """What is stored of a session's script; most questions have read it along with the session."""
    return getattr(session, "run", None)


def run_of(session: ReflectionSession, language: str = "", domain: str = "") -> RunView | None:
    """A session's script as it runs; None where it has none, and everything is about the rubric.

    Steps that ask with a domain's own words ask with those of `domain`, a team's own; else with the session's.
    """
    row = row_of(session)
    if row is None:
        return None
    language = language or get_language() or session.room.language
    script = script_of(session.pack_id, row.script, language, domain or session.domain)
    return RunView(
        script=script.key,
        name=script.name,
        steps=steps_of(row, script.steps),
        position=row.position,
        reached=row.reached,
        is_paused=row.paused_at is not None,
        seconds=length_of(row, row.position),
        has_screen=row.has_screen,
    )


def led_run_of(session: ReflectionSession, domain: str = "") -> RunView | None:
    """The same while somebody leads it; None where each goes at their own pace."""
    return None if session.is_at_own_pace else run_of(session, domain=domain)


def run_at(place: Place, language: str = "") -> RunView | None:
    """The same for the person at this place, in the words of what their team reflects on."""
    return run_of(place.session, language, place.reflection.domain_key)


def get_run(place: Place) -> RunView:
    """The same where there has to be one."""
    run = run_at(place)
    if run is None:
        raise NotThere
    return run


def steps_of(row: Run, words: tuple[StepView, ...]) -> tuple[StepView, ...]:
    """The steps as edited: one that was moved into another movement belongs there, and so does an own one, which no
    pack has words for, to the movement it stands in."""
    by_key = {it.key: it for it in words}
    titles = {it.movement: it.movement_title for it in words}
    found: list[StepView] = []
    for it in row.steps:
        step = by_key.get(it["key"])
        if step is None:
            before = found[-1] if found else words[0]
            step = own_step(it, before, has_screen=row.has_screen)
        if it.get("movement") in titles:
            step = replace(step, movement=it["movement"], movement_title=titles[it["movement"]])
        found.append(replace(step, minutes=it["minutes"]))
    return tuple(found)


def own_step(it: dict, before: StepView, *, has_screen: bool) -> StepView:
    """A break or the facilitator's own slides; where there is no screen, nobody is sent to it."""
    is_break = it["kind"] == "break"
    title = it.get("title") or (_("A break") if is_break else _("Slides"))
    if has_screen:
        advice = _("Come back when the screen calls you.") if is_break else _("Look at the screen in front.")
    else:
        advice = _("Come back when this page changes.") if is_break else _("Listen to the facilitator.")
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
    if row is None or not row.steps or session.room.state == Room.State.LOBBY or session.is_at_own_pace:
        return None
    step = row.steps[row.position]
    is_at_boards = step["kind"] == RUBRIC or step["kind"] == TALK or session.room.is_closed
    if is_at_boards and has_come(session):
        return None
    # With or without a screen the pages of a step differ, so these are two audiences.
    return Stop(key=step["key"] if row.has_screen else f"{step['key']}.alone", address=STEP_PAGE)


def has_come(session: ReflectionSession) -> bool:
    """Whether the room has been at the rubric; a script without one never is. Over days it is there from the start."""
    row = row_of(session)
    if row is None or not row.steps or session.until_on is not None:
        return True
    return any(it["kind"] == RUBRIC for it in row.steps[: row.reached + 1])


def is_at_talk(session: ReflectionSession) -> bool:
    """Whether the room talks over its boards just now: who still places their initials is not taken along."""
    row, room = row_of(session), session.room
    if row is None or not row.steps or room.state != Room.State.OPEN or session.is_at_own_pace:
        return False
    return row.steps[row.position]["kind"] == TALK


def talk_prompts(reflection: Reflection) -> tuple[str, ...]:
    """What the script asks of a team that talks over its board."""
    run = run_of(reflection.session, domain=reflection.domain_key)
    return next((it.prompts for it in run.steps if it.kind == TALK), ()) if run else ()


GUIDE = Guide(stop=stop_of, has_come=has_come, prompts=talk_prompts, related=("run",))


# -- the clock ---------------------------------------------------------------------------------------------


def pace_of(row: Run, room: Room, at: datetime, is_protected: tuple[bool, ...] = ()) -> pacing.Pace:
    """Where the session stands in time; while its room is closed the clock stands."""
    at = min(at, room.closed_at) if room.closed_at else at
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
    """When it was to be over, from the moment at which everyone was let begin, or was brought together."""
    began = row.session.together_at or room.opened_at or at
    return began + timedelta(minutes=row.minutes, seconds=row.closed_for)


def clock_of(session: ReflectionSession, at: datetime) -> ClockView | None:
    """The clock of the step where the room is; none before it begins and after it has closed."""
    row, room = row_of(session), session.room
    if row is None or room.state != Room.State.OPEN or session.is_at_own_pace:
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
    run, row, room = led_run_of(session), row_of(session), session.room
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
            ShorterView(
                it.position,
                run.steps[it.position].title,
                it.seconds // pacing.MINUTE,
                length_of(row, it.position),
            )
            for it in proposals
        ),
    )


def end_on_phones(session: ReflectionSession, at: datetime) -> TimeView | None:
    """When the session will be over, for phones: where there is a screen, that says it."""
    row = row_of(session)
    return None if row is None or row.has_screen else time_of(session, at)


def digits(seconds: int) -> str:
    """Minutes and seconds, as a clock that stands shows them."""
    minutes, rest = divmod(abs(seconds), pacing.MINUTE)
    return f"{'+ ' if seconds < 0 else ''}{minutes}:{rest:02}"


def time_words(seconds: float, room: Room) -> str:
    """A time of day in the room's own time zone, as its clock shows it: 3:15. Which half of the day is clear in a room."""
    there = datetime.fromtimestamp(seconds, ZoneInfo(room.time_zone))
    return f"{there.hour % 12 or 12}:{there:%M}"
