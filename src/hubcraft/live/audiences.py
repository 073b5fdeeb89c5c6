"""Everybody who sees exactly the same of one channel: rendered once, at most ten times a second, less for crowds."""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import translation

from . import frames
from .source import Admission, served
from .watchers import MOST_WAITING, Watcher

if TYPE_CHECKING:
    from .channels import Channel

log = logging.getLogger(__name__)

# Between two sendings: a tenth of a second in a team, more in a crowd. What changes after a quiet moment is sent
# at once in any case; only what follows on its heels waits, and is merged.
LEAST_TICK, TICK_A_WATCHER, MOST_TICK = 0.1, 0.001, 0.5
AFTER_A_FAULT = 1.0
# So many watchers are written to before the loop may turn to somebody else.
AT_ONCE = 250


@dataclass(slots=True)
class Pending:
    """What changed and has not been sent: the last value of each region is all that matters."""

    regions: set[str] = field(default_factory=set)
    is_everything: bool = False
    newest: int = 0
    oldest: int = 0

    def __bool__(self) -> bool:
        return self.is_everything or bool(self.regions)

    def add(self, oldest: int, newest: int, regions: Collection[str] | None) -> None:
        self.oldest = min(self.oldest, oldest) if self else oldest
        self.newest = max(self.newest, newest)
        if regions is None:
            self.is_everything = True
        else:
            self.regions.update(regions)

    def wanted(self) -> Collection[str] | None:
        return None if self.is_everything else frozenset(self.regions)


@dataclass(slots=True)
class Gathered:
    """What one visit to the database brought back."""

    parts: dict[str, str]
    readmitted: list[Admission | None] = field(default_factory=list)
    sequence: int = 0
    epoch: int = 0
    whole: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who was admitted and not yet told anything."""

    admission: Admission
    has: int | None
    epoch: int | None  # before the admission was looked up, if known


def gather(
    channel: str, audience: str, language: str, pending: Pending, newcomers: list[Newcomer]
) -> Gathered:
    """Render, in a thread, what is pending; and for newcomers, everything, unless they have it already.

    Newcomers' rights are asked for a second time where the epoch may have moved since: they were not yet
    there to be told.
    """
    source = served()
    with translation.override(language):
        gathered = Gathered(source.render(channel, audience, pending.wanted()) if pending else {})
        if newcomers:
            gathered.sequence, gathered.epoch = source.sequences([channel]).get(channel, (0, 0))
            doubted = [one.admission for one in newcomers if one.epoch != gathered.epoch]
            again = iter(source.readmit_many(channel, doubted) if doubted else [])
            gathered.readmitted = [
                next(again) if one.epoch != gathered.epoch else one.admission for one in newcomers
            ]
            if any(one.has != max(gathered.sequence, pending.newest) for one in newcomers):
                gathered.whole = source.render(channel, audience, None)
    return gathered


class Audience:
    """One audience of one channel in one language, while somebody watches."""

    def __init__(self, channel: "Channel", name: str, language: str) -> None:
        self.channel = channel
        self.name = name
        self.language = language
        self.watchers: dict[Watcher, None] = {}  # in the order of joining: neighbours in memory too
        self.newcomers: list[Watcher] = []
        self.pending = Pending()
        self.last: dict[str, int] = {}  # region → hash of what was sent last
        self.flushed_at = 0.0
        self.timer: asyncio.TimerHandle | None = None
        self.task: asyncio.Task[None] | None = None

    def join(self, watcher: Watcher) -> None:
        """Take in a newcomer; it counts as a watcher once its rights and its sequence have been looked at."""
        self.newcomers.append(watcher)
        self.soon()

    def again(self, watcher: Watcher) -> None:
        """Somebody missed something, so they are given everything, as if they came anew."""
        if watcher in self.watchers:
            del self.watchers[watcher]
            watcher.has = None
            self.join(watcher)

    def touch(self, oldest: int, newest: int, regions: Collection[str] | None) -> None:
        """Something changed: send it at once if nothing was sent lately, else at the tick."""
        self.pending.add(oldest, newest, regions)
        self.soon()

    def soon(self) -> None:
        """Let everything that waits go out when it may."""
        if self.task or self.timer or self.channel.is_held or self.channel.exchange.is_closing:
            return
        if not (self.watchers or self.newcomers):
            self.channel.forget(self)
        elif self.pending or self.newcomers:
            loop = asyncio.get_running_loop()
            wait = self.flushed_at + tick(len(self.watchers)) - loop.time()
            if wait > 0:
                self.timer = loop.call_later(wait, self._start)
            else:
                self._start()

    def _start(self) -> None:
        self.timer = None
        if not self.channel.is_held and not self.task:
            self.flushed_at = asyncio.get_running_loop().time()
            self.task = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        pending, self.pending = self.pending, Pending()
        newcomers, self.newcomers = [one for one in self.newcomers if not one.is_gone], []
        if not self.watchers:
            pending.regions, pending.is_everything = set(), False  # newcomers compare with the tables
        checks, last = self.channel.checks, self.last
        try:
            asked = [
                Newcomer(one.admission, one.has, self.channel.epoch_at(one.asked_at)) for one in newcomers
            ]
            gathered = await self.channel.exchange.ask(
                gather, self.channel.name, self.name, self.language, pending, asked
            )
            if self.channel.is_held or self.channel.checks != checks:
                # Who may watch has changed meanwhile: what was rendered goes to nobody.
                self._put_back(pending, newcomers)
            else:
                await self._send(pending, newcomers, gathered, last)
        except Exception:
            log.exception("Could not render %s for its watchers; trying again", self.name)
            self._put_back(pending, newcomers)
            self.flushed_at = asyncio.get_running_loop().time() + AFTER_A_FAULT
        finally:
            self.task = None
            self.soon()

    def _put_back(self, pending: Pending, newcomers: list[Watcher]) -> None:
        if pending:
            self.pending.add(pending.oldest, pending.newest, pending.wanted())
        self.newcomers = newcomers + self.newcomers

    async def _send(
        self, pending: Pending, newcomers: list[Watcher], gathered: Gathered, last: dict[str, int]
    ) -> None:
        parts = gathered.parts
        if pending.is_everything:
            parts = {region: html for region, html in parts.items() if last.get(region) != hash(html)}
        last.update((region, hash(html)) for region, html in parts.items())
        before = list(self.watchers)
        self._welcome(pending, newcomers, gathered)
        if parts:
            is_complete = not (self.pending and self.pending.oldest <= pending.newest)
            message = frames.Piece(frames.frames(parts, pending.newest, is_complete=is_complete))
            await write_to_all(before, message)

    def _welcome(self, pending: Pending, newcomers: list[Watcher], gathered: Gathered) -> None:
        if not newcomers:
            return
        sequence = max(gathered.sequence, pending.newest)
        message = (
            frames.Piece(frames.frames(gathered.whole, sequence, is_whole=True)) if gathered.whole else None
        )
        for watcher, admission in zip(newcomers, gathered.readmitted, strict=True):
            if watcher.is_gone or not self.channel.keeps(watcher, admission):
                continue
            if message and watcher.has != sequence:
                watcher.write(message)
            if not watcher.is_gone:
                self.watchers[watcher] = None
        # A newcomer may have something older or newer than what was sent last: send the next in any case.
        self.last = {}
        self.channel.learn(gathered.sequence, gathered.epoch)


def tick(watchers: int) -> float:
    """Seconds between two sendings to so many watchers."""
    return min(max(LEAST_TICK, watchers * TICK_A_WATCHER), MOST_TICK)


async def write_to_all(watchers: list[Watcher], piece: frames.Piece) -> None:
    """The same bytes to each of them."""
    chunk = piece.chunk
    for start in range(0, len(watchers), AT_ONCE):
        if start:
            await asyncio.sleep(0)
        for watcher in watchers[start : start + AT_ONCE]:
            # The first lines are `Watcher.write` without the call: this loop is most of what watching costs.
            transport = watcher.transport
            if (
                transport is None
                or watcher.is_gone
                or watcher.behind_since
                or transport.get_write_buffer_size() > MOST_WAITING
            ):
                watcher.write(piece)
                continue
            try:
                transport.write(chunk)
            except RuntimeError:  # closed, and its stream is about to hear of it
                watcher.is_gone = True
