"""What a hub's page and its look-fors' pages say of its playbook, and where a strategy that was named leads."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubcraft.apps.cards.models import Try
from hubcraft.apps.cards.queries.reading import standing_versions
from hubcraft.apps.cards.queries.sight import own_cards
from hubcraft.apps.insights.queries.beside import Beside
from hubcraft.apps.insights.queries.claims import hub_address
from hubcraft.apps.lifecycle.queries.rows import standing
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.days import day_at


def told_beside(viewer: Viewer, hub: Team, at: datetime) -> Iterable[Beside]:
    """The playbook and what is tried, each with how it stands for this person."""
    held = own_cards(viewer, hub).filter(retired_at=None)
    count = held.count()
    stale = held.filter(review_on__lt=day_at(at, hub.network.time_zone)).count()
    asked = held.filter(contact=viewer.person, contact_agreed_at=None).exists()
    told = (
        ngettext("{n} strategy card", "{n} strategy cards", count).format(n=count)
        if count
        else _("None yet.")
    )
    if asked:
        told = _("You are asked whether others may come to you about a card.")
    elif stale:
        told = ngettext(
            "{n} card wants to be looked at again.", "{n} cards want to be looked at again.", stale
        ).format(n=stale)
    yield Beside("playbook/", _("Playbook"), told, asks=asked or bool(stale))
    tries = standing(Try, viewer, hub)
    not_told = tries.filter(came_of=Try.CameOf.NOT_YET).count()
    if not_told or tries.exists():
        told = (
            ngettext("{n} you have not told of.", "{n} you have not told of.", not_told).format(n=not_told)
            if not_told
            else _("You told of all.")
        )
        yield Beside("playbook/tries/", _("What we try"), told)


def card_of_a_strategy() -> tuple[str, str]:
    """Where under the hub's address a strategy that was named becomes a card, and what that is called."""
    return "playbook/write/?strategy=", _("Make a card of this")


def card_for_a_look_for(viewer: Viewer, hub: Team, look_for: str) -> Iterable[Beside]:
    """The hub's own cards for a look-for, and where one is written."""
    count = own_cards(viewer, hub).filter(look_for=look_for, retired_at=None).count()
    told = (
        ngettext("Your hub has {n} card for it.", "Your hub has {n} cards for it.", count).format(n=count)
        if count
        else _("Your hub has none for it yet.")
    )
    yield Beside(f"playbook/write/?look_for={look_for}", _("Write a strategy card"), told)


def texts_kept(viewer: Viewer, hub: Team) -> Iterable[tuple[str, str, str]]:
    """The hub's cards and what it tried, for the search."""
    base = hub_address(hub)
    cards = list(own_cards(viewer, hub))
    for card_id, now in standing_versions(cards).items():
        text = " · ".join(filter(None, (now.does, now.why, now.how_we_know)))
        yield text, f"{base}playbook/{card_id}/", now.language
    for row in standing(Try, viewer, hub):
        if text := " · ".join(filter(None, (row.happened, row.what_changed))):
            yield text, f"{base}playbook/tries/{row.id}/", row.language
