"""The trail: who did what, in words a person can read."""

from django.db import models


class TrailEntry(models.Model):
    """One thing somebody did. Written once, never changed; kept as long as `retention.toml` says."""

    at = models.DateTimeField(db_index=True)
    network = models.CharField(max_length=32, blank=True, db_index=True)
    room = models.CharField(max_length=32, blank=True, db_index=True)
    who = models.CharField(max_length=80)
    did = models.CharField(max_length=200)
    thing = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.who} {self.did}"
