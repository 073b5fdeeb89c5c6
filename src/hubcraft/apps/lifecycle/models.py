"""What a hub keeps about itself and its network; each row is read by the hub it was written in."""

from typing import ClassVar

from django.db import models

from hubcraft.apps.networks.models import Network, Team, TenantQuerySet, new_id
from hubcraft.apps.people.models import Person


class Kept(models.Model):
    """What all of it has: whose it is, who wrote it, when; taken away it can be put back for thirty days."""

    # The number of the form it was written in: sent twice it is one.
    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=12, default="en")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    # What the forms of a kind hold: whoever changes a row is told where one of these is other than they had it.
    WRITTEN: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class StageSaid(Kept):
    """Where a hub says that its network stands, since when, and why it thinks so. The last one said holds."""

    stage = models.CharField(max_length=160)
    since_on = models.DateField()
    why = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "stages said"

    def __str__(self) -> str:
        return f"stage {self.stage} of team {self.team_id}"


class Evidence(Kept):
    """One piece of evidence that a hub says is in place: since when, and where to find it. Ended, it is history."""

    piece = models.CharField(max_length=240)
    since_on = models.DateField()
    where = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    WRITTEN = ("since_on", "where", "link")

    class Meta:
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"evidence {self.piece}"


class Charter(Kept):
    """One version of a hub's charter. The newest holds; the others stay."""

    purpose = models.TextField(blank=True)
    who = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    agreements = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"charter of team {self.team_id}"


class Problem(Kept):
    """Something that came up: what was noticed, who sees to it, what was decided and who was told, until it is closed."""

    class Became(models.TextChoices):
        NOTHING_YET = ""
        ROUTINE = "routine"
        NEXT_STEP = "next-step"
        ONCE = "once"

    words = models.TextField()
    noticed_on = models.DateField()
    whose = models.CharField(max_length=120, blank=True)
    is_urgent = models.BooleanField(default=False)
    # Keys of domains of practice.
    domains = models.JSONField(default=list)
    decision = models.TextField(blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    told = models.CharField(max_length=240, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # What a hub made of it once it was closed.
    became = models.CharField(max_length=9, choices=Became, blank=True)

    WRITTEN = (
        "words",
        "noticed_on",
        "whose",
        "is_urgent",
        "domains",
        "decision",
        "decided_by",
        "told",
        "closed_on",
    )

    def __str__(self) -> str:
        return f"problem of team {self.team_id}"


class Routine(Kept):
    """One meeting that a hub holds again and again."""

    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    rhythm = models.CharField(max_length=120, blank=True)
    who = models.CharField(max_length=240, blank=True)
    # One point a line.
    agenda = models.TextField(blank=True)
    came_from = models.ForeignKey(
        Problem, null=True, blank=True, on_delete=models.SET_NULL, related_name="routines"
    )

    WRITTEN = ("name", "purpose", "rhythm", "who", "agenda")

    def __str__(self) -> str:
        return f"routine of team {self.team_id}"


class RosterEntry(Kept):
    """What a hub says of somebody in it: what they do, since when, and what they handed over when they left.

    Of who has an account only what the account and its roles do not say; of others their name too.
    """

    has_account = models.BooleanField(default=False)
    holder = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    does = models.CharField(max_length=240, blank=True)
    since_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    hand_over = models.TextField(blank=True)

    WRITTEN = ("name", "does", "since_on", "left_on", "hand_over")

    class Meta:
        verbose_name_plural = "roster entries"

    def __str__(self) -> str:
        return f"entry in the roster of team {self.team_id}"


# All that stands on these pages, by what it is called in an address.
KINDS: dict[str, type[Kept]] = {
    "stage": StageSaid,
    "evidence": Evidence,
    "charter": Charter,
    "routine": Routine,
    "roster": RosterEntry,
    "problem": Problem,
}
