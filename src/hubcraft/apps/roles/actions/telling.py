"""Telling people by mail, each in their own language, inside the transaction of what they are told of."""

from collections.abc import Iterable
from datetime import datetime

from hubcraft.apps.networks.models import Team
from hubcraft.apps.notices.actions import promise_written
from hubcraft.apps.people.models import Person
from hubcraft.apps.roles.queries.leading import leads_above, leads_hub


def tell(people: Iterable[Person], template: str, *, at: datetime, **words: object) -> None:
    """One mail each; the first line of a template is its subject."""
    for person in sorted({it.id: it for it in people if it.email}.values(), key=lambda it: it.email):
        more = {"reader": person, **words}
        promise_written(to=person.email, template=template, language=person.language, at=at, **more)


def tell_if_nobody_leads(hub: Team, *, at: datetime) -> None:
    """A hub may be left without a leader, but not without somebody above knowing of it."""
    if hub.removed_at is None and not leads_hub(hub):
        tell(leads_above(hub), "roles/mail/nobody_leads.txt", hub=hub, at=at)
