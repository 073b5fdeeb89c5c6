"""A file that takes longer than somebody waits: they see how far it is, and have it when it is there."""

import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cli.test_making import say_much, until
from tests.files import words_of_word

LINES = 9000


def worker_of(product) -> int:
    """The process that makes its files."""
    told = ["work", "--child-of", str(product.process.pid)]
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_text().split("\0")
        except OSError:
            continue
        if all(it in words for it in told):
            return int(place.parent.name)
    raise AssertionError("There is no worker")


@contextmanager
def held(process: int):
    """It stands still meanwhile."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


@pytest.mark.timeout(300)
def test_who_asks_for_a_long_file_sees_it_come(start, product):
    room = start(script="workshop")
    say_much(product, room.id, LINES)
    page = room.lead.visit(f"{room.base}lead/harvest/")
    worker = worker_of(product)
    # Held from the start and let go for moments, so that a quick machine shows as much as a slow one.
    with held(worker):
        page.get_by_role("button", name="Word").click()
        page.wait_for_url("**/harvest/files/**")
        page.evaluate("window.isStillHere = true")
        first = int(page.locator("progress").get_attribute("value"))
        done, ended = first, None
        while done == first and not ended:
            os.kill(worker, signal.SIGCONT)
            time.sleep(0.1)
            os.kill(worker, signal.SIGSTOP)
            _turns, done, ended, _fault = until(product, lambda *_row: True)
        assert first < done < 100 and not ended, (first, done, ended)
        expect(page.locator("progress")).to_have_js_property("value", done, timeout=60_000)
        expect(page.locator("progress + span")).to_have_text(f"{done}%")
    there = page.get_by_role("link", name="Take it home")
    there.wait_for(timeout=120_000)
    # It came by itself: nobody loaded the page again, and whoever listens hears it.
    assert page.evaluate("window.isStillHere")
    expect(page.locator("file-making [role=status]")).to_contain_text("It is there")
    with page.expect_download() as taken:
        there.click()
    assert taken.value.suggested_filename.endswith(".docx")
    told = words_of_word(Path(taken.value.path()).read_bytes())
    assert f"Line {LINES - 1}." in told
    assert room.lead.faults == []
