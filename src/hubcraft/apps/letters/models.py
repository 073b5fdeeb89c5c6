"""Whether somebody wants the weekly letter, and the key to their calendar."""

from django.db import models

from hubcraft.apps.people.models import Person
from hubcraft.domain.ids import new_id


class WeeklyLetter(models.Model):
    """When somebody is looked at next, and whether they want no letter. Its key stands in each letter, to stop it."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="weekly_letter")
    is_off = models.BooleanField(default=False)
    next_at = models.DateTimeField(db_index=True)
    # The last one that had something to say.
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"weekly letter of {self.person_id}"


class CalendarLink(models.Model):
    """The secret address of one person's calendar, of which only the hash is kept. Made anew, the old one is nothing."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_link")
    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
