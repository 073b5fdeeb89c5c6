"""What somebody has chosen to get."""

from dataclasses import dataclass
from datetime import datetime

from hubcraft.apps.letters.models import CalendarLink, WeeklyLetter
from hubcraft.apps.letters.policy import can_get
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.queries import hashed
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class ChoicePage:
    """The page on which one chooses."""

    is_on: bool
    last_at: datetime | None
    link_since: datetime | None


def choice_page(person: Person) -> ChoicePage:
    """As it stands."""
    letter = WeeklyLetter.objects.filter(person=person).first()
    link = CalendarLink.objects.filter(person=person).first()
    return ChoicePage(
        is_on=letter is None or not letter.is_off,
        last_at=letter.sent_at if letter else None,
        link_since=link.made_at if link else None,
    )


def person_with(key: str) -> Person:
    """Whose calendar a key opens."""
    link = (
        CalendarLink.objects.filter(key=hashed(key), person__removed_at=None).select_related("person").first()
    )
    if link is None or not can_get(viewer_of(link.person)):
        raise NotThere
    return link.person
