"""Installed packs: each version once, never edited in place."""

from django.db import models

from hubcraft.apps.networks.models import new_id


class InstalledPack(models.Model):
    """A pack as it read when it was installed; a reflection points at the very wording it was held with."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    pack = models.CharField(max_length=64)
    version = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    installed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "digest"], name="one_install_a_wording")]

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"
