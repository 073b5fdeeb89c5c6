"""Who reads, writes, opens and tries strategy cards; and the same in words, for "Who can see this?"."""

from django.utils.translation import gettext as _

from hubcraft.apps.cards.models import Reach
from hubcraft.apps.insights.policy import can_see_hub
from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import Verdict, allow, refuse


def can_read(viewer: Viewer, hub_id: str) -> Verdict:
    """A hub's own list of cards: its people. What it opened for others is found elsewhere."""
    return can_see_hub(viewer, hub_id)


def can_find(viewer: Viewer) -> Verdict:
    """Whoever holds any role finds the cards that hubs opened for them."""
    if viewer.roles:
        return allow()
    return refuse(_("Cards are read by people of hubs and networks. Ask your hub to invite you."))


def can_write(viewer: Viewer, hub_id: str) -> Verdict:
    """Whoever belongs to the hub writes cards for it and says them otherwise."""
    return can_see_hub(viewer, hub_id)


def can_open(viewer: Viewer, hub_id: str) -> Verdict:
    """The hub's leader decides who else reads a card."""
    verdict = can_see_hub(viewer, hub_id)
    if not verdict.is_allowed or viewer.is_in_team(hub_id, Role.HUB_LEADER):
        return verdict
    return refuse(_("The leader of your hub decides who else reads its cards."))


def can_try(viewer: Viewer, hub_id: str) -> Verdict:
    """Whoever belongs to a hub says that it tries a card, and tells what happened."""
    return can_see_hub(viewer, hub_id)


def who_reads(reach: str) -> str:
    """Who reads a card that its hub opened this far."""
    match reach:
        case Reach.NETWORK:
            return _("Everybody with a role in your network reads this card, with your hub’s name.")
        case Reach.INITIATIVE:
            return _(
                "Everybody with a role in your initiative or one of its networks reads this card, with your hub’s name."
            )
        case Reach.EVERYONE:
            return _("Everybody with a role in any network here reads this card, with your hub’s name.")
    return _("Only the people of your hub read this card.")


def can_be_asked(viewer: Viewer, person: str) -> Verdict:
    """Only that person themselves says that others may come to them about a card."""
    if person and viewer.person == person:
        return allow()
    return refuse(_("Only that person themselves can agree to be asked."))


def who_reads_of_others(reach: str) -> str:
    """The same of a card of another hub, for whoever reads it."""
    match reach:
        case Reach.NETWORK:
            return _("Everybody with a role in this hub’s network reads this card.")
        case Reach.INITIATIVE:
            return _("Everybody with a role in this hub’s initiative or one of its networks reads this card.")
    return _("Everybody with a role in any network here reads this card.")


def who_can_see() -> tuple[str, ...]:
    """The rules above in words, for a hub's own list."""
    return (
        _("Only the people of your hub see this list, and any of them may write a card."),
        _(
            "The leader of your hub decides, card by card, who else reads it. A card that is new is for your hub alone."
        ),
    )


def who_reads_a_try() -> tuple[str, ...]:
    """Who learns that a card is tried, in words for whoever is about to say so."""
    return (
        _(
            "Your hub reads what you write here. Whoever reads the card sees that one more hub tries it, not which."
        ),
        _(
            "When you tell what happened, you choose whether they read that, and whether with your hub’s name."
        ),
    )
