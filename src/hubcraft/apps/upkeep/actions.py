"""Keeping what became of a proof, and telling those who look after the place when it failed."""

from collections.abc import Iterable
from datetime import datetime

from hubcraft.apps.notices.actions import promise_written
from hubcraft.apps.upkeep.models import Proof
from hubcraft.web.writer import writes


@writes
def begin_proof(*, at: datetime) -> int:
    """One is on its way; until it ends nobody begins another one for a day."""
    return Proof.objects.create(begun_at=at).pk


@writes
def end_proof(*, proof_id: int, at: datetime, tell: Iterable[tuple[str, str]] = (), **told) -> None:
    """What it found. Where that is a fault, these addresses hear of it, each in their language."""
    told["fault"] = told.get("fault", "")[:400]
    Proof.objects.filter(pk=proof_id).update(ended_at=at, **told)
    if not told["fault"]:
        return
    for address, language in tell:
        promise_written(to=address, template="upkeep/mail/proof_failed.txt", language=language, at=at, **told)
