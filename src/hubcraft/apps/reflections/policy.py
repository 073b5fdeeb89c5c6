"""Who may place, see and open what; and the same in words, for "Who can see this?"."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import Reflection, ReflectionSession, Typing
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.domain.suppression import PEOPLE_FLOOR
from hubcraft.domain.verdict import Verdict, allow, refuse


@dataclass(frozen=True)
class Rung:
    """One rung of the privacy ladder: what a team sees of a mark, and how the mark is kept."""

    is_named: bool
    is_ballot: bool


LADDER = {
    ReflectionSession.Rung.INITIALS: Rung(is_named=True, is_ballot=False),
    ReflectionSession.Rung.ALIAS: Rung(is_named=True, is_ballot=False),
    ReflectionSession.Rung.ANONYMOUS: Rung(is_named=False, is_ballot=True),
}


def rung_of(session: ReflectionSession) -> Rung:
    """The rung this session was opened with; it never changes."""
    return LADDER[ReflectionSession.Rung(session.rung)]


def can_start(rung: str, is_open_board: bool) -> Verdict:
    """An open board shows who answers when, which a ballot must never do."""
    if is_open_board and LADDER[ReflectionSession.Rung(rung)].is_ballot:
        return refuse(
            _(
                "An open board shows marks as they arrive, so it can't be anonymous. Choose silent rating, or initials."
            )
        )
    return allow()


def can_rate(viewer: Viewer, seat: Seat, room: Room, *, has_come: bool = True) -> Verdict:
    """Anyone in a seat of their own, once the facilitator has let everyone begin and the rubric has come."""
    if seat.id not in (viewer.seat, *viewer.others) or viewer.room != room.id:
        return refuse(_("This is not your seat."))
    if seat.kind == Seat.Kind.INTERPRETING:
        return refuse(_("You are here to interpret, so you place no marks. Change that under your name."))
    if seat.is_waiting:
        return refuse(
            _("Your team's board is open already. Wait until somebody lets you in, then rate first.")
        )
    if room.state == Room.State.LOBBY:
        return refuse(_("It has not begun yet. The look-fors open when the facilitator lets everyone begin."))
    return allow() if has_come else refuse(not_yet())


def not_yet() -> str:
    """Why nobody rates or opens a board before a script has come to the rubric."""
    return _("The rubric comes later in this session. Your page moves on to it by itself.")


def is_kept_as_late(
    session: ReflectionSession, reflection: Reflection, seat: Seat, room: Room, phase: str
) -> bool:
    """Whether an answer comes after its time: then it is kept and offered, never taken in silence, never dropped."""
    if room.state == Room.State.CLOSED:
        return True
    if session.is_open_board or not reflection.is_revealed:
        return False
    return rung_of(session).is_ballot or (phase == "before" and not seat.is_late)


def can_type_in(viewer: Viewer, reflection: Reflection, room: Room, *, has_come: bool = True) -> Verdict:
    """The facilitator, or anyone of the team, types in what stands on the team's paper, as long as the room is open."""
    is_member = viewer.takes_part and viewer.team == reflection.team_id and not viewer.is_waiting
    if viewer.room != room.id or not (viewer.leads or is_member):
        return refuse(_("Only this team or the facilitator can type in its paper."))
    if room.is_in_lobby:
        return refuse(_("It has not begun yet. Paper is typed in once the facilitator lets everyone begin."))
    if room.is_closed:
        return refuse(
            _(
                "The room is closed, so nothing can be typed in. The facilitator can open it again; then type it in."
            )
        )
    return allow() if has_come else refuse(not_yet())


def sees_typed(viewer: Viewer, session: ReflectionSession, typing: Typing, *, sees_board: bool) -> bool:
    """Whoever typed it in has seen the paper; others of the team see it where the board shows them the same."""
    if typing.typist == Typing.Typist.FACILITATOR:
        is_mine = viewer.leads
    else:
        is_mine = typing.seat_id is not None and typing.seat_id in (viewer.seat, *viewer.others)
    is_named = session.is_open_board or typing.reflection.shows == Reflection.Shows.INITIALS
    return is_mine or (sees_board and is_named)


def can_wish(viewer: Viewer, session: ReflectionSession, reflection: Reflection) -> Verdict:
    """*I'd rather not show mine*: any member, before the reveal, on a board that would name them."""
    if not (viewer.takes_part and viewer.team == reflection.team_id):
        return refuse(_("Only this team's members can ask for that."))
    if session.is_open_board or not rung_of(session).is_named:
        return refuse(_("There is nothing to ask for here: read “Who can see this?”."))
    if reflection.is_revealed:
        return refuse(_("The board is open already. This can be asked for only before that."))
    return allow()


def can_see_roster(viewer: Viewer, reflection: Reflection) -> Verdict:
    """The team's own members."""
    if viewer.takes_part and viewer.team == reflection.team_id:
        return allow()
    return refuse(_("Only this team sees who is in it."))


def can_see_board(
    viewer: Viewer, session: ReflectionSession, reflection: Reflection, seat: Seat, is_done_late: bool
) -> Verdict:
    """The team's own members once it is open; who came late, after they have rated."""
    if not (viewer.takes_part and viewer.team == reflection.team_id and viewer.seat == seat.id):
        return refuse(_("Only this team sees its board."))
    if seat.is_waiting:
        return refuse(_("Wait until somebody lets you in."))
    if session.is_open_board or seat.team.is_alone:
        return allow()
    if not reflection.is_revealed:
        return refuse(_("Your team has not opened its board yet."))
    if seat.is_late and not seat.interprets and not is_done_late:
        return refuse(_("You came after the board was opened. Place your own initials first, then look."))
    return allow()


def can_reveal(
    viewer: Viewer,
    session: ReflectionSession,
    reflection: Reflection,
    room: Room,
    everyone_finished: bool,
    *,
    has_come: bool = True,
) -> Verdict:
    """The team when everyone has finished; the facilitator with those we have."""
    leads = viewer.leads and viewer.room == room.id
    if not leads and not (viewer.takes_part and viewer.team == reflection.team_id):
        return refuse(_("Only this team or the facilitator can open its board."))
    if session.is_open_board:
        return refuse(_("This board is open from the start."))
    if room.state == Room.State.LOBBY:
        return refuse(_("It has not begun yet."))
    if not has_come:
        return refuse(not_yet())
    if reflection.is_revealed:
        return refuse(_("This board is open already."))
    if not leads and session.is_over_days:
        return refuse(
            _("Your board opens by itself when {day} has ended. The facilitator can open it earlier.").format(
                day=day_words(session.until_on)
            )
        )
    if not leads and not everyone_finished:
        return refuse(_("Some are still placing their initials. Ask the facilitator if someone has left."))
    return allow()


# What a session is open at most; a device holds its seat for longer (`rooms.pages.device`).
MOST_DAYS = 60


def day_words(day: date) -> str:
    """A day as one says it, in the reader's language: Friday 4 December."""
    # Translators: how a day is written, in the letters of Django's date filter.
    return date_format(day, _("l j F"))


def can_be_open_until(day: date, *, today: date, since: date) -> Verdict:
    """A day that is still to end, and not so far away that devices forget their seats."""
    if day < today:
        return refuse(
            _("This day is over already: {day}. Choose today or a later one.").format(day=day_words(day))
        )
    last = since + timedelta(days=MOST_DAYS)
    if day > last:
        return refuse(
            _("A session is open for sixty days at most. Choose {day} or an earlier one.").format(
                day=day_words(last)
            )
        )
    return allow()


def can_keep_open(viewer: Viewer, session: ReflectionSession, room: Room) -> Verdict:
    """The facilitator, in an open room whose day has not ended: leaves it open until a day, or moves the day."""
    if not can_lead_boards(viewer, room):
        return can_lead_boards(viewer, room)
    if room.state == Room.State.LOBBY:
        return refuse(_("It has not begun yet. Let everyone begin first."))
    if room.state == Room.State.CLOSED:
        return refuse(_("The room is closed. Open it again first."))
    if session.ended_at is not None:
        return refuse(_("Its day has ended and boards have opened. Start the next session instead."))
    if room.is_rehearsal:
        return refuse(_("This is a rehearsal. It is deleted within a day."))
    return allow()


def can_gather(viewer: Viewer, session: ReflectionSession, room: Room) -> Verdict:
    """The facilitator, once people who went at their own pace are together in an open room."""
    if not can_lead_boards(viewer, room):
        return can_lead_boards(viewer, room)
    if room.state == Room.State.CLOSED:
        return refuse(_("The room is closed. Open it again first."))
    if not session.is_at_own_pace:
        return refuse(_("You are together already: this session is led from your page."))
    return allow()


def can_be_reminded(viewer: Viewer, session: ReflectionSession, seat: Seat, room: Room) -> Verdict:
    """Whoever takes part may leave an address while there is something to be reminded of."""
    if seat.id not in (viewer.seat, *viewer.others) or viewer.room != room.id:
        return refuse(_("This is not your seat."))
    if seat.is_waiting:
        return refuse(_("Wait until somebody of your team lets you in."))
    if not settings.HUBCRAFT_CAN_MAIL:
        return refuse(_("This server sends no mail."))
    if room.is_closed or not session.is_over_days:
        return refuse(_("There is nothing to be reminded of: the session is not open over days any more."))
    return allow()


def can_lead_boards(viewer: Viewer, room: Room) -> Verdict:
    """The facilitator opens boards and sees who has finished, never a mark."""
    if viewer.leads and viewer.room == room.id:
        return allow()
    return refuse(_("Only the facilitator can do this."))


def can_choose_domain(viewer: Viewer, room: Room) -> Verdict:
    """The facilitator, before it begins: from then on people answer, and an answer belongs to its look-for."""
    verdict = can_lead_boards(viewer, room)
    if not verdict.is_allowed or room.is_in_lobby:
        return verdict
    return refuse(
        _(
            "It has begun, so every team keeps the rubric it has. You can choose another before the next session "
            "with these teams begins."
        )
    )


def can_move_to_another_team(
    viewer: Viewer, session: ReflectionSession, seat: Seat, has_ballots: bool
) -> Verdict:
    """Marks go along with their person; slips can't, because nobody but the phone knows which they are."""
    is_mine = viewer.leads or seat.id in (viewer.seat, *viewer.others)
    if not (is_mine and viewer.room == seat.room_id):
        return refuse(_("Only the person in this seat or the facilitator can do this."))
    if seat.is_only_on_paper:
        return refuse(
            _(
                "{label} was typed in from paper. Take the initials out there, and type them in for the other team."
            ).format(label=seat.label)
        )
    if has_ballots:
        return refuse(
            _(
                "{label} has already placed anonymous answers in this team, and nobody can tell which they are."
            ).format(label=seat.label)
        )
    return allow()


def who_can_see(
    rung: str,
    *,
    is_open_board: bool = False,
    is_alone: bool = False,
    is_revealed: bool = False,
    shows: str = "",
) -> tuple[str, ...]:
    """What `can_see_board` and the board's own rules come to, in words for the person whose mark it is."""
    step = LADDER[ReflectionSession.Rung(rung)]
    named = _("your alias") if rung == ReflectionSession.Rung.ALIAS else _("your initials")
    if is_alone:
        inside = [_("You are here alone: only you see your answers.")]
    elif is_open_board:
        inside = [_("Your team sees {named} here as soon as you place them.").format(named=named)]
    elif step.is_ballot:
        kept = _("We keep your answers without your name, and nothing that leads back to you.")
        seen = _("When your team opens its board it sees counts, from {floor} answers on.")
        if is_revealed:
            kept = _("The board is open, so answers can no longer be changed.")
            seen = _("Your team sees counts, from {floor} answers on.")
        inside = [kept, seen.format(floor=PEOPLE_FLOOR)]
    elif shows == Reflection.Shows.DOTS:
        inside = [
            _("Your team's board shows dots as they stood when it was opened, not whose they are."),
            _("If you change your answer now, that is kept and not shown."),
        ]
    elif shows == Reflection.Shows.OWN:
        inside = [
            _("Only you see your answers: your team is small, and somebody would rather not show theirs.")
        ]
    elif is_revealed:
        inside = [_("Your team sees {named} here.").format(named=named)]
    else:
        inside = [
            _("Until your team opens its board, only you see this."),
            _("Then your team sees {named} here.").format(named=named),
        ]
    outside = _("The facilitator and the room see that you have finished, never what you chose.")
    if step.is_ballot:
        outside = _("The facilitator and the room see how many have finished, in steps, never who or what.")
    return (*inside, outside)


def who_sees_board(shows: str, *, is_alone: bool) -> tuple[str, ...]:
    """The same for a board that is open, said above it."""
    if is_alone:
        return (_("Only you see this page."),)
    if shows == Reflection.Shows.OWN:
        return (_("Each of you sees only your own answers."),)
    return (_("Everyone on this team sees this board. The room does not."),)
