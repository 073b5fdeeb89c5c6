"""Who has to show more than that they read their mail; and what a program may that acts in somebody's name."""

from django.utils.translation import gettext as _

from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import Verdict, allow, refuse

SEES_MANY = frozenset({Role.INITIATIVE_LEAD, Role.NETWORK_LEAD, Role.COACH, Role.RESEARCHER})


def must_show_second_step(viewer: Viewer) -> bool:
    """Whoever leads, coaches or does research in more than one team, or administers, shows a second step to sign in."""
    # A coach of one hub sees what that one shares.
    return viewer.is_administrator or any(it.role in SEES_MANY and not it.team for it in viewer.roles)


def can_call(viewer: Viewer, *, has_second_step: bool) -> Verdict:
    """Who has to show a second step has one, also where a program asks that was made before they had to."""
    if has_second_step or not must_show_second_step(viewer):
        return allow()
    return refuse(_("Set up a second step on the page of your account first: your role asks for one."))
