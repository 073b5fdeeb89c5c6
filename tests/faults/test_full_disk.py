"""The disk is full: writing is refused in a sentence and kept on the phone, reading goes on, and it heals by itself."""

import asyncio
import contextlib
import re
import resource
import shutil
import subprocess
import time
from pathlib import Path
from random import Random

import psutil
import pytest

from tests.faults import reckoning
from tests.faults.phones import Gone, Line, gather
from tests.served import hubcraft

SENTENCE = "kept on your phone"
# How many bytes are left when it begins.
LEVELS = [4096 * it for it in range(52)]
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(autouse=True)
def on_sqlite(engine) -> None:
    if engine != "sqlite":
        pytest.skip("Where PostgreSQL keeps its files is its own affair.")


class SmallDisk:
    """The data folder on a file system that can be filled to its last byte."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def fill(self, product, left: int = 0) -> None:
        with (self.place / "ballast").open("wb", buffering=0) as file:
            with contextlib.suppress(OSError):
                while file.write(b"x" * 4096):
                    pass
            file.truncate(max(0, file.tell() - left))

    def clear(self, product) -> None:
        (self.place / "ballast").unlink()


class ShortFiles:
    """Where nothing can be mounted: the server's files may not grow for a while."""

    def fill(self, product) -> None:
        size = (product.data / "hubcraft.sqlite3-wal").stat().st_size
        self.limit(product, size)

    def clear(self, product) -> None:
        self.limit(product, resource.RLIM_INFINITY)

    def limit(self, product, size: int) -> None:
        for child in psutil.Process(product.process.pid).children(recursive=True):
            _soft, hard = resource.prlimit(child.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (size, hard))


@pytest.fixture
def small_disk(tmp_path):
    """A file system that can be filled."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("A small file system can't be mounted here: that needs root.")
    yield SmallDisk(place)
    subprocess.run(["umount", "--lazy", str(place)], check=False)


@pytest.fixture(params=["small disk", "short files"])
def disk(request):
    return ShortFiles() if request.param == "short files" else request.getfixturevalue("small_disk")


def test_a_full_disk_refuses_in_a_sentence_and_heals_by_itself(serve, disk, monkeypatch, tmp_path_factory):
    if isinstance(disk, SmallDisk):
        monkeypatch.setattr(tmp_path_factory, "mktemp", lambda name: disk.place)
    product = serve()
    assert asyncio.run(fill_and_clear(product, disk)) == []


async def fill_and_clear(product, disk) -> list[str]:
    chance = Random(7)
    room = await gather(product.port, 12)
    history = room.history
    first, *others = room.phones
    assert (await first.post(room.answers(chance))).status == 200
    disk.fill(product)
    # What is still free in the write-ahead log is used up first.
    refused = None
    for _ in range(400):
        answer = await others[0].post([room.operation(chance, room.look_fors[0])])
        if answer.status != 200:
            refused = answer
            break
    assert refused is not None, "the disk was never full"
    await asyncio.gather(*(phone.post(room.answers(chance)) for phone in others))
    assert {it[:3] for it in history.faults} == {"503"}, history.faults
    assert refused.headers["retry-after"].isdecimal()
    assert SENTENCE in refused.text
    assert "Traceback" not in refused.text
    pages = [await phone.get("look-fors/") for phone in room.phones]
    assert {it.status for it in pages} == {200}, "reading goes on"
    assert (await first.line.ask("GET", f"/r/{room.id}/lead/", room.lead)).status == 200
    disk.clear(product)
    until = asyncio.get_running_loop().time() + 10
    for phone in room.phones:
        waiting = [
            it.operation for it in history.told.values() if it.seat == phone.seat and not it.acknowledged
        ]
        while waiting and asyncio.get_running_loop().time() < until:
            try:
                if (await phone.post(waiting)).status == 200:
                    break
            except Gone:
                pass
            await asyncio.sleep(0.2)
    room.close()
    assert len(history.acknowledged) == len(history.told), "it did not heal within ten seconds"
    return reckoning.list_faults(history, reckoning.read(product, room.id))


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_wherever_the_disk_comes_to_its_end(serve, small_disk, monkeypatch, tmp_path_factory, tell):
    """With nothing left, or with a little: marks, files people take, and backups; each end in its own place."""
    monkeypatch.setattr(tmp_path_factory, "mktemp", lambda name: small_disk.place)
    product = serve()
    assert asyncio.run(fill_again_and_again(product, small_disk, tell)) == []
    assert [it.name for it in product.data.rglob("*") if it.suffix in (".part", ".tmp")] == []


async def fill_again_and_again(product, disk: SmallDisk, tell) -> list[str]:
    chance = Random(8)
    room = await gather(product.port, 12)
    history, lead = room.history, Line(product.port)
    harvest = (await lead.ask("GET", f"/r/{room.id}/lead/harvest/", room.lead)).text
    files = sorted(set(re.findall(rf"/r/{room.id}/lead/harvest/file\.\w+", harvest)))
    assert files
    refused, backups = 0, 0
    for number, left in enumerate(LEVELS):
        disk.fill(product, left)
        for phone in room.phones:
            operations = room.answers(chance)
            history.note(phone.seat, operations)
            # One by one, so that the end of the disk is met at another place each time.
            for operation in operations:
                await phone.post([operation])
        waiting = [it for it in history.told.values() if not it.acknowledged]
        refused += len(waiting)
        assert {it[:3] for it in history.faults} <= {"503"}, history.faults[-3:]
        assert (await room.phones[0].get("look-fors/")).status == 200, "reading goes on"
        lead.close()
        taken = [await lead.ask("GET", it, room.lead) for it in files]
        assert {it.status for it in taken} == {200}, "a file is made without the disk"
        if number % 8 == 0:
            made = await asyncio.to_thread(hubcraft, "backup", data=product.data, timeout=300)
            backups += made.returncode != 0
            assert "Traceback" not in made.stderr, made.stderr
            whole = sorted(product.data.glob("backups/*"))
            assert made.returncode == 0 or whole == [], "half a backup is left"
            for it in whole:
                it.unlink()
        disk.clear(product)
        await asyncio.gather(
            *(
                phone.deliver(
                    [it.operation for it in waiting if it.seat == phone.seat],
                    chance,
                    until=time.monotonic() + 120,
                )
                for phone in room.phones
            )
        )
        assert len(history.acknowledged) == len(history.told), "it did not heal"
        if number % 8 == 7:
            tell(
                f"{number + 1} of {len(LEVELS)} ends of the disk: {refused} marks were refused, {backups} backups"
            )
    assert refused
    assert backups
    room.close()
    lead.close()
    return reckoning.list_faults(history, reckoning.read(product, room.id))
