"""A hub tries a card, and tells what happened."""

from datetime import date, datetime

from hubcraft.apps.cards import policy
from hubcraft.apps.cards.actions.cards import MOST_CREDIT, insist_in_use
from hubcraft.apps.cards.models import Try
from hubcraft.apps.cards.queries.sight import get_card, hubs_to_try
from hubcraft.apps.cards.queries.tries import get_try, named, readers_of, was_of_try
from hubcraft.apps.lifecycle.actions.keeping import hold, insist_same, note, once_only, write_row
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.domain.writing import language_of
from hubcraft.web.writer import writes


@writes
def try_card(
    *,
    by: Viewer,
    hub: Team,
    card_id: str,
    once: str,
    how: str,
    what_changed: str,
    began_on: date,
    at: datetime,
) -> Try:
    """From this day the hub tries the version that stands; whoever reads the card counts one more, nameless."""
    insist(policy.can_try(by, hub.id))
    hold(hub)
    if there := once_only(Try, by=by, hub=hub, once=once):
        return there
    card = get_card(by, card_id)
    if hub.id not in {it.id for it in hubs_to_try(by, card)}:
        raise NotThere
    insist_in_use(card)
    row = write_row(
        Try,
        by=by,
        hub=hub,
        once=once,
        text=what_changed,
        at=at,
        card=card,
        look_for=card.look_for,
        look_for_text=card.look_for_text,
        credit=named(card.team)[:MOST_CREDIT],
        number=card.version,
        how=how,
        what_changed=what_changed if how == Try.How.CHANGED else "",
        began_on=began_on,
    )
    note(by, hub, "began to try a strategy card", at)
    return row


@writes
def tell(
    *,
    by: Viewer,
    hub: Team,
    try_id: str,
    was: str,
    came_of: str,
    happened: str,
    what_changed: str,
    is_shown: bool,
    is_named: bool,
    at: datetime,
) -> Try:
    """What happened; shown, those read it who read the card at this moment, and nobody else later."""
    insist(policy.can_try(by, hub.id))
    hold(hub)
    row = get_try(by, hub, try_id)
    values = {
        "came_of": came_of,
        "happened": happened,
        "what_changed": what_changed,
        "is_shown": is_shown,
        "is_named": is_shown and is_named,
        "told_for": readers_of(row) if is_shown else "",
    }
    if row.told_at is not None and all(getattr(row, name) == value for name, value in values.items()):
        return row
    insist_same(was, was_of_try(by, hub, row), row=row)
    for name, value in values.items():
        setattr(row, name, value)
    row.language = language_of(f"{happened} {what_changed}", otherwise=row.language)
    row.told_at = row.changed_at = at
    row.save(update_fields=[*values, "language", "told_at", "changed_at"])
    note(by, hub, "told what came of a strategy card", at)
    return row
