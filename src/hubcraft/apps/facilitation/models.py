"""What a session that follows a script stores: where it is, and what was said in the room."""

from django.db import models

from hubcraft.apps.networks.models import Network, Team, TenantQuerySet, new_id
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.rooms.models import Seat


class Run(models.Model):
    """A script as one session runs it: its steps as edited, the one the room is at, and that step's clock.

    The words of a step are read from the installed pack by its key, in the reader's language.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    session = models.OneToOneField(ReflectionSession, on_delete=models.CASCADE, related_name="run")
    script = models.CharField(max_length=160)
    # [{"key", "kind", "minutes", "spent": seconds used when the room was here before, "title" of an own step}]
    steps = models.JSONField(default=list)
    # What all steps took when the session was planned: the planned end does not move when a step is changed.
    minutes = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)
    # The furthest the room has been: what was opened once stays open.
    reached = models.PositiveSmallIntegerField(default=0)
    # When this step began; nothing while the room is at its first one, which begins as the room is opened.
    began_at = models.DateTimeField(null=True, blank=True)
    # Seconds added to this step, or taken from it.
    extra = models.IntegerField(default=0)
    paused_at = models.DateTimeField(null=True, blank=True)
    # Without a projector what would stand on it stands on phones.
    has_screen = models.BooleanField(default=True)
    # {key of a step: [[seat, …], …]}: who talked with whom there, of those who were not in the room.
    pairs = models.JSONField(default=dict)
    # Seconds for which the room has stood closed before it was opened again.
    closed_for = models.PositiveIntegerField(default=0)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"run of session {self.session_id}"


class Rehearsal(models.Model):
    """The pretend people of a room for practice: what each will do and when, and what they have done so far."""

    session = models.OneToOneField(ReflectionSession, on_delete=models.CASCADE, related_name="rehearsal")
    # [{the plan of one of them, "seat": its id, "did": [what of it is done], "ready": when their team was}]
    people = models.JSONField(default=list)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"rehearsal of session {self.session_id}"


class Choice(models.Model):
    """Which domain somebody knows a lot about, or would like to learn more about.

    It stays with its seat so that the same phone can change it. Nobody else is shown it; of the room there is a
    picture, in counts (docs/decide/0015).
    """

    class Which(models.TextChoices):
        KNOW = "know"
        LEARN = "learn"

    session = models.ForeignKey(ReflectionSession, on_delete=models.CASCADE, related_name="choices")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="choices")
    which = models.CharField(max_length=5, choices=Which)
    domain = models.CharField(max_length=160)
    changed_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seat", "which"], name="one_choice_each")]

    def __str__(self) -> str:
        return f"choice of seat {self.seat_id}"


class ChoicePicture(models.Model):
    """What a room chose, as it was drawn last. Drawn anew for several people at once, never for one tap."""

    session = models.OneToOneField(ReflectionSession, on_delete=models.CASCADE, related_name="choice_picture")
    # {"know": {"counts": {domain: people}} or {"most": domain} or {"withheld": reason}, "learn": the same}
    told = models.JSONField(default=dict)
    people = models.PositiveIntegerField(default=0)
    # Who has chosen, or chosen otherwise, since then; sorted.
    since = models.JSONField(default=list)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"picture of session {self.session_id}"


class Heard(models.Model):
    """What somebody said to the room, in the facilitator's words; on the screen only if the speaker agreed."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    session = models.ForeignKey(ReflectionSession, on_delete=models.CASCADE, related_name="heard")
    # Whose hub it was; nobody's where that was not said.
    network = models.ForeignKey(Network, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    # A strategy that somebody offered to the room: its words are copied, since what was shown stays what it was.
    strategy = models.OneToOneField(
        Strategy, null=True, blank=True, on_delete=models.SET_NULL, related_name="offered"
    )
    look_for = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=12)
    may_project = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return f"heard in session {self.session_id}"


class Ready(models.Model):
    """Somebody says that the room may go on from the step it is at; nothing of what they wrote there, or whether."""

    session = models.ForeignKey(ReflectionSession, on_delete=models.CASCADE, related_name="ready")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    # The step's key: what was said of one step is not said of the next.
    step = models.CharField(max_length=120)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        verbose_name_plural = "ready"
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="ready_once_a_seat")]

    def __str__(self) -> str:
        return f"seat {self.seat_id} is ready"


class FeedbackBox(models.Model):
    """All answers to one question of the feedback, in one row, sorted by keys that mean nothing.

    As a ballot box is kept (docs/decide/0006): no seat, no team, no moment, no order.
    """

    session = models.ForeignKey(ReflectionSession, on_delete=models.CASCADE, related_name="feedback_boxes")
    question = models.CharField(max_length=120)
    # {key: {"words": …, "language": …} or {"domains": […]}, or {} where the question was left out}
    slips = models.JSONField(default=dict)
    # What the facilitator reads while the room is open: the slips as they were when several had come.
    shown = models.JSONField(default=dict)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "question"], name="one_box_a_question")]

    def __str__(self) -> str:
        return "a feedback box"


class FeedbackRegister(models.Model):
    """Who has given feedback, and nothing else: one row for all questions, so that it says of none who answered it."""

    session = models.OneToOneField(
        ReflectionSession, on_delete=models.CASCADE, related_name="feedback_register"
    )
    people = models.JSONField(default=list)
    # How many of them the facilitator reads while the room is open.
    shown = models.PositiveIntegerField(default=0)
    # All of it was read when the room was closed, and the room was opened again: what comes since comes in steps.
    was_all_shown = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    def __str__(self) -> str:
        return "a feedback register"


class RoomCount(models.Model):
    """How the room stood on one look-for, once it was counted; what was told once is never told with one team more."""

    session = models.ForeignKey(ReflectionSession, on_delete=models.CASCADE, related_name="room_counts")
    # The key of the rubric: only teams with the same one are counted together.
    domain = models.CharField(max_length=160)
    look_for = models.CharField(max_length=160)
    # The boards that are in it: they are never counted again, whoever leaves or moves.
    boards = models.JSONField(default=list)
    # The same boards by when they were added: whoever kept the counts of before reads each part by itself.
    parts = models.JSONField(default=list)
    # {answer: people}; empty where it is told in words.
    counts = models.JSONField(default=dict)
    most = models.CharField(max_length=40, blank=True)

    objects = TenantQuerySet.as_manager()
    everywhere = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "domain", "look_for"], name="one_count_a_row")
        ]

    def __str__(self) -> str:
        return f"room count of session {self.session_id}"


class MadeFile(models.Model):
    """A file that takes longer to make than somebody waits, for the one who asked for it.

    What is in it lies in the data folder, never here.
    """

    class Fault(models.TextChoices):
        DISK = "disk"
        GONE = "gone"
        OTHER = "other"

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    # Which page it is of: its kind, and the key of its room or hub.
    of = models.CharField(max_length=8)
    place = models.CharField(max_length=32)
    # Who asked: the key of a facilitator or of a person, as the trail calls them.
    whose = models.CharField(max_length=48)
    kind = models.CharField(max_length=4)
    size = models.CharField(max_length=8)
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Of a hundred.
    done = models.PositiveSmallIntegerField(default=0)
    # How often it was begun.
    turns = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=8, choices=Fault, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of", "place", "whose", "kind", "size", "language"],
                condition=models.Q(ended_at=None),
                name="one_file_on_its_way",
            )
        ]

    def __str__(self) -> str:
        return f"a file of {self.of} {self.place}"
