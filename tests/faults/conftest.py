"""How large and how often: small for every change, large for bin/soak."""

import os
from collections.abc import Callable

import pytest

SOAK = bool(os.environ.get("HUBCRAFT_SOAK"))


@pytest.fixture
def seeds() -> list[int]:
    """Schedules of misfortune; HUBCRAFT_FAULT_SEEDS names others, separated by commas."""
    named = os.environ.get("HUBCRAFT_FAULT_SEEDS", "")
    return [int(it) for it in named.split(",") if it] or list(range(500 if SOAK else 4))


@pytest.fixture
def budget() -> float:
    """For how many seconds a long test goes on; HUBCRAFT_SOAK_MINUTES says otherwise."""
    return 60 * float(os.environ.get("HUBCRAFT_SOAK_MINUTES", "20"))


@pytest.fixture
def tell(capsys) -> Callable[[str], None]:
    """Says something while a long test runs, past pytest, which keeps what is printed until the end."""

    def say(words: str) -> None:
        with capsys.disabled():
            print(f"\n{words}", end="", flush=True)

    return say if SOAK else print


@pytest.fixture
def crowd() -> int:
    """How many phones a large room has."""
    return 500 if SOAK else 60


@pytest.fixture
def workshop_size() -> int:
    """How many people take part in a whole session."""
    return 300 if SOAK else 30


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Under bin/soak, which asks for the slow ones, these are the long versions."""
    if SOAK:
        for item in items:
            if item.path.parent.name == "faults" and item.path.name in (
                "test_marks.py",
                "test_kill.py",
                "test_session.py",
                "test_power.py",
            ):
                item.add_marker(pytest.mark.slow)
