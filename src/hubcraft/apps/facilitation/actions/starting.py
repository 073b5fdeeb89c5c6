"""Starting a session from outside, as a program does for somebody."""

from datetime import datetime
from functools import partial

from django.utils.crypto import salted_hmac

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.facilitation.actions.runs import start_with_script
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.actions.sessions import start_session
from hubcraft.apps.rooms.models import Room
from hubcraft.apps.rooms.queries import made_before
from hubcraft.web.writer import writes


@writes
def start_for(*, by: Viewer, script: str, once: str, at: datetime, **asked) -> tuple[Room, str]:
    """The room and its key, and in the trail whose program started it; sent twice, it is one room and one line."""
    begin = partial(start_with_script, script=script) if script else start_session
    once = key_of(by, once)
    is_there = made_before(once) is not None
    room, key = begin(once=once, at=at, **asked)
    if not is_there:
        audit.record(
            who=by.in_trail,
            did="started a room through a token",
            thing=f"room {room.id}",
            room=room.id,
            at=at,
        )
    return room, key


def key_of(by: Viewer, once: str) -> str:
    """Two people whose programs choose the same number start two rooms: it leads to the key of a room."""
    told = f"{by.person} {once}"
    return salted_hmac("hubcraft.session", told, algorithm="sha256").hexdigest()[:32]
