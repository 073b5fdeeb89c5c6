"""One open connection, written to by hand: no task is woken for it, and it can't hold the others up."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from . import frames
from .source import Admission

log = logging.getLogger(__name__)

Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]


# Connections that took no more when they were last written to: looked after once a second.
BEHIND: set["Watcher"] = set()
PATIENCE = 10.0
MOST_WAITING = 65_536  # bytes that a connection may keep for later


class Watcher:
    """Somebody who watches; lives from admission until the connection ends."""

    __slots__ = ("admission", "asked_at", "behind_since", "has", "is_gone", "send", "task", "transport")

    def __init__(self, admission: Admission, send: Send, has: int | None, asked_at: float) -> None:
        self.admission = admission
        self.send = send
        self.transport = transport_of(send)
        self.has = has  # the sequence that the page says it has; None when it doesn't know
        self.asked_at = asked_at  # the loop's time before its admission was looked up
        self.task = asyncio.current_task()
        self.is_gone = False
        self.behind_since = 0.0

    def write(self, piece: frames.Piece) -> bool:
        """Write without waiting; False when that isn't possible: then the watcher is left out for now."""
        if self.is_gone or self.behind_since:
            return False
        if self.transport is None:
            return self.write_by_hand(piece)
        if self.transport.get_write_buffer_size() > MOST_WAITING:
            self.fell_behind()
            return False
        try:
            self.transport.write(piece.chunk)
        except RuntimeError:  # closed, and its stream is about to hear of it
            self.is_gone = True
        return not self.is_gone

    def write_by_hand(self, piece: frames.Piece) -> bool:
        """Drive `send`, which runs to its end at once as long as the connection takes more."""
        sending = self.send(piece.message)
        try:
            sending.send(None)
        except StopIteration:
            return True
        except Exception:
            log.exception("A stream could not be written to")
            self.drop()
            return False
        sending.close()
        self.fell_behind()
        return False

    def fell_behind(self) -> None:
        """Its buffer is full: nothing more is written, so that it can't grow."""
        self.behind_since = asyncio.get_running_loop().time()
        BEHIND.add(self)

    def has_caught_up(self) -> bool:
        """Whether it takes something again; one that doesn't for ten seconds is cut off and comes back later."""
        since, self.behind_since = self.behind_since, 0.0
        BEHIND.discard(self)
        if self.write(frames.Piece(frames.BEAT)):
            return True
        if not self.is_gone:
            self.behind_since = since
            if asyncio.get_running_loop().time() - since > PATIENCE:
                self.drop()
        return False

    def end(self, body: bytes = b"") -> None:
        """End the stream in order, with a last word."""
        if self.is_gone:
            return
        if not self.behind_since and self.write_by_hand(frames.Piece(body, is_last=True)):
            self.is_gone = True
        else:
            self.drop()

    def drop(self) -> None:
        """Cut the connection without waiting for what is still in its buffer."""
        BEHIND.discard(self)
        if self.is_gone:
            return
        self.is_gone = True
        if self.transport is not None:
            self.transport.abort()
        elif self.task is not None:
            self.task.cancel()


def transport_of(send: Send) -> Any:
    """The connection under uvicorn's `send`, when what we write may go straight to it; else None.

    An ASGI server has no way to say "abort", nor to frame the same bytes once for everybody. Uvicorn's `send`
    belongs to an object that has the transport and says that it sends in chunks. With any other server, or
    when this should change, `send` is driven by hand, and the task is ended where the transport would be.
    """
    cycle = getattr(send, "__self__", None)
    transport = getattr(cycle, "transport", None)
    is_ours = getattr(cycle, "chunked_encoding", None) is True
    needed = ("write", "abort", "get_write_buffer_size")
    return transport if is_ours and all(hasattr(transport, name) for name in needed) else None
