"""What somebody brought from a room to their hub; what a hub shares upward, and what was told of several together."""

from django.db import models
from django.db.models import Q

from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.networks.models import Initiative, Network, Team, TenantQuerySet, new_id
from hubcraft.apps.people.models import Person
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.rooms.models import Seat


class FormerHub(models.Model):
    """A hub as it was when two became one: what was kept for it by then is still seen by its people of then alone."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    # The one hub that goes on; itself, where that goes on under this one's name.
    into = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"hub {self.team_id} as it was"


class FormerMember(models.Model):
    """Somebody who was of a hub when it became one with another."""

    former = models.ForeignKey(FormerHub, on_delete=models.CASCADE, related_name="people")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["former", "person"], name="once_of_a_former_hub")]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.former_id}"


class Merge(models.Model):
    """A hub's leader asks whoever leads another that the two become one; it waits for their yes.

    Whom they asked is kept as it was typed, whether or not that person leads a hub here: so asking tells nobody who does.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    # The hub that asks: it becomes part of the other.
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    # Answered, taken back, or asked anew.
    ended_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"hub {self.team_id} asks"


class TeamClaim(models.Model):
    """A team of a room is this hub's, said once by somebody who sat in it: its boards stand on the hub's page.

    The rows of the team stay its own, so that its room, its phones and its private links go on as they are.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    team = models.OneToOneField(Team, on_delete=models.PROTECT, related_name="claim")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    hub = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="claims")
    # Which hub it was kept for, where that has become one with another since.
    former = models.ForeignKey(FormerHub, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"team {self.team_id} is hub {self.hub_id}"


class SeatClaim(models.Model):
    """A seat is this person's, said once on a device that held it."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="claim")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    made_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"seat {self.seat_id}"


class Frozen(models.Model):
    """How a hub's reflection stood when it was first shared. Shared again it is the same: two states of one board,
    one person apart, would say what that person answered."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    # Its counts stay in the register of what was told, also when the board itself is gone.
    reflection = models.OneToOneField(
        Reflection, null=True, blank=True, on_delete=models.SET_NULL, related_name="frozen"
    )
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(InstalledPack, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=160)
    # {look-for: {answer: people}}; never shown as it is, only through the floors.
    tallies = models.JSONField()
    # Look-fors on which these counts, beside what its room was told, would give away a team that shares nothing:
    # decided as it is first shared, and lifted once all of that room have shared.
    held_back = models.JSONField(default=list)
    on = models.DateField()
    made_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        verbose_name_plural = "frozen"

    def __str__(self) -> str:
        return f"counts of hub {self.team_id}"


class Release(models.Model):
    """One thing a hub shares upward, as it was when it was shared, until the hub takes it back."""

    class Kind(models.TextChoices):
        LEVELS = "levels"
        STRATEGY = "strategy"
        NEXT_STEP = "next-step"

    class Reach(models.TextChoices):
        NETWORK = "network"
        INITIATIVE = "initiative"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="releases")
    kind = models.CharField(max_length=9, choices=Kind)
    # The reflection, the strategy or the next step that it was made of.
    source = models.CharField(max_length=32)
    reach = models.CharField(max_length=10, choices=Reach)
    # Which initiative the hub meant: its network may be put into another one later.
    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen = models.ForeignKey(
        Frozen, null=True, blank=True, on_delete=models.PROTECT, related_name="releases"
    )
    # The words of a strategy or a next step as they were; emptied when it is taken back.
    words = models.JSONField(default=dict, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "source"], condition=Q(revoked_at=None), name="a_thing_is_shared_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of hub {self.team_id}"

    @property
    def reach_now(self) -> str:
        """How far it reaches: no initiative but the one the hub meant."""
        is_meant = self.network.initiative_id is not None and self.network.initiative_id == self.initiative_id
        return self.Reach.INITIATIVE if is_meant else self.Reach.NETWORK


class ReleasedGroup(models.Model):
    """A sum over several hubs that was told to somebody. The register: never deleted, so that nothing that is told
    later can be taken away from it."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    network = models.ForeignKey(Network, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pack = models.ForeignKey(InstalledPack, on_delete=models.PROTECT, related_name="+")
    look_for = models.CharField(max_length=160)
    # Which frozen counts it is the sum of.
    members = models.JSONField()
    counts = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["pack", "look_for"], name="register_of_a_look_for")]

    def __str__(self) -> str:
        return f"{len(self.members)} hubs on {self.look_for}"


class Look(models.Model):
    """Somebody looked, on a day, at something that a hub shares; the hub sees it."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="looks")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "person", "on"], name="one_look_a_day")]

    def __str__(self) -> str:
        return f"a look at {self.release_id}"


class SharingDefault(models.Model):
    """What a network asks its hubs to share: chosen beforehand on a hub's page, never shared by itself."""

    network = models.OneToOneField(Network, on_delete=models.PROTECT, related_name="sharing_default")
    levels = models.BooleanField(default=False)
    strategies = models.BooleanField(default=False)
    next_steps = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"what network {self.network_id} asks for"
