"""The bytes of a stream: server-sent events, each encoded once for everybody who gets it."""

import json
import random
from typing import Any

# Browsers hide comments from scripts, so the heartbeat is an event.
BEAT = b"event: beat\ndata: {}\n\n"
# A newer stream of the same watcher took this one's place; the page goes on by polling.
REST = b"event: rest\ndata: {}\n\n"


def frames(
    regions: dict[str, str], sequence: int, *, is_whole: bool = False, is_complete: bool = True
) -> bytes:
    """One event for each region; the last carries the id, so a cut in between is noticed on reconnecting.

    Whole: every region of the audience, to be taken whatever the page believes to have.
    Not complete: more of this same sequence is to follow, so nobody may claim to have it yet.
    """
    events = []
    for region, html in regions.items():
        content: dict[str, object] = {"region": region, "sequence": sequence, "html": html}
        if is_whole:
            content["whole"] = True
        events.append(f"event: frame\ndata: {json.dumps(content, ensure_ascii=False)}\n\n")
    if is_complete:
        events[-1:] = [f"id: {sequence}\n{event}" for event in events[-1:]] or [f"id: {sequence}\n\n"]
    return "".join(events).encode()


def turn(within: int) -> bytes:
    """Re-read the whole page, at a random moment within so many milliseconds."""
    return b'event: turn\ndata: {"within": %d}\n\n' % within


def retry(least: int, most: int) -> bytes:
    """When to come back after a cut: at a different moment for each watcher, in milliseconds."""
    return b"retry: %d\n\n" % random.randint(least, most)  # noqa: S311 (spreads load, keeps no secret)


class Piece:
    """A piece of a response; the same object goes to any number of watchers."""

    __slots__ = ("chunk", "message")

    def __init__(self, body: bytes, *, is_last: bool = False) -> None:
        self.message: dict[str, Any] = {"type": "http.response.body", "body": body, "more_body": not is_last}
        # As it stands on the wire in HTTP/1.1; an empty chunk would end the response.
        self.chunk = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
