"""The page that is written: medians, what they are medians of, and what is judged."""

import statistics
from dataclasses import dataclass, field

from .measure import Run


@dataclass
class Figures:
    """Everything that was measured."""

    rate: float = 0.0
    rounds: int = 0
    machine: str = ""
    frame: int = 0
    runs: list[Run] = field(default_factory=list)
    peer_runs: list[Run] = field(default_factory=list)
    posts: dict[str, list[float]] = field(default_factory=dict)


def written(figures: Figures) -> str:
    """The report in Markdown."""
    parts = [HEAD.format(machine=figures.machine, rounds=figures.rounds)]
    if figures.runs:
        parts.append(beside_the_floor(figures))
    if figures.peer_runs:
        parts.append(beside_otree(figures))
    if figures.posts:
        parts.append(without_sync(figures))
    return "\n".join([*parts, HOW])


def of(runs: list[Run], name: str, watchers: int) -> list[Run]:
    return [one for one in runs if (one.name, one.watchers) == (name, watchers)]


def middle(runs: list[Run], what: str) -> float:
    return statistics.median(getattr(one, what) for one in runs)


def whole(runs: list[Run]) -> float:
    return statistics.median(one.per_delivery() for one in runs)


def judged(value: float, most: float) -> str:
    return "yes" if value <= most else "**no**"


def beside_the_floor(figures: Figures) -> str:
    runs, names = figures.runs, ("hubcraft", "floor")
    counts = sorted({one.watchers for one in runs} - {1})
    lines = [
        f"## Beside the floor\n\n{figures.rate:g} marks a second, so that none is merged with the next. One mark is one"
        f" frame of {figures.frame:,} bytes (a board's row with thirty people's chips), the same bytes in both.\n",
        "| watchers | µs to write to one: ours | floor | ratio | ≤ 1.6 | all CPU a delivery, µs: ours | floor |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for count in counts:
        ours, floor = (statistics.median(one.per_write() for one in of(runs, name, count)) for name in names)
        all_ours, all_floor = (whole(of(runs, name, count)) for name in names)
        lines.append(
            f"| {count:,} | {ours:.1f} | {floor:.1f} | {ours / floor:.2f} | {judged(ours / floor, 1.6)}"
            f" | {all_ours:.1f} | {all_floor:.1f} |"
        )
    lines += [
        "\nThe left half is the CPU of the thread while it writes one frame to everybody, divided by the deliveries,"
        " with the same clock in both. The right half is all CPU of the server divided by deliveries: with few"
        " watchers that is the price of a mark (POST, policy, validation, transaction, sync, rendering), which the"
        " floor doesn't pay.\n",
        "| watchers | p99 from first to each watcher, ms: ours | floor | ratio | ≤ 1.6 | p50 / p99 from the mark: ours"
        " | floor | answer to the mark, p50 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for count in counts:
        ours, floor = (of(runs, name, count) for name in names)
        ratio = middle(ours, "spread99") / middle(floor, "spread99")
        lines.append(
            f"| {count:,} | {middle(ours, 'spread99'):.1f} | {middle(floor, 'spread99'):.1f} | {ratio:.2f}"
            f" | {judged(ratio, 1.6)} | {middle(ours, 'p50'):.1f} / {middle(ours, 'p99'):.1f}"
            f" | {middle(floor, 'p50'):.1f} / {middle(floor, 'p99'):.1f} | {middle(ours, 'answer50'):.1f} |"
        )
    most = max(counts)
    kilobytes = middle(of(runs, "hubcraft", most), "kilobytes")
    first = of(runs, "hubcraft", most)[0].kilobytes
    lines.append(
        "\nFrom the mark counts from the moment it should have been sent, and so holds the whole POST; the spread"
        " counts from the moment the first watcher has it, and so is what fanning out adds.\n\n"
        f"**Memory**: {first:.1f} KB a stream in the first round with {most:,} (≤ 12:"
        f" {judged(first, 12)}), headers of a real browser; median of the rounds {kilobytes:.1f}, because memory"
        " given back by one round is used again by the next.\n"
    )
    return "\n".join(lines)


def beside_otree(figures: Figures) -> str:
    runs = figures.peer_runs
    rows, cost = [], {}
    for name in ("hubcraft", "oTree"):
        those = [one for one in runs if one.name == name]
        # A mark that is merged with the next has reached everybody as well.
        cost[name] = statistics.median(one.cpu / (one.marks * one.watchers) * 1e6 for one in those)
        rows.append(
            f"| {name} | {cost[name]:.1f} | {middle(those, 'p50'):.0f} | {middle(those, 'p99'):.0f}"
            f" | {statistics.median(one.deliveries / (one.marks * one.watchers) for one in those):.2f} |"
        )
    ratio = cost["oTree"] / cost["hubcraft"]
    head = (
        "## Beside oTree\n\noTree 6.0.15 from PyPI, 500 watchers, 20 marks a second: one page whose live method"
        " stores a row and tells the group. Ours takes marks by POST and merges what follows on its heels for up to half a second; a mark that is merged has reached everybody as well. All CPU counts.\n\n"
        "| | µs a delivered mark | p50 ms | p99 ms | sends a delivered mark |\n| --- | --- | --- | --- | --- |\n"
    )
    verdict = f"\n\n**{ratio:.1f} × less CPU** (≥ 10: {'yes' if ratio >= 10 else '**no**'}; 15 is the aim).\n"
    return head + "\n".join(rows) + verdict


def without_sync(figures: Figures) -> str:
    full, off = (statistics.median(figures.posts[name]) for name in ("FULL", "OFF"))
    return (
        "## What safety on the disk costs\n\nEight phones, each sending its next mark when the last was answered:"
        f" **{full:.0f}** marks a second with `synchronous=FULL`, **{off:.0f}** with `OFF`: {full / off:.0%}"
        f" (≥ 85 %: {'yes' if full / off >= 0.85 else '**no**'}).\n"
    )


HEAD = """# The live room, measured

{machine}; loopback; server on one core, watchers and marks on the other. Medians of {rounds} interleaved rounds.
Ours is `hubcraft serve` with an open board: admission by cookie, policy, validation, one commit with full sync a mark.
The floor is `bench/live_room/floor.c`: it holds sockets and writes what it is POSTed to each of them.
"""
HOW = """## How to repeat it

`bin/bench live_room` (some twenty minutes; `--rounds`, `--watchers`, `--without otree,sync` make it shorter). It needs gcc,
`taskset` and some 20,000 open files. oTree is installed from `bench/live_room/requirements-peer.txt`
(hash-locked) into an environment of its own under `.cache/`.
"""
