"""Who was erased, written beside the database: a restore replaces the database, never this.

One line a person: their random key, the moment, and their mail address as a hash that only this place's secret key
makes. Nobody is told by it, and whoever comes back in an older backup is known again.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Erased:
    """One line."""

    person: str
    at: datetime
    address: str


def ledger_file() -> Path:
    return Path(settings.DATA) / "erased.jsonl"


def hashed(address: str) -> str:
    """A mail address as the ledger keeps it; nothing where there is none."""
    return salted_hmac("hubcraft erased", address, algorithm="sha256").hexdigest() if address else ""


def read_ledger(path: Path | None = None) -> Iterator[Erased]:
    """Every line that was written whole; the last may have been cut by a power failure, and is then written again."""
    path = path or ledger_file()
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            told = json.loads(line)
            yield Erased(str(told["person"]), datetime.fromisoformat(told["at"]), str(told["address"]))
        except (ValueError, KeyError, TypeError):
            continue
