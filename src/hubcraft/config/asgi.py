"""The front door: static files, the stream, and Django's pages in a fixed pool of threads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubcraft.config.settings")

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor

import django
from django.conf import settings
from django.core import signals
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponse
from django.urls import set_script_prefix

django.setup()

from hubcraft.live.stream import stream  # noqa: E402  (needs Django to be ready)

MOST_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class Pages(ASGIHandler):
    """Django's ordinary sync middleware and views, each request in one thread from start to end.

    Django's own ASGI handler hops between the loop and a thread for every middleware, which costs more than
    most of our pages (docs/decide/0003). Streams never come through here.
    """

    def __init__(self):
        super(ASGIHandler, self).__init__()
        self.load_middleware(is_async=False)
        self.threads = ThreadPoolExecutor(settings.HUBCRAFT_THREADS, thread_name_prefix="page")

    async def __call__(self, scope, receive, send):
        body = await read_body(receive)
        if body is None:
            return
        if len(body) > MOST_BYTES:
            await self.send_response(HttpResponse(status=413), send)
            return
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(self.threads, self.answer, scope, body)
        await self.send_response(response, send)

    def answer(self, scope, body):
        """One request from its first signal to its last, in one thread, so that it owns its connection."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, error = self.create_request(scope, io.BytesIO(body))
        response = error if request is None else self.get_response(request)
        response._handler_class = self.__class__
        response.close()
        if request is not None:
            # A request and its `user` know each other: left alone, both and all they led to (rows, forms, boards)
            # wait for the collector.
            vars(request).clear()
        return response


async def read_body(receive) -> bytes | None:
    """The body, or as much of it as shows that it is too long; None when the client left before its end."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > MOST_BYTES or not message.get("more_body", False):
            return body


class FrontDoor:
    """Send each request to whoever answers it."""

    def __init__(self):
        from servestatic import ServeStaticASGI

        self.pages = Pages()
        self.files = ServeStaticASGI(
            self.pages,
            root=str(settings.STATIC_ROOT),
            prefix=settings.STATIC_URL,
            immutable_file_test=r"\.[0-9a-f]{12}\.",
        )

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan" or (scope["type"] == "http" and scope["path"].endswith("/stream/")):
            await stream(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(settings.STATIC_URL):
            await self.files(scope, receive, send)
        elif scope["type"] == "http":
            await self.pages(scope, receive, send)


application = FrontDoor()
