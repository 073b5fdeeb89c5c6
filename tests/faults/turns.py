"""Phones that have a page open and its stream, and follow the room from step to step as the page's script does."""

import asyncio
import json
import random
import re
import time
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from tests.faults.phones import FORM, Line, Phone, Room

FOLLOW = {"Hubcraft-Follow": "1"}
# The two seconds of live.js, a quarter more or less.
BETWEEN_ASKING = (1.5, 2.5)


@dataclass
class Follower:
    """One phone: the page it shows, and the stream that page has open."""

    phone: Phone
    page: str = ""
    address: str = ""
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def show(self, path: str, more: dict[str, str] | None = None) -> None:
        """Open an address, go where it leads, and open the stream of the page that is there."""
        self.address = f"/r/{self.phone.room}/{path}"
        for _hop in range(4):
            answer = await self.phone.line.ask("GET", self.address, self.phone.cookies, more=more)
            if answer.status != 302:
                break
            self.address = answer.headers["location"]
        assert answer.status == 200, (self.address, answer.status)
        self.page = answer.text

    async def listen(self) -> None:
        """Open the stream, and wait until it has said its first word."""
        sequence = re.search(r'data-sequence="(\d+)"', self.page).group(1)
        badge = re.search(r'data-badge="(\w+)"', self.page).group(1)
        cookies = "; ".join(f"{name}={value}" for name, value in self.phone.cookies.items())
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.phone.line.port)
        lines = [
            f"GET /r/{self.phone.room}/stream/?sequence={sequence}&badge={badge} HTTP/1.1",
            f"Host: 127.0.0.1:{self.phone.line.port}",
            f"Cookie: {cookies}",
        ]
        self.writer.write("\r\n".join([*lines, "", ""]).encode())
        await self.reader.readuntil(b"event: beat")

    async def turned(self) -> None:
        """Wait for the turn, and take it as the page does: after a moment of one's own, where everybody is."""
        await self.reader.readuntil(b"event: turn")
        said = (await self.reader.readuntil(b"\n\n")).decode()
        within = json.loads(re.search(r"data: (.*)", said).group(1))["within"]
        self.close()
        await asyncio.sleep(random.random() * within / 1000)
        await self.show(self.address.removeprefix(f"/r/{self.phone.room}/"), FOLLOW)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclass
class Asker(Follower):
    """A phone whose streams something on the way holds back: it asks again and again, as live.js does."""

    asking: asyncio.Task | None = None

    async def listen(self) -> None:
        """Begin to ask."""
        parts = unescape(re.search(r'data-parts="([^"]+)"', self.page).group(1))
        badge = re.search(r'data-badge="(\w+)"', self.page).group(1)
        self.asking = asyncio.create_task(self.ask(f"{parts}&badge={badge}"))

    async def ask(self, parts: str) -> None:
        """Every two seconds or so, until the room has gone on; then its page."""
        status = 200
        while status in (200, 304):
            await asyncio.sleep(random.uniform(*BETWEEN_ASKING))
            status = (await self.phone.line.ask("GET", parts, self.phone.cookies)).status
        assert status == 409, status
        await self.show(self.address.removeprefix(f"/r/{self.phone.room}/"), FOLLOW)

    async def turned(self) -> None:
        await self.asking

    def close(self) -> None:
        if self.asking is not None:
            self.asking.cancel()


async def follow(room: Room, how: type[Follower] = Follower) -> list[Follower]:
    """Everybody has the page open where the room is."""
    followers = [how(phone) for phone in room.phones]
    for it in followers:
        await it.show("")
        await it.listen()
    return followers


async def step(room: Room, lead: Line, followers: list[Follower], position: int) -> list[float]:
    """The facilitator takes everybody to a step; after how many seconds each had its page."""
    begun = time.monotonic()

    async def arrive(it: Follower) -> float:
        await it.turned()
        return time.monotonic() - begun

    waiting = [asyncio.create_task(arrive(it)) for it in followers]
    body = urlencode({"position": position}).encode()
    answer = await lead.ask("POST", f"/r/{room.id}/lead/step/", room.lead, body, FORM)
    assert answer.status == 302, answer.text
    taken = await asyncio.gather(*waiting)
    for it in followers:
        await it.listen()
    return list(taken)
