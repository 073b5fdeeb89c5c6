"""Writing the ledger of who was erased."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from hubcraft.apps.records.queries.ledger import Erased, ledger_file, read_ledger


def enter(erased: Iterable[Erased]) -> None:
    """Add lines and bring them to the disk before anybody is told that somebody is erased."""
    lines = [
        json.dumps({"person": it.person, "at": it.at.isoformat(), "address": it.address}) for it in erased
    ]
    if not lines:
        return
    path = ledger_file()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A line that was cut short must not swallow the next.
        os.write(descriptor, ("\n" + "\n".join(lines) + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_in(path: Path) -> None:
    """The ledger of another place, where a backup of that place is restored here."""
    known = {it.person for it in read_ledger()}
    enter([it for it in read_ledger(path) if it.person not in known])
