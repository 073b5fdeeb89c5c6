"""The door to strategy cards: which of them somebody may read. Trying, moving, merging and erasing open nothing."""

from django.db.models import Q, QuerySet

from hubcraft.apps.cards.models import Card, Reach
from hubcraft.apps.insights.policy import OF_A_HUB
from hubcraft.apps.lifecycle.queries.rows import standing
from hubcraft.apps.networks.models import Network, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere


def hubs_of(viewer: Viewer) -> tuple[str, ...]:
    """The teams this person belongs to."""
    return tuple(dict.fromkeys(it.team for it in viewer.roles if it.team and it.role in OF_A_HUB))


def networks_of(viewer: Viewer) -> tuple[str, ...]:
    """The networks in which this person holds a role, in a team of it or in the whole."""
    return tuple(dict.fromkeys(it.network for it in viewer.roles if it.network))


def initiatives_of(viewer: Viewer) -> tuple[str, ...]:
    """The initiatives in which they hold a role, or one of their networks stands."""
    own = [it.initiative for it in viewer.roles if it.initiative]
    above = Network.objects.filter(id__in=networks_of(viewer), initiative__isnull=False, removed_at=None)
    return tuple(dict.fromkeys([*own, *above.values_list("initiative_id", flat=True)]))


def own_cards(viewer: Viewer, hub: Team) -> QuerySet[Card]:
    """A hub's own cards, for its people, whoever else reads them; where two hubs became one, each as before."""
    return standing(Card, viewer, hub)


def outside(viewer: Viewer) -> Q:
    """Which cards other hubs opened for this person. Nothing for who holds no role: an account alone reads none."""
    if not viewer.roles:
        return Q(pk__in=())
    return (
        Q(reach=Reach.EVERYONE)
        | Q(reach=Reach.NETWORK, for_network__in=networks_of(viewer))
        | Q(reach=Reach.INITIATIVE, for_initiative__in=initiatives_of(viewer))
    )


def open_cards(viewer: Viewer) -> QuerySet[Card]:
    """Every card that its hub opened for this person, retired ones too, in no order."""
    return Card.everywhere.filter(outside(viewer), removed_at=None, team__removed_at=None)


def get_card(viewer: Viewer, card_id: str) -> Card:
    """One card this person may read, of one of their own hubs or opened for them; else it is not there."""
    found = open_cards(viewer).filter(id=card_id).select_related("team", "network").first()
    if found is not None:
        return found
    card = (
        Card.everywhere.filter(id=card_id, removed_at=None).select_related("team__network", "network").first()
    )
    if card is not None and is_own(viewer, card):
        return card
    raise NotThere


def is_own(viewer: Viewer, card: Card) -> bool:
    """Whether this person reads it as one of its hub."""
    for hub in Team.everywhere.filter(id__in=hubs_of(viewer), removed_at=None):
        if own_cards(viewer, hub).filter(id=card.id).exists():
            return True
    return False
