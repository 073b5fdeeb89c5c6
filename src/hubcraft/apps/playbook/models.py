"""Strategies, as the people who use them tell them."""

from django.db import models

from hubcraft.apps.networks.models import Network, Team, TenantQuerySet, new_id
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.rooms.models import Seat


class Strategy(models.Model):
    """What a team uses for one look-for, and how it knows that it helps."""

    # The number of the form it was written in: sent twice it is one.
    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="strategies")
    session = models.ForeignKey(
        ReflectionSession, null=True, blank=True, on_delete=models.SET_NULL, related_name="strategies"
    )
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.CASCADE, related_name="strategies")
    # Under the anonymous rung there is no seat: the phone that wrote it finds it again by this, nobody else does.
    slip = models.CharField(max_length=32, blank=True)
    look_for = models.CharField(max_length=160)
    words = models.TextField()
    how_we_know = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    # Under the anonymous rung no finer than the day.
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        verbose_name_plural = "strategies"
        indexes = [models.Index(fields=["team", "look_for"], name="strategies_for_a_look_for")]

    def __str__(self) -> str:
        return f"strategy for {self.look_for}"
