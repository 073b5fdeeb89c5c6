"""What somebody says about a token they make."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

# Long enough for a school year; a program that nobody remembers ends by itself.
MOST_DAYS = 366
USUAL_DAYS = 90
A_DAY = {
    "invalid": _("Write a day like 2027-03-15."),
    "required": _("Say until when it is to work: a day within a year."),
}


class TokenForm(forms.Form):
    """What it is for, what it may do, where, and until when."""

    name = forms.CharField(
        max_length=60,
        error_messages={
            "required": _("Say which program it is for, so that you know it again."),
            "max_length": _("A name of 60 characters at most."),
        },
    )
    may = forms.ChoiceField(
        choices=[("read", "read"), ("write", "write")],
        error_messages={
            "required": _("Say whether it may only read."),
            "invalid_choice": _("Say whether it may only read."),
        },
    )
    places = forms.MultipleChoiceField(
        error_messages={
            "required": _("Choose at least one place."),
            "invalid_choice": _("Choose at least one place."),
        }
    )
    until_on = forms.DateField(error_messages=A_DAY)

    def __init__(self, *args, places: list[str], today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = [(it, it) for it in places]
        self.today = today

    def clean_until_on(self) -> date:
        until_on = self.cleaned_data["until_on"]
        if not self.today <= until_on <= self.today + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(A_DAY["required"])
        return until_on
