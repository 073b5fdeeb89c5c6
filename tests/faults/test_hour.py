"""An hour of everything at once: workshops, hubs' pages, files, people signing in, backups, and the house keeping itself.

What must stay as it was is what grows where something leaks: memory, open files, the write-ahead log.
"""

import asyncio
import csv
import os
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from random import Random
from urllib.parse import urlencode

import psutil
import pytest

from tests.faults import test_session as sessions
from tests.faults.phones import FORM, Answer, Gone, Line, gather
from tests.faults.turns import Follower
from tests.journeys.home_states import mailed, mails_to
from tests.served import hubcraft

PEOPLE = 40
THINKS = 8.0
# Whoever signs in with a code may ask for five in ten minutes.
MEMBERS = ("rosa@example.org", "ben@example.org", "cleo@example.org")
BETWEEN = {"sample": 15, "reading": 2, "sign-in": 60, "file": 20, "backup": 900}
MOST_WAL = 64 << 20
MEGABYTE = 1 << 20
# Each thread keeps so much of the database at most (config/env.py), as soon as there is so much of it.
THREADS, CACHE = 24, 8 * MEGABYTE
pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200)]


@dataclass
class Hour:
    """What was done, how long each answer took, and how large everything was at the time."""

    product: object
    tell: Callable[[str], None]
    begun: float = field(default_factory=time.monotonic)
    faults: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    waits: list[tuple[float, float]] = field(default_factory=list)
    samples: list[dict[str, float]] = field(default_factory=list)

    @property
    def minute(self) -> float:
        return (time.monotonic() - self.begun) / 60

    def note(self, fault: str) -> None:
        """Something went wrong."""
        self.faults.append(f"minute {self.minute:.1f}, {fault}"[:600])
        self.tell(self.faults[-1])

    def sample(self) -> None:
        """How large the product's processes and files are just now."""
        row = {"minute": round(self.minute, 2)}
        row |= {"faults": len(self.faults), "load": os.getloadavg()[0], "rooms": self.done["workshop"]}
        for kind in ("hubcraft.sqlite3", "hubcraft.sqlite3-wal", "served.log"):
            row[kind] = (self.product.data / kind).stat().st_size
        parent = psutil.Process(self.product.process.pid)
        for name, process in [("parent", parent), *((role(it), it) for it in parent.children())]:
            row[f"{name} memory"] = process.memory_info().rss
            row[f"{name} files"] = process.num_fds()
            row[f"{name} threads"] = process.num_threads()
        self.samples.append(row)

    def told(self) -> str:
        """One line of how it goes."""
        last = self.samples[-1]
        recent = [seconds for at, seconds in self.waits if at > self.minute - 5] or [0.0]
        return (
            f"{last['minute']:5.1f} min: {dict(self.done)}, {len(self.faults)} faults;"
            f" server {last['server memory'] / MEGABYTE:.0f} MB {last['server files']:.0f} files,"
            f" worker {last['worker memory'] / MEGABYTE:.0f} MB {last['worker files']:.0f} files,"
            f" WAL {last['hubcraft.sqlite3-wal'] / MEGABYTE:.1f} MB, database"
            f" {last['hubcraft.sqlite3'] / MEGABYTE:.0f} MB; p50 {percentile(recent, 0.5) * 1e3:.0f}"
            f" p99 {percentile(recent, 0.99) * 1e3:.0f} ms of {len(recent)}; load {last['load']:.0f}"
        )

    def sixth(self, number: int, what: str) -> float:
        """The middle of a figure in one sixth of the time, 0 the first."""
        length = self.samples[-1]["minute"] / 6
        rows = [it[what] for it in self.samples if number <= it["minute"] / length - 1e-9 < number + 1]
        return statistics.median(rows)

    def growth(self, what: str) -> float:
        """From the second sixth, when everything has been done once, to the last."""
        return self.sixth(5, what) - self.sixth(1, what)

    def cached(self) -> float:
        """By how much the threads' copies of a growing database may have grown meanwhile."""
        first, last = (min(CACHE, self.sixth(it, "hubcraft.sqlite3")) for it in (1, 5))
        return THREADS * (last - first)

    def keep(self) -> None:
        """Every sample, for whoever wants to draw them."""
        with (self.product.data / "hour.csv").open("w") as file:
            table = csv.DictWriter(file, list(self.samples[0]), extrasaction="ignore")
            table.writeheader()
            table.writerows(self.samples)


def role(process: psutil.Process) -> str:
    return "server" if "hubcraft.cli.listener" in process.cmdline() else "worker"


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


@dataclass
class Watcher(Follower):
    """A phone that keeps the stream of its page open, whatever comes, and opens it again where it ends."""

    async def watch(self) -> None:
        while True:
            await self.show("")
            await self.listen()
            while await self.reader.read(1 << 16):
                pass
            self.close()
            await asyncio.sleep(1)


async def hold_workshop(hour: Hour, number: int) -> None:
    """Forty people from hello to goodbye, each with a stream open; nothing is lost and nothing doubled."""
    product = hour.product
    room = await gather(product.port, PEOPLE, team_of=8, script="workshop")
    workshop = sessions.Workshop(
        product, room, Random(number), Line(product.port), is_rough=False, thinks=THINKS
    )
    streams = [
        asyncio.create_task(Watcher(replace(it, line=Line(product.port))).watch()) for it in room.phones
    ]
    try:
        for fault in await sessions.play(workshop):
            hour.note(fault)
        workshop.lead = Line(product.port)
        page = await workshop.read("harvest/")
        for path in sorted(set(re.findall(rf"/r/{room.id}/lead/harvest/file\.\w+", page))):
            answer = await workshop.lead.ask("GET", path, room.lead)
            assert answer.status == 200, (path, answer.status)
            hour.done["file"] += 1
        assert (await workshop.post("closure/")).status == 302
    finally:
        for it in streams:
            it.cancel()
        ended = await asyncio.gather(*streams, return_exceptions=True)
        for it in ended:
            if not isinstance(it, asyncio.CancelledError):
                hour.note(f"a stream: {it!r}")


@dataclass
class Member:
    """Somebody with an account, at their own device."""

    line: Line
    to: str
    cookies: dict[str, str] = field(default_factory=dict)

    async def ask(self, method: str, path: str, **fields: str) -> Answer:
        self.line.close()  # the server hangs up on who says nothing for half a minute
        body = urlencode(fields).encode()
        answer = await self.line.ask(method, path, self.cookies, body, FORM)
        assert answer.status in (200, 302), (path, answer.status)
        self.cookies |= answer.cookies
        return answer

    async def sign_in(self, hour: Hour) -> None:
        """With the code that came by mail, as a new device; and out again before."""
        if self.cookies:
            await self.ask("POST", "/sign-out/")
            self.cookies = {}
        before = len(mails_to(hour.product, self.to))
        await self.ask("POST", "/sign-in/", email=self.to)
        code = await asyncio.to_thread(mailed, hour.product, self.to, r"\b(\d{6})\b", before, 60)
        answer = await self.ask("POST", "/sign-in/code/", code=code, action="verify")
        assert answer.headers["location"] == "/home/", answer.headers

    async def addresses(self) -> tuple[list[str], list[str]]:
        """The pages of one's hub and what stands on them, and the files one may take."""
        home = await self.ask("GET", "/home/")
        page = home.text if home.status == 200 else (await self.ask("GET", home.headers["location"])).text
        hub = re.search(r"/n/\w+/teams/\w+/", page).group()
        links = re.findall(r'href="?(/n/[^"\s>#?]+)', (await self.ask("GET", hub)).text)
        files = sorted({it for it in links if "/file." in it})
        return sorted({hub, "/home/", "/account/", *links} - {*files}), files


async def again_and_again(hour: Hour, name: str, act: Callable[[], Awaitable], until: float) -> None:
    """One thing after another until the time is over; what goes wrong is noted, and it goes on."""
    while time.monotonic() < until:
        try:
            await act()
            hour.done[name] += 1
        except (AssertionError, Gone, OSError, EOFError, AttributeError) as fault:
            hour.note(f"{name}: {fault!r}")
        await asyncio.sleep(min(BETWEEN.get(name, 1), max(0.0, until - time.monotonic())))


async def live(hour: Hour, minutes: float) -> None:
    """Everything side by side."""
    until = time.monotonic() + 60 * minutes
    members = [Member(Line(hour.product.port), to) for to in MEMBERS]
    reader = Member(Line(hour.product.port), MEMBERS[0])
    await reader.sign_in(hour)
    pages, files = await reader.addresses()
    assert pages and files
    # The same device, on a line of its own.
    taker = Member(Line(hour.product.port), MEMBERS[0], reader.cookies)
    counts: dict[str, int] = defaultdict(int)

    def next_of(name: str, all_of_them: list):
        counts[name] += 1
        return all_of_them[(counts[name] - 1) % len(all_of_them)]

    async def read() -> None:
        await reader.ask("GET", next_of("page", pages))

    async def take() -> None:
        await taker.ask("GET", next_of("file", files))

    async def hold() -> None:
        await hold_workshop(hour, next_of("workshop", range(10**6)))

    async def back_up() -> None:
        made = await asyncio.to_thread(hubcraft, "backup", data=hour.product.data, timeout=300)
        assert made.returncode == 0, made.stderr

    async def sample() -> None:
        hour.sample()
        if len(hour.samples) % 8 == 1:
            hour.tell(hour.told())

    acts = {
        "workshop": hold,
        "reading": read,
        "file": take,
        "backup": back_up,
        "sign-in": lambda: next_of("member", members).sign_in(hour),
        "sample": sample,
    }
    await asyncio.gather(*(again_and_again(hour, name, act, until) for name, act in acts.items()))
    hour.sample()
    hour.tell(hour.told())


def timed(ask: Callable, hour: Hour) -> Callable:
    """Every request of every phone, with the minute in which it was answered."""

    async def asked(*args, **more) -> Answer:
        answer = await ask(*args, **more)
        hour.waits.append((hour.minute, answer.seconds))
        if answer.status >= 500:
            hour.note(f"{args[1:3]} {answer.status} {answer.text}")
        return answer

    return asked


def test_an_hour_of_everything_leaves_nothing_behind(serve, monkeypatch, tell, engine):
    if engine != "sqlite":
        pytest.skip("What grows here is looked at on SQLite.")
    minutes = float(os.environ.get("HUBCRAFT_SOAK_MINUTES", "60"))
    product = serve(words=("demo", "--stage", "reveal"))
    hour = Hour(product, tell)
    monkeypatch.setattr(Line, "ask", timed(Line.ask, hour))
    asyncio.run(live(hour, minutes))
    hour.keep()
    for name in ("server", "worker", "parent"):
        memory = [hour.sixth(it, f"{name} memory") / MEGABYTE for it in range(6)]
        files = [hour.sixth(it, f"{name} files") for it in range(6)]
        tell(f"{name}: MB by sixths {[round(it, 1) for it in memory]}, open files {files}")
    length = hour.samples[-1]["minute"] / 6
    for sixth in range(6):
        waits = [wait for at, wait in hour.waits if sixth <= at / length < sixth + 1]
        p50, p99 = (percentile(waits, share) * 1e3 for share in (0.5, 0.99))
        tell(f"sixth {sixth + 1}: {len(waits)} answers, p50 {p50:.0f} p99 {p99:.0f} ms")
    assert hour.faults == []
    assert "Traceback" not in product.log
    assert max(it["hubcraft.sqlite3-wal"] for it in hour.samples) <= MOST_WAL
    assert max(hour.growth(f"{it} files") for it in ("server", "worker", "parent")) <= 4
    assert hour.growth("server memory") <= 8 * MEGABYTE + hour.cached()
    assert max(hour.growth(f"{it} memory") for it in ("worker", "parent")) <= 8 * MEGABYTE
