"""Time that passes without anybody waiting for it: all that is stored was, and is due, so many minutes earlier."""

import sqlite3

import psycopg

from tests.served import Served

TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'audit%'"
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' AND table_name NOT LIKE 'audit%'
"""


def let_pass(product: Served, minutes: int) -> None:
    """Set every stored moment back, the trail's apart, which is only written to.

    No process of the product runs meanwhile that could remember another.
    """
    assert product.process is None or product.process.poll() is not None, "the product still runs"
    if product.database_url:
        with psycopg.connect(product.database_url) as link:
            for table, column in link.execute(COLUMNS).fetchall():
                moment = f"\"{column}\" - interval '{minutes} minutes'"
                link.execute(f'UPDATE "{table}" SET "{column}" = {moment}')
        return
    with sqlite3.connect(product.data / "hubcraft.sqlite3") as link:
        tables = [name for (name,) in link.execute(TABLES)]
        for table in tables:
            for _at, column, kind, *_rest in link.execute(f'PRAGMA table_info("{table}")').fetchall():
                if kind == "datetime":
                    moment = f"strftime('%Y-%m-%d %H:%M:%f', \"{column}\", '-{minutes} minutes')"
                    link.execute(f'UPDATE "{table}" SET "{column}" = {moment}')
    link.close()
