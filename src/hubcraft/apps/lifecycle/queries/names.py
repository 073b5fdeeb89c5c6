"""What somebody with an account is called on the pages of a hub: by their name, never by their address."""

from django.utils.translation import gettext as _

from hubcraft.apps.people.models import Person


def name_here(person: Person | None) -> str:
    """Empty for nobody. Whoever joins later reads who was here before, so an address is no stand-in for a name."""
    if person is None:
        return ""
    if person.removed_at is not None:
        return _("somebody who was erased")
    return person.name or _("somebody without a name")
