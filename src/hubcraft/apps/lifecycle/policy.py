"""Who reads and who writes what a hub keeps about itself; nobody outside it does either."""

from django.utils.translation import gettext as _

from hubcraft.apps.insights.policy import can_see_hub
from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import Verdict, refuse


def can_read(viewer: Viewer, hub_id: str) -> Verdict:
    """Everybody of the hub; not who leads or coaches from outside it."""
    return can_see_hub(viewer, hub_id)


def can_keep(viewer: Viewer, hub_id: str) -> Verdict:
    """Life cycle, charter, routines and roster speak for the whole hub: its leader writes them."""
    verdict = can_read(viewer, hub_id)
    if not verdict.is_allowed or viewer.is_in_team(hub_id, Role.HUB_LEADER):
        return verdict
    return refuse(_("The leader of your hub writes this. Tell them what should change."))


def can_log(viewer: Viewer, hub_id: str) -> Verdict:
    """Whoever notices a problem writes it down: everybody of the hub."""
    return can_read(viewer, hub_id)


def can_take_away(viewer: Viewer, hub_id: str, kind: str) -> Verdict:
    """Whoever may write a thing may take it away, and put it back."""
    return can_log(viewer, hub_id) if kind == "problem" else can_keep(viewer, hub_id)


def who_can_see() -> tuple[str, ...]:
    """The rules above in words, for whoever is about to write."""
    return (
        _("Everybody of your hub reads this, and whoever joins it later."),
        _("Nobody outside it does: not who leads the network, not a coach, not a researcher."),
    )


def who_can_see_step() -> tuple[str, ...]:
    """The same for a next step: what a hub promised, it may ask its network for help with."""
    return (
        who_can_see()[0],
        _("Nobody outside it does, unless somebody of your hub asks the network for help with this step."),
    )
