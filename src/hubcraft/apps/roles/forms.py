"""What is typed about places and about who is what in them."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.people.forms import NOT_AN_ADDRESS

A_NAME = {"required": _("Write a name."), "max_length": _("A name of 80 characters at most.")}
ONE_OF_THESE = {"invalid_choice": _("Choose one of these."), "required": _("Choose one of these.")}
NOT_A_ZONE = {
    "invalid_choice": _("There is no such time zone. It is written like America/Chicago."),
    "required": _("Write a time zone, like America/Chicago."),
}


class NameForm(forms.Form):
    """What an initiative or a team is called."""

    name = forms.CharField(max_length=80, error_messages=A_NAME)


class NetworkForm(NameForm):
    """A network: its name, its time zone, and the initiative it belongs to, if it does to any."""

    time_zone = forms.ChoiceField(
        choices=lambda: [(it, it) for it in sorted(available_timezones())], error_messages=NOT_A_ZONE
    )
    initiative_id = forms.ChoiceField(required=False, error_messages=ONE_OF_THESE)

    def __init__(self, *args, initiatives, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["initiative_id"].choices = [("", ""), *((it.id, it.name) for it in initiatives)]


class MoveForm(forms.Form):
    """To which network a team moves."""

    network_id = forms.ChoiceField(error_messages=ONE_OF_THESE)

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["network_id"].choices = [(it.id, it.name) for it in networks]


class RoleForm(forms.Form):
    """Who is what."""

    email = forms.EmailField(max_length=254, error_messages=NOT_AN_ADDRESS)
    name = forms.CharField(required=False, max_length=80, error_messages={"max_length": A_NAME["max_length"]})
    role = forms.ChoiceField(error_messages=ONE_OF_THESE)

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(it.value, it.label) for it in roles]


class AdministratorForm(forms.Form):
    """Who looks after the installation too."""

    email = forms.EmailField(max_length=254, error_messages=NOT_AN_ADDRESS)


class InviteForm(forms.Form):
    """A list of people, a line each, and what they are asked to be."""

    people = forms.CharField(
        max_length=40_000, error_messages={"required": _("Write at least one mail address.")}
    )
    role = forms.ChoiceField(error_messages=ONE_OF_THESE)
    once = forms.RegexField(r"^[0-9a-f]{32}$")

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(it.value, it.label) for it in roles]
