"""What people of the demo do in any room: come in, answer, open their board."""

import secrets
from datetime import datetime

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.actions import boards, marks, sessions
from hubcraft.apps.reflections.actions.marks import Operation
from hubcraft.apps.reflections.queries.doors import get_place
from hubcraft.apps.reflections.queries.roster import load_roster
from hubcraft.apps.rooms.actions import Placement
from hubcraft.domain.rating import DOES_NOT_APPLY, NOT_SURE


def sit(room_id: str, initials: str, placement: Placement, at: datetime) -> Viewer:
    """Somebody comes in."""
    seat, _secret = sessions.join(
        by=Viewer(room=room_id, is_at_door=True),
        room_id=room_id,
        initials=initials,
        placement=placement,
        language="en",
        at=at,
    )
    return Viewer(room=room_id, seat=seat.id, team=seat.team_id)


def place_line(viewer: Viewer, rubric, line: str, at: datetime) -> None:
    """One person's whole line of answers."""
    operations = [
        Operation(secrets.token_hex(16), look_for.key, answer_of(sign, rubric), "before")
        for look_for, sign in zip(rubric.look_fors, line, strict=True)
        if sign != "."
    ]
    if operations:
        marks.place_marks(by=viewer, seat_id=viewer.seat, operations=operations, at=at)


def answer_of(sign: str, rubric) -> str:
    """The answer behind a sign of the lines above."""
    return {"?": NOT_SURE, "-": DOES_NOT_APPLY}.get(sign) or rubric.levels[int(sign) - 1].key


def open_board(one: Viewer, by: Viewer, at: datetime) -> None:
    """The facilitator, or one of the team, opens a board with those who are there."""
    place = get_place(one)
    boards.reveal(
        by=by,
        reflection_id=place.reflection.id,
        roster_mark=load_roster(place.session, place.reflection).mark,
        at=at,
    )
