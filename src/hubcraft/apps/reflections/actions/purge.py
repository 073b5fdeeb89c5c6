"""What was put away is deleted in the end."""

from datetime import datetime, timedelta

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.rooms.models import Seat
from hubcraft.web.writer import writes

# Long enough to notice a mistake and ask for a repair; `docs/host/retention.toml` says the same.
KEPT_AFTER_REMOVAL = timedelta(days=30)


@writes
def purge_removed(*, at: datetime) -> int:
    """Delete seats and boards that were removed thirty days ago, with all they hold. May run twice."""
    before = at - KEPT_AFTER_REMOVAL
    seats = Seat.everywhere.filter(removed_at__lt=before)
    boards = Reflection.everywhere.filter(removed_at__lt=before)
    count = seats.count() + boards.count()
    if count:
        boards.delete()
        seats.delete()
        audit.record(
            who="the house", did="deleted what was removed", thing=f"{count} seats and boards", at=at
        )
    return count
