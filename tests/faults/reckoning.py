"""What is on the disk, read by a connection of its own, beside what the phones were told."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg

import hubcraft  # noqa: F401  (puts our SQLite in the place of the system's)
from tests.faults.phones import History, Told
from tests.served import Served

Ask = Callable[..., list[tuple]]
CHANGES = """
    SELECT c.id, s.key, c.look_for, c.answer FROM reflections_markchange c JOIN rooms_seat s ON s.id = c.seat_id
    WHERE s.room_id = ?
"""
MARKS = """
    SELECT s.key, m.look_for, m.answer FROM reflections_mark m JOIN rooms_seat s ON s.id = m.seat_id
    WHERE s.room_id = ?
"""
PROGRESS = """
    SELECT s.key, f.answered, f.is_finished FROM reflections_finish f JOIN rooms_seat s ON s.id = f.seat_id
    WHERE s.room_id = ?
"""


@dataclass(frozen=True)
class Kept:
    """A room as it is stored."""

    changes: list[tuple[str, str, str, str]]
    marks: list[tuple[str, str, str]]
    progress: dict[str, tuple[int, bool]]
    health: str


@contextlib.contextmanager
def asking(product: Served) -> Iterator[Ask]:
    """A connection of its own to where the product keeps its facts: `ask(words, *values)` answers with the rows."""
    if product.database_url:
        with psycopg.connect(product.database_url) as link:
            yield lambda words, *values: link.execute(words.replace("?", "%s"), values).fetchall()
        return
    import sqlite3

    link = sqlite3.connect(product.data / "hubcraft.sqlite3", timeout=20)
    try:
        yield lambda words, *values: link.execute(words, values).fetchall()
    finally:
        link.close()


def read(product: Served, room: str) -> Kept:
    with asking(product) as ask:
        health = "ok" if product.database_url else ask("PRAGMA integrity_check")[0][0]
        progress = {key: (answered, bool(is_finished)) for key, answered, is_finished in ask(PROGRESS, room)}
        return Kept(ask(CHANGES, room), ask(MARKS, room), progress, health)


def list_faults(history: History, found: Kept) -> list[str]:
    """Everything that is not as it was promised; empty when nothing was lost, doubled or refused."""
    faults = [] if found.health == "ok" else [found.health]
    stored = {one for one, *_ in found.changes}
    faults += [f"lost: {it}" for it in sorted(history.acknowledged - stored)]
    faults += [f"from nowhere: {it}" for it in sorted(stored - set(history.told))]
    faults += [f"refused: {it}" for it in history.refused]
    if len(found.changes) != len(stored):
        faults.append("an operation took effect more than once")
    for one, seat, look_for, answer in found.changes:
        operation = history.told[one].operation
        if (history.told[one].seat, operation.look_for, operation.answer) != (seat, look_for, answer):
            faults.append(f"changed on its way: {one}")
    expected = last_answers(it for it in history.told.values() if it.operation.id in stored)
    standing = {(seat, look_for): answer for seat, look_for, answer in found.marks}
    if len(found.marks) != len(standing):
        faults.append("a seat stands in two boxes of one look-for")
    faults += [f"stands elsewhere: {it}" for it in sorted(expected.items() ^ standing.items())]
    for seat, (answered, is_finished) in found.progress.items():
        places = sum(bool(answer) for (key, _), answer in standing.items() if key == seat)
        if (answered, is_finished) != (places, places == 11):
            faults.append(f"progress of {seat}: {answered} told, {places} placed")
    return faults


def last_answers(told: "list[Told] | object") -> dict[tuple[str, str], str]:
    """Where everybody should stand: the last that each did, in the order in which they did it."""
    return {(it.seat, it.operation.look_for): it.operation.answer for it in told}
