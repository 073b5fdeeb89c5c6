"""The stream's door: an ASGI callable beside Django that admits a watcher and holds its connection."""

import asyncio
import random
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http.cookie import parse_cookie

from . import frames
from .exchange import EXCHANGE
from .source import Admission, badge, served
from .watchers import Send, Watcher

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
COME_BACK = (1_500, 4_500)
TURN_WITHIN = 500
MOST_DIGITS = 18


async def stream(scope: dict[str, Any], receive: Any, send: Send) -> None:
    """Answer `GET …/stream/` with server-sent events; begin and end with the server's lifespan."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    EXCHANGE.begin()
    if scope["method"] != "GET":
        await refuse(send, 405, (b"allow", b"GET"))
        return
    if EXCHANGE.is_closing or EXCHANGE.streams >= settings.HUBCRAFT_STREAMS:
        await refuse(send, 503, (b"retry-after", b"%d" % random.randint(20, 60)))  # noqa: S311
        return
    EXCHANGE.streams += 1
    watcher = None
    try:
        asked_at = asyncio.get_running_loop().time()
        admission, has, shown_to = await admit(scope)
        if admission is None:
            await refuse(send, 404)
            return
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send(frames.Piece(frames.retry(*COME_BACK) + frames.BEAT).message)
        watcher = Watcher(admission, send, has, asked_at)
        is_elsewhere = shown_to not in ("", badge(admission.channel, admission.audience, admission.language))
        # The server keeps this list as long as the stream is open, and browsers say a lot about themselves.
        scope["headers"].clear()
        admission = None
        if EXCHANGE.is_closing:
            watcher.end(frames.retry(*COME_BACK))
        elif (
            is_elsewhere
        ):  # moved since the page was drawn: only the page itself knows what belongs around the parts
            watcher.end(frames.turn(TURN_WITHIN))
        else:
            EXCHANGE.join(watcher)
        while (await receive())["type"] != "http.disconnect":
            pass
    except asyncio.CancelledError:
        if watcher is None or not watcher.is_gone:
            raise
    finally:
        EXCHANGE.streams -= 1
        if watcher is not None:
            EXCHANGE.leave(watcher)


async def admit(scope: dict[str, Any]) -> tuple[Admission | None, int | None, str]:
    """Who this is, the sequence that the page says it has, and the badge of those it was drawn for."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    has = number(headers["last-event-id"] if "last-event-id" in headers else asked.get("sequence", ""))
    cookies = parse_cookie(headers.get("cookie", ""))
    admission = await EXCHANGE.ask(served().admit, scope["path"], cookies, headers)
    return admission, has, asked.get("badge", "")


def number(text: str) -> int | None:
    """A sequence, or None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


async def refuse(send: Send, status: int, *headers: tuple[bytes, bytes]) -> None:
    """An answer without a body."""
    plain = [(b"content-length", b"0"), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": plain})
    await send(frames.Piece(b"", is_last=True).message)


async def lifespan(receive: Any, send: Send) -> None:
    """Begin with the server, and end every stream with it."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            EXCHANGE.begin()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            EXCHANGE.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
