"""Taking a copy of what is kept about oneself: the trail says that it was taken."""

from datetime import datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.people.models import Person
from hubcraft.web.writer import writes


@writes
def note_copy(*, person: Person, at: datetime) -> None:
    """So that somebody whose account was used by another finds out."""
    audit.record(
        who=person.in_trail, did="took a copy of what is kept about them", thing=f"person {person.id}", at=at
    )
