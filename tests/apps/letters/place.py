"""A hub whose people promised something in a room, with moments that a test chooses."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights.actions import claims
from hubcraft.apps.networks.models import Membership, Network
from hubcraft.apps.people.models import Person
from tests.apps.insights.test_hubs import promise
from tests.apps.insights.test_sharing import Place
from tests.homes import account, make_account
from tests.make import NOW
from tests.make import Person as Seated

CHICAGO = "America/Chicago"


class Week(Place):
    """Rosa leads the hub and sat in its room as BE; Cleo of the room promised too, and the team as a team."""

    def __init__(self, due_on: date, zone: str = CHICAGO):
        super().__init__()
        Network.objects.filter(id=self.network.id).update(time_zone=zone)
        self.own = promise(self.hall.ben, "Meet weekly.")
        self.cleos = promise(self.hall.cleo, "Write to the board.")
        self.take(self.hall.ben, self.rosa)
        self.due(due_on)

    def take(self, seat: Seated, person: Person) -> None:
        """Somebody says that a seat was theirs."""
        claims.claim_seat(
            by=seat.viewer, account=account(person), who=person.in_trail, seat_id=seat.seat_id, at=NOW
        )

    def due(self, day: date | None, *steps: NextStep) -> None:
        chosen = [it.id for it in steps or (self.own, self.cleos, self.step)]
        NextStep.everywhere.filter(id__in=chosen).update(due_on=day)

    def member(self, name: str = "Mia") -> Person:
        return make_account(name, hub=self.hub)

    def leave(self, person: Person) -> None:
        Membership.everywhere.filter(person=person).update(ended_at=NOW)


def local(day: str, hour: int = 9, minute: int = 0, zone: str = CHICAGO) -> datetime:
    """What clocks show there, as a moment."""
    there = datetime.combine(date.fromisoformat(day), datetime.min.time(), ZoneInfo(zone))
    return there.replace(hour=hour, minute=minute).astimezone(UTC)
