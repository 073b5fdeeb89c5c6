"""Making and ending the secret address of a calendar."""

import secrets
from datetime import datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.letters import policy
from hubcraft.apps.letters.models import CalendarLink
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.queries import hashed
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def make_link(*, person: Person, at: datetime) -> str:
    """The key of a new address, which is shown once; the one before opens nothing from now on."""
    insist(policy.can_choose_letters(person))
    key = secrets.token_urlsafe(24)
    _link, is_first = CalendarLink.objects.update_or_create(
        person=person, defaults={"key": hashed(key), "made_at": at}
    )
    did = "made a link to their calendar" if is_first else "made the link to their calendar anew"
    audit.record(who=person.in_trail, did=did, thing=f"person {person.id}", at=at)
    return key


@writes
def end_link(*, person: Person, at: datetime) -> None:
    """It opens nothing any more."""
    insist(policy.can_choose_letters(person))
    if CalendarLink.objects.filter(person=person).delete()[0]:
        did = "ended the link to their calendar"
        audit.record(who=person.in_trail, did=did, thing=f"person {person.id}", at=at)


def close_calendar(person: Person) -> None:
    """Part of signing somebody out everywhere: what opened from elsewhere opens no more."""
    CalendarLink.objects.filter(person=person).delete()
