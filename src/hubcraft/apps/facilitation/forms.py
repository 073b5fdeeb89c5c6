"""What a facilitator types."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.facilitation.policy import can_comment
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.policy import can_be_open_until
from hubcraft.apps.rooms.forms import read
from hubcraft.domain import names
from hubcraft.domain.days import day_at
from hubcraft.domain.writing import language_of

MOST_TEAMS = 100


def read_size(text: str) -> int | None:
    """A number of people, or nothing. Raises ValidationError with a sentence."""
    if not text.strip():
        return None
    if not text.strip().isdecimal() or not 1 <= int(text) <= 1000:
        raise forms.ValidationError(_("Write a number of people from 1 to 1000, or leave it empty."))
    return int(text)


def read_until(until_on: date | None, *, today: date, since: date) -> date | None:
    """A day until which a session may be open, or none. Raises ValidationError with a sentence."""
    if until_on is not None:
        verdict = can_be_open_until(until_on, today=today, since=since)
        if not verdict:
            raise forms.ValidationError(verdict.sentence)
    return until_on


NOT_A_DAY = _("Write a day like 2027-03-15.")


class StartForm(forms.Form):
    """What a room reflects on, and who sees what."""

    # The key of what is rated; and of the one look-for, where the script rates just one.
    domain = forms.CharField(max_length=160, error_messages={"required": _("Choose a domain.")})
    look_for = forms.CharField(required=False, max_length=160)
    rung = forms.ChoiceField(
        choices=ReflectionSession.Rung.choices,
        error_messages={"required": _("Choose how people stand on their board.")},
    )
    only_listed = forms.BooleanField(required=False)
    is_open_board = forms.BooleanField(required=False)
    teams = forms.CharField(required=False, max_length=8000)
    title = forms.CharField(
        required=False, max_length=120, error_messages={"max_length": _("A name of 120 characters at most.")}
    )
    planned_size = forms.CharField(required=False, max_length=12)
    # What the screen and the facilitator's page are in; people in the room each choose their own.
    language = forms.ChoiceField(required=False, choices=lambda: settings.LANGUAGES)
    # The script to follow; without one the session is the rubric alone.
    script = forms.CharField(required=False, max_length=120)
    # For practice, with pretend people.
    is_rehearsal = forms.BooleanField(required=False)
    # Where the facilitator's browser is; without JavaScript the room keeps UTC.
    time_zone = forms.CharField(required=False, max_length=64)
    # The form's own number: pressed twice, it is one room.
    once = forms.RegexField(r"^[0-9a-f]{32}$", required=False)
    # Over days until then, each in their own time; without it people hold it together.
    until_on = forms.DateField(required=False, error_messages={"invalid": NOT_A_DAY})

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_until_on(self) -> date | None:
        today = day_at(self.at, self.cleaned_data.get("time_zone", "UTC"))
        return read_until(self.cleaned_data["until_on"], today=today, since=today)

    def clean_time_zone(self) -> str:
        time_zone = self.cleaned_data["time_zone"]
        return time_zone if time_zone in available_timezones() else "UTC"

    def clean_teams(self) -> list[str]:
        lines = [line for line in self.cleaned_data["teams"].splitlines() if line.strip()]
        if len(lines) > MOST_TEAMS:
            raise forms.ValidationError(_("A hundred teams at most."))
        found: dict[str, str] = {}
        for line in lines:
            name = read(names.read_team_name, line)
            found.setdefault(names.name_key(name), name)
        return list(found.values())

    def clean_planned_size(self) -> int | None:
        return read_size(self.cleaned_data["planned_size"])


class UntilForm(forms.Form):
    """Until which day a session is open."""

    until_on = forms.DateField(error_messages={"invalid": NOT_A_DAY, "required": _("Choose a day.")})

    def __init__(self, *args, today: date, since: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.since = today, since

    def clean_until_on(self) -> date | None:
        return read_until(self.cleaned_data["until_on"], today=self.today, since=self.since)


class SizeForm(forms.Form):
    """How many people are expected."""

    planned_size = forms.CharField(required=False, max_length=12)

    def clean_planned_size(self) -> int | None:
        return read_size(self.cleaned_data["planned_size"])


class PositionForm(forms.Form):
    """Which step a button means."""

    position = forms.IntegerField(min_value=0, max_value=999)
    # Where the page saw the room.
    was = forms.CharField(required=False, max_length=20)


class PaceForm(forms.Form):
    """Which step, by how many minutes, and how many seconds it had on the page."""

    position = forms.IntegerField(min_value=0, max_value=999)
    was = forms.IntegerField(required=False)
    minutes = forms.IntegerField(min_value=1, max_value=60)


class OwnStepForm(forms.Form):
    """A break, or slides of one's own; a form that is older than where the room is now names where it was."""

    after = forms.IntegerField(required=False, min_value=0, max_value=999)
    kind = forms.ChoiceField(
        choices=[("break", "break"), ("slides", "slides")],
        error_messages={"required": _("Choose a break or slides.")},
    )
    title = forms.CharField(
        required=False, max_length=60, error_messages={"max_length": _("A title of 60 characters at most.")}
    )
    minutes = forms.IntegerField(
        min_value=1,
        max_value=60,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a number of minutes from 1 to 60.")
        ),
    )


class PlannedOwnStepForm(OwnStepForm):
    """The same, put in after a step that is named; the number of the form makes it one however often it is sent."""

    after = forms.CharField(required=False, max_length=160)
    once = forms.RegexField(r"^[0-9a-f]{32}$")


class FacilitatorForm(forms.Form):
    """Who somebody who leads is."""

    name = forms.CharField(required=False, max_length=400)

    def clean_name(self) -> str:
        return read(names.read_person_name, self.cleaned_data["name"])


class OnceForm(forms.Form):
    """The number of a form: sent twice, it is still one link."""

    once = forms.RegexField(r"^[0-9a-f]{32}$")


class TeamNameForm(forms.Form):
    """A team's name."""

    name = forms.CharField(required=False, max_length=400)

    def clean_name(self) -> str:
        return read(names.read_team_name, self.cleaned_data["name"])


class TeamDomainForm(forms.Form):
    """What a team reflects on: one of the domains there are."""

    domain = forms.ChoiceField(
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a rubric from the list."))
    )

    def __init__(self, *args, domains: Iterable[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = [(key, key) for key in domains]


class MailForm(forms.Form):
    """Where to mail the facilitator's link."""

    address = forms.EmailField(
        error_messages={
            "invalid": _("This is not a mail address."),
            "required": _("Write your mail address."),
        }
    )


MOST_HEARD, MOST_FEEDBACK = 300, 2000
EMPTY = {"words": "", "language": ""}


class HeardForm(forms.Form):
    """What somebody said, whose hub it is, what it is about; shown only if the speaker agrees."""

    words = forms.CharField(
        max_length=MOST_HEARD,
        error_messages={
            "required": _("Write what was said."),
            "max_length": _("Three hundred characters at most. A sentence or two is read more easily."),
        },
    )
    team = forms.CharField(required=False, max_length=40)
    look_for = forms.CharField(required=False, max_length=160)
    may_project = forms.BooleanField(required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned["team_id"] = cleaned.pop("team", "")
        return cleaned


def read_feedback(
    fields, questions, known, look_fors, otherwise: str
) -> tuple[dict[str, dict], dict[str, str]]:
    """What was answered by question, and the sentences for what can't be taken; nothing of it is thrown away.

    Words that don't tell their language are told to be in `otherwise`.
    """
    answers, mistakes = {}, {}
    for question in questions:
        if question.asks_domains:
            chosen = [key for key in known if key in fields.getlist(question.field)]
            answers[question.key] = {"domains": chosen} if chosen else {}
            continue
        words = fields.get(question.field, "").strip()
        answers[question.key] = (
            {"words": words, "language": language_of(words, otherwise=otherwise)} if words else {}
        )
        if question.asks_wording:
            look_for = fields.get(question.look_for_field, "")
            if words or look_for:
                answers[question.key] = {**EMPTY, **answers[question.key], "look_for": look_for}
            verdict = can_comment(words, look_for, look_fors)
            if not verdict:
                mistakes[question.key] = verdict.sentence
        if len(words) > MOST_FEEDBACK:
            mistakes[question.key] = str(_("Two thousand characters at most. Shorten it a little."))
    return answers, mistakes
