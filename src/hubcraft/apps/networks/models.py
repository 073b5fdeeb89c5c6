"""Initiative ⊃ network ⊃ team; one team of a network is its hub."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.people.models import Person
from hubcraft.domain.ids import new_id


class Unscoped(RuntimeError):
    """Tenant data was asked for without saying whose. Filter by one of SCOPES, or say `everywhere` and mean it."""


# What says whose something is. A row's own key does too: nobody guesses one.
SCOPES = frozenset({"person", "initiative", "network", "team", "room", "session", "reflection", "seat"})


class TenantQuerySet(models.QuerySet):
    """Refuses to read or change rows of every tenant at once, which is how one hub's marks would reach another."""

    def _fetch_all(self):
        if self._result_cache is None:
            self.insist_on_scope()
        super()._fetch_all()

    def insist_on_scope(self) -> None:
        """Raises Unscoped unless every row must belong to somebody who was named."""
        if not says_whose(self.query.where):
            raise Unscoped(f"{self.model.__name__}: whose?")

    def iterator(self, *args, **kwargs):
        self.insist_on_scope()
        return super().iterator(*args, **kwargs)

    def count(self):
        if self._result_cache is None:
            self.insist_on_scope()
        return super().count()

    def exists(self):
        if self._result_cache is None:
            self.insist_on_scope()
        return super().exists()

    def aggregate(self, *args, **kwargs):
        self.insist_on_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs):
        self.insist_on_scope()
        return super().update(**kwargs)

    def delete(self):
        self.insist_on_scope()
        return super().delete()

    update.alters_data = True
    delete.alters_data = True


def says_whose(where) -> bool:
    """Whether a condition that all rows must meet names a tenant, something inside one, or the row itself."""
    if where.negated or where.connector != "AND":
        return False
    for condition in where.children:
        if hasattr(condition, "connector"):
            if says_whose(condition):
                return True
            continue
        field = getattr(getattr(condition, "lhs", None), "target", None)
        if field is not None and (field.primary_key or field.name in SCOPES):
            return True
    return any(type(condition).__name__ == "NothingNode" for condition in where.children)


class Initiative(models.Model):
    """A network of networks."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Network(models.Model):
    """Schools or sites that work on one problem. Provisional until somebody claims it with an account."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="networks"
    )
    name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=64, default="UTC")
    is_provisional = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of a network; a person who came alone has one too, with only themselves in it."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)
    is_hub = models.BooleanField(default=False)
    is_alone = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network"], condition=Q(is_hub=True, removed_at=None), name="one_hub_a_network"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody is to an initiative, a network or a team."""

    INITIATIVE_LEAD = "initiative-lead", _("initiative lead")
    NETWORK_LEAD = "network-lead", _("network lead")
    HUB_LEADER = "hub-leader", _("hub leader")
    MEMBER = "member", _("team member")
    COACH = "coach", _("coach")
    RESEARCHER = "researcher", _("researcher")


# Those who say who else is what.
LEADING = frozenset({Role.INITIATIVE_LEAD, Role.NETWORK_LEAD, Role.HUB_LEADER})


class Membership(models.Model):
    """One role of one person in one place. Ended, it stays: the trail and the hub's history still name it."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            # In an initiative, in a network, or in a team of a network.
            models.CheckConstraint(
                condition=Q(initiative=None, network__isnull=False)
                | Q(initiative__isnull=False, network=None, team=None),
                name="a_role_has_one_place",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "team"], condition=Q(ended_at=None), name="a_role_once_a_team"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "network"],
                condition=Q(ended_at=None, team=None),
                name="a_role_once_a_network",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "initiative"],
                condition=Q(ended_at=None),
                name="a_role_once_an_initiative",
            ),
        ]
        indexes = [models.Index(fields=["team", "ended_at"], name="people_of_a_team")]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"
