"""Invitations: a role that waits for somebody to say yes."""

from django.db import models

from hubcraft.apps.networks.models import Initiative, Network, Role, Team, TenantQuerySet
from hubcraft.apps.people.models import Person
from hubcraft.domain.ids import new_id


class Then(models.TextChoices):
    """What somebody is in a hub that they have handed over."""

    STAYS = "stays"
    LEAVES = "leaves"


class Invitation(models.Model):
    """One person is asked to be something somewhere. Its link is a key, of which only the hash is kept."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    key = models.CharField(max_length=64, unique=True)
    # Which press of a button made it: pressed twice, it is made once.
    once = models.CharField(max_length=32)
    email = models.EmailField()
    name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=16, choices=Role)
    initiative = models.ForeignKey(
        Initiative, null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    network = models.ForeignKey(Network, null=True, on_delete=models.CASCADE, related_name="invitations")
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    # Where whoever invites hands their hub over: what becomes of them once it is accepted.
    hands_over = models.CharField(max_length=6, blank=True, choices=Then)
    # Accepted, or taken back.
    ended_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"{self.role} {self.email}"

    @property
    def in_trail(self) -> str:
        """What the trail calls whoever is invited: by key, as the address is forgotten."""
        return f"invitation:{self.id}"

    @property
    def place(self) -> Initiative | Network | Team:
        """Where."""
        return self.team or self.network or self.initiative
