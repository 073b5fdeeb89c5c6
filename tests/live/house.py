"""A small house around the real live room: two tables, one source, and a POST that changes something."""

import os
from pathlib import Path

from django.conf import settings

import hubcraft

if not settings.configured:
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": os.environ["HOUSE_DATABASE"],
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"},
            }
        },
        HUBCRAFT_BUS=os.environ.get("HOUSE_BUS", ""),
        HUBCRAFT_STREAMS=int(os.environ.get("HOUSE_STREAMS", "1000")),
        USE_TZ=True,
    )

import asyncio
import json

import django
from django.db import connection, transaction

django.setup()

from django.http.cookie import parse_cookie  # noqa: E402

from hubcraft import live  # noqa: E402
from hubcraft.live.source import served  # noqa: E402


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


class House:
    """The source: rights and words come from the tables at the moment of asking."""

    def admit(self, path, cookies, headers):
        found = rows("select channel, audience from seat where id = %s", cookies.get("seat", ""))
        return live.Admission(*found[0], cookies["seat"], "en") if found else None

    def readmit(self, admission):
        return self.readmit_many(admission.channel, [admission])[0]

    def readmit_many(self, channel, admissions):
        now = dict(rows("select id, audience from seat where channel = %s", channel))
        return [
            live.Admission(channel, now[one.watcher], one.watcher, one.language)
            if one.watcher in now
            else None
            for one in admissions
        ]

    def render(self, channel, audience, regions):
        noted = "everything" if regions is None else " ".join(sorted(regions))
        rows("insert into rendering values (%s, %s)", audience, noted)
        found = rows("select region, html from part where channel = %s and audience = %s", channel, audience)
        return {region: html for region, html in found if regions is None or region in regions}

    def sequences(self, channels):
        found = rows("select id, sequence, epoch from channel")
        return {name: (sequence, epoch) for name, sequence, epoch in found if name in channels}

    def seen(self, watchers):
        for pair in watchers:
            rows("insert or ignore into presence values (%s, %s)", *pair)


live.serve(House())


def change(channel: str, sets: list[tuple[str, str, str]], moves: dict[str, str | None]) -> int:
    """What an action does: take the next sequence, write, and say what changed."""
    with transaction.atomic():
        rows("update channel set sequence = sequence + 1 where id = %s", channel)
        for audience, region, html in sets:
            rows("update part set html = %s where audience = %s and region = %s", html, audience, region)
        for seat, audience in moves.items():
            rows("delete from seat where id = %s", seat)
            if audience:
                rows("insert into seat values (%s, %s, %s)", seat, channel, audience)
        if moves:
            rows("update channel set epoch = epoch + 1 where id = %s", channel)
        sequence = rows("select sequence from channel where id = %s", channel)[0][0]
        live.changed(channel, sequence, {region for _, region, _ in sets}, recheck=bool(moves))
    return sequence


SCRIPTS = Path(hubcraft.__file__).parent / "web/static/js"
POLICY = b"default-src 'none'; script-src 'self'; connect-src 'self'"


def page(scope) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
    """A page with both regions of the seat's audience, its parts, and the scripts as the product joins them."""
    if scope["path"] == "/live.js":
        files = [SCRIPTS / "live.js", SCRIPTS / "elements/live-region.js"]
        joined = '"use strict";' + "".join(f"{{{file.read_text()}}}" for file in files)
        return 200, joined.encode(), [(b"content-type", b"text/javascript")]
    cookies = parse_cookie(dict(scope["headers"]).get(b"cookie", b"").decode())
    admission = served().admit(scope["path"], cookies, {})
    if admission is None:
        return 404, b"Not here.", []
    sequence, _epoch = served().sequences([admission.channel])[admission.channel]
    regions = served().render(admission.channel, admission.audience, None)
    parts = "".join(f"<live-region data-region={name}>{html}</live-region>" for name, html in regions.items())
    headers = [(b"content-type", b"text/html"), (b"hubcraft-sequence", b"%d" % sequence)]
    badge = live.badge(admission.channel, admission.audience, admission.language)
    if b"part=live" in scope["query_string"]:
        live.asks(admission.channel, admission.watcher)
        if badge.encode() not in scope["query_string"]:
            return 409, b"", [(b"hubcraft-turn", b"/page/")]
        return 200, parts.encode(), headers
    about = (
        f"data-stream=/r/r1/stream/ data-parts='/page/?part=live' data-badge={badge} data-sequence={sequence}"
    )
    main = f"<main {about}>"
    whole = (
        f"<!doctype html><script src=/live.js defer></script><title>{admission.audience}</title>{main}{parts}"
    )
    return 200, f"{whole}<button data-pause>Pause updates</button></main>".encode(), headers


async def application(scope, receive, send):
    """`POST /change` with JSON, a page to look at, and the stream."""
    if scope["type"] == "lifespan" or scope["path"].endswith("/stream/"):
        await live.stream(scope, receive, send)
        return
    if scope["method"] == "GET":
        status, content, headers = await asyncio.get_running_loop().run_in_executor(None, page, scope)
        plain = [(b"content-length", b"%d" % len(content)), (b"content-security-policy", POLICY), *headers]
        await send({"type": "http.response.start", "status": status, "headers": plain})
        await send({"type": "http.response.body", "body": content})
        return
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    asked = json.loads(body or b"{}")
    sets = [tuple(one) for one in asked.get("sets", [])]
    loop = asyncio.get_running_loop()
    sequence = await loop.run_in_executor(
        None, change, asked.get("channel", "r1"), sets, asked.get("moves", {})
    )
    answer = str(sequence).encode()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(answer))]}
    )
    await send({"type": "http.response.body", "body": answer})
