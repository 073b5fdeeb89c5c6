"""What is over leaves a server's memory: a request at once, whatever else knows itself in the end."""

import gc
import subprocess
import sys

import pytest
from django.core import signals
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections

from hubcraft.config.asgi import Pages
from tests.served import CHECKOUT

PROGRAM = """
import gc, sys, weakref
from hubcraft.cli.listener import spare_what_is_loaded

class Ring:
    def __init__(self):
        self.itself = self

spare_what_is_loaded()
gc.disable()
old, young = Ring(), Ring()
gc.collect()  # whoever is there at the last of three walks has grown old
young = Ring()
there = weakref.ref(old), weakref.ref(young)
del old, young
gc.enable()
gone = [0, 0]
for turn in range(1, 1 + int(sys.argv[1])):
    others = [[] for _ in range(gc.get_threshold()[0] + 1_000)]  # one walk: some lists are used again
    del others
    gone = [was or turn * (it() is None) for was, it in zip(gone, there)]
print(*gone)
"""


def turns_until_gone(most: int) -> tuple[int, int]:
    """After how many walks an old ring and a young one were gone, 0 for not at all."""
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(most)],
        env={"PYTHONPATH": str(CHECKOUT / "src")},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    old, young = map(int, said.split())
    return old, young


def test_whoever_left_long_after_they_came_leaves_memory_too():
    old, young = turns_until_gone(1_500)
    assert young == 1
    assert old > 1


def count_requests() -> int:
    """How many in memory still know anything; the collector does nothing meanwhile."""
    return sum(type(it) is ASGIRequest and bool(vars(it)) for it in gc.get_objects())


@pytest.fixture
def one_connection(db):
    """The test's own transaction stays open from request to request, as with Django's client."""
    edges = (signals.request_started, signals.request_finished)
    for it in edges:
        it.disconnect(close_old_connections)
    yield
    for it in edges:
        it.connect(close_old_connections)


@pytest.mark.parametrize(("path", "status"), [("/join/", 200), ("/home/", 302), ("/nowhere/", 404)])
def test_a_request_is_gone_as_soon_as_it_is_answered(one_connection, path, status):
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    pages = Pages()
    gc.collect()
    gc.disable()
    try:
        before = count_requests()
        assert pages.answer(scope, b"").status_code == status
        assert count_requests() == before
    finally:
        gc.enable()
