"""A long file in the real product: made by its worker, and made again after everything was killed in the middle."""

import asyncio
import secrets
import sqlite3
import time
from datetime import UTC, datetime

import psycopg
import pytest

from tests.faults.phones import FORM, Line, gather
from tests.files import words_of_word

LINES = 6000


def rows(product, ask: str, *fields) -> list[tuple]:
    """What the tables say; what is written is kept."""
    if product.database_url:
        with psycopg.connect(product.database_url) as link:
            asked = link.execute(ask.replace("?", "%s"), fields)
            return asked.fetchall() if asked.description else []
    with sqlite3.connect(product.data / "hubcraft.sqlite3", timeout=60) as link:
        return link.execute(ask, fields).fetchall()


def say_much(product, room: str, lines_in_all: int = LINES) -> None:
    """As if the facilitator had written down a very long day."""
    ((session,),) = rows(product, "SELECT id FROM reflections_reflectionsession WHERE room_id = ?", room)
    names = "id, session_id, words, look_for, language, may_project, made_at"
    for at in range(0, lines_in_all, 500):
        lines = [
            (
                secrets.token_hex(16),
                session,
                f"Line {number}.",
                "",
                "en",
                False,
                datetime.now(UTC).isoformat(),
            )
            for number in range(at, at + 500)
        ]
        places = ", ".join(["(?, ?, ?, ?, ?, ?, ?)"] * len(lines))
        written = (value for line in lines for value in line)
        rows(product, f"INSERT INTO facilitation_heard ({names}) VALUES {places}", *written)


def until(product, fact, patience: float = 120):
    """What the file's row says once this holds: begun so often, so much done, ended when."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        (row,) = rows(product, "SELECT turns, done, ended_at, fault FROM facilitation_madefile")
        if fact(*row):
            return row
        time.sleep(0.05)
    raise AssertionError(f"It never came so far: {row}")


async def asked(product, method: str, address: str, cookies):
    line = Line(product.port)
    answer = await line.ask(method, address, cookies, kind=FORM)
    line.close()
    return answer


@pytest.mark.slow
def test_a_long_file_is_made_again_after_everything_was_killed(served):
    room = asyncio.run(gather(served.port, 1, script="workshop"))
    say_much(served, room.id)
    page = f"/r/{room.id}/lead/harvest/"
    answer = asyncio.run(asked(served, "POST", f"{page}file.docx", room.lead))
    assert answer.status == 302
    address = answer.headers["location"]
    assert "It is being made." in asyncio.run(asked(served, "GET", address, room.lead)).text
    until(served, lambda turns, done, ended, _fault: turns == 1 and done > 50 and not ended)
    served.kill()
    served.start()
    assert until(served, lambda _turns, _done, ended, _fault: ended)[::3] == (2, "")
    taken = asyncio.run(asked(served, "GET", f"{address}take/", room.lead))
    told = words_of_word(taken.body)
    assert "Line 0." in told and f"Line {LINES - 1}." in told
    assert asyncio.run(asked(served, "GET", f"{address}take/", {})).status == 404
