"""Who may do what in a room."""

from django.conf import settings
from django.utils.translation import gettext as _

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.domain.verdict import Verdict, allow, refuse

# A room nobody planned a size for still ends somewhere: a prank must not fill the disk.
MOST_SEATS = 1_000


def can_know_of(viewer: Viewer, room: Room) -> bool:
    """Whoever holds any key to this room; to everybody else it does not exist."""
    return viewer.room == room.id and (
        viewer.takes_part or viewer.leads or viewer.projects or viewer.is_at_door
    )


def can_lead(viewer: Viewer, room: Room) -> Verdict:
    """The facilitator: whoever opened the facilitator's link on this device."""
    if viewer.leads and viewer.room == room.id:
        return allow()
    return refuse(_("Only the facilitator can do this. Open the facilitator's link on this device."))


def can_project(viewer: Viewer, room: Room) -> Verdict:
    """The projector's own read-only key."""
    if viewer.projects and viewer.room == room.id:
        return allow()
    return refuse(_("Open the projector from the facilitator's page."))


def can_join(viewer: Viewer, room: Room, seats: int) -> Verdict:
    """Anyone at the door, while the room is open, unlocked and has a free seat."""
    if room.state == Room.State.CLOSED:
        return refuse(_("This room is closed. Ask the facilitator whether it will be opened again."))
    if room.is_locked:
        return refuse(_("This room is locked just now. Ask the facilitator to unlock it, then try again."))
    if seats >= most_seats(room):
        return refuse(_("This room is full. Ask the facilitator to plan for more people, then try again."))
    if not (viewer.is_at_door or viewer.takes_part or viewer.leads):
        return refuse(_("Enter the room's code first."))
    return allow()


def can_seat_from_paper(room: Room, seats: int) -> Verdict:
    """People on paper come through no door, but they fill the room like others."""
    if seats >= most_seats(room):
        return refuse(
            _("This room is full. The facilitator can plan for more people; then type it in again.")
        )
    return allow()


def most_seats(room: Room) -> int:
    """Twice what was planned and never under ten more, so that a full house is never turned away by a guess."""
    if room.planned_size is None:
        return MOST_SEATS
    return max(2 * room.planned_size, room.planned_size + 10)


def can_claim(viewer: Viewer, room: Room) -> Verdict:
    """Anyone at the door may say that a seat is theirs; a lock keeps out new people, not those who are in."""
    if room.is_closed:
        return refuse(_("This room is closed. Ask the facilitator whether it will be opened again."))
    if not (viewer.is_at_door or viewer.takes_part or viewer.leads):
        return refuse(_("Enter the room's code first."))
    return allow()


# Enough to find one's way back; not enough to send strangers mail from here.
MOST_MAILS = 5


def can_mail(viewer: Viewer, room: Room) -> Verdict:
    """The facilitator may mail their own link to themselves, a few times."""
    if not can_lead(viewer, room):
        return can_lead(viewer, room)
    if not settings.HUBCRAFT_CAN_MAIL:
        return refuse(_("This server sends no mail. Copy the link instead."))
    if room.mails >= MOST_MAILS:
        return refuse(_("The link was mailed five times already. Copy it instead."))
    return allow()


def can_let_in(viewer: Viewer, seat: Seat) -> Verdict:
    """The facilitator, or anyone who is in the team that the person asks to join."""
    is_in_team = viewer.takes_part and viewer.team == seat.team_id and not viewer.is_waiting
    if viewer.room == seat.room_id and (viewer.leads or is_in_team):
        return allow()
    return refuse(_("Only this team or the facilitator can let somebody in."))


def can_change_seat(viewer: Viewer, seat: Seat) -> Verdict:
    """Its holder, or the facilitator."""
    if viewer.room == seat.room_id and (viewer.leads or seat.id in (viewer.seat, *viewer.others)):
        return allow()
    return refuse(_("Only the person in this seat or the facilitator can change it."))
