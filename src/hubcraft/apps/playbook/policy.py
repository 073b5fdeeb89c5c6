"""Who may name, change and read strategies; and the same in words, for "Who can see this?"."""

from django.utils.translation import gettext as _

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.policy import LADDER, can_see_board
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.domain.verdict import Verdict, allow, refuse

# More than anybody names in a session, few enough that nobody fills the disk.
MOST_STRATEGIES = 12


def can_name_strategy(viewer: Viewer, seat: Seat, room: Room, named: int = 0) -> Verdict:
    """Anyone in a seat of their own, from the moment the room begins until it is closed."""
    verdict = can_write(viewer, seat, room)
    if not verdict.is_allowed:
        return verdict
    if named >= MOST_STRATEGIES:
        return refuse(_("You have named twelve strategies. Take one back before you name another."))
    return allow()


def can_change_strategy(viewer: Viewer, seat: Seat, room: Room) -> Verdict:
    """Its own author, under the same conditions; whose it is the door has asked already."""
    return can_write(viewer, seat, room)


def can_write(viewer: Viewer, seat: Seat, room: Room) -> Verdict:
    """Whether this person may put something in their own words into this room."""
    if seat.id not in (viewer.seat, *viewer.others) or viewer.room != room.id:
        return refuse(_("This is not your seat."))
    if seat.interprets:
        return refuse(_("You are here to interpret, so you write nothing. Change that under your name."))
    if seat.is_waiting:
        return refuse(_("Wait until somebody of your team lets you in."))
    if room.is_in_lobby:
        return refuse(_("It has not begun yet. You can write when the facilitator lets everyone begin."))
    if room.is_closed:
        return refuse(_("The room is closed. What was written is kept; nothing new can be added."))
    return allow()


def can_see_strategies(
    viewer: Viewer, session: ReflectionSession, reflection: Reflection, seat: Seat, is_done_late: bool
) -> Verdict:
    """Whoever may see the team's board: a strategy tells where its author stands on its look-for."""
    verdict = can_see_board(viewer, session, reflection, seat, is_done_late)
    if verdict.is_allowed and reflection.shows == Reflection.Shows.OWN:
        return refuse(_("On your board each of you sees only what is their own."))
    return verdict


def is_shown(session: ReflectionSession, reflection: Reflection) -> bool:
    """Whether the team sees its members' strategies: not yet, or never where it does not see their marks."""
    return session.is_open_board or (reflection.is_revealed and reflection.shows != Reflection.Shows.OWN)


def is_named(session: ReflectionSession, reflection: Reflection) -> bool:
    """Whether a strategy stands there with its author's label: only where their marks do."""
    if not LADDER[ReflectionSession.Rung(session.rung)].is_named:
        return False
    return session.is_open_board or reflection.shows in ("", Reflection.Shows.INITIALS)


def who_can_see(session: ReflectionSession, reflection: Reflection, *, is_alone: bool) -> tuple[str, ...]:
    """What the rules above come to, in words for the person who is about to write."""
    step = LADDER[ReflectionSession.Rung(session.rung)]
    label = _("your alias") if session.uses_alias else _("your initials")
    if is_alone:
        return (_("You are here alone: only you see what you write."),)
    if step.is_ballot:
        inside = [
            _("Your team sees what you write, without your name, as soon as you send it.")
            if reflection.is_revealed
            else _("When your team opens its board it sees what you write, without your name."),
            _(
                "We keep nothing with it that leads back to you. Your own words might, and a small team guesses."
            ),
        ]
    elif reflection.shows == Reflection.Shows.OWN:
        inside = [
            _("Only you see what you write: your team is small, and somebody would rather not show theirs.")
        ]
    elif is_shown(session, reflection):
        inside = [
            _("Your team sees this with {label} as soon as you send it.").format(label=label)
            if is_named(session, reflection)
            else _("Your team sees this without {label} as soon as you send it.").format(label=label)
        ]
    else:
        inside = [
            _("Until your team opens its board, only you see this."),
            _(
                "Then your team sees it with {label}: without them where its board shows dots, not at all where "
                "everyone sees only their own."
            ).format(label=label),
        ]
    return (*inside, _("Nobody outside your team sees it: not the room, not the facilitator."))
