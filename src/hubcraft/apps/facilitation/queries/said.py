"""Whether the room has come to where something is said, and the step that asks for it."""

from hubcraft.apps.facilitation.queries.runs import RunView, row_of
from hubcraft.apps.frameworks.queries import StepView
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.verdict import NotThere


def has_been_at(session: ReflectionSession, kind: str) -> bool:
    """Whether the room has been at a step of this kind: what it asks for may be said from then on."""
    row = row_of(session)
    return row is not None and any(it["kind"] == kind for it in row.steps[: row.reached + 1])


def is_at(session: ReflectionSession, kind: str) -> bool:
    """Whether the room is at such a step just now."""
    row = None if session.is_at_own_pace else row_of(session)
    return row is not None and bool(row.steps) and row.steps[row.position]["kind"] == kind


def session_at(room_id: str, kind: str) -> ReflectionSession | None:
    """The session of an open room that is at such a step; the facilitator's page and the screen know only the room."""
    session = session_of(Room.objects.get(id=room_id))
    return session if session.room.state == Room.State.OPEN and is_at(session, kind) else None


def step_of_kind(run: RunView, kind: str) -> StepView:
    """The step of this kind where the room is, or else the first one it has been at."""
    if run.step.kind == kind:
        return run.step
    step = next((it for it in run.steps[: run.reached + 1] if it.kind == kind), None)
    if step is None:
        raise NotThere
    return step
