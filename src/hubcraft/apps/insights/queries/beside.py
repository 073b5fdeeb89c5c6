"""What stands beside a hub's reflections on its page: concepts above say it, who know what this one does not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer


@dataclass(frozen=True)
class Beside:
    """One way in from the hub's page: its address there, what it is called, and how it stands."""

    address: str
    title: str
    words: str
    # Whether it wants to be looked at, so that it stands on top of the page too.
    asks: bool = False


TOLD_BY: list[Callable[[Viewer, Team, datetime], Iterable[Beside]]] = []


def told_beside(viewer: Viewer, hub: Team, at: datetime) -> tuple[Beside, ...]:
    """All of it, for one of the hub's people."""
    return tuple(it for tell in TOLD_BY for it in tell(viewer, hub, at))
