"""Runs everything and writes bench/results/live_room.md: `bin/bench live_room [--rounds 3] [--watchers 40,500,5000]`."""

import argparse
import http.client
import json
import platform
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from .measure import Run, measure
from .peer import OTree
from .places import Floor, Product, captured
from .report import Figures, written
from .tools import KEPT, ROOT

RESULTS = ROOT / "bench/results"
KEPT_FIGURES = KEPT / "live_room.json"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--watchers", default="40,500,5000")
    options.add_argument("--rate", type=float, default=1.5, help="marks a second beside the floor")
    options.add_argument("--seconds", type=float, default=10.0)
    options.add_argument("--without", default="", help="of: floor,otree,sync")
    options.add_argument("--results", type=Path, default=RESULTS)
    chosen = options.parse_args()
    counts = [int(count) for count in chosen.watchers.split(",")]
    KEPT.mkdir(parents=True, exist_ok=True)
    figures = kept() if chosen.without else Figures()
    figures.rate, figures.rounds, figures.machine = chosen.rate, chosen.rounds, machine()
    chosen.results.mkdir(parents=True, exist_ok=True)
    if "floor" not in chosen.without:
        figures.runs = []
        beside_the_floor(figures, counts, chosen)
        keep(figures, chosen.results)
    if "otree" not in chosen.without:
        figures.peer_runs = []
        beside_otree(figures, chosen)
        keep(figures, chosen.results)
    if "sync" not in chosen.without:
        figures.posts = {}
        without_sync(figures, chosen)
        keep(figures, chosen.results)
    print(f"Written to {chosen.results / 'live_room.md'}")


def kept() -> Figures:
    """What was measured last, for the parts that are left out this time."""
    if not KEPT_FIGURES.exists():
        return Figures()
    raw = json.loads(KEPT_FIGURES.read_text())
    for name in ("runs", "peer_runs"):
        raw[name] = [Run(**one) for one in raw[name]]
    return Figures(**raw)


def keep(figures: Figures, results: Path) -> None:
    KEPT_FIGURES.write_text(json.dumps(asdict(figures), indent=1))
    Path(results, "live_room.md").write_text(written(figures))


def machine() -> str:
    """What it ran on, without naming the place."""
    models = [
        line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")
    ]
    name = models[0].partition(": ")[2] if models else platform.machine()
    return f"{len(models)} × {name}, Python {platform.python_version()}, Linux {platform.release().split('-')[0]}"


def beside_the_floor(figures: Figures, counts: list[int], chosen) -> None:
    """Ours and the floor in turns, the same marks and bytes; one watcher first, to know what a mark costs."""
    product = Product(max(counts))
    frame = captured(product)
    figures.frame = len(frame)
    floor = Floor(frame)
    try:
        measure(product, min(counts), chosen.rate, 3)  # everything is loaded once
        for _ in range(chosen.rounds):
            for count in [1, *counts]:
                for place in (floor, product):
                    note(figures.runs, measure(place, count, chosen.rate, chosen.seconds))
    finally:
        product.close()
        floor.close()


def beside_otree(figures: Figures, chosen, people: int = 500, rate: float = 20.0) -> None:
    """The same number of marks and watchers in a product that people use for such rooms."""
    product, peer = Product(people), OTree(people)
    try:
        measure(product, 40, chosen.rate, 3)
        for _ in range(chosen.rounds):
            for place in (peer, product):
                note(figures.peer_runs, measure(place, people, rate, chosen.seconds))
    finally:
        product.close()
        peer.close()


def without_sync(figures: Figures, chosen, lines: int = 8) -> None:
    """Marks as fast as they are answered, against the same server that doesn't wait for the disk."""
    places = {name: Product(40, name) for name in ("FULL", "OFF")}
    try:
        for place in places.values():
            closed_loop(place.mark, place.port, lines, 2.0)
        for _ in range(chosen.rounds):
            for name, place in places.items():
                rate = closed_loop(place.mark, place.port, lines, chosen.seconds)
                figures.posts.setdefault(name, []).append(rate)
                print(f"synchronous={name}: {rate:.0f} marks a second", flush=True)
    finally:
        for place in places.values():
            place.close()


def closed_loop(mark: Callable, port: int, lines: int, seconds: float) -> float:
    """So many phones, each sending its next mark when the last was answered: answers a second."""
    until, done = time.monotonic() + seconds, []

    def phone(number: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < until:
            mark(number, line)
            number += lines
            done.append(1)

    start = time.monotonic()
    threads = [threading.Thread(target=phone, args=[number]) for number in range(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done) / (time.monotonic() - start)


def note(runs: list[Run], one: Run) -> None:
    runs.append(one)
    print(
        f"{one.name:9} {one.watchers:5} watchers: {one.per_delivery():8.1f} us a delivery,"
        f" p99 {one.p99:6.1f} ms, spread {one.spread99:6.1f} ms, {one.kilobytes:5.1f} KB a stream",
        flush=True,
    )


main()
