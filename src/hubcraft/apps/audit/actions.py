"""Writing the trail, always inside the transaction of the act itself; and letting lines go whose time is over."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q

from hubcraft.apps.audit.models import Opening, TrailEntry


def record(*, who: str, did: str, thing: str, at: datetime, room: str = "", network: str = "") -> None:
    """Note that `who` did something to a thing (its kind and id, never its content)."""
    # A long address or name is cut rather than refused: what was done counts.
    who, did = who[:80], did[:200]
    TrailEntry.objects.create(who=who, did=did, thing=thing, at=at, room=room, network=network)


def forget_room(*, room: str, networks: Iterable[str]) -> None:
    """Delete the trail of a room that was for practice, with the networks made for it: nobody was done anything to."""
    networks = list(networks)
    openings = [Opening(room=room), *(Opening(network=it) for it in networks)]
    with opened(openings):
        TrailEntry.objects.filter(Q(room=room) | Q(network__in=networks)).delete()


def forget_until(moment: datetime) -> int:
    """Delete the lines before this moment, inside the caller's transaction, and say how many they were."""
    with opened([Opening(until=moment)]):
        count, _tables = TrailEntry.objects.filter(at__lt=moment).delete()
    return count


@contextmanager
def opened(openings: list[Opening]) -> Iterator[None]:
    """Nobody else ever sees the trail open: what opens it is gone before the transaction is committed."""
    made = Opening.objects.bulk_create(openings)
    yield
    Opening.objects.filter(id__in=[it.id for it in made]).delete()
