"""What the form of a new card begins with: a strategy that was named, another hub's card, a look-for, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hubcraft.apps.cards.queries.look_fors import find_look_for, read_for
from hubcraft.apps.cards.queries.playbook import standing_version
from hubcraft.apps.cards.queries.sight import get_card, hubs_to_try
from hubcraft.apps.cards.queries.strategies import find_named
from hubcraft.apps.cards.queries.tries import named
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class Start:
    """What a form for a new card is filled with; `look_for` is empty where it is to be chosen."""

    look_for: str = ""
    text: str = ""
    strategy: str = ""
    card: str = ""
    # Whose card it is made from.
    credit: str = ""
    # Whether these are a session's words that would say who wrote them.
    is_of_few: bool = False
    first: dict[str, str] = field(default_factory=dict)


def begin(viewer: Viewer, hub: Team, asked: Mapping[str, str]) -> Start:
    """By what was asked for; what this person may not read is not there. An unknown look-for is chosen anew."""
    if card_id := asked.get("card", ""):
        card = get_card(viewer, card_id)
        if card.team_id == hub.id or hub.id not in {it.id for it in hubs_to_try(viewer, card)}:
            raise NotThere
        said = standing_version(card)
        first = {name: getattr(said, name) for name in said.WRITTEN}
        first |= {"look_for": card.look_for, "card": card.id}
        return Start(card.look_for, read_for(card).text, card=card.id, credit=named(card.team), first=first)
    if strategy_id := asked.get("strategy", ""):
        it = find_named(viewer, hub, strategy_id)
        first = {
            "look_for": it.look_for,
            "strategy": it.id,
            "does": it.words,
            "how_we_know": it.how_we_know,
        }
        return Start(it.look_for, it.look_for_text, strategy=it.id, is_of_few=it.is_of_few, first=first)
    try:
        found = find_look_for(hub, asked.get("look_for", ""))
    except NotThere:
        return Start()
    return Start(found.key, found.text, first={"look_for": found.key})
