"""The disk is full: writing is refused in a sentence and kept on the phone, reading goes on, and it heals by itself."""

import asyncio
import contextlib
import resource
import shutil
import subprocess
from pathlib import Path
from random import Random

import psutil
import pytest

from tests.faults import reckoning
from tests.faults.phones import Gone, gather

SENTENCE = "kept on your phone"
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(autouse=True)
def on_sqlite(engine) -> None:
    if engine != "sqlite":
        pytest.skip("Where PostgreSQL keeps its files is its own affair.")


class SmallDisk:
    """The data folder on a file system that can be filled to its last byte."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def fill(self, product) -> None:
        with (self.place / "ballast").open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(b"x" * 4096):
                pass

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


@pytest.fixture(params=["small disk", "short files"])
def disk(request, tmp_path):
    if request.param == "short files":
        yield ShortFiles()
        return
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("A small file system can't be mounted here: that needs root.")
    yield SmallDisk(place)
    subprocess.run(["umount", "--lazy", str(place)], check=False)


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
