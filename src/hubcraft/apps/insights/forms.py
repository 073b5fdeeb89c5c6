"""What is typed on pages of hubs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.people.forms import NOT_AN_ADDRESS


class AskForm(forms.Form):
    """Who leads the other hub."""

    email = forms.EmailField(
        max_length=254, error_messages={**NOT_AN_ADDRESS, "required": _("Write their mail address.")}
    )
