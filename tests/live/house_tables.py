"""The small house's tables."""

import sqlite3
from pathlib import Path

SCHEMA = """
create table channel (id text primary key, sequence integer not null, epoch integer not null);
create table part (channel text, audience text, region text, html text, primary key (channel, audience, region));
create table seat (id text primary key, channel text, audience text);
create table presence (channel text, watcher text, primary key (channel, watcher));
create table rendering (audience text, regions text);
"""


def build(path: Path, seats: dict[str, str], channel: str = "r1") -> None:
    """A fresh database with one channel, seats in audiences, and two regions for each audience."""
    with sqlite3.connect(path) as database:
        database.executescript(SCHEMA)
        database.execute("insert into channel values (?, 1, 1)", [channel])
        for seat, audience in seats.items():
            database.execute("insert into seat values (?, ?, ?)", [seat, channel, audience])
        for audience in {*seats.values()}:
            for region in ("roster", "board"):
                database.execute(
                    "insert into part values (?, ?, ?, ?)",
                    [channel, audience, region, f"{audience} {region} 1"],
                )
