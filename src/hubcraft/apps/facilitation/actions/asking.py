"""What a facilitator answers: someone is let in or turned away."""

from datetime import datetime

from django.utils.translation import gettext as _

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms import queries
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes


@writes
def answer_asking(*, by: Viewer, room: Room, asking_id: str, is_granted: bool, at: datetime) -> None:
    """Say yes or no to a phone that claims a seat, or to somebody who came after the reveal."""
    try:
        request = queries.get_device_request(by, asking_id)
    except NotThere:
        if queries.was_answered(by, asking_id):
            insist(refuse(_("Somebody has answered this already.")))
        seat = queries.get_seat(by, asking_id)
        if is_granted:
            rooms.let_in(by=by, seat=seat, at=at)
        else:
            rooms.remove_seat(by=by, seat=seat, at=at)
        return
    rooms.answer_device(by=by, request=request, is_granted=is_granted, at=at)
