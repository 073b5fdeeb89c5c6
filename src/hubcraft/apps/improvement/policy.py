"""Who may promise next steps, change and settle them; and the same in words, for "Who can see this?"."""

from django.utils.translation import gettext as _

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.policy import can_write
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.policy import LADDER, can_see_roster
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.domain.verdict import Verdict, allow, refuse


def can_promise(
    viewer: Viewer, seat: Seat, room: Room, *, is_shared: bool = False, is_there: bool = False
) -> Verdict:
    """Anyone in a seat of their own while the room is open: one step of their own, one of the team's."""
    verdict = can_write(viewer, seat, room)
    if not verdict.is_allowed:
        return verdict
    if is_shared and seat.team.is_alone:
        return refuse(_("You are here alone, so there is no team to promise for."))
    if is_there and is_shared:
        return refuse(
            _("Your team has written its next step meanwhile. Change that one, or keep this one as your own.")
        )
    if is_there:
        return refuse(
            _("You have written your next step already. Change that one, or give this one to your team.")
        )
    return allow()


def can_change_promise(viewer: Viewer, seat: Seat, room: Room, step: NextStep) -> Verdict:
    """Its author, or every member where it is the team's, as long as nobody has settled it."""
    verdict = can_write(viewer, seat, room)
    if not verdict.is_allowed:
        return verdict
    if not step.is_open:
        return refuse(_("Somebody has told what became of this step, so its words stay as they are."))
    return allow()


def can_settle(viewer: Viewer, seat: Seat, step: NextStep) -> Verdict:
    """Any member of the team, also before a room begins and after it is closed: life goes on between sessions."""
    if seat.id not in (viewer.seat, *viewer.others) or seat.team_id != step.team_id:
        return refuse(_("Only this team can tell what became of its next steps."))
    if seat.interprets:
        return refuse(_("You are here to interpret, so you write nothing. Change that under your name."))
    if seat.is_waiting:
        return refuse(_("Wait until somebody of your team lets you in."))
    if step.state == NextStep.State.CARRIED:
        return refuse(_("This step goes on as one of this session's. Tell there what becomes of it."))
    return allow()


def is_still(step: NextStep, was: str) -> Verdict:
    """Whether the step is as whoever tells what became of it has seen it: else that stands, and is shown first."""
    if step.state == was:
        return allow()
    return refuse(
        _("Somebody of your team has told it meanwhile. Look at what they wrote, then tell it anew.")
    )


def has_reason(state: str, reason: str) -> Verdict:
    """What is dropped says why."""
    if state == NextStep.State.DROPPED and not reason:
        return refuse(_("Write why you dropped it. An honest reason is worth more than a tick."))
    return allow()


def knows_readers(readers: str, told: str) -> Verdict:
    """Whether whoever carries a step on was told who else reads it then; `told` is what their page said."""
    if readers in ("", told):
        return allow()
    return refuse(_("More people would read this now than your page said. Read who, then carry it on."))


def can_see_next_steps(viewer: Viewer, reflection: Reflection) -> Verdict:
    """The team's own members, unless they still wait to be let in."""
    if viewer.is_waiting:
        return refuse(_("Wait until somebody of your team lets you in."))
    return can_see_roster(viewer, reflection)


def is_named(session: ReflectionSession, reflection: Reflection) -> bool:
    """Whether a step stands there with its author's label: not under the anonymous rung, nor beside dots."""
    if not LADDER[ReflectionSession.Rung(session.rung)].is_named:
        return False
    return reflection.shows in ("", Reflection.Shows.INITIALS)


def who_can_see(session: ReflectionSession, reflection: Reflection, *, is_alone: bool) -> tuple[str, ...]:
    """What the rules above come to, in words for the person who is about to write."""
    if is_alone:
        return (_("You are here alone: only you see what you write."),)
    label = _("your alias") if session.uses_alias else _("your initials")
    outside = _("Nobody outside your team sees it: not the room, not the facilitator.")
    if LADDER[ReflectionSession.Rung(session.rung)].is_ballot:
        return (
            _("Your team sees this as soon as you send it, without your name, unless you write one."),
            outside,
        )
    seen = (
        _("Your team sees this with {label} as soon as you send it.")
        if is_named(session, reflection)
        else _("Your team sees this as soon as you send it, without {label}, unless you write a name.")
    )
    return (
        seen.format(label=label),
        outside,
        _("What is the whole team’s stands there without a name, and every member can change it."),
    )


def who_sees_page(*, is_alone: bool) -> tuple[str, ...]:
    """Who sees the page that a team keeps."""
    if is_alone:
        return (_("Only you see this page."),)
    return (
        _("Everyone on this team sees what stands here, each on a page of their own."),
        _("Nobody outside your team sees it: not the room, not the facilitator."),
    )
