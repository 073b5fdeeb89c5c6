"""The power goes: what was written and not yet synced is gone, or half there; what was acknowledged is there.

The product runs with a shim that notes every write and sync of its database in order, and when each mark was
acknowledged. Then the disk is put together as it could look had the power gone at any moment.
"""

import asyncio
import re
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from tests.faults import reckoning
from tests.faults.conftest import SOAK
from tests.faults.phones import History, Room, gather
from tests.faults.shims import LOG, MAIN, Call, built, read_trace

PEOPLE = 40 if SOAK else 10
ROUNDS = 6 if SOAK else 1
SECTOR = 512
CUTS = 2_000 if SOAK else 60
pytestmark = [pytest.mark.timeout(3600)]


@dataclass
class Disk:
    """A file as far as it is surely on the disk, and what was asked since."""

    sure: bytearray | None = None
    since: list[Call] = field(default_factory=list)
    covered: int = 0

    def take(self, call: Call) -> None:
        if call.kind == "b":
            self.covered = len(self.since)
        elif call.kind == "s":
            for one in self.since[: self.covered]:
                self.sure = done(self.sure, one)
            del self.since[: self.covered]
            self.covered = 0
        else:
            self.since.append(call)

    def after_a_cut(self, chance: Random) -> bytearray | None:
        """What could be there: of what was not synced, some is, some is not, and some is torn."""
        found = None if self.sure is None else bytearray(self.sure)
        for one in self.since:
            if one.kind == "u":
                # A name is gone before it is given again; as the last thing done, it may still be there.
                found = found if one is self.since[-1] and chance.random() < 0.5 else None
                continue
            lot = chance.random()
            if lot < 0.4:
                found = done(found, one)
            elif lot < 0.6 and one.kind == "w":
                for piece in torn(one, chance):
                    found = done(found, piece)
        return found


def done(file: bytearray | None, call: Call) -> bytearray | None:
    """The file once this was done to it."""
    if call.kind == "u":
        return None
    file = bytearray() if file is None else file
    end = call.offset + len(call.content)
    if len(file) < end:
        file.extend(bytes(end - len(file)))
    if call.kind == "t":
        del file[call.offset :]
    else:
        file[call.offset : end] = call.content
    return file


def torn(call: Call, chance: Random) -> list[Call]:
    """Some of its sectors."""
    pieces = [
        Call("w", call.file, call.offset + at, call.content[at : at + SECTOR])
        for at in range(0, len(call.content), SECTOR)
    ]
    return [it for it in pieces if chance.random() < 0.5]


@dataclass
class Place:
    """What reckoning needs of a product: a folder."""

    data: Path
    database_url: str = ""


@dataclass
class Tape:
    """What was asked of the system, and at which call each mark had been acknowledged."""

    calls: list[Call]
    acknowledged: list[tuple[int, set[str]]]

    @classmethod
    def of(cls, calls: list[Call]) -> "Tape":
        told = [
            (at, set(re.findall(r'"([0-9a-f]{32})"', it.content.decode(errors="replace"))))
            for at, it in enumerate(calls)
            if it.kind == "a"
        ]
        return cls(calls, told)

    def acknowledged_before(self, cut: int) -> set[str]:
        return set().union(*(ids for at, ids in self.acknowledged if at < cut))

    def without_syncs(self) -> "Tape":
        """The same, had nobody waited for the disk."""
        return Tape.of([it for it in self.calls if it.kind not in "bs" or it.file == MAIN])


def put_back(place: Path, disks: dict[int, Disk], chance: Random) -> None:
    """The data folder as somebody finds it who switches the machine on again."""
    for file, name in ((MAIN, "hubcraft.sqlite3"), (LOG, "hubcraft.sqlite3-wal")):
        content = disks[file].after_a_cut(chance)
        (place / name).unlink(missing_ok=True)
        if content is not None:
            (place / name).write_bytes(content)
    (place / "hubcraft.sqlite3-shm").unlink(missing_ok=True)
    link = sqlite3.connect(place / "hubcraft.sqlite3")
    link.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
    link.close()


def history_at(room: Room, acknowledged: set[str]) -> History:
    """What the phones had been told at that moment."""
    history = History(dict(room.history.told))
    for one, told in history.told.items():
        told.acknowledged = one in acknowledged
    return history


def replay(tape: Tape, room: Room, before: bytes, place: Path, cuts: int, seed: int, tell) -> list[str]:
    """So many cuts of the power at any moment; everything that was not as it was promised."""
    chance = Random(seed)
    # Most are put where something is under way: the moments in between are all alike.
    moments = sorted(chance.randrange(len(tape.calls) + 1) for _ in range(cuts))
    disks = {MAIN: Disk(bytearray(before)), LOG: Disk()}
    faults: list[str] = []
    at, begun = 0, time.monotonic()
    for number, cut in enumerate(moments, 1):
        for call in tape.calls[at:cut]:
            if call.kind != "a":
                disks[call.file].take(call)
        at = cut
        history = history_at(room, tape.acknowledged_before(cut))
        try:
            put_back(place, disks, chance)
            found = reckoning.list_faults(history, reckoning.read(Place(place), room.id))
        except sqlite3.DatabaseError as fault:
            found = [str(fault)]
        faults += [f"cut {cut}: {it}" for it in found]
        if number % 200 == 0:
            tell(f"{number} of {cuts} cuts, {len(faults)} faults, {time.monotonic() - begun:.0f} s")
    return faults


@pytest.fixture
def on_sqlite(engine) -> None:
    if engine != "sqlite":
        pytest.skip("PostgreSQL's own crash safety is not ours to test; its test server runs without fsync.")


async def mark(product, seed: int) -> Room:
    """Everybody marks side by side, so that commits are shared; and changes their mind."""
    chance = Random(seed)
    room = await gather(product.port, PEOPLE)

    async def one(phone, operations) -> None:
        for operation in operations:
            await phone.post([operation])

    for _round in range(ROUNDS):
        await asyncio.gather(*(one(phone, room.answers(chance)) for phone in room.phones))
    room.close()
    assert room.history.faults == []
    return room


@pytest.mark.usefixtures("on_sqlite")
def test_what_was_acknowledged_survives_the_power_going_at_any_moment(serve, tmp_path, tell):
    product = serve()
    assert product.stop() == 0
    before = (product.data / "hubcraft.sqlite3").read_bytes()
    noted = tmp_path / "trace"
    product.more |= {"LD_PRELOAD": str(built(tmp_path)), "SHIM_TRACE": str(noted)}
    product.start()
    room = asyncio.run(mark(product, seed=5))
    product.stop()
    tape = Tape.of(list(read_trace(noted)))
    everything = tape.acknowledged_before(len(tape.calls))
    assert everything == set(room.history.told), "the shim saw every answer"
    place = tmp_path / "found"
    place.mkdir()
    tell(f"{len(everything)} marks in {len(tape.calls)} calls")
    assert replay(tape, room, before, place, CUTS, 1, tell) == []
    unsafe = replay(tape.without_syncs(), room, before, place, CUTS // 10, 2, tell)
    assert any("lost" in it for it in unsafe), "without syncs this test would see marks lost"
