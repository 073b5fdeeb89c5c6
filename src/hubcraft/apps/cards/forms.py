"""What people write on strategy cards, and of what they tried."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.cards.models import Reach, Try
from hubcraft.apps.cards.queries.settings import kinds_of_sites, sizes, stages
from hubcraft.apps.cards.queries.tries import came_of_choices
from hubcraft.apps.lifecycle.forms import MOST_LONG_LINE, DayField, DayForm, LineField, WasForm
from hubcraft.apps.playbook.forms import MOST_WORDS, OnceField, WordsField

# How much of a try its readers read: a count, the story, the story with the hub's name.
COUNT, STORY, NAME = "count", "story", "name"


class CardForm(WasForm):
    """What a card says."""

    does = WordsField(most=MOST_WORDS, missing=_("Write what you do, in a sentence or two."))
    why = WordsField(most=MOST_WORDS)
    how_we_know = WordsField(most=MOST_WORDS)
    size = forms.ChoiceField(required=False)
    sites = forms.ChoiceField(required=False)
    stage = forms.ChoiceField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["size"].choices = sizes()
        self.fields["sites"].choices = kinds_of_sites()
        self.fields["stage"].choices = stages()


class NewCardForm(CardForm):
    """The same for one that is new: for which look-for, and what it is made of."""

    once = OnceField()
    look_for = forms.CharField(
        max_length=160, error_messages={"required": _("Choose the look-for that this is for.")}
    )
    strategy = forms.CharField(required=False, max_length=32)
    card = forms.CharField(required=False, max_length=32)


class ChangeCardForm(CardForm):
    """The same of one that is there, with what is different."""

    changed = LineField(most=MOST_LONG_LINE)


class ReachForm(WasForm):
    """Who reads a card."""

    reach = forms.ChoiceField(
        choices=Reach.choices,
        error_messages={
            "required": _("Choose who reads this card."),
            "invalid_choice": _("Choose who reads this card."),
        },
    )


class RetireForm(WasForm):
    """Why it is not used any more."""

    why = WordsField(
        most=MOST_WORDS, missing=_("Say why, in a sentence: whoever reads the card learns from it.")
    )


class ReviewCardForm(DayForm, WasForm):
    """When to look at a card next."""

    review_on = DayField(is_ahead=True, missing=_("Say when you will look at it again."))


class ContactForm(forms.Form):
    """Whom to ask about a card."""

    person = forms.CharField(max_length=32, error_messages={"required": _("Choose somebody of your hub.")})


class TryForm(DayForm):
    """A hub tries a card: as it is or changed, since when."""

    once = OnceField()
    hub = forms.CharField(max_length=32, error_messages={"required": _("Choose which hub tries it.")})
    how = forms.ChoiceField(
        choices=Try.How.choices,
        error_messages={
            "required": _("Say whether you try it as it is, or changed."),
            "invalid_choice": _("Say whether you try it as it is, or changed."),
        },
    )
    what_changed = WordsField(most=MOST_WORDS)
    began_on = DayField(missing=_("Say since when; a day that is about right will do."))


class TellForm(WasForm):
    """What happened where it was tried, and who reads that."""

    came_of = forms.ChoiceField(
        error_messages={
            "required": _("Say what came of it."),
            "invalid_choice": _("Say what came of it."),
        }
    )
    happened = WordsField(most=MOST_WORDS)
    what_changed = WordsField(most=MOST_WORDS)
    shows = forms.ChoiceField(
        choices=((COUNT, COUNT), (STORY, STORY), (NAME, NAME)),
        error_messages={
            "required": _("Choose who reads what happened."),
            "invalid_choice": _("Choose who reads what happened."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came_of"].choices = came_of_choices()

    def clean(self) -> dict:
        cleaned = super().clean()
        is_empty = not cleaned.get("happened") and "happened" not in self.errors
        if is_empty and cleaned.get("shows") in (STORY, NAME):
            self.add_error("happened", _("Write what happened, so that there is something to read."))
        return cleaned
