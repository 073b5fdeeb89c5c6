"""What is kept no longer at a moment: for each rule with a number of days, the rows whose time is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.audit.retention import over_since
from hubcraft.apps.cards.models import Card, Try
from hubcraft.apps.facilitation.models import Heard, MadeFile
from hubcraft.apps.frameworks.models import BroughtPack
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights.models import Merge
from hubcraft.apps.lifecycle.models import KINDS
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import OneTimeKey, SignedIn, Token
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.rooms.models import Brake, Presence, Room, Seat
from hubcraft.apps.upkeep.models import Proof


@dataclass(frozen=True)
class Sweep:
    """One kind of thing under one rule: which rows are due."""

    rule: str
    what: str
    due: Callable[[datetime], QuerySet]


def signed_in(at: datetime) -> QuerySet:
    # A session ends so long after its last use; the rule counts from that use.
    unused = over_since("device", at) + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return SignedIn.objects.filter(expire_date__lt=unused)


def one_time_keys(at: datetime) -> QuerySet:
    over = over_since("key", at)
    return OneTimeKey.objects.filter(Q(used_at__lt=over) | Q(until__lt=over))


def tokens(at: datetime) -> QuerySet:
    over = over_since("token", at)
    return Token.objects.filter(Q(ended_at__lt=over) | Q(until_on__lt=over.date()))


def invitations(at: datetime) -> QuerySet:
    over = over_since("invitation", at)
    return Invitation.everywhere.filter(Q(ended_at__lt=over) | Q(until__lt=over))


def merges(at: datetime) -> QuerySet:
    over = over_since("merge", at)
    return Merge.everywhere.filter(Q(ended_at__lt=over) | Q(until__lt=over))


def mails(at: datetime) -> QuerySet:
    over = over_since("mail", at)
    # What was given up has no address any more.
    return OutboxMail.objects.filter(Q(sent_at__lt=over) | Q(sent_at=None, to="", due_at__lt=over))


def removed(model, rule: str) -> Callable[[datetime], QuerySet]:
    """Rows that somebody took away, long enough ago."""
    return lambda at: model.everywhere.filter(removed_at__lt=over_since(rule, at))


def rehearsals(at: datetime) -> QuerySet:
    return Room.objects.filter(is_rehearsal=True, made_at__lt=over_since("rehearsal", at))


SWEEPS = (
    Sweep("device", "devices signed in and not used", signed_in),
    Sweep("key", "keys for one time", one_time_keys),
    Sweep("token", "tokens of programs", tokens),
    Sweep("invitation", "invitations", invitations),
    Sweep("merge", "questions to make two hubs one", merges),
    Sweep("room", "seats that were removed", removed(Seat, "room")),
    Sweep(
        "room",
        "marks of who was there",
        lambda at: Presence.everywhere.filter(until__lt=over_since("room", at)),
    ),
    Sweep("room", "counts of wrong guesses", lambda at: Brake.objects.filter(at__lt=over_since("room", at))),
    Sweep("reflection", "boards that were merged away", removed(Reflection, "reflection")),
    Sweep("written", "strategies that were taken back", removed(Strategy, "written")),
    Sweep("written", "next steps that were taken back", removed(NextStep, "written")),
    *(
        Sweep("kept-by-hub", f"{kind}: what a hub took away", removed(model, "kept-by-hub"))
        for kind, model in KINDS.items()
    ),
    Sweep("cards", "strategy cards that a hub took away", removed(Card, "cards")),
    Sweep("cards", "tries that were taken away", removed(Try, "cards")),
    Sweep("heard", "lines that were taken away", removed(Heard, "heard")),
    Sweep("file", "long files", lambda at: MadeFile.objects.filter(asked_at__lt=over_since("file", at))),
    Sweep(
        "brought",
        "frameworks brought in and not taken",
        lambda at: BroughtPack.everywhere.filter(made_at__lt=over_since("brought", at)),
    ),
    Sweep("rehearsal", "rooms for practice", rehearsals),
    Sweep(
        "proof", "proofs of backups", lambda at: Proof.objects.filter(begun_at__lt=over_since("proof", at))
    ),
    Sweep("mail", "mails that were sent or given up", mails),
    Sweep(
        "trail",
        "lines of the trail",
        lambda at: TrailEntry.objects.filter(at__lt=over_since("trail", at)),
    ),
)


def count_due(at: datetime) -> dict[Sweep, int]:
    """How much would be deleted at this moment."""
    return {sweep: sweep.due(at).count() for sweep in SWEEPS}
