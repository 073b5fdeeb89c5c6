"""The one way in: what an action says, inside its transaction, about what it changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was committed: regions None means that nobody knows which."""

    channel: str
    sequence: int
    regions: frozenset[str] | None
    recheck: bool = False


_listeners: list[Callable[[Change], None]] = []


def changed(channel: str, sequence: int, regions: Iterable[str], *, recheck: bool = False) -> None:
    """Tell the watchers of this channel, in every process, once the running transaction has been committed.

    Call it once for each sequence: after a number that was skipped every region is rendered.
    `recheck` asks again who may watch, before anything else is sent.
    """
    change = Change(str(channel), sequence, frozenset(regions), recheck)
    # Robust: what was committed is never reported as failed because telling the watchers went wrong.
    transaction.on_commit(lambda: tell(change), robust=True)


def tell(change: Change) -> None:
    """Hand a committed change to whoever listens in this process."""
    if not _listeners:
        # A command or the worker: no watchers here, but other processes may hold some.
        from .bus import tell_others

        tell_others(change)
    for listener in tuple(_listeners):
        listener(change)


def listen(listener: Callable[[Change], None]) -> None:
    """Hear every committed change of this process, in the thread that committed it."""
    _listeners[:] = [listener]


def ignore(listener: Callable[[Change], None]) -> None:
    """Stop hearing."""
    if listener in _listeners:
        _listeners.remove(listener)
