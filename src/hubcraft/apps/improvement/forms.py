"""What people write about what they will do, and about what became of it."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.playbook.forms import OnceField, WordsField

MOST_WORDS = 800
MOST_OWNER = 100
# A date further away than this is a slip of the keyboard, or no promise.
MOST_YEARS = 10


class SizeField(forms.ChoiceField):
    """How long a step will take, roughly, or nothing."""

    def __init__(self):
        wrong = {"invalid_choice": _("Choose how long it will take, or leave it open.")}
        super().__init__(
            required=False, choices=[(it, it) for it in NextStep.Size.values], error_messages=wrong
        )


class NextStepForm(forms.Form):
    """What, who, and by when. Only what is asked for."""

    words = WordsField(most=MOST_WORDS, missing=_("Write what will be done, in a sentence."))
    owner = WordsField(most=MOST_OWNER)
    due_on = forms.DateField(
        required=False,
        error_messages={"invalid": _("Write a day like 2027-03-15, or leave it empty.")},
    )
    size = SizeField()
    look_for = forms.CharField(required=False, max_length=160)

    def __init__(self, *args, today: date, was_due: date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.was_due = today, was_due

    def clean_owner(self) -> str:
        return " ".join(self.cleaned_data["owner"].split())

    def clean_due_on(self) -> date | None:
        due_on = self.cleaned_data["due_on"]
        if due_on is None or due_on == self.was_due:
            return due_on
        if due_on < self.today:
            raise forms.ValidationError(gettext("This day is over. Choose a later one, or leave it empty."))
        if due_on.year > self.today.year + MOST_YEARS:
            raise forms.ValidationError(
                gettext("This day is very far away. Choose one within ten years, or leave it empty.")
            )
        return due_on


class NewNextStepForm(NextStepForm):
    """The same for a step that is new: whose it is, and the form's own number."""

    once = OnceField()
    whose = forms.ChoiceField(
        choices=[("mine", "mine"), ("team", "team")],
        error_messages={
            "required": _("Say whose next step this is."),
            "invalid_choice": _("Say whose next step this is."),
        },
    )


class RaiseForm(forms.Form):
    """What a hub asks its network for."""

    asked = WordsField(most=MOST_WORDS, missing=_("Write what you need, in a sentence."))


class AnswerForm(forms.Form):
    """What a network answers."""

    answer = forms.ChoiceField(
        choices=Raising.Answer.choices,
        error_messages={
            "required": _("Say what kind of answer it is."),
            "invalid_choice": _("Say what kind of answer it is."),
        },
    )
    was = forms.CharField(required=False, max_length=40)
    words = WordsField(most=MOST_WORDS, missing=_("Write your answer, in a sentence."))


class SettleForm(forms.Form):
    """Done and what happened, dropped and why, or carried on."""

    state = forms.ChoiceField(
        choices=[("done", "done"), ("dropped", "dropped"), ("carried", "carried")],
        error_messages={
            "required": _("Say what became of it."),
            "invalid_choice": _("Say what became of it."),
        },
    )
    was = forms.CharField(required=False, max_length=8)
    readers = forms.CharField(required=False, max_length=32)
    reason = WordsField(most=MOST_WORDS)

    def __init__(self, *args, may_carry: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_carry:
            # Where there is no session to carry it on into.
            self.fields["state"].choices = [("done", "done"), ("dropped", "dropped")]
            del self.fields["readers"]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("state") == "dropped" and cleaned.get("reason") == "":
            self.add_error(
                "reason", gettext("Write why you dropped it. An honest reason is worth more than a tick.")
            )
        return cleaned
