"""Strategy cards: whose they are and who may read them, what they said in each version, and where they were tried."""

from django.db import models

from hubcraft.apps.lifecycle.models import Kept
from hubcraft.apps.networks.models import Initiative, Network
from hubcraft.apps.people.models import Person
from hubcraft.apps.playbook.models import Strategy


class Reach(models.TextChoices):
    """Who reads a card, by its hub's choice."""

    TEAM = "team"
    NETWORK = "network"
    INITIATIVE = "initiative"
    EVERYONE = "everyone"


class Size(models.TextChoices):
    """How many sites a network has in which a strategy was used."""

    NOT_SAID = ""
    UP_TO_TEN = "up-to-10"
    UP_TO_THIRTY = "up-to-30"
    MORE = "more"


class Sites(models.TextChoices):
    """What its sites are."""

    NOT_SAID = ""
    SCHOOLS = "schools"
    DISTRICTS = "districts"
    COLLEGES = "colleges"
    EARLY_YEARS = "early-years"
    COMMUNITY = "community"
    OTHER = "other"


class Card(Kept):
    """A strategy for one look-for that a hub keeps for others; what it says stands in its versions."""

    look_for = models.CharField(max_length=160)
    # The look-for's wording when the card was written, as packs get new versions.
    look_for_text = models.CharField(max_length=400)
    # The version that stands.
    version = models.PositiveIntegerField(default=1)
    # What was named in a session, where the card was written from that.
    strategy = models.ForeignKey(
        Strategy, null=True, blank=True, on_delete=models.SET_NULL, related_name="cards"
    )
    # Whose card it was made from, and what that was called then: it is said also where the other is gone.
    made_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="made_of"
    )
    made_from_version = models.PositiveIntegerField(null=True, blank=True)
    credit = models.CharField(max_length=240, blank=True)
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.TEAM)
    # For whom the hub opened it: another network's people don't read it because the hub moved there.
    for_network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    for_initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The version that stood when it was opened this far: earlier ones are the hub's alone.
    open_from = models.PositiveIntegerField(default=1)
    # How far it may be opened at most, as a scope (queries/sight.py): as far as the card it was made from was open.
    bound = models.CharField(max_length=48, default="everyone")
    # Whom to ask about it: nobody until that person has said yes themselves.
    contact = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    contact_agreed_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_why = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["look_for", "reach"], name="cards_for_a_look_for"),
            models.Index(fields=["team", "look_for"], name="cards_of_a_hub"),
        ]

    def __str__(self) -> str:
        return f"card for {self.look_for}"


class CardVersion(Kept):
    """What a card said, from one moment to the next."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    does = models.TextField()
    why = models.TextField(blank=True)
    how_we_know = models.TextField(blank=True)
    # In what setting: how many sites, which stage of the life cycle, what kind of sites.
    size = models.CharField(max_length=8, choices=Size, blank=True)
    stage = models.CharField(max_length=160, blank=True)
    sites = models.CharField(max_length=11, choices=Sites, blank=True)
    # What is different from the version before.
    changed = models.CharField(max_length=240, blank=True)
    # Still the words of a session of so few people that they would say who wrote them: these don't leave the hub.
    is_of_few = models.BooleanField(default=False)

    WRITTEN = ("does", "why", "how_we_know", "size", "stage", "sites")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "number"], name="a_card_s_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.card_id}"


class Try(Kept):
    """A hub tries a card, of its own or another's: as it is or changed, and what happened. `team` is who tries."""

    class How(models.TextChoices):
        AS_IT_IS = "adopt"
        CHANGED = "adapt"

    class CameOf(models.TextChoices):
        """What the hub that tried it says."""

        NOT_YET = ""
        HELPED = "helped"
        MIXED = "mixed"
        DID_NOT = "did-not"

    # Gone with its hub's wish to delete it; what was tried stays with who tried it, in the words of then.
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.SET_NULL, related_name="tries")
    look_for = models.CharField(max_length=160)
    look_for_text = models.CharField(max_length=400)
    credit = models.CharField(max_length=240)
    # Which version was tried.
    number = models.PositiveIntegerField()
    how = models.CharField(max_length=5, choices=How)
    what_changed = models.TextField(blank=True)
    began_on = models.DateField()
    came_of = models.CharField(max_length=7, choices=CameOf, blank=True)
    happened = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    # Whether those who read the card read this story, and whether with this hub's name.
    is_shown = models.BooleanField(default=False)
    is_named = models.BooleanField(default=False)
    # Who read the card when it was told, as a scope (queries/sight.py): opened further, the story stays with them.
    told_for = models.CharField(max_length=48, blank=True)

    WRITTEN = ("how", "what_changed", "began_on", "came_of", "happened", "is_shown", "is_named")

    class Meta:
        verbose_name_plural = "tries"
        indexes = [models.Index(fields=["team", "card"], name="what_a_hub_tries")]

    def __str__(self) -> str:
        return f"try of {self.card_id}"
