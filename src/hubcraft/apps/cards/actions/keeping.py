"""What else is done with a card: looked at again, retired and brought back, somebody to ask, taken away and put back."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from hubcraft.apps.audit.retention import rules
from hubcraft.apps.cards import policy
from hubcraft.apps.cards.models import Card
from hubcraft.apps.cards.queries.playbook import RULE, get_own, get_taken, people_to_ask, standing_version
from hubcraft.apps.cards.queries.reading import was_of_card
from hubcraft.apps.lifecycle.actions.keeping import hold, insist_same, note
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes


@writes
def still_so(*, by: Viewer, hub: Team, card_id: str, was: str, review_on: date, at: datetime) -> Card:
    """Somebody looked at it: no word has to change until that day."""
    insist(policy.can_write(by, hub.id))
    hold(hub)
    card = get_own(by, hub, card_id)
    insist_same(was, was_of_card(card), row=standing_version(card))
    if card.review_on != review_on:
        card.review_on = review_on
        card.save(update_fields=["review_on"])
        note(by, hub, "looked at a strategy card again", at)
    return card


@writes
def retire(*, by: Viewer, hub: Team, card_id: str, was: str, why: str, at: datetime) -> Card:
    """Its hub uses it no more: it stays to be read, with the reason, and is not begun with anew."""
    insist(policy.can_write(by, hub.id))
    hold(hub)
    card = get_own(by, hub, card_id)
    if card.retired_at is None:
        insist_same(was, was_of_card(card), row=standing_version(card))
        card.retired_at, card.retired_why = at, why
        card.save(update_fields=["retired_at", "retired_why"])
        note(by, hub, "retired a strategy card", at)
    return card


@writes
def bring_back(*, by: Viewer, hub: Team, card_id: str, at: datetime) -> Card:
    """It is used again; why it was not is said no more."""
    insist(policy.can_write(by, hub.id))
    hold(hub)
    card = get_own(by, hub, card_id)
    if card.retired_at is not None:
        card.retired_at, card.retired_why = None, ""
        card.save(update_fields=["retired_at", "retired_why"])
        note(by, hub, "brought a strategy card back", at)
    return card


@writes
def propose_contact(*, by: Viewer, hub: Team, card_id: str, person: str, at: datetime) -> Card:
    """Somebody of the hub might be asked about it; whoever names themselves has agreed, others are asked first."""
    insist(policy.can_write(by, hub.id))
    hold(hub)
    card = get_own(by, hub, card_id)
    if person not in dict(people_to_ask(hub)):
        insist(refuse(_("Choose somebody of your hub.")))
    if card.contact_id != person:
        card.contact_id, card.contact_agreed_at = person, None
    if person == by.person and card.contact_agreed_at is None:
        card.contact_agreed_at = at
    card.save(update_fields=["contact", "contact_agreed_at"])
    note(by, hub, "proposed whom to ask about a strategy card", at)
    return card


@writes
def agree(*, by: Viewer, hub: Team, card_id: str, at: datetime) -> Card:
    """Whoever was proposed says that others may come to them."""
    insist(policy.can_write(by, hub.id))
    hold(hub)
    card = get_own(by, hub, card_id)
    insist(policy.can_be_asked(by, card.contact_id or ""))
    if card.contact_agreed_at is None:
        card.contact_agreed_at = at
        card.save(update_fields=["contact_agreed_at"])
        note(by, hub, "agreed to be asked about a strategy card", at)
    return card


@writes
def ask_nobody(*, by: Viewer, hub: Team, card_id: str, at: datetime) -> Card:
    """Nobody is asked any more: they take it back, or somebody of their hub does."""
    insist(policy.can_write(by, hub.id))
    hold(hub)
    card = get_own(by, hub, card_id)
    if card.contact_id is not None:
        card.contact, card.contact_agreed_at = None, None
        card.save(update_fields=["contact", "contact_agreed_at"])
        note(by, hub, "said that nobody is asked about a strategy card", at)
    return card


@writes
def take_away(*, by: Viewer, hub: Team, kind: str, row_id: str, at: datetime) -> None:
    """Taken away nobody reads it any more, wherever it was open; it can be put back until it is deleted."""
    row = get_taken(by, hub, kind, row_id)
    insist(policy.can_write(by, hub.id))
    if row.removed_at is None:
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        note(by, hub, "took away something of the playbook", at)


@writes
def put_back(*, by: Viewer, hub: Team, kind: str, row_id: str, at: datetime) -> None:
    """As if it had never been away, and open as it was."""
    row = get_taken(by, hub, kind, row_id)
    insist(policy.can_write(by, hub.id))
    hold(hub)
    if row.removed_at is None:
        return
    if row.removed_at <= at - timedelta(days=rules()[RULE].days):
        raise NotThere
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    note(by, hub, "put back something of the playbook", at)
