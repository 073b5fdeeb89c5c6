"""What became of the backups that were tried."""

from django.db import models


class Proof(models.Model):
    """One backup that was restored into an empty place and compared, or could not be."""

    begun_at = models.DateTimeField()
    # Empty while it runs, and where the power failed meanwhile.
    ended_at = models.DateTimeField(null=True)
    backup = models.CharField(max_length=200, blank=True)
    backed_up_at = models.DateTimeField(null=True)
    tables = models.PositiveIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    # Why it is none, as the command says it; empty where all came back as it was.
    fault = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"proof of {self.backup}"
