"""The door to strategy cards: which of them somebody may read. Trying, moving, merging and erasing open nothing.

A scope says who reads something: "everyone", or one initiative, network or team by its key.
"""

from django.db.models import F, Q, QuerySet

from hubcraft.apps.cards.models import Card, CardVersion, Reach
from hubcraft.apps.insights.models import FormerHub
from hubcraft.apps.insights.policy import OF_A_HUB
from hubcraft.apps.lifecycle.queries.rows import mark_of, standing
from hubcraft.apps.networks.models import Network, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere

EVERYONE = "everyone"


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


def scopes_of(viewer: Viewer) -> frozenset[str]:
    """Every scope this person is within; without any role, none."""
    if not viewer.roles:
        return frozenset()
    return frozenset(
        (
            EVERYONE,
            *(f"team {it}" for it in hubs_of(viewer)),
            *(f"network {it}" for it in networks_of(viewer)),
            *(f"initiative {it}" for it in initiatives_of(viewer)),
        )
    )


def scope_of(card: Card) -> str:
    """For whom a card is open. One whose network or initiative is gone is the hub's alone."""
    match card.reach:
        case Reach.EVERYONE:
            return EVERYONE
        case Reach.NETWORK if card.for_network_id:
            return f"network {card.for_network_id}"
        case Reach.INITIATIVE if card.for_initiative_id:
            return f"initiative {card.for_initiative_id}"
    return f"team {card.team_id}"


def scopes_within(hub: Team) -> frozenset[str]:
    """Every scope within which all of a hub's people are, by the hub alone."""
    above = hub.network.initiative_id
    found = [EVERYONE, f"team {hub.id}", f"network {hub.network_id}"]
    return frozenset([*found, f"initiative {above}"] if above else found)


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
    found = Card.everywhere.filter(outside(viewer), removed_at=None)
    # A hub that is part of another now is gone as a place; what it opened stays open for whom it was.
    parts = FormerHub.objects.exclude(into=F("team")).values("team")
    return found.filter(Q(team__removed_at=None) | Q(team__in=parts))


def get_card(viewer: Viewer, card_id: str) -> Card:
    """One card this person may read, of one of their own hubs or opened for them; else it is not there."""
    found = open_cards(viewer).filter(id=card_id).select_related("team__network", "network").first()
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
    return own_hub(viewer, card) is not None


def own_hub(viewer: Viewer, card: Card) -> Team | None:
    """Among the hubs of this person the one whose card it is, perhaps from before it was part of that hub."""
    for hub in Team.everywhere.filter(id__in=hubs_of(viewer), removed_at=None).select_related("network"):
        if own_cards(viewer, hub).filter(id=card.id).exists():
            return hub
    return None


def is_open_beyond(card: Card) -> bool:
    """Whether anybody outside its hub reads it."""
    return scope_of(card) != f"team {card.team_id}"


def versions_for(viewer: Viewer, card: Card) -> QuerySet[CardVersion]:
    """Every version for who is of its hub; for others those since it was opened, the newest first."""
    found = CardVersion.everywhere.filter(card=card, removed_at=None).order_by("-number")
    return found if is_own(viewer, card) else found.filter(number__gte=card.open_from)


def hubs_to_try(viewer: Viewer, card: Card) -> tuple[Team, ...]:
    """Hubs of this person that may try a card: those whose people read it, each and every one.

    A hub elsewhere of somebody who reads it in another role would read there what was not opened for it.
    """
    hubs = Team.everywhere.filter(id__in=hubs_of(viewer), removed_at=None, network__removed_at=None)
    found = hubs.select_related("network").order_by("name", "id")
    return tuple(it for it in found if reads_whole(viewer, it, card))


def reads_whole(viewer: Viewer, hub: Team, card: Card) -> bool:
    """Whether everybody of a hub reads this card."""
    if is_open_beyond(card) and scope_of(card) in scopes_within(hub):
        return True
    return card.team_id == hub.id and not mark_of(viewer, hub, card.made_at)
