"""Saying that one is ready to go on."""

from datetime import datetime

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import Ready
from hubcraft.apps.facilitation.queries.ready import step_that_asks
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.queries.doors import place_of_seat
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def say_ready(*, by: Viewer, seat_id: str, step: str, is_ready: bool, at: datetime) -> None:
    """Say that one is ready to go on from a step, or not yet after all.

    `step` is the one that the page showed: where the room has gone on meanwhile, nothing is said of another.
    """
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_say_ready(by, place.seat, place.room))
    if step != step_that_asks(place.session):
        return
    said = Ready.objects.filter(session=place.session, seat=place.seat)
    if is_ready == said.filter(step=step).exists():
        return
    said.delete()
    if is_ready:
        Ready.objects.create(session=place.session, seat=place.seat, step=step)
    changed(place.room, (topics.LEAD_ROOM,), at=at)
