"""Word from and to other processes, through Valkey or Redis: a hint only, the tables are the truth.

The client is loaded where there is a bus: it is a tenth of what a process without one has to load.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings

from .changes import Change

if TYPE_CHECKING:
    import redis
    import redis.asyncio

log = logging.getLogger(__name__)

TOPIC = "hubcraft:changed"
PATIENCE = 2.0  # seconds for anything that the bus is asked
LONGEST_BACK_OFF = 10.0
MOST_WAITING = 1_000


def encode(change: Change, origin: str) -> str:
    """Only names and numbers travel: what changed is read from the tables by whoever may see it."""
    regions = None if change.regions is None else sorted(change.regions)
    return json.dumps([origin, change.channel, change.sequence, regions, change.recheck])


def decode(text: bytes | str, own: str) -> Change | None:
    """A change somebody else made; None for our own and for anything that we don't understand."""
    try:
        origin, channel, sequence, regions, recheck = json.loads(text)
        if origin == own:
            return None
        return Change(
            str(channel), int(sequence), None if regions is None else frozenset(regions), bool(recheck)
        )
    except (ValueError, TypeError):
        return None


class Bus:
    """One connection that listens and one that tells, both coming back by themselves."""

    def __init__(self, address: str, hear: Callable[[Change], None]) -> None:
        self.address = address
        self.hear = hear
        self.own = f"{os.getpid()}-{os.urandom(6).hex()}"
        self.is_up = False
        self.waiting: asyncio.Queue[Change] = asyncio.Queue(MOST_WAITING)

    def tell(self, change: Change) -> None:
        """Leave a change to be told; when too many wait, the others find out by looking."""
        if self.is_up and not self.waiting.full():
            self.waiting.put_nowait(change)

    async def run(self) -> None:
        """Listen and tell for as long as the process lives."""
        import redis.asyncio

        back_off = 0.2
        while True:
            try:
                async with redis.asyncio.from_url(
                    self.address, socket_connect_timeout=PATIENCE, health_check_interval=10
                ) as client:
                    await self._serve(client)
            except (TimeoutError, redis.RedisError, OSError) as fault:
                if self.is_up or back_off == 0.2:
                    log.warning("The bus is away (%s); looking at the tables twice a second instead", fault)
                back_off = 0.2 if self.is_up else min(back_off * 2, LONGEST_BACK_OFF)
            finally:
                self.is_up = False
            await asyncio.sleep(back_off)

    async def _serve(self, client: redis.asyncio.Redis) -> None:
        async with client.pubsub(ignore_subscribe_messages=True) as listening:
            await listening.subscribe(TOPIC)
            self.is_up = True
            telling = asyncio.create_task(self._tell(client))
            try:
                while not telling.done():
                    message = await listening.get_message(timeout=PATIENCE)
                    change = decode(message["data"], self.own) if message else None
                    if change is not None:
                        self.hear(change)
                telling.result()
            finally:
                telling.cancel()

    async def _tell(self, client: redis.asyncio.Redis) -> None:
        while True:
            change = await self.waiting.get()
            await asyncio.wait_for(client.publish(TOPIC, encode(change, self.own)), PATIENCE)


_teller: list[redis.Redis] = []


def tell_others(change: Change) -> None:
    """Tell from a process without a loop, a command or the worker; failing is no harm."""
    address = getattr(settings, "HUBCRAFT_BUS", None)
    if not address:
        return
    import redis

    if not _teller:
        _teller.append(redis.Redis.from_url(address, socket_connect_timeout=0.5, socket_timeout=0.5))
    try:
        _teller[0].publish(TOPIC, encode(change, f"{os.getpid()}"))
    except redis.RedisError as fault:
        log.warning("The bus is away (%s)", fault)
