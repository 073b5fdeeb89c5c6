"""The outbox: mail that an act has promised and the worker sends."""

from django.db import models


class OutboxMail(models.Model):
    """One mail to one address; its words are dropped once it is sent."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    words = models.TextField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "due_at"], name="outbox_due")]

    def __str__(self) -> str:
        return f"mail {self.pk}"
