"""People with an account, and the keys that let somebody in once."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from hubcraft.domain.ids import new_id


class People(BaseUserManager):
    """Finds people by their mail address, however it is written."""

    def get_by_natural_key(self, email: str) -> "Person":
        return self.get(email=email.strip().lower(), removed_at=None)


class Person(AbstractBaseUser):
    """Somebody with an account. There are no passwords: the field that Django keeps holds noise.

    Whatever that noise is replaced by, every session of this person ends, on every device.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    # Always in small letters; empty once the person is erased.
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=80, blank=True)
    initials = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=12, default="en")
    is_administrator = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(removed_at=None), name="one_account_an_address"
            )
        ]

    def __str__(self) -> str:
        """What others read. Never their address: who may read that asks for it by its name."""
        if self.removed_at is not None:
            return _("somebody who was erased")
        return self.name or _("somebody without a name")

    @property
    def is_active(self) -> bool:
        return self.removed_at is None

    @property
    def in_trail(self) -> str:
        """What the trail calls them: by key, so that no name is left there once they are erased."""
        return f"person:{self.id}"


class OneTimeKey(models.Model):
    """Lets one person in once, by a link from somebody who may read this machine: the first run, a lost administrator."""

    key = models.CharField(primary_key=True, max_length=64)
    # Nobody's while there is no administrator yet: whoever opens it becomes the first.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="one_time_keys"
    )
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return "a key for one time"


class Token(models.Model):
    """Lets a program read, and write if it may, in one person's name: in the places they chose, until a day."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    # What its person calls it.
    name = models.CharField(max_length=60)
    # What the program holds, as a hash.
    secret = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    # As a viewer's roles name their places: a role that comes later in another place is not among them.
    places = models.JSONField(default=list)
    made_at = models.DateTimeField()
    until_on = models.DateField()
    used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # How many calls of the last minute count, as of when.
    calls = models.FloatField(default=0)
    calls_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class SignedIn(AbstractBaseSession):
    """One device’s session: whose it is once somebody is signed in there, and how they know it again."""

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sessions")
    # What pages call it: its key stays between the device and the table.
    handle = models.CharField(max_length=32, blank=True, db_index=True)
    device = models.CharField(max_length=80, blank=True)
    begun_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.device

    @classmethod
    def get_session_store_class(cls):
        from hubcraft.apps.people.session_store import SessionStore

        return SessionStore
