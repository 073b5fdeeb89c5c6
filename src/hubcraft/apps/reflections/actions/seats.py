"""What taking or leaving a kind of seat means for a board."""

from datetime import datetime

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import Finish
from hubcraft.apps.reflections.queries.doors import place_of_seat
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.models import Seat
from hubcraft.web.writer import writes


@writes
def interpret(*, by: Viewer, seat_id: str, at: datetime) -> None:
    """Only interpret. Who came late sees the board from now on, so their marks can't join it any more."""
    place = place_of_seat(by, seat_id, is_locked=True)
    rooms.change_seat(
        by=by, seat=place.seat, initials=place.seat.initials, kind=Seat.Kind.INTERPRETING, helper="", at=at
    )
    if place.seat.is_late:
        Finish.objects.update_or_create(
            reflection=place.reflection,
            seat=place.seat,
            defaults={
                "network_id": place.seat.network_id,
                "team_id": place.seat.team_id,
                "late_choice": "keep",
            },
        )
