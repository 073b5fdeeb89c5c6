"""Who sees and changes a hub's own framework, and who holds sessions with it."""

from django.utils.translation import gettext as _

from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import Verdict, allow, refuse


def can_see_own(viewer: Viewer, team_id: str) -> Verdict:
    """The people of the hub, and nobody else: not those above, not its coaches."""
    if viewer.is_in_team(team_id, Role.HUB_LEADER, Role.MEMBER):
        return allow()
    return refuse(_("Only the people of this hub see its own framework."))


def can_adapt(viewer: Viewer, team_id: str) -> Verdict:
    """Whoever leads the hub makes it; its members see what comes of it."""
    if viewer.is_in_team(team_id, Role.HUB_LEADER):
        return allow()
    return refuse(_("Whoever leads your hub changes its framework."))


def teams_of(viewer: Viewer) -> tuple[str, ...]:
    """Whose own frameworks somebody may hold a session with."""
    teams = dict.fromkeys(it.team for it in viewer.roles if it.team)
    return tuple(it for it in teams if can_see_own(viewer, it).is_allowed)
