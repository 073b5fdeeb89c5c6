"""The outbox: mail that an act has promised and the worker sends."""

from django.db import models


class OutboxMail(models.Model):
    """One mail to one address; its words are dropped once it is sent. How it is set for reading follows from them."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    words = models.TextField()
    language = models.CharField(max_length=12, default="en")
    # One that is written only as it is sent, because what it says may no longer be true or theirs to read by then:
    # who writes it, and about what.
    kind = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=32, blank=True)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "due_at"], name="outbox_due")]

    def __str__(self) -> str:
        return f"mail {self.pk}"
