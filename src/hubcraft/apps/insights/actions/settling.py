"""Telling, on the hub's page, what became of what was promised."""

from datetime import datetime

from hubcraft.apps.improvement.actions import settle_step
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.queries.hubs import get_step
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def settle(
    *, by: Viewer, who: str, hub: Team, step_id: str, was: str, state: str, reason: str, at: datetime
) -> NextStep:
    """Done and what happened, or dropped and why; the team's phones see it wherever it meets just now."""
    insist(policy.can_settle(by, hub.id))
    step = get_step(by, hub, step_id)
    return settle_step(step=step, who=who, was=was, state=state, reason=reason, at=at)
