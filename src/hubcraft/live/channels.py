"""One channel that somebody watches: what is known of it, and who may go on watching."""

import asyncio
import logging
from typing import TYPE_CHECKING

from . import frames
from .audiences import Audience
from .changes import Change
from .source import Admission, served
from .watchers import Watcher

if TYPE_CHECKING:
    from .exchange import Exchange

log = logging.getLogger(__name__)

BETWEEN_CHECKS = 0.25
AFTER_A_FAULT = 1.0
# Our own changes are told a moment after their commit; a look at the tables in between is not news.
GRACE = 0.05
MOST_STREAMS_A_SEAT = 2
MOST_STREAMS_A_SHARED_KEY = (
    20  # a facilitator's link opens on their laptop, their phone, and for a day's tabs
)
SHARED_KEYS = {"lead", "projector"}
# When many pages turn together they re-read over so many milliseconds each.
TURN_SPREAD = 4


class Channel:
    """A room's watchers in this process, by audience and language."""

    def __init__(self, exchange: "Exchange", name: str) -> None:
        self.exchange = exchange
        self.name = name
        self.audiences: dict[tuple[str, str], Audience] = {}
        self.places: dict[str, tuple[Watcher, ...]] = {}
        self.sequence: int | None = None  # everything up to here has been handed to the audiences
        self.epoch: int | None = None
        self.epoch_since = 0.0  # the loop's time when this epoch was first found in the tables
        self.checks = 0
        self.checked_at = 0.0
        self.must_check = False
        self.checking: asyncio.Task[None] | None = None

    # Who is here

    def join(self, watcher: Watcher) -> None:
        admission = watcher.admission
        most = MOST_STREAMS_A_SHARED_KEY if admission.audience in SHARED_KEYS else MOST_STREAMS_A_SEAT
        places = self.places.get(admission.watcher, ())
        self.places[admission.watcher] = (*places, watcher)
        for older in places[: max(0, len(places) + 1 - most)]:
            older.end(frames.REST)
        key = (admission.audience, admission.language)
        if key not in self.audiences:
            self.audiences[key] = Audience(self, *key)
        self.audiences[key].join(watcher)

    def leave(self, watcher: Watcher) -> None:
        admission = watcher.admission
        left = tuple(other for other in self.places.get(admission.watcher, ()) if other is not watcher)
        if left:
            self.places[admission.watcher] = left
        else:
            self.places.pop(admission.watcher, None)
        key = (admission.audience, admission.language)
        audience = self.audiences.get(key)
        if audience is not None:
            audience.watchers.pop(watcher, None)
            if watcher in audience.newcomers:
                audience.newcomers.remove(watcher)
            audience.soon()  # which forgets it when nobody is left

    def again(self, watcher: Watcher) -> None:
        """Somebody who had fallen behind takes something again."""
        audience = self.audiences.get((watcher.admission.audience, watcher.admission.language))
        if audience is not None:
            audience.again(watcher)

    def forget(self, audience: Audience) -> None:
        """Nobody watches this any more, so nothing is rendered for it."""
        self.audiences.pop((audience.name, audience.language), None)

    def watchers(self) -> list[Watcher]:
        """Everybody who holds a place, welcomed or not."""
        return [watcher for places in self.places.values() for watcher in places]

    # What changed

    def hear(self, change: Change) -> None:
        """Pass a committed change on; a gap in the sequence means that something unknown changed too."""
        if change.recheck:
            self.recheck()
        is_next = self.sequence is not None and change.sequence <= self.sequence + 1
        self.sequence = max(self.sequence or 0, change.sequence)
        for audience in tuple(self.audiences.values()):
            audience.touch(change.sequence, self.sequence, change.regions if is_next else None)

    def learn(self, sequence: int, epoch: int) -> None:
        """Compare with what the tables say; what we have not been told by now, somebody else did."""
        if self.sequence is None:
            self.sequence = sequence
        elif sequence > self.sequence:
            asyncio.get_running_loop().call_later(GRACE, self._catch_up, sequence)
        if epoch != self.epoch:
            if self.epoch is not None:
                self.recheck()
            self.epoch, self.epoch_since = epoch, asyncio.get_running_loop().time()

    def epoch_at(self, moment: float) -> int | None:
        """The epoch at that moment, if it is known."""
        return self.epoch if self.epoch_since <= moment else None

    def _catch_up(self, sequence: int) -> None:
        if sequence > (self.sequence or 0):
            self.hear(Change(self.name, sequence, None))

    # Who may watch

    @property
    def is_held(self) -> bool:
        """While rights are being looked at, nothing is sent."""
        return self.must_check or self.checking is not None

    def recheck(self) -> None:
        """Ask again who may watch: at once, or with others that come within a quarter of a second."""
        self.checks += 1
        self.must_check = True
        if self.checking is None:
            self.checking = asyncio.create_task(self._check())

    async def _check(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self.must_check and not self.exchange.is_closing:
                await asyncio.sleep(max(0.0, self.checked_at + BETWEEN_CHECKS - loop.time()))
                self.must_check = False
                watchers = [watcher for audience in self.audiences.values() for watcher in audience.watchers]
                admissions = list({watcher.admission: None for watcher in watchers})
                try:
                    now = await self.exchange.ask(served().readmit_many, self.name, admissions)
                except Exception:
                    log.exception("Could not ask who may watch; nothing is sent until that works")
                    self.must_check = True
                    self.checked_at = loop.time() + AFTER_A_FAULT
                    continue
                self.checked_at = loop.time()
                fresh = dict(zip(admissions, now, strict=True))
                turned = sum(new is not None and new != old for old, new in fresh.items())
                for watcher in watchers:
                    self.keeps(watcher, fresh[watcher.admission], spread=turned * TURN_SPREAD)
        finally:
            self.checking = None
            for audience in tuple(self.audiences.values()):
                audience.soon()

    def keeps(self, watcher: Watcher, now: Admission | None, spread: int = 0) -> bool:
        """Whether this watcher may go on as it is; otherwise its stream ends."""
        if now == watcher.admission:
            return True
        if now is None:
            watcher.end()
        else:
            watcher.end(frames.turn(spread))
        self.leave(watcher)
        return False
