"""How long things are kept: `docs/host/retention.toml`, which people read and the house obeys."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings


@dataclass(frozen=True)
class Rule:
    """One rule as it stands there. With a number of days the house deletes by itself; without, it goes with
    what it belongs to."""

    key: str
    keeps: str
    why: str
    days: int | None = None


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name."""
    told = tomllib.loads(settings.RETENTION.read_text(encoding="utf-8"))["rules"]
    return {key: Rule(key=key, **it) for key, it in told.items()}


def over_since(rule: str, at: datetime) -> datetime:
    """What ended before this moment is not kept any longer."""
    days = rules()[rule].days
    if days is None:
        raise KeyError(f"The rule {rule} names no days.")
    return at - timedelta(days=days)
