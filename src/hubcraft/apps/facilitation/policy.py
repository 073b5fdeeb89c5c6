"""Who may lead a session through its steps, and who follows it."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.rooms import policy as rooms
from hubcraft.apps.rooms.models import LeadKey, Room, Seat
from hubcraft.domain.verdict import Verdict, allow, refuse


def can_run(viewer: Viewer, room: Room) -> Verdict:
    """The facilitator, while the room is open."""
    verdict = rooms.can_lead(viewer, room)
    if not verdict:
        return verdict
    if room.state == Room.State.LOBBY:
        return refuse(_("It has not begun yet. Let everyone begin first."))
    if room.state == Room.State.CLOSED:
        return refuse(_("The room is closed. Open it again first."))
    return allow()


def can_edit_plan(viewer: Viewer, room: Room) -> Verdict:
    """The facilitator, until the room is closed."""
    verdict = rooms.can_lead(viewer, room)
    if verdict and room.is_closed:
        return refuse(_("The room is closed. Open it again first."))
    return verdict


def can_follow(viewer: Viewer, room: Room) -> Verdict:
    """Everybody who has a seat is where the room is, also who came late and waits for their team's board."""
    if viewer.takes_part and viewer.room == room.id:
        return allow()
    return refuse(_("Your seat is no longer on this device. Open the room again."))


def can_choose(viewer: Viewer, seat: Seat, room: Room, has_come: bool) -> Verdict:
    """Anyone in a seat of their own, from the step that asks for it until the room is closed."""
    return can_say(viewer, seat, room, has_come, _("The room is closed. What you chose is kept."))


def can_give_feedback(viewer: Viewer, seat: Seat, room: Room, has_come: bool) -> Verdict:
    """The same for the feedback."""
    return can_say(viewer, seat, room, has_come, _("The room is closed. Feedback is no longer taken."))


def can_comment(words: str, look_for: str, known: Collection[str]) -> Verdict:
    """A comment on wording has words, and is about one of the look-fors that the session's rubrics hold."""
    if look_for and look_for not in known:
        return refuse(_("This is not in the list. Choose from it what your words are about."))
    if words and not look_for:
        return refuse(_("Choose from the list what your words are about."))
    if look_for and not words:
        return refuse(_("Write what should be better in the words you chose, or choose none."))
    return allow()


def can_say(viewer: Viewer, seat: Seat, room: Room, has_come: bool, closed: str) -> Verdict:
    """Who takes part, in their own seat, while the room is open and has come so far."""
    if seat.id not in (viewer.seat, *viewer.others) or viewer.room != room.id:
        return refuse(_("This is not your seat."))
    if seat.interprets:
        return refuse(_("You are here to interpret, so you are not asked. Change that under your name."))
    if room.is_closed:
        return refuse(closed)
    if room.is_in_lobby or not has_come:
        return refuse(_("The room has not come to this yet. It opens when the facilitator goes there."))
    return allow()


def choose_one() -> str:
    """What is said to a form in which nothing was chosen."""
    return _("Choose a domain for at least one of the questions.")


def can_say_ready(viewer: Viewer, seat: Seat, room: Room) -> Verdict:
    """Anyone in a seat of their own, while the room is open."""
    return can_say(viewer, seat, room, True, _("The room is closed. Nobody goes on from here."))


def can_offer(viewer: Viewer, seat: Seat, room: Room, has_come: bool) -> Verdict:
    """Who wrote a strategy may offer it to the room, once people are asked to speak."""
    return can_say(viewer, seat, room, has_come, _("The room is closed. Nothing new can be offered."))


def can_hear(viewer: Viewer, room: Room) -> Verdict:
    """The facilitator writes down what is said, also after the room was closed; before it begins nobody has spoken."""
    verdict = rooms.can_lead(viewer, room)
    if verdict and room.is_in_lobby:
        return refuse(_("It has not begun yet. Let everyone begin first."))
    return verdict


def can_count(viewer: Viewer, room: Room) -> Verdict:
    """The facilitator has the room counted; who may be counted is the boards' own matter."""
    return can_hear(viewer, room)


# A link that was given away and forgotten leads as well: a handful is seen at one look.
MOST_LEADERS = 6


def can_invite(viewer: Viewer, room: Room, keys: int, name: str) -> Verdict:
    """Whoever leads, once they have said who they are: the others should know with whom they lead."""
    verdict = rooms.can_lead(viewer, room)
    if verdict and not name:
        return refuse(_("Say who you are first, so that they know with whom they lead."))
    if verdict and keys >= MOST_LEADERS:
        return refuse(_("Six links lead this room already. Take one of them away first."))
    return verdict


def can_hand_over(viewer: Viewer, room: Room, mine: str, other: LeadKey) -> Verdict:
    """To somebody who has come: a room is never left with a link that nobody has opened."""
    verdict = rooms.can_lead(viewer, room)
    if verdict and other.id == mine:
        return refuse(_("This is your own key. Choose somebody else to lead."))
    if verdict and not other.name:
        return refuse(_("Nobody has opened this link yet. Hand over once they have said who they are."))
    return verdict


def can_take_key(viewer: Viewer, room: Room, mine: str, other: LeadKey) -> Verdict:
    """Whoever leads may take any other key away; one's own ends by handing over, so that somebody always leads."""
    verdict = rooms.can_lead(viewer, room)
    if verdict and other.id == mine:
        return refuse(_("This is your own key. Hand over instead, so that somebody leads."))
    return verdict


# Each is kept for a day, and all wait in one line.
LONG_FILES = 30


def can_ask_for_file(kept: int) -> Verdict:
    """Whoever sees a page may have it made into a long file, some thirty times a day."""
    if kept >= LONG_FILES:
        return refuse(
            _("You have asked for many long files today. Take those that are there, or come back tomorrow.")
        )
    return allow()
