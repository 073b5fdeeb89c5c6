"""Keeping what became of a proof, and telling those who look after the place when it failed."""

from collections.abc import Iterable
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from hubcraft.apps.notices.actions import promise_mail
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
        with translation.override(language):
            words = render_to_string("upkeep/mail/proof_failed.txt", told)
        subject, _line, body = words.partition("\n")
        promise_mail(to=address, subject=subject, words=body.strip() + "\n", at=at)
