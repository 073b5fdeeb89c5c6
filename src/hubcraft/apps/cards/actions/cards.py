"""Writing a card and changing what it says: each saving that changes something is a version."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from hubcraft.apps.cards import policy
from hubcraft.apps.cards.models import Card, CardVersion
from hubcraft.apps.cards.queries.look_fors import find_look_for
from hubcraft.apps.cards.queries.playbook import get_own, standing_version
from hubcraft.apps.cards.queries.reading import was_of_card
from hubcraft.apps.cards.queries.sight import (
    get_card,
    hubs_to_try,
    is_open_beyond,
    scope_of,
)
from hubcraft.apps.cards.queries.strategies import find_named
from hubcraft.apps.cards.queries.tries import named
from hubcraft.apps.lifecycle.actions.keeping import hold, insist_same, note, once_only, write_row
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.days import day_at
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.domain.writing import is_said_anew, language_of
from hubcraft.web.writer import writes

# When a card asks to be looked at again, unless its hub names another day.
LOOK_AGAIN = timedelta(days=365)
MOST_LOOK_FOR, MOST_CREDIT = 400, 240


@dataclass(frozen=True)
class Said:
    """What a card says; all of it but what one does may be empty."""

    does: str
    why: str = ""
    how_we_know: str = ""
    size: str = ""
    stage: str = ""
    sites: str = ""

    @property
    def values(self) -> dict[str, str]:
        return {it: getattr(self, it) for it in CardVersion.WRITTEN}

    @property
    def text(self) -> str:
        """Its words, of which its language is told."""
        return f"{self.does} {self.why} {self.how_we_know}"


@writes
def write_card(
    *,
    by: Viewer,
    hub: Team,
    once: str,
    look_for: str,
    said: Said,
    at: datetime,
    strategy: str = "",
    card: str = "",
) -> Card:
    """A new card, for its hub alone until its leader opens it; perhaps of a named strategy or another hub's card."""
    insist(policy.can_write(by, hub.id))
    hold(hub)
    if there := once_only(Card, by=by, hub=hub, once=once):
        return there
    of = made_of(by, hub, look_for, strategy, card)
    of_few = of.pop("of_few", ())
    new = write_row(
        Card,
        by=by,
        hub=hub,
        once=once,
        text=said.text,
        at=at,
        review_on=day_at(at, hub.network.time_zone) + LOOK_AGAIN,
        **of,
    )
    write_version(new, by=by, hub=hub, said=said, at=at, changed="", is_of_few=not is_anew(said, of_few))
    note(by, hub, "wrote a strategy card", at)
    return new


def made_of(by: Viewer, hub: Team, look_for: str, strategy: str, card: str) -> dict:
    """Where a new card comes from, as it is stored; what this person may not read is not there."""
    if card:
        return made_from(by, hub, card)
    if strategy:
        it = find_named(by, hub, strategy)
        return {
            "look_for": it.look_for,
            "look_for_text": it.look_for_text[:MOST_LOOK_FOR],
            "strategy_id": it.id,
            "of_few": (it.words, it.how_we_know) if it.is_of_few else (),
        }
    found = find_look_for(hub, look_for)
    return {"look_for": found.key, "look_for_text": found.text[:MOST_LOOK_FOR]}


def made_from(by: Viewer, hub: Team, card_id: str) -> dict:
    """A hub makes another's card its own: whose it was is said for ever, and it is opened no further than that was."""
    other = get_card(by, card_id)
    if other.team_id == hub.id or hub.id not in {it.id for it in hubs_to_try(by, other)}:
        raise NotThere
    insist_in_use(other)
    return {
        "look_for": other.look_for,
        "look_for_text": other.look_for_text,
        "made_from_id": other.id,
        "made_from_version": other.version,
        "credit": named(other.team)[:MOST_CREDIT],
        "bound": scope_of(other),
    }


def insist_in_use(card: Card) -> None:
    """What its hub retired is read, and neither tried nor made one's own."""
    if card.retired_at is not None:
        insist(refuse(_("Its hub uses this card no more. Read why; you can’t begin with it anew.")))


def is_anew(said: Said, before: tuple[str, ...]) -> bool:
    """Whether what is said now says none of this in the same words."""
    return all(is_said_anew(said.text, it) for it in before)


def write_version(
    card: Card, *, by: Viewer, hub: Team, said: Said, at: datetime, changed: str, is_of_few: bool
) -> CardVersion:
    """What it says from now on."""
    return CardVersion.objects.create(
        network_id=card.network_id,
        team_id=card.team_id,
        person_id=by.person,
        language=card.language,
        made_at=at,
        changed_at=at,
        card=card,
        number=card.version,
        changed=changed,
        is_of_few=is_of_few,
        **said.values,
    )


@writes
def change_card(
    *, by: Viewer, hub: Team, card_id: str, was: str, said: Said, changed: str, at: datetime
) -> Card:
    """Another version, which stands from now on; the others stay. It was looked at, so its next look is a year away."""
    insist(policy.can_write(by, hub.id))
    hold(hub)
    card = get_own(by, hub, card_id)
    now = standing_version(card)
    if said.values == {it: getattr(now, it) for it in CardVersion.WRITTEN}:
        return card
    insist_same(was, was_of_card(card), row=now)
    is_of_few = not is_anew(said, words_of_few(card))
    if is_of_few and is_open_beyond(card):
        insist(refuse(of_few_words()))
    card.version += 1
    card.language = language_of(said.text, otherwise=card.language)
    card.changed_at = at
    card.review_on = max(card.review_on, day_at(at, hub.network.time_zone) + LOOK_AGAIN)
    card.save(update_fields=["version", "language", "changed_at", "review_on"])
    write_version(card, by=by, hub=hub, said=said, at=at, changed=changed, is_of_few=is_of_few)
    note(by, hub, "changed a strategy card", at)
    return card


def words_of_few(card: Card) -> tuple[str, ...]:
    """Words of a session of few in earlier versions: said anew, a card may leave the hub."""
    found = CardVersion.everywhere.filter(card=card, is_of_few=True)
    return tuple(words for it in found for words in (it.does, it.how_we_know) if words)


def of_few_words() -> str:
    """Why a card can't leave its hub."""
    return _(
        "These are still the words of a session of fewer than five people: they would say who wrote them."
        " Say it in other words; then others may read it."
    )
