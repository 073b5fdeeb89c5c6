"""Deleting what is kept no longer, as `docs/host/retention.toml` says: once a day, and on command."""

from datetime import datetime, timedelta

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.audit.queries import last_time
from hubcraft.apps.audit.retention import over_since
from hubcraft.apps.facilitation.actions.rehearsals import delete_rehearsals
from hubcraft.apps.records.queries.retention import SWEEPS, Sweep
from hubcraft.web.writer import writes

KEPT = "kept to the rules of retention"
EVERY = timedelta(days=1)
# Where deleting the rows is not all there is to it.
MORE_THAN_ROWS = {
    "rehearsal": lambda at: delete_rehearsals(at=at),
    "trail": lambda at: audit.forget_until(over_since("trail", at)),
}


def keep_daily(*, at: datetime) -> int:
    """Once a day, whenever the house is up; may run twice."""
    last = last_time(KEPT)
    return 0 if last is not None and last > at - EVERY else sum(keep_to_rules(at=at).values())


def keep_to_rules(*, at: datetime) -> dict[Sweep, int]:
    """Delete all that is due and say how much it was; the trail says that it was done, and how much, not what."""
    told = {sweep: sweep_out(sweep=sweep, at=at) for sweep in SWEEPS}
    note(count=sum(told.values()), at=at)
    return told


@writes
def sweep_out(*, sweep: Sweep, at: datetime) -> int:
    """One kind of thing, all or nothing."""
    due = sweep.due(at)
    count = due.count()
    if count:
        delete = MORE_THAN_ROWS.get(sweep.rule)
        delete(at) if delete else due.delete()
    return count


@writes
def note(*, count: int, at: datetime) -> None:
    """That the rules were kept today."""
    audit.record(who="the house", did=KEPT, thing=f"{count} rows", at=at)
