"""Ten thousand phones in one room, and the server goes away under them: `python -m bench.live_room.herd`.

They open their streams, hear what changes, are all cut off by a server that is killed (and once by one that is told to
stop), and come back as browsers do, after the pause each was told. Marks go on meanwhile: what was acknowledged is
there. Then more come than the house has streams for: they ask for what changed instead, and get it. The floor opens as
many beside it: how much of the time to open them is the phones' own and the system's.
"""

import argparse
import http.client
import json
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import hubcraft  # noqa: F401  (puts our SQLite in the place of the system's)

from .places import Floor, Product, captured
from .tools import KEPT, OTHER_CORE, ROOT, built, family, resident_kilobytes, run, stop


class House(Product):
    """The product as people start it, its supervisor before it: a server that ends is started again."""

    def __init__(self, seats: int, streams: int) -> None:
        self.streams = streams
        super().__init__(seats)

    def listening(self, surroundings: dict[str, str], log) -> subprocess.Popen:
        surroundings["HUBCRAFT_STREAMS"] = str(self.streams)
        command = [sys.executable, "-m", "hubcraft.cli", "serve", "--no-worker", "--port", self.port]
        return run(command, env=surroundings, cwd=ROOT, stdout=log, stderr=log)

    @property
    def server(self) -> int:
        """The process that holds the streams."""
        for pid in family(self.process.pid):
            if b"hubcraft.cli.listener" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        raise LookupError("no server runs")

    def marks(self) -> set[str]:
        link = sqlite3.connect(Path(self.folder.name, "hubcraft.sqlite3"))
        try:
            return {one for (one,) in link.execute("SELECT id FROM reflections_markchange")}
        finally:
            link.close()


class Herd:
    """The browsers, and what they said last."""

    def __init__(self, house: House | Floor, count: int) -> None:
        self.file = Path(house.folder.name, "requests")
        self.file.write_text("".join(f"{it}\n" for it in house.requests(count)))
        command = [str(built("herd")), house.port, self.file]
        self.process = run(command, OTHER_CORE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lines: list[tuple[float, ...]] = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        for line in self.process.stdout:
            self.lines.append((time.monotonic(), *map(float, line.split()[1:])))

    @property
    def last(self) -> dict[str, int]:
        names = ("open", "refused", "tries", "ended", "heard", "sequence")
        return (
            dict(zip(names, map(int, self.lines[-1][1:]), strict=True))
            if self.lines
            else dict.fromkeys(names, 0)
        )

    def wait(self, fact, patience: float) -> float | None:
        """After how many seconds it was so; None where it never was."""
        begun = time.monotonic()
        while time.monotonic() - begun < patience:
            if fact(self.last):
                return time.monotonic() - begun
            time.sleep(0.05)
        return None


class Marker(threading.Thread):
    """Somebody who marks twice a second, whatever happens, and sends each mark until it is acknowledged."""

    def __init__(self, house: House) -> None:
        super().__init__(daemon=True)
        self.house, self.over = house, threading.Event()
        self.acknowledged: list[str] = []
        self.waits: list[tuple[float, float]] = []
        self.tries = 0

    def run(self) -> None:
        number = 0
        while not self.over.wait(0.5):
            number += 1
            body, headers = self.written(number)
            begun = time.monotonic()
            while not self.over.is_set() and not self.send(body, headers):
                time.sleep(random.uniform(0.1, 0.5))
            self.waits.append((begun, time.monotonic() - begun))

    def written(self, number: int) -> tuple[dict, dict]:
        room = self.house.room
        who = number % room["markers"]
        operation = {
            "id": os.urandom(16).hex(), "look_for": room["look_fors"][0], "phase": "before",
            "answer": room["levels"][(number // room["markers"] + number) % len(room["levels"])],
        }  # fmt: skip
        cookie = {"Cookie": self.house.cookie(who), "Sec-Fetch-Site": "same-origin"}
        return {"seat": room["seats"][who][1], "operations": [operation]}, cookie

    def send(self, body: dict, headers: dict) -> bool:
        self.tries += 1
        line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=60)
        try:
            address = f"/r/{self.house.room['room']}/marks/"
            line.request("POST", address, json.dumps(body), {**headers, "Content-Type": "application/json"})
            answer = line.getresponse()
            if answer.status != 200 or json.loads(answer.read())["refused"]:
                return False
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
        self.acknowledged.append(body["operations"][0]["id"])
        return True


def polled(house: House, number: int) -> tuple[int, int]:
    """What a page without a stream is given: the status, and the newest sequence."""
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=300)
    headers = {"Cookie": house.cookie(number), "Sec-Fetch-Site": "same-origin"}
    path = f"/r/{house.room['room']}/board/"
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    page = answer.read().decode()
    if answer.status != 200:
        return answer.status, 0
    parts = re.search(r'data-parts="([^"]+)"', page).group(1).replace("&amp;", "&")
    badge = re.search(r'data-badge="(\w+)"', page).group(1)
    line.request("GET", f"{parts}&badge={badge}", headers=headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, int(answer.headers.get("Hubcraft-Sequence") or 0)


def told(name: str, **figures) -> None:
    print(
        f"{name}: " + ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in figures.items()),
        flush=True,
    )


def open_on_the_floor(frame: bytes, count: int, patience: float) -> None:
    """The same phones and the same bytes with a bare broadcaster, which asks nobody who they are."""
    floor = Floor(frame)
    herd = None
    try:
        empty = resident_kilobytes(floor.process.pid)
        herd = Herd(floor, count)
        opened = herd.wait(lambda now: now["open"] >= count, patience)
        grown = resident_kilobytes(floor.process.pid) - empty
        before = herd.last["heard"]
        for number in range(20):
            floor.mark(number)
            time.sleep(0.5)
        time.sleep(2)
        told(
            "floor",
            streams=herd.last["open"], after=f"{opened or -1:.1f} s", a_second=round(count / (opened or 1)),
            KB_a_stream=round(grown / count, 1), marks=20, frames_heard=herd.last["heard"] - before,
            load=f"{os.getloadavg()[0]:.0f}",
        )  # fmt: skip
    finally:
        if herd:
            stop(herd.process)
        floor.close()


def gone_and_back(house: House, herd: Herd, marker: Marker, number: int, count: int, patience: float) -> None:
    """The server ends; how long until everybody has a stream again."""
    before, begun = herd.last, time.monotonic()
    os.kill(house.server, number)
    down = herd.wait(lambda now: now["ended"] - before["ended"] >= count * 0.99, 60)
    back = herd.wait(lambda now: now["open"] >= count, patience)
    stamps = [it for it in herd.lines if it[0] >= begun]
    share = {
        part: next((f"{at - begun:.1f} s" for at, up, _r, _t, ended, *_ in stamps
                    if ended - before["ended"] >= count * 0.99 and up >= count * part), "never")
        for part in (0.5, 0.99, 1.0)
    }  # fmt: skip
    waits = [wait for at, wait in marker.waits if at + wait >= begun]
    told(
        signal.Signals(number).name,
        all_cut_after=f"{down:.1f} s" if down is not None else "never",
        half_back=share[0.5], nearly_all=share[0.99], all=share[1.0],
        tries=herd.last["tries"] - before["tries"],
        refused=herd.last["refused"] - before["refused"],
        longest_mark=f"{max(waits, default=0):.1f} s",
        server=f"{resident_kilobytes(house.server) / 1024:.0f} MB",
        load=f"{os.getloadavg()[0]:.0f}",
        is_back=back is not None,
    )  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--streams", type=int, default=10_000)
    options.add_argument("--beyond", type=int, default=500, help="how many more come than there are streams")
    options.add_argument("--patience", type=float, default=300)
    chosen = options.parse_args()
    count = chosen.streams
    KEPT.mkdir(parents=True, exist_ok=True)
    house = House(count + chosen.beyond, count)
    herd = marker = None
    try:
        open_on_the_floor(captured(house), count, chosen.patience)
        empty = resident_kilobytes(house.server)
        herd = Herd(house, count)
        opened = herd.wait(lambda now: now["open"] >= count, chosen.patience)
        time.sleep(5)
        told(
            "opened",
            streams=herd.last["open"], after=f"{opened or -1:.1f} s",
            a_second=round(count / (opened or 1)), tries=herd.last["tries"],
            KB_a_stream=round((resident_kilobytes(house.server) - empty) / count, 1),
            server=f"{resident_kilobytes(house.server) / 1024:.0f} MB", load=f"{os.getloadavg()[0]:.0f}",
        )  # fmt: skip
        marker = Marker(house)
        marker.start()
        before = herd.last["heard"]
        time.sleep(30)
        waits = sorted(wait for _at, wait in marker.waits)
        told(
            "marked",
            marks=len(waits), frames_heard=herd.last["heard"] - before,
            answer=f"p50 {statistics.median(waits) * 1e3:.0f} ms, longest {waits[-1] * 1e3:.0f} ms",
            load=f"{os.getloadavg()[0]:.0f}",
        )  # fmt: skip
        for number in (signal.SIGKILL, signal.SIGTERM):
            gone_and_back(house, herd, marker, number, count, chosen.patience)
            time.sleep(5)
        marker.over.set()
        marker.join(60)
        lost = set(marker.acknowledged) - house.marks()
        told("marks", acknowledged=len(marker.acknowledged), tries=marker.tries, lost=len(lost))
        assert not lost
        crowd = Crowd(house, count, chosen.beyond)
        # Three: the page of a board for ten thousand people is another matter.
        late = [polled(house, count + number) for number in range(3)]
        told("beyond", came=chosen.beyond, **crowd.outcome(), polled=late, newest_heard=herd.last["sequence"])
    finally:
        if marker:
            marker.over.set()
        if herd:
            stop(herd.process)
        house.close()


class Crowd:
    """Those who come when every stream is taken."""

    def __init__(self, house: House, first: int, count: int) -> None:
        self.statuses: list[int] = []
        for number in range(first, first + count):
            line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
            line.request("GET", f"/r/{house.room['room']}/stream/", headers={"Cookie": house.cookie(number)})
            answer = line.getresponse()
            self.statuses.append(answer.status)
            self.later = answer.headers.get("retry-after")
            line.close()

    def outcome(self) -> dict:
        return {
            "answered": {it: self.statuses.count(it) for it in set(self.statuses)},
            "retry_after": self.later,
        }


if __name__ == "__main__":
    main()
