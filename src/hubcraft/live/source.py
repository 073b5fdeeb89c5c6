"""What the house above hands to the live room: who may watch a channel, and what they see of it."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Admission:
    """One watcher's right to watch: everybody of one audience and language receives the same bytes."""

    channel: str
    audience: str
    watcher: str  # the id of a seat or of a facilitator's key, or "projector"
    language: str
    proof: str = ""  # what `readmit` compares: a seat that moved to another device ends the old one's stream


def badge(channel: str, audience: str, language: str) -> str:
    """What a page carries to say whom it was drawn for; tells nothing to those who read it."""
    return hashlib.sha256(f"{channel} {audience} {language}".encode()).hexdigest()[:16]


class Source(Protocol):
    """Answers for every channel; each method is sync code that runs in a thread with database access."""

    def admit(self, path: str, cookies: dict[str, str], headers: dict[str, str]) -> Admission | None:
        """Whether this request may watch; None is answered as 404."""

    def readmit(self, admission: Admission) -> Admission | None:
        """The same watcher's right now: None ends the stream, another audience turns the page."""

    def readmit_many(self, channel: str, admissions: Sequence[Admission]) -> list[Admission | None]:
        """`readmit` for many watchers of one channel, in their order."""

    def render(self, channel: str, audience: str, regions: Collection[str] | None) -> dict[str, str]:
        """Region name to its inner HTML; None asks for all; what this audience doesn't have is left out."""

    def sequences(self, channels: Collection[str]) -> dict[str, tuple[int, int]]:
        """Channel to (sequence, epoch); the epoch moves when somebody's right to watch may have changed."""

    def seen(self, watchers: Collection[tuple[str, str]]) -> None:
        """These (channel, watcher) are here now."""


_served: list[Source] = []


def serve(source: Source) -> None:
    """Make this the one source of the process; called once, when the apps are ready."""
    _served[:] = [source]


def served() -> Source:
    """The source that was registered."""
    if not _served:
        raise RuntimeError("No live source: an app's ready() must call hubcraft.live.serve().")
    return _served[0]
