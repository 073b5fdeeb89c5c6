"""Who has to show more than that they read their mail."""

from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Viewer

SEES_MANY = frozenset({Role.INITIATIVE_LEAD, Role.NETWORK_LEAD, Role.COACH, Role.RESEARCHER})


def must_show_second_step(viewer: Viewer) -> bool:
    """Whoever leads, coaches or does research in more than one team, or administers, shows a second step to sign in."""
    # A coach of one hub sees what that one shares.
    return viewer.is_administrator or any(it.role in SEES_MANY and not it.team for it in viewer.roles)
