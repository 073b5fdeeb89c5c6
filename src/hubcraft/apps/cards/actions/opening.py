"""Who else reads a card: its hub's leader says so, card by card."""

from datetime import datetime

from django.utils.translation import gettext as _

from hubcraft.apps.cards import policy
from hubcraft.apps.cards.actions.cards import of_few_words
from hubcraft.apps.cards.models import Card, Reach
from hubcraft.apps.cards.queries.playbook import get_own, standing_version
from hubcraft.apps.cards.queries.reading import may_open, was_of_card
from hubcraft.apps.cards.queries.sight import is_open_beyond, scope_of
from hubcraft.apps.lifecycle.actions.keeping import hold, insist_same, note
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import insist, refuse
from hubcraft.web.writer import writes


@writes
def open_card(*, by: Viewer, hub: Team, card_id: str, reach: str, was: str, at: datetime) -> Card:
    """From now on so many read it, from the version that stands on; with `team` it is closed again."""
    insist(policy.can_open(by, hub.id))
    hold(hub)
    card = get_own(by, hub, card_id)
    before = scope_of(card)
    insist_same(was, was_of_card(card), row=standing_version(card))
    if reach == Reach.INITIATIVE and not hub.network.initiative_id:
        insist(refuse(_("Your network belongs to no initiative.")))
    if reach != Reach.TEAM:
        if standing_version(card).is_of_few:
            insist(refuse(of_few_words()))
        if not may_open(hub, card, reach):
            insist(
                refuse(
                    _(
                        "It was made from a card that fewer people read. Yours can’t be opened further than that was."
                    )
                )
            )
    card.reach = reach
    card.for_network_id = hub.network_id if reach == Reach.NETWORK else None
    card.for_initiative_id = hub.network.initiative_id if reach == Reach.INITIATIVE else None
    if scope_of(card) == before:
        return card
    card.open_from = card.version
    card.save(update_fields=["reach", "for_network", "for_initiative", "open_from"])
    note(by, hub, "opened a strategy card" if is_open_beyond(card) else "closed a strategy card", at)
    return card
