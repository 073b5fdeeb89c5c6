"""Boards, marks, ballots: what a team says about its own practice."""

from datetime import date

from django.db import models
from django.db.models import Q

from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.networks.models import Network, Team, TenantQuerySet, new_id
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.domain.days import day_at


class ReflectionSession(models.Model):
    """What a room reflects on, and what was promised about who sees it. Fixed before the first mark."""

    class Rung(models.TextChoices):
        INITIALS = "initials"
        ALIAS = "alias"
        ANONYMOUS = "anonymous"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="reflection_session")
    pack = models.ForeignKey(InstalledPack, on_delete=models.PROTECT, related_name="+")
    # The key of what is rated: a domain, a part of one, or all at a glance (content/rubric.py).
    domain = models.CharField(max_length=160)
    rung = models.CharField(max_length=10, choices=Rung)
    is_open_board = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    # Open until this day has ended where the room is, each in their own time; nothing for a session held together.
    until_on = models.DateField(null=True, blank=True)
    # The day has ended: boards were opened then.
    ended_at = models.DateTimeField(null=True, blank=True)
    # People came together after all: from here on somebody leads.
    together_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"{self.domain} in room {self.room_id}"

    @property
    def is_at_own_pace(self) -> bool:
        """Whether nobody leads: each goes on when it suits them, also after the day."""
        return self.until_on is not None and self.together_at is None

    @property
    def is_over_days(self) -> bool:
        """Whether its day is still to end."""
        return self.is_at_own_pace and self.ended_at is None

    @property
    def uses_alias(self) -> bool:
        return self.rung == self.Rung.ALIAS


class Reflection(models.Model):
    """One team's board on one domain at one time. Several in time are waves."""

    class Shows(models.TextChoices):
        INITIALS = "initials"
        DOTS = "dots"
        OWN = "own"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    session = models.ForeignKey(ReflectionSession, on_delete=models.CASCADE, related_name="reflections")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="reflections")
    # What this team reflects on, if not on what its session does: the key of another rubric of the same pack.
    domain = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.CharField(max_length=40, blank=True)
    # Decided at the reveal, never changed after it: a later wish must not show who had it.
    shows = models.CharField(max_length=8, choices=Shows, blank=True)
    # The rows to talk about first, in order, as the first marks had it: rows must not jump while people talk.
    talk_first = models.JSONField(default=list)
    # What a board without names shows, {look-for: {answer: people}}, as it stood at the reveal: a count that
    # changed when somebody taps, leaves or is merged would say whose it was.
    tallies = models.JSONField(default=dict)
    # Which rows of `tallies` are made of what was typed in from paper, {look-for: how much of it}.
    from_paper = models.JSONField(default=dict)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "team"], condition=Q(removed_at=None), name="one_board_a_team_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"board of team {self.team_id}"

    @property
    def domain_key(self) -> str:
        return self.domain or self.session.domain

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None

    @property
    def held_on(self) -> date:
        """Which day it was where it was held."""
        return day_at(self.revealed_at or self.made_at, self.session.room.time_zone)


class Typing(models.Model):
    """What stood on one team's paper, as somebody typed it in; typed again, it is replaced."""

    class Typist(models.TextChoices):
        FACILITATOR = "facilitator"
        TEAM = "team"

    reflection = models.OneToOneField(Reflection, on_delete=models.CASCADE, related_name="typing")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    typist = models.CharField(max_length=11, choices=Typist)
    # The member of the team who typed it.
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.SET_NULL, related_name="typings")
    # The form's own number: sent twice it is typed in once, and what somebody else typed meanwhile is noticed.
    once = models.CharField(max_length=32)
    # How many people were on the paper.
    people = models.PositiveSmallIntegerField()
    typed_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"what was typed in for {self.reflection_id}"


class Mark(models.Model):
    """Where one seat stands on one look-for: now, and where it stood before the talk."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="marks")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="marks")
    look_for = models.CharField(max_length=160)
    answer = models.CharField(max_length=40, blank=True)
    # The answer at the reveal; empty for who came late, whose mark is never a first one.
    first_answer = models.CharField(max_length=40, blank=True)
    is_first_from_paper = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    # Where it was typed in from; nothing for a mark that its person placed on a device, there or since.
    typing = models.ForeignKey(Typing, null=True, blank=True, on_delete=models.SET_NULL, related_name="marks")
    changed_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reflection", "seat", "look_for"], name="one_mark_a_box_row")
        ]

    def __str__(self) -> str:
        return f"mark of seat {self.seat_id}"


class MarkChange(models.Model):
    """Every operation a device sent about a mark, under the id the device gave it: it takes effect once."""

    id = models.CharField(primary_key=True, max_length=32, editable=False)
    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="changes")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="changes")
    look_for = models.CharField(max_length=160)
    answer = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    is_after_reveal = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"change by seat {self.seat_id}"


class LateAnswer(models.Model):
    """An answer that reached us after its board had opened or its room had closed: kept and offered."""

    id = models.CharField(primary_key=True, max_length=32, editable=False)
    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="late_answers")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="late_answers")
    look_for = models.CharField(max_length=160)
    answer = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    is_left = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"late answer of seat {self.seat_id}"


class Finish(models.Model):
    """How far one seat is; told apart from what it answered."""

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="finishes")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="finishes")
    answered = models.PositiveSmallIntegerField(default=0)
    is_finished = models.BooleanField(default=False)
    # Who came late decides, after rating, whether their marks join the board: "add", "keep", or not yet.
    late_choice = models.CharField(max_length=4, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reflection", "seat"], name="one_finish_a_seat")]

    def __str__(self) -> str:
        return f"seat {self.seat_id}: {self.answered}"


class Wish(models.Model):
    """*I'd rather not show mine*, said before the reveal, known to nobody else."""

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="wishes")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="wishes")

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reflection", "seat"], name="one_wish_a_seat")]

    def __str__(self) -> str:
        return "a wish"


class Reminder(models.Model):
    """Where to write to somebody while a session is open over days; gone as soon as its boards are opened.

    Its id is the key in the mails' own link. Under the anonymous rung there is no seat with it: what lets its
    person find it again is a slip, which only their device can make.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    session = models.ForeignKey(ReflectionSession, on_delete=models.CASCADE, related_name="reminders")
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders")
    slip = models.CharField(max_length=32, blank=True)
    # Nothing once they want no more mails; the row stays, since it counts how often an address was given.
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=12)
    times_given = models.PositiveSmallIntegerField(default=0)
    is_told_soon = models.BooleanField(default=False)
    is_told_last = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="one_reminder_a_seat"),
            models.UniqueConstraint(
                fields=["session", "slip"], condition=~Q(slip=""), name="one_reminder_a_slip"
            ),
        ]

    def __str__(self) -> str:
        return "a reminder"


class BallotBox(models.Model):
    """All slips of one look-for of one board, in one row, sorted by keys that mean nothing.

    A row for each slip would lie on the disk in the order of answering, beside rows that tell who answered when.
    Written anew as a whole, the box keeps no order, no moment and no seat (docs/decide/0006).
    """

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="ballot_boxes")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    look_for = models.CharField(max_length=160)
    # {key of the slip: [answer, *operations already taken]}
    slips = models.JSONField(default=dict)
    # Slips that came after the reveal; shown only when there are enough of them to hide in.
    late_slips = models.JSONField(default=dict)
    # What was counted on paper, {answer: people}, and what was typed in only after the reveal.
    paper = models.JSONField(default=dict)
    late_paper = models.JSONField(default=dict)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reflection", "look_for"], name="one_box_a_look_for")]

    def __str__(self) -> str:
        return "a ballot box"


class BallotRegister(models.Model):
    """Which seats have used their slip for one look-for, and nothing else."""

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="ballot_registers")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    look_for = models.CharField(max_length=160)
    seats = models.JSONField(default=list)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reflection", "look_for"], name="one_register_a_look_for")
        ]

    def __str__(self) -> str:
        return "a ballot register"
