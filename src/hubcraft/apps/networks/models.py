"""Initiative ⊃ network ⊃ team; one team of a network is its hub."""

import secrets

from django.db import models
from django.db.models import Q


class Unscoped(RuntimeError):
    """Tenant data was asked for without saying whose. Filter by one of SCOPES, or say `everywhere` and mean it."""


# What says whose something is. A row's own key does too: nobody guesses one.
SCOPES = frozenset({"network", "team", "room", "session", "reflection", "seat"})


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


def new_id() -> str:
    """A random key of 128 bits: it can be neither guessed nor put in order."""
    return secrets.token_hex(16)


class Network(models.Model):
    """Schools or sites that work on one problem. Provisional until somebody claims it with an account."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
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
