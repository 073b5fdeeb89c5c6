"""This process's live room: its loop, its few threads, its clocks, and everybody who watches here."""

import asyncio
import logging
import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.conf import settings
from django.db import close_old_connections

from . import changes, frames
from .audiences import write_to_all
from .bus import Bus
from .changes import Change
from .channels import Channel
from .source import served
from .watchers import BEHIND, Watcher

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

THREADS = 2
BEAT_EVERY = 15.0
TEND_EVERY = 1.0
SEEN_EVERY = 20.0
NEW_SEEN_WITHIN = 2.0
LOOK_EVERY = 0.5
LOOK_EVERY_WITH_BUS = 4.0
COME_BACK_AFTER_RESTART = (1_000, 12_000)


class Exchange:
    """Everything here runs in the loop's thread, except `told`, `asks` and what `ask` is given."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self.channels: dict[str, Channel] = {}
        self.streams = 0  # open, or being admitted
        self.is_closing = False
        self.told_of: deque[Change] = deque()
        self.is_woken = False
        self.arrived: set[tuple[str, str]] = set()
        self.asked: dict[tuple[str, str], float] = {}  # who asks by themselves, and when that was noted last
        self.tasks: list[asyncio.Task[None]] = []
        self.threads: ThreadPoolExecutor | None = None
        self.bus: Bus | None = None

    # Begin and end

    def begin(self) -> None:
        """Start in the running loop; does nothing when that has been done."""
        loop = asyncio.get_running_loop()
        if self.loop is loop:
            return
        self.__init__()  # type: ignore[misc]
        self.loop = loop
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")
        self.bus = Bus(settings.HUBCRAFT_BUS, self.hear) if getattr(settings, "HUBCRAFT_BUS", None) else None
        changes.listen(self.told)
        rounds = [
            self._beat(),
            self._tend(),
            self._look(),
            self._presence(),
            *([self.bus.run()] if self.bus else []),
        ]
        self.tasks = [loop.create_task(one) for one in rounds]
        self._end_on_signal()

    def _end_on_signal(self) -> None:
        """Servers wait for open responses before they say that they shut down: so hear the signal."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)
            if callable(before):
                signal.signal(number, self._signalled(before))

    def _signalled(self, before: Callable[[int, Any], Any]) -> Callable[[int, Any], None]:
        loop = self.loop

        def ended(number: int, frame: Any) -> None:
            if loop is not None and loop is self.loop and not loop.is_closed():
                loop.call_soon_threadsafe(self.close)
            before(number, frame)

        return ended

    def close(self) -> None:
        """End every stream, each with its own moment to come back."""
        self.is_closing = True
        changes.ignore(self.told)
        for task in self.tasks:
            task.cancel()
        for channel in tuple(self.channels.values()):
            for watcher in channel.watchers():
                watcher.end(frames.retry(*COME_BACK_AFTER_RESTART))

    # Watchers

    def join(self, watcher: Watcher) -> None:
        admission = watcher.admission
        if admission.channel not in self.channels:
            self.channels[admission.channel] = Channel(self, admission.channel)
        self.arrived.add((admission.channel, admission.watcher))
        self.channels[admission.channel].join(watcher)

    def leave(self, watcher: Watcher) -> None:
        watcher.is_gone = True
        channel = self.channels.get(watcher.admission.channel)
        if channel is not None:
            channel.leave(watcher)
            if not channel.places:
                del self.channels[channel.name]

    def asks(self, channel: str, watcher: str) -> None:
        """Somebody's page asks by itself, as no stream gets through; called in any thread."""
        if self.loop is not None and not self.loop.is_closed() and not self.is_closing:
            self.loop.call_soon_threadsafe(self._note_asking, (channel, watcher))

    def _note_asking(self, who: tuple[str, str]) -> None:
        """They are here like everybody else, and noted as seldom."""
        assert self.loop is not None
        now = self.loop.time()
        if now - self.asked.get(who, -SEEN_EVERY) >= SEEN_EVERY:
            self.asked[who] = now
            self.arrived.add(who)

    # What changed

    def told(self, change: Change) -> None:
        """A change was committed in this process; called in any thread, so it leaves word for the loop."""
        if change.channel not in self.channels and self.bus is None:
            return  # whoever joins from now on reads the tables after this commit
        self.told_of.append(change)
        if not self.is_woken and self.loop is not None:
            self.is_woken = True
            self.loop.call_soon_threadsafe(self._take_word)

    def _take_word(self) -> None:
        self.is_woken = False
        while self.told_of:
            change = self.told_of.popleft()
            self.hear(change)
            if self.bus:
                self.bus.tell(change)

    def hear(self, change: Change) -> None:
        channel = self.channels.get(change.channel)
        if channel is not None:
            channel.hear(change)

    # Threads and clocks

    async def ask(self, question: Callable[..., Answer], *args: Any) -> Answer:
        """Run sync code that may use the database in one of our threads."""
        assert self.loop is not None
        return await self.loop.run_in_executor(self.threads, self._answer, question, *args)

    @staticmethod
    def _answer(question: Callable[..., Answer], *args: Any) -> Answer:
        close_old_connections()
        try:
            return question(*args)
        finally:
            close_old_connections()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_EVERY)
            everybody = [watcher for channel in self.channels.values() for watcher in channel.watchers()]
            await write_to_all(everybody, frames.Piece(frames.BEAT))

    async def _tend(self) -> None:
        """Take those back who had fallen behind."""
        while True:
            await asyncio.sleep(TEND_EVERY)
            for watcher in tuple(BEHIND):
                channel = self.channels.get(watcher.admission.channel)
                if watcher.has_caught_up() and channel is not None:
                    channel.again(watcher)

    async def _look(self) -> None:
        """Look at the tables: often, or now and then where somebody tells us of other processes."""
        while True:
            await asyncio.sleep(LOOK_EVERY_WITH_BUS if self.bus and self.bus.is_up else LOOK_EVERY)
            if not self.channels:
                continue
            try:
                found = await self.ask(served().sequences, list(self.channels))
            except Exception:
                log.exception("Could not look for changes")
                continue
            for name, (sequence, epoch) in found.items():
                if name in self.channels:
                    self.channels[name].learn(sequence, epoch)

    async def _presence(self) -> None:
        everybody_at = 0.0
        assert self.loop is not None
        while True:
            await asyncio.sleep(NEW_SEEN_WITHIN)
            here, self.arrived = self.arrived, set()
            if self.loop.time() >= everybody_at:
                everybody_at = self.loop.time() + SEEN_EVERY
                here |= {(channel.name, key) for channel in self.channels.values() for key in channel.places}
                gone = self.loop.time() - SEEN_EVERY
                self.asked = {who: noted for who, noted in self.asked.items() if noted > gone}
            if not here:
                continue
            try:
                await self.ask(served().seen, here)
            except Exception:
                log.exception("Could not note who is here")


EXCHANGE = Exchange()
