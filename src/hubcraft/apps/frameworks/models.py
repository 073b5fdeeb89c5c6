"""Installed packs: each version once, never edited in place."""

from django.db import models

from hubcraft.apps.networks.models import Team, TenantQuerySet, new_id


class InstalledPack(models.Model):
    """A pack as it read when it was installed; a reflection points at the very wording it was held with.

    One with a `team` is a hub's own: nobody else reads it, and none but its people start a session with it.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    pack = models.CharField(max_length=64)
    version = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    installed_at = models.DateTimeField()
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What a hub's own was made from: the version before, or the pack that was taken over, if that is at hand.
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "digest"], name="one_install_a_wording")]

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"


class OwnFramework(models.Model):
    """What a hub is making of a framework: what it took over, which is never touched, and its changes in their order."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    # The id its versions are installed under.
    pack = models.CharField(max_length=64, unique=True)
    base = models.JSONField()
    changes = models.JSONField(default=list)
    # How many of the changes are in the last version; they can't be undone any more.
    done = models.PositiveIntegerField(default=0)
    # The last version, or what was taken over where there is none yet and it is at hand.
    last = models.ForeignKey(InstalledPack, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    once = models.CharField(max_length=32)
    made_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return self.pack


class BroughtPack(models.Model):
    """A framework somebody brought in as a file, until they have looked at it and taken it, or not."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField()
    made_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return self.id
