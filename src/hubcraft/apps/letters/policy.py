"""Who gets a letter and a calendar, and chooses: everybody for themselves, as long as they are something somewhere."""

from django.utils.translation import gettext as _

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.policy import can_have_account_page
from hubcraft.domain.verdict import Verdict, allow, refuse


def can_choose_letters(person: Person | None) -> Verdict:
    """Whoever is signed in, about their own letter and their own calendar."""
    return can_have_account_page(person)


def can_get(viewer: Viewer) -> Verdict:
    """Whoever has left everything is written to no more, and no calendar of theirs is there."""
    if viewer.roles or viewer.is_administrator:
        return allow()
    return refuse(_("Nothing comes to you any more, because you are of no place any more."))
