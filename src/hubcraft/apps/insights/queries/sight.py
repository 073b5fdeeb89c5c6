"""What one of a hub's people sees of it in full, where it was once two hubs."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from hubcraft.apps.insights.models import FormerHub, FormerMember, TeamClaim
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import Reflection


@dataclass(frozen=True)
class Sight:
    """Which teams were kept for a hub that is part of this one now, and of which of these hubs this person was.

    What a team held before that is seen in full by the people whom it was promised to, and by nobody else: they wrote it
    below a sentence that said so. What it held since, everybody of the one hub sees.
    """

    former: dict[str, FormerHub] = field(default_factory=dict)
    mine: Collection[str] = ()

    def former_of(self, team_id: str, made_at: datetime) -> FormerHub | None:
        """For which hub something of this team was kept before two became one; None since."""
        former = self.former.get(team_id)
        return former if former is not None and made_at <= former.made_at else None

    def sees(self, reflection: Reflection) -> bool:
        """Whether a board, with its strategies and next steps, is theirs to see in full."""
        former = self.former_of(reflection.team_id, reflection.made_at)
        return former is None or former.id in self.mine

    @property
    def others(self) -> frozenset[str]:
        """Teams that were kept for a hub of which they were not."""
        return frozenset(team for team, it in self.former.items() if it.id not in self.mine)


def sight_of(viewer: Viewer, hub: Team) -> Sight:
    """What this person sees of a hub."""
    kept = TeamClaim.objects.filter(network=hub.network_id, hub=hub).exclude(former=None)
    former = {it.team_id: it.former for it in kept.select_related("former__team")}
    if not former:
        return Sight()
    mine = FormerMember.objects.filter(person=viewer.person, former__in=list(former.values()))
    return Sight(former, frozenset(mine.values_list("former_id", flat=True)))


def find_successor(network_id: str, hub_id: str) -> Team | None:
    """Which hub goes on for one that is part of another now."""
    seen, found = set(), None
    while hub_id not in seen:
        seen.add(hub_id)
        step = FormerHub.objects.filter(network=network_id, team=hub_id).exclude(into=hub_id)
        step = step.select_related("into").first()
        if step is not None:
            hub_id, found = step.into_id, step.into
    return found
