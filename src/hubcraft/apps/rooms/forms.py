"""What people type to come into a room."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hubcraft.domain import names
from hubcraft.domain.names import Mistake, Mistyped

SENTENCES = {
    Mistake.INITIALS_MISSING: _("Write your initials: two or three letters."),
    Mistake.INITIALS_TOO_LONG: _("Four letters at most. Initials are enough; nobody needs your whole name."),
    Mistake.INITIALS_NOT_LETTERS: _("Use letters or digits only."),
    Mistake.ALIAS_MISSING: _("Write the word your team shall see instead of your name."),
    Mistake.ALIAS_TOO_LONG: _("Twenty characters at most."),
    Mistake.ALIAS_UNREADABLE: _("Use letters that everybody can read."),
    Mistake.PERSON_NAME_MISSING: _("Write your name, as the others know you."),
    Mistake.PERSON_NAME_TOO_LONG: _("Forty characters at most."),
    Mistake.PERSON_NAME_UNREADABLE: _("Use letters that everybody can read."),
    Mistake.TEAM_NAME_MISSING: _("Write your team's name, or choose “I'm here alone”."),
    Mistake.TEAM_NAME_TOO_LONG: _("Sixty characters at most. A short name is easier to find."),
    Mistake.TEAM_NAME_UNREADABLE: _("Use letters that everybody can read."),
    Mistake.CODE_MISSING: _("Type the code from the screen."),
    Mistake.CODE_WRONG_LENGTH: _("A code has seven letters and numbers. Look at the screen once more."),
    Mistake.CODE_WRONG_LETTER: _("One of these signs is never in a code. Look at the screen once more."),
}


def read(reader, text: str) -> str:
    """What was typed, as the rules read it; a mistake becomes the form's sentence."""
    try:
        return reader(text)
    except Mistyped as mistyped:
        raise forms.ValidationError(SENTENCES[mistyped.mistake]) from None


class CodeForm(forms.Form):
    """The room's code."""

    code = forms.CharField(required=False, max_length=200)

    def clean_code(self) -> str:
        return read(names.read_code, self.cleaned_data["code"])


class NameForm(forms.Form):
    """What stands on one's chip: initials, or an alias."""

    initials = forms.CharField(required=False, max_length=200)

    def __init__(self, *args, is_alias: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_alias = is_alias

    def clean_initials(self) -> str:
        return read(names.read_alias if self.is_alias else names.read_initials, self.cleaned_data["initials"])


class JoinForm(NameForm):
    """Initials and a team: one that is here, another by name, or none."""

    team = forms.CharField(required=False, max_length=40)
    # The form's own number: sent twice, it is still one seat.
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    other_team = forms.CharField(required=False, max_length=400)

    def clean(self) -> dict:
        cleaned = super().clean()
        team = cleaned.get("team", "")
        if not team:
            self.add_error("team", _("Choose your team, or “I'm here alone”."))
        elif team == "other":
            try:
                cleaned["other_team"] = read(names.read_team_name, cleaned.get("other_team", ""))
            except forms.ValidationError as error:
                self.add_error("other_team", error)
        return cleaned


class LanguageForm(forms.Form):
    """The language one reads and writes in."""

    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)


class SeatForm(NameForm):
    """One's own seat: its initials, and who types for its holder."""

    helper = forms.CharField(
        required=False,
        max_length=40,
        error_messages={"max_length": _("Forty characters at most. Initials are enough.")},
    )
