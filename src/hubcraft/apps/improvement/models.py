"""Next steps, as people promise them."""

from django.db import models

from hubcraft.apps.networks.models import Network, Team, TenantQuerySet, new_id
from hubcraft.apps.people.models import Person
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
    # Promised by a hub outside of any session.
    is_of_hub = models.BooleanField(default=False)
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
    # Stays true where what it was carried on from is gone.
    is_carried = models.BooleanField(default=False)
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


class Raising(models.Model):
    """A hub asks its network for help with one of its open next steps, and what the network answers.

    Whoever reads it above reads these words, as they were when it was raised, and never the step itself.
    """

    class Answer(models.TextChoices):
        WILL = "will"
        HOW = "how"
        WHO = "who"
        CANNOT = "cannot"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    # To which it was raised: a hub may move to another one later.
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    # The hub.
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    # Carried on, it goes along to the one that goes on.
    step = models.ForeignKey(NextStep, on_delete=models.CASCADE, related_name="raisings")
    # Of the step; empty where its words stay with those who wrote them.
    words = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    look_for = models.CharField(max_length=160, blank=True)
    # Whether these words are one person's own, who let them go.
    is_of_one = models.BooleanField(default=False)
    asked = models.TextField()
    asked_language = models.CharField(max_length=12, default="en")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=6, choices=Answer, blank=True)
    answer_words = models.TextField(blank=True)
    answer_language = models.CharField(max_length=12, default="en")
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    # Its hub is not the one any more that raised it: above it is gone, the hub keeps the answer.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step"], condition=models.Q(ended_at=None), name="a_step_is_raised_once"
            )
        ]

    def __str__(self) -> str:
        return f"raised by hub {self.team_id}"

    @property
    def mark(self) -> str:
        """What is answered so far: whoever answers says what they saw."""
        return self.answered_at.isoformat() if self.answered_at else ""
