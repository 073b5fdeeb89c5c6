"""How large and how often: small for every change, large for bin/soak."""

import os

import pytest

SOAK = bool(os.environ.get("HUBCRAFT_SOAK"))


@pytest.fixture
def seeds() -> list[int]:
    """Schedules of misfortune; HUBCRAFT_FAULT_SEEDS names others, separated by commas."""
    named = os.environ.get("HUBCRAFT_FAULT_SEEDS", "")
    return [int(it) for it in named.split(",") if it] or list(range(500 if SOAK else 4))


@pytest.fixture
def crowd() -> int:
    """How many phones a large room has."""
    return 500 if SOAK else 60


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Under bin/soak, which asks for the slow ones, these are the long versions."""
    if SOAK:
        for item in items:
            if item.path.parent.name == "faults" and item.path.name in ("test_marks.py", "test_kill.py"):
                item.add_marker(pytest.mark.slow)
