"""What is typed about places and about who is what in them."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.people.forms import NOT_AN_ADDRESS
from hubcraft.apps.people.queries import clean_address

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


class HandOverForm(forms.Form):
    """Who leads a hub from now on, and what becomes of whoever led it."""

    SOMEBODY_ELSE = "somebody-else"

    to = forms.ChoiceField(
        error_messages={it: _("Choose who leads the hub from now on.") for it in ONE_OF_THESE}
    )
    email = forms.EmailField(required=False, max_length=254, error_messages=NOT_AN_ADDRESS)
    name = forms.CharField(required=False, max_length=80, error_messages={"max_length": A_NAME["max_length"]})
    then = forms.ChoiceField(
        choices=[(it, it) for it in ("stays", "leaves")],
        error_messages={it: _("Choose whether you stay or leave.") for it in ONE_OF_THESE},
    )
    once = forms.RegexField(r"^[0-9a-f]{32}$")

    def __init__(self, *args, people, own: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.own = own
        self.fields["to"].choices = [*((it.id, it.name) for it in people), (self.SOMEBODY_ELSE, "")]

    @property
    def is_by_mail(self) -> bool:
        return self.cleaned_data.get("to") == self.SOMEBODY_ELSE

    def clean(self):
        """An address is needed only where somebody else is asked."""
        told = super().clean()
        if not self.is_by_mail or "email" in self.errors:
            return told
        if not told.get("email"):
            self.add_error("email", _("Write their mail address."))
        elif clean_address(told["email"]) == self.own:
            self.add_error("email", _("This is your own address."))
        return told


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
