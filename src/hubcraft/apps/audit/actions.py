"""Writing the trail; always inside the transaction of the act itself."""

from datetime import datetime

from hubcraft.apps.audit.models import TrailEntry


def record(*, who: str, did: str, thing: str, at: datetime, room: str = "", network: str = "") -> None:
    """Note that `who` did something to a thing (its kind and id, never its content)."""
    TrailEntry.objects.create(who=who, did=did, thing=thing, at=at, room=room, network=network)
