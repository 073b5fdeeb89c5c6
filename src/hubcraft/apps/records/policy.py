"""Who reads the trail of a hub, and who erases whom."""

from django.utils.translation import gettext as _

from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.policy import can_end_administrator, can_have_account_page
from hubcraft.domain.verdict import Verdict, allow, refuse


def can_read_trail(viewer: Viewer, hub_id: str) -> Verdict:
    """The leader of a hub, who answers for what is done in its name."""
    if viewer.is_in_team(hub_id, Role.HUB_LEADER):
        return allow()
    return refuse(_("The leader of your hub can read who did what."))


def is_theirs_to_erase(viewer: Viewer, person_id: str) -> bool:
    """Everybody erases themselves; the administrator, whoever asks them to. For others there is nothing to see."""
    return viewer.is_administrator or (bool(viewer.person) and viewer.person == person_id)


def can_erase(person: Person, administrators: int) -> Verdict:
    """Somebody always looks after the installation."""
    return can_end_administrator(administrators) if person.is_administrator else allow()


def can_have_copy(person: Person | None) -> Verdict:
    """Whoever is signed in takes a copy of what is kept about them, and of nobody else."""
    return can_have_account_page(person)
