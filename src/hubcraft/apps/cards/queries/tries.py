"""Where cards were tried: counts that stay with a card, stories for whom they were told, and a hub's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubcraft.apps.cards.models import Card, CardVersion, Try
from hubcraft.apps.cards.queries.look_fors import For, read_for
from hubcraft.apps.cards.queries.sight import get_card, is_own, scope_of, scopes_of
from hubcraft.apps.insights.queries.hubs import HubView, hub_view
from hubcraft.apps.lifecycle.queries.rows import standing, was_of
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.days import day_at
from hubcraft.domain.verdict import NotThere

CameOf = Try.CameOf


@dataclass(frozen=True)
class Tally:
    """How many hubs tried a card, and what came of it; a hub that tried it twice is counted as it told last."""

    helped: int = 0
    mixed: int = 0
    did_not: int = 0
    not_told: int = 0

    @property
    def hubs(self) -> int:
        return self.helped + self.mixed + self.did_not + self.not_told

    @property
    def told(self) -> int:
        return self.hubs - self.not_told

    @property
    def words(self) -> str:
        """The same as a sentence; empty where nobody tried it."""
        if not self.hubs:
            return ""
        parts = [
            ngettext("it helped {n}", "it helped {n}", self.helped).format(n=self.helped),
            ngettext("mixed for {n}", "mixed for {n}", self.mixed).format(n=self.mixed),
            ngettext("it did not help {n}", "it did not help {n}", self.did_not).format(n=self.did_not),
            ngettext("{n} has not told yet", "{n} have not told yet", self.not_told).format(n=self.not_told),
        ]
        counts = (self.helped, self.mixed, self.did_not, self.not_told)
        tried = ngettext("Tried by {n} hub", "Tried by {n} hubs", self.hubs).format(n=self.hubs)
        told = ", ".join(words for words, n in zip(parts, counts, strict=True) if n)
        return _("{tried}: {told}.").format(tried=tried, told=told)


@dataclass(frozen=True)
class Story:
    """What a hub tells of a card it tried; `hub` is empty where it gave no name."""

    hub: str
    came_of: str
    came_of_words: str
    number: int
    is_changed: bool
    what_changed: str
    happened: str
    language: str
    # No finer than the month, so that a day doesn't say who.
    told_in: date


@dataclass(frozen=True)
class TryView:
    """One try as the hub that tries reads it."""

    id: str
    look_for: For
    credit: str
    # Where the card is read, while this person may; its words of the version that was tried.
    card: str
    does: str
    does_language: str
    number: int
    is_changed: bool
    what_changed: str
    began_on: date
    came_of: str
    came_of_words: str
    happened: str
    language: str
    is_shown: bool
    is_named: bool
    told_on: date | None


@dataclass(frozen=True)
class TriesPage:
    """What a hub tries: what it has not told of first."""

    hub: HubView
    asks: tuple[TryView, ...]
    told: tuple[TryView, ...]


def came_of_choices() -> tuple[tuple[str, str], ...]:
    """What may come of a try, in words."""
    return (
        (CameOf.HELPED, _("It helped")),
        (CameOf.MIXED, _("It helped in part, or only some of us")),
        (CameOf.DID_NOT, _("It did not help")),
    )


def came_of_words(came_of: str) -> str:
    """What came of it, as a short mark."""
    return {
        CameOf.HELPED: _("It helped"),
        CameOf.MIXED: _("Mixed"),
        CameOf.DID_NOT: _("It did not help"),
    }.get(came_of, _("Not told yet"))


def standing_tries(cards: Iterable[str]) -> dict[str, list[Try]]:
    """Tries that stand, by card, the latest of each hub last."""
    found: dict[str, list[Try]] = {}
    rows = Try.everywhere.filter(card__in=list(cards), removed_at=None).select_related("team__network")
    for it in rows.order_by("made_at", "id"):
        found.setdefault(it.card_id, []).append(it)
    return found


def tally_of(tries: Iterable[Try]) -> Tally:
    """Each hub once: by what it told last, or as one that has not told."""
    by_hub: dict[str, str] = {}
    for it in tries:
        by_hub[it.team_id] = it.came_of or by_hub.get(it.team_id, "")
    came = list(by_hub.values())
    return Tally(*(came.count(it) for it in (CameOf.HELPED, CameOf.MIXED, CameOf.DID_NOT, CameOf.NOT_YET)))


def stories_for(viewer: Viewer, card: Card, tries: Iterable[Try]) -> tuple[Story, ...]:
    """Those that were told for this person: they read the card when it was told, or it is their hub's. The last first."""
    scopes, own = scopes_of(viewer), is_own(viewer, card)
    told = [it for it in tries if it.came_of and it.is_shown and (own or it.told_for in scopes)]
    told.sort(key=lambda it: (it.told_at, it.id), reverse=True)
    return tuple(
        Story(
            hub=named(it.team) if it.is_named else "",
            came_of=it.came_of,
            came_of_words=came_of_words(it.came_of),
            number=it.number,
            is_changed=it.how == Try.How.CHANGED,
            what_changed=it.what_changed,
            happened=it.happened,
            language=it.language,
            told_in=it.told_at.date().replace(day=1),
        )
        for it in told
    )


def named(hub: Team) -> str:
    """A hub by its name, with its network's where that is another."""
    return hub.name if hub.network.name == hub.name else f"{hub.name}, {hub.network.name}"


def get_try(viewer: Viewer, hub: Team, try_id: str) -> Try:
    """One of a hub's own tries."""
    found = standing(Try, viewer, hub).filter(id=try_id).select_related("card__team__network").first()
    if found is None:
        raise NotThere
    return found


def was_of_try(viewer: Viewer, hub: Team, row: Try) -> str:
    """What its form carries along: what stood there, and who reads what is told."""
    return f"{was_of(viewer, hub, row).partition('.')[0]}.{readers_of(row)}"


def readers_of(row: Try) -> str:
    """For whom is told what happened: whoever reads the card at this moment; without it nobody but the hub."""
    return scope_of(row.card) if row.card is not None and row.card.removed_at is None else ""


def try_view(viewer: Viewer, row: Try) -> TryView:
    """One try, for somebody of the hub that tries."""
    address, does, language = "", "", ""
    if row.card_id:
        try:
            card = get_card(viewer, row.card_id)
        except NotThere:
            pass
        else:
            address = f"/playbook/{card.id}/"
            tried = CardVersion.everywhere.filter(card=card, number=row.number).first()
            may_read = tried is not None and (tried.number >= card.open_from or is_own(viewer, card))
            if may_read:
                does, language = tried.does, tried.language
    return TryView(
        id=row.id,
        look_for=read_for(row, (row.team_id,)),
        credit=row.credit,
        card=address,
        does=does,
        does_language=language,
        number=row.number,
        is_changed=row.how == Try.How.CHANGED,
        what_changed=row.what_changed,
        began_on=row.began_on,
        came_of=row.came_of,
        came_of_words=came_of_words(row.came_of),
        happened=row.happened,
        language=row.language,
        is_shown=row.is_shown,
        is_named=row.is_named,
        told_on=day_at(row.told_at, row.team.network.time_zone) if row.told_at else None,
    )


def tries_page(viewer: Viewer, hub: Team) -> TriesPage:
    """All that a hub tries and tried, as this person reads it."""
    rows = standing(Try, viewer, hub).select_related("card__team__network", "team__network")
    views = [try_view(viewer, it) for it in rows.order_by("-began_on", "-made_at", "id")]
    return TriesPage(
        hub_view(hub),
        tuple(reversed([it for it in views if not it.came_of])),
        tuple(it for it in views if it.came_of),
    )


def who_would_read(row: Try) -> str:
    """Who reads a story that is told now, in words; empty where the card is read by nobody any more."""
    scope = readers_of(row)
    if not scope:
        return ""
    if scope.startswith("team "):
        return _("Only the hub that wrote the card reads it.")
    if scope.startswith("network "):
        return _("Everybody who reads the card reads it: whoever holds a role in its hub’s network.")
    if scope.startswith("initiative "):
        return _(
            "Everybody who reads the card reads it: whoever holds a role in its hub’s initiative or one of its networks."
        )
    return _("Everybody who reads the card reads it: whoever holds a role in any network here.")
