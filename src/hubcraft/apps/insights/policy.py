"""Who sees a hub's own page, and who brings what from a room to it."""

from django.utils.translation import gettext as _

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.policy import can_see_board
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.domain.suppression import PEOPLE_FLOOR
from hubcraft.domain.verdict import Verdict, allow, refuse

OF_A_HUB = (Role.HUB_LEADER, Role.MEMBER)


def can_see_hub(viewer: Viewer, hub_id: str) -> Verdict:
    """A hub's own page: its members and its leader. Everybody else sees what it shares, elsewhere."""
    if viewer.is_in_team(hub_id, *OF_A_HUB):
        return allow()
    return refuse(_("Only the people of this hub see its page."))


# What a hub reads at one look, and more than it will do.
MOST_OPEN = 50


def can_promise(viewer: Viewer, hub_id: str, is_open: int = 0) -> Verdict:
    """Whoever belongs to the hub promises for it, as each may in its room; as many as it can see to."""
    verdict = can_see_hub(viewer, hub_id)
    if verdict.is_allowed and is_open >= MOST_OPEN:
        return refuse(_("Fifty next steps of this hub are open. Tell first what became of some of them."))
    return verdict


def can_settle(viewer: Viewer, hub_id: str) -> Verdict:
    """Whoever sees what the hub promised may tell what became of it."""
    return can_see_hub(viewer, hub_id)


def can_claim_seat(viewer: Viewer, place: Place, *, is_claimed: bool) -> Verdict:
    """Whoever holds the seat on this device, once, with an account."""
    verdict = can_bring(viewer, place)
    if verdict.is_allowed and is_claimed:
        return refuse(_("This seat belongs to an account already."))
    return verdict


def can_claim_team(viewer: Viewer, place: Place, *, is_claimed: bool) -> Verdict:
    """Whoever sits in the team and sees its board: a stranger who only has the code never does.

    For which hub is asked apart: only for one of their own.
    """
    verdict = can_bring(viewer, place)
    if not verdict.is_allowed:
        return verdict
    if place.seat.interprets:
        return refuse(_("You are here to interpret. Somebody of the team can keep its board for your hub."))
    if place.seat.team.is_alone:
        return refuse(
            _("You are here alone: your answers stay yours, and there is no board to keep for a hub.")
        )
    if not (place.session.is_open_board or place.reflection.is_revealed):
        return refuse(_("When your team has opened its board, you can keep it for your hub."))
    seen = can_see_board(place.viewer, place.session, place.reflection, place.seat, place.is_done_late)
    if not seen.is_allowed:
        return seen
    if is_claimed:
        return refuse(_("Somebody of your team has kept this board for a hub already."))
    return allow()


def can_bring(viewer: Viewer, place: Place) -> Verdict:
    """What holds for both: an account, a seat of one's own, and a room that is not for practice."""
    if not viewer.person:
        return refuse(_("Sign in first."))
    if place.seat.id not in (place.viewer.seat, *place.viewer.others):
        return refuse(_("This is not your seat."))
    if place.seat.is_waiting:
        return refuse(_("Wait until somebody of your team lets you in."))
    if place.room.is_rehearsal:
        return refuse(_("This room is for practice. Nothing of it is kept."))
    return allow()


def can_share(viewer: Viewer, hub_id: str) -> Verdict:
    """The hub's leader decides what goes up; its members see what does, and who looked."""
    if viewer.is_in_team(hub_id, Role.HUB_LEADER):
        return allow()
    return refuse(_("The leader of your hub decides what it shares."))


def can_merge(viewer: Viewer, hub_id: str) -> Verdict:
    """Two hubs become one where whoever leads the one asks and whoever leads the other agrees; nobody does it for them."""
    if viewer.is_in_team(hub_id, Role.HUB_LEADER):
        return allow()
    return refuse(_("The leader of your hub decides that."))


def can_see_network(viewer: Viewer, network_id: str) -> Verdict:
    """A network's page: whoever leads it, coaches in it or does research on it."""
    if viewer.is_in_network(network_id, Role.NETWORK_LEAD, Role.COACH, Role.RESEARCHER):
        return allow()
    return refuse(_("Only who leads this network, coaches in it or does research on it sees its page."))


def can_see_initiative(viewer: Viewer, initiative_id: str) -> Verdict:
    """An initiative's page: whoever leads it, coaches in it or does research on it."""
    if viewer.is_in_initiative(initiative_id, Role.INITIATIVE_LEAD, Role.COACH, Role.RESEARCHER):
        return allow()
    return refuse(_("Only who leads this initiative, coaches in it or does research on it sees its page."))


def can_see_hubs_of_network(viewer: Viewer, network_id: str) -> Verdict:
    """One hub beside the other, as far as they share: who leads or coaches. Research sees only sums."""
    if viewer.is_in_network(network_id, Role.NETWORK_LEAD, Role.COACH):
        return allow()
    return refuse(_("Research sees sums over hubs, no hub by itself."))


def can_see_hubs_of_initiative(viewer: Viewer, initiative_id: str) -> Verdict:
    """The same for an initiative, as far as hubs share with it."""
    if viewer.is_in_initiative(initiative_id, Role.INITIATIVE_LEAD, Role.COACH):
        return allow()
    return refuse(_("Research sees sums over hubs, no hub by itself."))


def can_see_shared_hub(viewer: Viewer, network_id: str, hub_id: str) -> Verdict:
    """What one hub shares with its network: who leads or coaches there, and the coaches of this hub alone."""
    if is_coach_of(viewer, hub_id):
        return allow()
    return can_see_hubs_of_network(viewer, network_id)


def is_coach_of(viewer: Viewer, hub_id: str) -> bool:
    """Whether this one hub was given to them: they know of it, also where it shares nothing."""
    return viewer.is_in_team(hub_id, Role.COACH)


def can_ask(viewer: Viewer, network_id: str) -> Verdict:
    """Whoever leads the network says what they wish for."""
    if viewer.is_in_network(network_id, Role.NETWORK_LEAD):
        return allow()
    return refuse(_("Who leads this network says what it asks its hubs to share."))


def can_raise(viewer: Viewer, hub_id: str, step: NextStep, *, is_author: bool) -> Verdict:
    """Whoever may promise for the hub may raise what it promised; what one person promised, that person alone."""
    verdict = can_see_hub(viewer, hub_id)
    if not verdict.is_allowed:
        return verdict
    if not step.is_open:
        return refuse(_("What became of this step is told already, so there is nothing to ask for."))
    if step.is_shared or is_author:
        return allow()
    if step.slip:
        return refuse(
            _(
                "Somebody promised this without a name, so nobody can say that it is theirs to raise. What your team"
                " promises as a team, each of you can."
            )
        )
    return refuse(
        _(
            "Somebody promised this for themselves, so it is theirs to raise: signed in, once they have said that the"
            " seat was theirs."
        )
    )


def can_see_raised(viewer: Viewer, network_id: str, hub_id: str) -> Verdict:
    """What a hub raised: whoever reads what it shares with its network."""
    return can_see_shared_hub(viewer, network_id, hub_id)


def can_answer(viewer: Viewer, network_id: str) -> Verdict:
    """Whoever leads the network speaks for it."""
    if viewer.is_in_network(network_id, Role.NETWORK_LEAD):
        return allow()
    return refuse(_("Who leads this network answers for it."))


def is_answered_as_seen(was: str, now: str) -> Verdict:
    """Whether what is answered so far is what whoever answers has seen."""
    if was == now:
        return allow()
    return refuse(_("Somebody answered meanwhile. Read what they wrote, then answer anew."))


def can_be_answered(step: NextStep) -> Verdict:
    """As long as the hub has not told what became of the step."""
    if step.is_open:
        return allow()
    return refuse(_("The hub has told what became of this step, so it waits for no answer."))


def has_words_to_hide_in(people: int) -> Verdict:
    """Words leave a hub only where at least five people may have written them."""
    if people >= PEOPLE_FLOOR:
        return allow()
    return refuse(
        _("Fewer than five people were there, so what they wrote would say who wrote it. It stays with you.")
    )
