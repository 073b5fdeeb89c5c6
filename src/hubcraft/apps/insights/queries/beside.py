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


# Beside one look-for of a hub.
FOR_A_LOOK_FOR: list[Callable[[Viewer, Team, str], Iterable[Beside]]] = []
# What may be made of a strategy that was named: where under the hub's address, up to its key, and what that is called.
OF_A_STRATEGY: list[Callable[[], tuple[str, str]]] = []
TOLD_BY: list[Callable[[Viewer, Team, datetime], Iterable[Beside]]] = []


def told_beside(viewer: Viewer, hub: Team, at: datetime) -> tuple[Beside, ...]:
    """All of it, for one of the hub's people."""
    return tuple(it for tell in TOLD_BY for it in tell(viewer, hub, at))


def told_beside_look_for(viewer: Viewer, hub: Team, look_for: str) -> tuple[Beside, ...]:
    """All of it beside one look-for."""
    return tuple(it for tell in FOR_A_LOOK_FOR for it in tell(viewer, hub, look_for))


def of_a_strategy() -> tuple[tuple[str, str], ...]:
    """All that may be made of a strategy."""
    return tuple(tell() for tell in OF_A_STRATEGY)
