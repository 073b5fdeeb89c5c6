"""Who has to show more than that they read their mail."""

from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Viewer

SEES_MANY = frozenset({Role.INITIATIVE_LEAD, Role.NETWORK_LEAD, Role.RESEARCHER})


def must_show_second_step(viewer: Viewer) -> bool:
    """Whoever leads a network or an initiative, does research or administers shows a second step when signing in."""
    return viewer.is_administrator or any(it.role in SEES_MANY for it in viewer.roles)
