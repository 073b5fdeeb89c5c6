"""What somebody reads before they are erased."""

from dataclasses import dataclass

from hubcraft.apps.insights.models import SeatClaim
from hubcraft.apps.networks.queries import PlaceView, list_places, viewer_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.queries import list_administrators
from hubcraft.apps.records import policy
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class ErasurePage:
    """Who would be erased, what they are, and why not where that can't be."""

    id: str
    name: str
    email: str
    is_me: bool
    places: tuple[PlaceView, ...]
    seats: int
    why_not: str


def erasure_page(viewer: Viewer, person_id: str) -> ErasurePage:
    """For oneself, or for the administrator; for everybody else there is no such page."""
    person = Person.objects.filter(id=person_id, removed_at=None).first()
    if person is None or not policy.is_theirs_to_erase(viewer, person_id):
        raise NotThere
    return ErasurePage(
        id=person.id,
        name=person.name or person.email,
        email=person.email,
        is_me=viewer.person == person_id,
        places=list_places(viewer_of(person)),
        seats=SeatClaim.objects.filter(person=person).count(),
        why_not=policy.can_erase(person, list_administrators().count()).sentence,
    )
