"""The screen at the front: what everybody may see, and nobody in particular."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.queries.lead import stage_now
from hubcraft.apps.facilitation.queries.runs import (
    RUBRIC,
    ClockView,
    RunView,
    TimeView,
    clock_of,
    led_run_of,
    time_of,
)
from hubcraft.apps.frameworks.queries import LOOK_FOR, SEVERAL, LookForView, rubric_of
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.policy import rung_of
from hubcraft.apps.reflections.queries.domains import domain_of_room
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.reflections.queries.roster import finished_in_room, finished_words
from hubcraft.apps.rooms import queries as rooms
from hubcraft.apps.rooms.models import Room


@dataclass(frozen=True)
class ProjectorPage:
    """The screen at the front."""

    room: rooms.RoomView
    finished: int
    here: int
    finished_words: str
    question: str
    advice: str
    # The one that a room is about, for everybody to read; None where there are several.
    look_for: LookForView | None
    stage: str
    prompts: tuple[str, ...]
    # What there is to read on phones: the screen names it, so that who looks up knows where to look.
    reads: tuple[str, ...]
    run: RunView | None
    clock: ClockView | None
    time: TimeView | None
    has_dots: bool


def projector_page_of(room_id: str, at: datetime) -> ProjectorPage:
    """The same for a room whose projector has been admitted already."""
    return projector_page(Room.objects.get(id=room_id), at)


def projector_page(room: Room, at: datetime) -> ProjectorPage:
    """The screen at the front: one total for the room, no team put on the spot."""
    session = session_of(room)
    finished, here = finished_in_room(room, session)
    stage = stage_now(room, session, everyone_finished=0 < here == finished)
    domain = domain_of_room(session)
    run = led_run_of(session, domain)
    if run is not None and room.state == Room.State.OPEN:
        question, advice, prompts = run.step.question, run.step.advice, run.step.prompts
        reads = tuple(it.title for it in run.step.pages)
        is_rating = run.step.kind == RUBRIC
    else:
        (question, advice), prompts = words_of(session, stage), ()
        reads = ()
        is_rating = stage == Room.State.OPEN
    words = ""
    if stage == Room.State.LOBBY:
        words = _("{here} here").format(here=here)
    elif is_rating and here:
        words = finished_words(finished, here, is_in_steps=rung_of(session).is_ballot)
    return ProjectorPage(
        room=rooms.room_view(room),
        finished=finished,
        here=here,
        finished_words=words,
        question=question,
        advice=advice,
        look_for=None if stage == Room.State.CLOSED else look_for_alone(session, domain),
        stage=stage,
        prompts=prompts,
        reads=reads,
        run=run,
        clock=clock_of(session, at),
        time=time_of(session, at),
        has_dots=is_rating,
    )


def look_for_alone(session: ReflectionSession, domain: str) -> LookForView | None:
    """What a room rates, where that is one look-for."""
    if domain == SEVERAL:
        return None
    rubric = rubric_of(session.pack_id, domain, session.room.language)
    return rubric.look_fors[0] if rubric.reach == LOOK_FOR else None


def words_of(session: ReflectionSession, stage: str) -> tuple[str, str]:
    """The question and the advice below it, where no script has any."""
    if stage == Room.State.LOBBY:
        return (
            _("Where is your hub, at this moment in time?"),
            _("Point your camera at the code, write your initials and find your team."),
        )
    if stage == Room.State.CLOSED:
        return _("What will you do next?"), _("This room is closed. Your board stays on your phone.")
    if stage == "talk":
        return (
            _("What does each of you see that the others don’t?"),
            _("Start with the rows marked “Talk first”."),
        )
    return (
        _("Where is your hub, at this moment in time?"),
        _("Place your initials where you think your team is. Your team sees them as they arrive.")
        if session.is_open_board
        else _(
            "Place your initials on your own first. You will see your team's board together, when everyone is ready."
        ),
    )
