"""A room, the teams and seats in it, and who is here."""

from django.db import models
from django.db.models import Q

from hubcraft.apps.networks.models import Network, Team, TenantQuerySet, new_id


class Room(models.Model):
    """A place people join by code. It spans networks; its host, once there are accounts, is one of them."""

    class State(models.TextChoices):
        LOBBY = "lobby"
        OPEN = "open"
        CLOSED = "closed"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    host = models.ForeignKey(Network, null=True, blank=True, on_delete=models.PROTECT, related_name="rooms")
    title = models.CharField(max_length=120, blank=True)
    # How this room was reached when it was started; the QR code leads there, for every viewer alike.
    address = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    # A short code dies with the room, so that it can be given out again; the link's token never comes back.
    code = models.CharField(max_length=7)
    join_token = models.CharField(max_length=32, unique=True, default=new_id)
    state = models.CharField(max_length=8, choices=State, default=State.LOBBY)
    is_locked = models.BooleanField(default=False)
    # Its people are pretend, for practice. It is counted nowhere, and deleted as a whole.
    is_rehearsal = models.BooleanField(default=False)
    may_add_teams = models.BooleanField(default=True)
    planned_size = models.PositiveIntegerField(null=True, blank=True)
    mails = models.PositiveSmallIntegerField(default=0)
    # `sequence` counts what changed, in the order of commits; `epoch` counts changes of who may watch.
    sequence = models.PositiveBigIntegerField(default=0)
    epoch = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    active_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(state="closed"), name="one_live_room_a_code"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.code

    @property
    def is_in_lobby(self) -> bool:
        return self.state == self.State.LOBBY

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED


class LeadKey(models.Model):
    """A facilitator's key to a room: whoever opens its link leads, under the name they gave."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="lead_keys")
    secret = models.CharField(max_length=64)
    # Empty until somebody has opened the link and said who they are; whoever started the room may never say.
    name = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "secret"], name="a_lead_key_once_a_room")]

    def __str__(self) -> str:
        return self.name or f"a key to room {self.room_id}"


class RoomTeam(models.Model):
    """A team that is in this room."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="room_teams")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="in_rooms")
    added_at = models.DateTimeField()
    merged_into = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "team"], name="a_team_once_a_room")]

    def __str__(self) -> str:
        return f"team {self.team_id} in room {self.room_id}"


class Seat(models.Model):
    """One person's place in one team; held by a secret that only their device knows."""

    class Kind(models.TextChoices):
        OWN = "own"
        PASSED = "passed"
        HELPED = "helped"
        INTERPRETING = "interpreting"
        PAPER = "paper"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="seats")
    # What stands on a chip: tells seats apart on a board without being the key to anything.
    key = models.CharField(max_length=12, unique=True)
    # The same for all seats of one person in this room, who then counts once in the room's totals.
    person = models.CharField(max_length=32, default=new_id)
    initials = models.CharField(max_length=20)
    label = models.CharField(max_length=24)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OWN)
    helper = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, default="en")
    # Empty for a seat typed in from paper: no device holds it until the facilitator gives it to one.
    secret = models.CharField(max_length=64, blank=True)
    # Asked to join a team whose board is open: somebody has to let them in.
    is_waiting = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    # Takes part from elsewhere, and is found somebody to talk with; `remote_at` keeps their turn in that.
    is_remote = models.BooleanField(default=False)
    remote_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=40, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room", "team", "label"], condition=Q(removed_at=None), name="a_label_once_a_team"
            )
        ]
        indexes = [models.Index(fields=["room", "team"], name="seats_of_a_team")]

    def __str__(self) -> str:
        return self.label

    @property
    def in_trail(self) -> str:
        """What the trail calls whoever sits here: by key, as their label may go."""
        return f"seat:{self.id}"

    @property
    def is_only_on_paper(self) -> bool:
        """Typed in from paper, and given to no device since."""
        return self.kind == self.Kind.PAPER and not self.secret

    @property
    def interprets(self) -> bool:
        return self.kind == self.Kind.INTERPRETING


class DeviceRequest(models.Model):
    """Another phone says: that seat is mine. The facilitator answers."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="device_requests")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="device_requests")
    secret = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    is_granted = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"request for seat {self.seat_id}"


class Presence(models.Model):
    """A device has this page open; true until `until`, refreshed in batches."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="presences")
    watcher = models.CharField(max_length=32)
    until = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "watcher"], name="one_presence_a_watcher")]

    def __str__(self) -> str:
        return f"{self.watcher} in {self.room_id}"


class Brake(models.Model):
    """A bucket of wrong guesses; joins that succeed take nothing out of it."""

    name = models.CharField(primary_key=True, max_length=80)
    misses = models.FloatField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
