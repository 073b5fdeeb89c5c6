"""The trail: who did what, in words a person can read."""

from django.db import models
from django.db.models import Q


class TrailEntry(models.Model):
    """One thing somebody did. Written once; the database itself refuses to change it, or to delete it before its time.

    Whoever did it, or had it done to them, stands there by key (`person:…`, `seat:…`, `invitation:…`) and is named
    only where the trail is read: an erased person's name is in no line, so no line has to change.
    """

    at = models.DateTimeField(db_index=True)
    network = models.CharField(max_length=32, blank=True, db_index=True)
    room = models.CharField(max_length=32, blank=True, db_index=True)
    who = models.CharField(max_length=80, db_index=True)
    did = models.CharField(max_length=200)
    thing = models.CharField(max_length=80, db_index=True)

    def __str__(self) -> str:
        return f"{self.who} {self.did}"


class Opening(models.Model):
    """Which lines of the trail may be deleted, for as long as one transaction deletes them.

    The trigger that guards the trail looks here. A line older than `until` may go, or one of a room for practice, or
    of a network made for such a room; nothing may ever be changed.
    """

    until = models.DateTimeField(null=True)
    room = models.CharField(max_length=32, blank=True)
    network = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=False) | ~Q(room="") | ~Q(network=""),
                name="an_opening_says_of_what",
            )
        ]

    def __str__(self) -> str:
        return f"until {self.until}" if self.until else f"room {self.room} {self.network}"
