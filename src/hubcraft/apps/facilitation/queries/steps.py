"""The page of a step, as one participant sees it."""

from dataclasses import dataclass
from datetime import datetime

from hubcraft.apps.facilitation.queries.ready import ready_form
from hubcraft.apps.facilitation.queries.runs import ClockView, RunView, TimeView, clock_of, end_on_phones
from hubcraft.apps.facilitation.queries.said import has_been_at
from hubcraft.apps.frameworks.queries import StepView
from hubcraft.apps.reflections import policy as boards
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms.queries import MeView, RoomView, list_seats, me_view, room_view


@dataclass(frozen=True)
class StepPage:
    """What every step's page has; a kind that shows more adds its own fields: `class ChoicePage(StepPage)`."""

    me: MeView
    room: RoomView
    run: RunView
    step: StepView
    clock: ClockView | None
    # Only where no screen says it.
    time: TimeView | None
    board_address: str
    answers_address: str
    # Once feedback was asked for it may be given until the room is closed, wherever the room is.
    feedback_address: str
    has_finished: bool
    # Whether they have said that they are ready to go on; nothing where nobody is asked.
    ready: dict[str, object] | None


def step_page(place: Place, run: RunView, step: StepView, at: datetime) -> StepPage:
    """A step for the person at this place, with ways to what they have placed and seen so far."""
    base = f"/r/{place.room.id}/"
    sees_board = boards.can_see_board(
        place.viewer, place.session, place.reflection, place.seat, place.is_done_late
    )
    is_open = place.has_come and not place.seat.is_waiting
    has_finished = bool(place.finish and place.finish.is_finished)
    return StepPage(
        me=me_view(place.viewer, place.seat),
        room=room_view(place.room),
        run=run,
        step=step,
        clock=clock_of(place.session, at),
        time=end_on_phones(place.session, at),
        board_address=f"{base}board/"
        if is_open and sees_board and (place.reflection.is_revealed or has_finished)
        else "",
        answers_address=f"{base}look-fors/" if is_open and not place.seat.interprets else "",
        feedback_address=f"{base}feedback/"
        if has_been_at(place.session, "feedback") and step.kind != "feedback" and not place.seat.interprets
        else "",
        has_finished=has_finished,
        ready=ready_form(place),
    )


def partners_of(place: Place) -> tuple[str, ...]:
    """The labels of those in one's team one might talk with: pairs in the order of coming, the odd one makes a three.

    In that order nobody's partner changes when somebody else comes in, but for the last ones.
    """
    if place.seat.team.is_alone or place.seat.interprets or place.seat.is_waiting or place.seat.is_remote:
        return ()
    seats = list_seats(place.room.id, place.seat.team_id)
    here = [it for it in seats if not (it.is_waiting or it.interprets or it.is_remote)]
    here.sort(key=lambda seat: (seat.joined_at, seat.key))
    pairs = [here[at : at + 2] for at in range(0, len(here), 2)]
    if len(pairs) > 1 and len(pairs[-1]) == 1:
        pairs[-2:] = [pairs[-2] + pairs[-1]]
    mine = next((pair for pair in pairs if any(it.id == place.seat.id for it in pair)), [])
    return tuple(it.label for it in mine if it.id != place.seat.id)
