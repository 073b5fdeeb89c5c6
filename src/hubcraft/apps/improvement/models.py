"""Next steps, as people promise them."""

from django.db import models

from hubcraft.apps.networks.models import Network, Team, TenantQuerySet, new_id
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.rooms.models import Seat


class NextStep(models.Model):
    """What somebody or a whole team will do next, who sees to it, by when; and what became of it."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DROPPED = "dropped"
        CARRIED = "carried"

    class Size(models.TextChoices):
        UNSAID = ""
        SMALL = "small"
        MIDDLE = "middle"
        LARGE = "large"

    # The number of the form it was written in: sent twice it is one.
    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="next_steps")
    session = models.ForeignKey(
        ReflectionSession, null=True, blank=True, on_delete=models.SET_NULL, related_name="next_steps"
    )
    # Nobody's where it is the whole team's, and under the anonymous rung: there the phone finds it by its slip.
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.CASCADE, related_name="next_steps")
    slip = models.CharField(max_length=32, blank=True)
    is_shared = models.BooleanField(default=False)
    words = models.TextField()
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    # How long it will take, roughly; most say nothing.
    size = models.CharField(max_length=6, choices=Size, default=Size.UNSAID, blank=True)
    look_for = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    # What happened, where it is done; why, where it was dropped.
    reason = models.TextField(blank=True)
    reason_language = models.CharField(max_length=12, default="en")
    settled_at = models.DateTimeField(null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )
    language = models.CharField(max_length=12, default="en")
    # Under the anonymous rung no finer than the day.
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["team", "state"], name="promises_of_a_team")]

    def __str__(self) -> str:
        return f"next step of team {self.team_id}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
