"""One card as a page shows it: what it says, for which look-for and setting, whose it is, and what came of it elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _

from hubcraft.apps.cards import policy
from hubcraft.apps.cards.models import Card, CardVersion, Reach
from hubcraft.apps.cards.queries.look_fors import For, read_for
from hubcraft.apps.cards.queries.settings import setting_words
from hubcraft.apps.cards.queries.sight import (
    EVERYONE,
    get_card,
    hubs_to_try,
    is_open_beyond,
    own_hub,
    scope_of,
    versions_for,
)
from hubcraft.apps.cards.queries.tries import (
    Story,
    Tally,
    named,
    standing_tries,
    stories_for,
    tally_of,
)
from hubcraft.apps.insights.policy import OF_A_HUB
from hubcraft.apps.insights.queries.hubs import HubView, hub_view
from hubcraft.apps.insights.queries.sight import find_successor
from hubcraft.apps.lifecycle.queries.names import name_here
from hubcraft.apps.networks.models import Membership, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.days import day_at
from hubcraft.domain.differences import Piece, differences, has_changed
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class VersionView:
    """What a card said, from one day on; `by` only for who is of its hub."""

    number: int
    does: str
    why: str
    how_we_know: str
    setting: tuple[str, ...]
    changed: str
    on: date
    language: str
    by: str = ""
    is_of_few: bool = False


@dataclass(frozen=True)
class CardView:
    """A card by itself, wherever it is shown."""

    id: str
    look_for: For
    version: VersionView
    # Whose it is, with the network.
    hub: str
    reach: str
    reach_words: str
    review_on: date
    is_stale: bool
    retired_on: date | None
    retired_why: str
    # What it was made from, for ever; and where that is read, while this person may.
    credit: str
    made_from: str
    tally: Tally

    @property
    def address(self) -> str:
        """Where everybody reads it who may."""
        return f"/playbook/{self.id}/"


@dataclass(frozen=True)
class Contact:
    """Whom to ask about a card; until they have said yes only their hub reads who was proposed."""

    name: str
    role: str
    has_agreed: bool
    is_oneself: bool


@dataclass(frozen=True)
class CardPage:
    """One card for one reader; `hub` is theirs, where they are of the card's hub."""

    card: CardView
    hub: HubView | None
    leads: bool
    contact: Contact | None
    # How many versions this person may read.
    versions: int
    stories: tuple[Story, ...]
    # Their hubs that may try it, and those of them that may make a card of their own of it.
    may_try: tuple[HubView, ...]
    may_make: tuple[HubView, ...]
    who_can_see: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One part of a version beside the version before."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class VersionsPage:
    """Every version that this person may read, the newest first, each with what changed."""

    card: CardView
    hub: HubView | None
    versions: tuple[tuple[VersionView, tuple[Change, ...]], ...]
    # Whether there are earlier ones that are the hub's alone.
    has_earlier: bool


def today_of(card: Card, at: datetime) -> date:
    """Which day it is where its hub is."""
    return day_at(at, card.team.network.time_zone)


def version_view(version: CardVersion, zone: str, *, is_own: bool = False) -> VersionView:
    """One version."""
    return VersionView(
        number=version.number,
        does=version.does,
        why=version.why,
        how_we_know=version.how_we_know,
        setting=setting_words(version),
        changed=version.changed,
        on=day_at(version.made_at, zone),
        language=version.language,
        by=name_here(version.person) if is_own else "",
        is_of_few=version.is_of_few and is_own,
    )


def reach_words(card: Card) -> str:
    """Who reads it, as short as a mark."""
    if not is_open_beyond(card):
        return _("only your hub")
    return {
        Reach.NETWORK: _("everybody in the network"),
        Reach.INITIATIVE: _("everybody in the initiative"),
        Reach.EVERYONE: _("everybody with a role here"),
    }[Reach(card.reach)]


def readable(viewer: Viewer, cards: Iterable[str | None]) -> frozenset[str]:
    """Those of these cards that this person may read."""
    found = set()
    for card_id in {it for it in cards if it}:
        try:
            found.add(get_card(viewer, card_id).id)
        except NotThere:
            continue
    return frozenset(found)


def standing_versions(cards: Iterable[Card]) -> dict[str, CardVersion]:
    """What each of these cards says now."""
    versions = CardVersion.everywhere.filter(card__in=cards, number=F("card__version"))
    return {it.card_id: it for it in versions.select_related("person")}


def card_views(
    viewer: Viewer, cards: Iterable[Card], at: datetime, *, is_own: bool = False
) -> tuple[CardView, ...]:
    """Several cards that this person may read, with the version that stands; in the order they come."""
    cards = list(cards)
    newest = standing_versions(cards)
    tries = standing_tries(it.id for it in cards)
    others = readable(viewer, (it.made_from_id for it in cards))
    views = []
    for card in cards:
        zone = card.team.network.time_zone
        from_address = f"/playbook/{card.made_from_id}/" if card.made_from_id in others else ""
        retired_on = day_at(card.retired_at, zone) if card.retired_at else None
        views.append(
            CardView(
                id=card.id,
                look_for=read_for(card, (card.team_id,) if is_own else ()),
                version=version_view(newest[card.id], zone, is_own=is_own),
                hub=named(card.team),
                reach=card.reach if is_open_beyond(card) else Reach.TEAM,
                reach_words=reach_words(card),
                review_on=card.review_on,
                is_stale=retired_on is None and card.review_on < day_at(at, zone),
                retired_on=retired_on,
                retired_why=card.retired_why if retired_on else "",
                credit=card.credit,
                made_from=from_address,
                tally=tally_of(tries.get(card.id, ())),
            )
        )
    return tuple(views)


def contact_of(viewer: Viewer, card: Card, *, is_own: bool) -> Contact | None:
    """Whom to ask: somebody who is of the hub, and who said yes unless only the hub reads it."""
    has_agreed = card.contact_agreed_at is not None
    if card.contact_id is None or not (is_own or has_agreed):
        return None
    held = Membership.objects.filter(
        person=card.contact_id, team__in=teams_going_on(card), role__in=OF_A_HUB, ended_at=None
    )
    role = held.select_related("person").first()
    if role is None or role.person.removed_at is not None:
        return None
    name = name_here(role.person)
    return Contact(name, str(role.get_role_display()), has_agreed, card.contact_id == viewer.person)


def teams_going_on(card: Card) -> tuple[str, ...]:
    """The hub of a card, or the one that it is part of now."""
    into = find_successor(card.network_id, card.team_id)
    return (card.team_id, into.id) if into is not None else (card.team_id,)


def card_page(viewer: Viewer, card_id: str, at: datetime) -> CardPage:
    """A card that this person may read."""
    return page_of(viewer, get_card(viewer, card_id), at)


def page_of(viewer: Viewer, card: Card, at: datetime) -> CardPage:
    """The same of a card at hand."""
    hub = own_hub(viewer, card)
    is_own = hub is not None
    (view,) = card_views(viewer, [card], at, is_own=is_own)
    tries = standing_tries([card.id]).get(card.id, [])
    may_try = hubs_to_try(viewer, card) if card.retired_at is None else ()
    return CardPage(
        card=view,
        hub=hub_view(hub) if hub is not None else None,
        leads=hub is not None and bool(policy.can_open(viewer, hub.id)),
        contact=contact_of(viewer, card, is_own=is_own),
        versions=versions_for(viewer, card).count(),
        stories=stories_for(viewer, card, tries),
        may_try=tuple(hub_view(it) for it in may_try),
        may_make=tuple(
            hub_view(it) for it in may_try if it.id != card.team_id and (hub is None or it.id != hub.id)
        ),
        who_can_see=(policy.who_reads(view.reach),) if is_own else (policy.who_reads_of_others(view.reach),),
    )


def versions_page(viewer: Viewer, card: Card, at: datetime) -> VersionsPage:
    """What a card said, version by version."""
    hub = own_hub(viewer, card)
    (view,) = card_views(viewer, [card], at, is_own=hub is not None)
    rows = list(versions_for(viewer, card).select_related("person"))
    zone = card.team.network.time_zone
    pairs = zip(rows, [*rows[1:], None], strict=True)
    return VersionsPage(
        card=view,
        hub=hub_view(hub) if hub is not None else None,
        versions=tuple(
            (version_view(row, zone, is_own=hub is not None), changes(row, before)) for row, before in pairs
        ),
        has_earlier=bool(rows) and rows[-1].number > 1,
    )


def changes(version: CardVersion, before: CardVersion | None) -> tuple[Change, ...]:
    """What is other than in the version before, part by part."""
    if before is None:
        return ()
    titles = {
        "does": _("What we do"),
        "why": _("Why we think it works"),
        "how_we_know": _("How we know"),
    }
    found = [
        Change(title, differences(getattr(before, name), getattr(version, name)))
        for name, title in titles.items()
    ]
    told = [", ".join(setting_words(it)) for it in (before, version)]
    found.append(Change(_("In what setting"), differences(*told)))
    return tuple(it for it in found if has_changed(it.pieces))


def scopes_to_choose(hub: Team, card: Card) -> tuple[tuple[str, str, bool], ...]:
    """How far a card may be opened: each with who reads it then, and whether it may."""
    found = [Reach.TEAM, Reach.NETWORK]
    found += [Reach.INITIATIVE] if hub.network.initiative_id else []
    found += [Reach.EVERYONE]
    return tuple((it, policy.who_reads(it), may_open(hub, card, it)) for it in found)


def may_open(hub: Team, card: Card, reach: str) -> bool:
    """Whether what it was made from was open that far."""
    return reach == Reach.TEAM or is_within(hub, target_of(hub, reach), card.bound)


def target_of(hub: Team, reach: str) -> str:
    """The scope that a reach means for this hub."""
    return {
        Reach.EVERYONE: EVERYONE,
        Reach.NETWORK: f"network {hub.network_id}",
        Reach.INITIATIVE: f"initiative {hub.network.initiative_id}",
    }.get(Reach(reach), f"team {hub.id}")


def is_within(hub: Team, scope: str, bound: str) -> bool:
    """Whether everybody in one scope, which is one of this hub's, is in the other."""
    if bound in (EVERYONE, scope):
        return True
    is_of_network = scope == f"network {hub.network_id}"
    return is_of_network and bound == f"initiative {hub.network.initiative_id}"


def was_of_card(card: Card) -> str:
    """What a form of a card carries along: which version its writer had before them, and who was to read it."""
    return f"{card.version}.{scope_of(card)}"
