"""A hub's playbook: its cards by domain and look-for, those that ask to be looked at again first, retired ones last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from hubcraft.apps.audit.retention import rules
from hubcraft.apps.cards import policy
from hubcraft.apps.cards.models import Card, CardVersion, Try
from hubcraft.apps.cards.queries.look_fors import For
from hubcraft.apps.cards.queries.reading import CardView, card_views
from hubcraft.apps.cards.queries.sight import own_cards
from hubcraft.apps.insights.policy import OF_A_HUB
from hubcraft.apps.insights.queries.hubs import HubView, hub_view
from hubcraft.apps.lifecycle.queries.names import name_here
from hubcraft.apps.lifecycle.queries.rows import rows_of, standing
from hubcraft.apps.networks.models import Membership, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere

RULE = "cards"
KINDS: dict[str, type[Card] | type[Try]] = {"card": Card, "try": Try}


@dataclass(frozen=True)
class PlaybookPage:
    """All cards of a hub."""

    hub: HubView
    # Those that somebody asks this very person about: may others come to them?
    asked: tuple[CardView, ...]
    stale: tuple[CardView, ...]
    domains: tuple[tuple[str, tuple[tuple[For, tuple[CardView, ...]], ...]], ...]
    retired: tuple[CardView, ...]
    # How many cards it tries, its own and others'.
    tries: int
    who_can_see: tuple[str, ...]


@dataclass(frozen=True)
class TakenView:
    """Something that was taken away and can still be put back."""

    kind: str
    id: str
    title: str
    words: str
    language: str
    until: datetime


@dataclass(frozen=True)
class TakenPage:
    """All of it."""

    hub: HubView
    taken: tuple[TakenView, ...]


def get_own(viewer: Viewer, hub: Team, card_id: str) -> Card:
    """A card of this hub, for one of its people."""
    found = own_cards(viewer, hub).filter(id=card_id).select_related("team__network").first()
    if found is None:
        raise NotThere
    return found


def standing_version(card: Card) -> CardVersion:
    """The version of a card that stands."""
    return CardVersion.everywhere.get(card=card, number=card.version)


def playbook_page(viewer: Viewer, hub: Team, at: datetime) -> PlaybookPage:
    """The list, for one of the hub's people."""
    rows = list(own_cards(viewer, hub).select_related("team__network").order_by("made_at", "id"))
    views = sorted(
        card_views(viewer, rows, at, is_own=True), key=lambda it: (it.look_for.place, it.look_for.key)
    )
    asking = (
        {it.id for it in rows if it.contact_id == viewer.person and it.contact_agreed_at is None}
        if viewer.person
        else set()
    )
    held = [it for it in views if not it.retired_on]
    return PlaybookPage(
        hub=hub_view(hub),
        asked=tuple(it for it in held if it.id in asking),
        stale=tuple(sorted((it for it in held if it.is_stale), key=lambda it: (it.review_on, it.id))),
        domains=tuple(
            (
                domain,
                tuple(
                    (look_for, tuple(cards))
                    for look_for, cards in groupby(of_domain, key=lambda it: it.look_for)
                ),
            )
            for domain, of_domain in groupby(
                (it for it in held if not it.is_stale), key=lambda it: it.look_for.domain
            )
        ),
        retired=tuple(
            sorted((it for it in views if it.retired_on), key=lambda it: (it.retired_on, it.id), reverse=True)
        ),
        tries=standing(Try, viewer, hub).count(),
        who_can_see=policy.who_can_see(),
    )


def people_to_ask(hub: Team) -> tuple[tuple[str, str], ...]:
    """Who may be proposed as whom to ask: people of the hub with a name."""
    held = Membership.objects.filter(team=hub, role__in=OF_A_HUB, ended_at=None).select_related("person")
    found = {it.person_id: name_here(it.person) for it in held if it.person.removed_at is None}
    return tuple(sorted(found.items(), key=lambda it: (it[1], it[0])))


def get_taken(viewer: Viewer, hub: Team, kind: str, row_id: str) -> Card | Try:
    """One row of a kind as addresses name it, taken away or not."""
    model = KINDS.get(kind)
    found = rows_of(model, viewer, hub).filter(id=row_id).first() if model is not None else None
    if found is None:
        raise NotThere
    return found


def taken_page(viewer: Viewer, hub: Team, at: datetime) -> TakenPage:
    """What can still be put back, the last first."""
    kept = timedelta(days=rules()[RULE].days)
    rows = [
        (it.removed_at, kind, it)
        for kind, model in KINDS.items()
        for it in rows_of(model, viewer, hub).filter(removed_at__gt=at - kept)
    ]
    rows.sort(key=lambda it: (it[0], it[2].id), reverse=True)
    titles = {"card": _("A strategy card"), "try": _("Something your hub tried")}
    return TakenPage(
        hub_view(hub),
        tuple(
            TakenView(kind, it.id, titles[kind], words_of(it), it.language, moment + kept)
            for moment, kind, it in rows
        ),
    )


def words_of(row: Card | Try) -> str:
    """What tells one from the other."""
    return standing_version(row).does if isinstance(row, Card) else row.happened or row.look_for_text
