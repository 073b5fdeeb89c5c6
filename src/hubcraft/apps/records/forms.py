"""What is asked for on pages about what is kept."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _

from hubcraft.apps.people.forms import NOT_AN_ADDRESS
from hubcraft.apps.people.queries import clean_address
from hubcraft.apps.records.queries.trail import KINDS, MOST_PAGES, Asked


def asked_in(typed: Mapping[str, str]) -> Asked:
    """Which part of the trail; what makes no sense asks for nothing in particular."""
    about, page = typed.get("about", ""), typed.get("page", "")
    return Asked(
        about=about if about in dict(KINDS) else "",
        person=typed.get("person", "").strip()[:80],
        hub=typed.get("hub", "")[:32],
        page=min(max(int(page), 1), MOST_PAGES) if page.isdecimal() and len(page) < 6 else 1,
    )


class ErasureForm(forms.Form):
    """Their own mail address, typed: nobody is erased by pressing twice."""

    address = forms.EmailField(max_length=254, error_messages=NOT_AN_ADDRESS)

    def __init__(self, *args, address: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = address

    def clean_address(self) -> str:
        if clean_address(self.cleaned_data["address"]) != self.asked:
            raise forms.ValidationError(_("This is another address than the one of this account."))
        return self.asked
