"""Whether a backup was proven lately, and whether one is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import number_format

from hubcraft.apps.upkeep.models import Proof

EVERY = timedelta(days=7)
# After one that failed, or that nobody heard of again.
AGAIN = timedelta(days=1)
# A new place has other things to do, and nothing to lose yet.
FIRST_AFTER = timedelta(days=1)
# One that should have come is missed: the worker does not run, or the disk is full.
OVERDUE = timedelta(days=15)


@dataclass(frozen=True)
class ProofView:
    """The last proof, as the administrator reads it; without a moment there was none yet."""

    at: datetime | None = None
    backed_up_at: datetime | None = None
    backup: str = ""
    tables: int = 0
    rows: int = 0
    fault: str = ""
    is_overdue: bool = False

    @property
    def rows_in_words(self) -> str:
        return number_format(self.rows, force_grouping=True)


def last_proof(at: datetime) -> ProofView:
    """What the last one that ended said."""
    last = Proof.objects.exclude(ended_at=None).order_by("-ended_at").first()
    if last is None:
        return ProofView()
    return ProofView(
        last.ended_at,
        last.backed_up_at,
        last.backup,
        last.tables,
        last.rows,
        last.fault,
        at - last.ended_at > OVERDUE,
    )


def is_due(*, since: datetime | None, at: datetime) -> bool:
    """Whether it is time for one, in a place that somebody has looked after since then."""
    last = Proof.objects.order_by("-begun_at").first()
    if last is None:
        return since is not None and at - since >= FIRST_AFTER
    return at - last.begun_at >= (EVERY if last.ended_at and not last.fault else AGAIN)
