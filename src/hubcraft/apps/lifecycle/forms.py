"""What a hub's people write about the hub itself."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.improvement.forms import SizeField
from hubcraft.apps.playbook.forms import OnceField, WordsField

MOST_WORDS = 4000
MOST_LINE, MOST_LONG_LINE = 120, 240
# A day further away than this is a slip of the keyboard.
MOST_AHEAD, MOST_BACK = timedelta(days=366 * 5), timedelta(days=366 * 60)
NO_DAY = _("Write a day like 2027-03-15, or leave it empty.")


class LineField(WordsField):
    """One line in somebody's own words."""

    def clean(self, value) -> str:
        return " ".join(super().clean(value).split())


class DayField(forms.DateField):
    """A day that is over, or today; or one to come."""

    def __init__(self, *, missing: str = "", is_ahead: bool = False, **kwargs):
        wrong = {"invalid": NO_DAY, "required": missing}
        super().__init__(required=bool(missing), error_messages=wrong, **kwargs)
        self.is_ahead = is_ahead

    def check(self, day: date | None, today: date) -> None:
        """Raises where the day can't be meant."""
        if day is None:
            return
        if self.is_ahead and day > today + MOST_AHEAD:
            raise forms.ValidationError(gettext("This day is very far away. Choose one within five years."))
        if self.is_ahead and day < today:
            raise forms.ValidationError(gettext("This day is over. Choose a later one, or leave it empty."))
        if not self.is_ahead and day > today:
            raise forms.ValidationError(
                gettext("This day is still to come. Choose today, or an earlier one.")
            )
        if day < today - MOST_BACK:
            raise forms.ValidationError(gettext("This day is very long ago. Look at its year again."))


class DayForm(forms.Form):
    """A form that knows what day it is where the hub is."""

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        # As a browser's field for days reads it, whatever the reader's language.
        self.initial = {
            name: it.isoformat() if isinstance(it, date) else it for name, it in self.initial.items()
        }

    def clean(self) -> dict:
        cleaned = super().clean()
        for name, field in self.fields.items():
            if isinstance(field, DayField):
                try:
                    field.check(cleaned.get(name), self.today)
                except forms.ValidationError as wrong:
                    self.add_error(name, wrong)
        return cleaned


class WasForm(forms.Form):
    """A form that carries along what its writer had before them, and whether it said who reads it now."""

    was = forms.CharField(required=False, max_length=80)

    @property
    def is_of_before(self) -> bool:
        """Whether what stands in it was until now read by those of before alone."""
        return "." in (self["was"].value() or "")

    def begin_again(self, sentence: str, now: str, meanwhile: dict) -> None:
        """With all that was typed, and what somebody else wrote meanwhile where nothing was."""
        self.add_error(None, sentence)
        self.data = self.data.copy()
        self.data["was"] = now
        for name, value in meanwhile.items():
            if name not in self.fields or not value or self.data.get(name):
                continue
            if isinstance(value, list):
                self.data.setlist(name, value)
            else:
                self.data[name] = "on" if value is True else str(value)


class CharterForm(WasForm, DayForm):
    """All of a charter; a part may be left for later, but not every one."""

    once = OnceField()
    purpose = WordsField(most=MOST_WORDS)
    who = WordsField(most=MOST_WORDS)
    decisions = WordsField(most=MOST_WORDS)
    agreements = WordsField(most=MOST_WORDS)
    review_on = DayField(is_ahead=True)

    def clean(self) -> dict:
        cleaned = super().clean()
        parts = ("purpose", "who", "decisions", "agreements")
        if not any(cleaned.get(it) for it in parts) and not set(parts) & self.errors.keys():
            self.add_error("purpose", gettext("Write at least one part: the others can wait."))
        return cleaned


class ReviewForm(WasForm, DayForm):
    """When to look at the charter next."""

    once = OnceField()
    review_on = DayField(is_ahead=True)


class RoutineForm(WasForm):
    """One meeting that is held again and again."""

    name = LineField(most=MOST_LINE, missing=_("Say what the meeting is called."))
    purpose = WordsField(most=MOST_WORDS)
    rhythm = LineField(most=MOST_LINE)
    who = LineField(most=MOST_LONG_LINE)
    agenda = WordsField(most=MOST_WORDS)


class NewRoutineForm(RoutineForm):
    """The same for one that is new, perhaps of a problem that came up."""

    once = OnceField()
    problem_id = forms.CharField(required=False, max_length=32)


class NewPersonForm(DayForm):
    """Somebody without an account, who is new in the roster."""

    once = OnceField()
    name = LineField(most=MOST_LINE, missing=_("Say who it is."))
    does = LineField(most=MOST_LONG_LINE)
    since_on = DayField()
    left_on = DayField()
    hand_over = WordsField(most=MOST_WORDS)

    def clean(self) -> dict:
        cleaned = super().clean()
        since_on, left_on = cleaned.get("since_on"), cleaned.get("left_on")
        if since_on and left_on and left_on < since_on:
            self.add_error("left_on", gettext("This day is before the first one."))
        return cleaned


class PersonForm(WasForm, NewPersonForm):
    """The same once they are told of otherwise."""

    once = None


class MemberForm(WasForm):
    """What their account and their role do not say."""

    does = LineField(most=MOST_LONG_LINE)
    hand_over = WordsField(most=MOST_WORDS)


class NewProblemForm(DayForm):
    """What was noticed; all else can wait."""

    once = OnceField()
    words = WordsField(most=MOST_WORDS, missing=_("Write what you noticed, in a sentence or two."))
    noticed_on = DayField(missing=_("Say on which day it was noticed."))
    whose = LineField(most=MOST_LINE)
    is_urgent = forms.BooleanField(required=False)
    domains = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, domains, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["domains"].choices = [(it.key, it.name) for it in domains]


class ProblemForm(WasForm, NewProblemForm):
    """The same once more is known of it."""

    once = None
    decision = WordsField(most=MOST_WORDS)
    decided_by = LineField(most=MOST_LINE)
    told = LineField(most=MOST_LONG_LINE)
    closed_on = DayField()

    def clean(self) -> dict:
        cleaned = super().clean()
        noticed_on, closed_on = cleaned.get("noticed_on"), cleaned.get("closed_on")
        if noticed_on and closed_on and closed_on < noticed_on:
            self.add_error("closed_on", gettext("This day is before the one on which it was noticed."))
        return cleaned


class StepForm(WasForm, DayForm):
    """A next step that comes of a problem."""

    once = OnceField()
    words = WordsField(most=800, missing=_("Write what will be done, in a sentence."))
    owner = LineField(most=100)
    due_on = DayField(is_ahead=True)
    size = SizeField()


class LinkField(forms.URLField):
    """Where something is found on the web, or nothing; no other kind of address."""

    def __init__(self):
        wrong = {"invalid": _("Write a whole address, like https://example.org/charter, or leave it empty.")}
        super().__init__(required=False, max_length=500, assume_scheme="https", error_messages=wrong)

    def clean(self, value) -> str:
        address = super().clean(value)
        if address and not address.lower().startswith(("http://", "https://")):
            raise forms.ValidationError(self.error_messages["invalid"])
        return address


class StageForm(DayForm):
    """Where the network stands, since when, and why one thinks so."""

    once = OnceField()
    stage = forms.ChoiceField(
        error_messages={
            "required": _("Choose one of the stages."),
            "invalid_choice": _("Choose one of the stages."),
        }
    )
    since_on = DayField(missing=_("Say since when; a day that is about right will do."))
    why = WordsField(most=MOST_WORDS)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = choices


class EvidenceForm(WasForm, DayForm):
    """Since when a piece of evidence is in place, and where to find it."""

    once = OnceField()
    since_on = DayField(missing=_("Say since when; a day that is about right will do."))
    where = WordsField(most=800)
    link = LinkField()


class NoLongerForm(WasForm, DayForm):
    """Until when it was in place."""

    ended_on = DayField(missing=_("Say until when it was in place."))
