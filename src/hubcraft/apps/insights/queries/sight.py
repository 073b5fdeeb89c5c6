"""What one of a hub's people sees of it in full, where it was once two hubs."""

from collections.abc import Collection, Iterable
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

    # By team, the first hub first: what a team goes on to do is kept for the one hub, until that is part of a third.
    former: dict[str, tuple[FormerHub, ...]] = field(default_factory=dict)
    mine: Collection[str] = ()
    # Hubs of which they were, and that are part of this one now.
    parts: tuple[str, ...] = ()
    # When two last became one; None where there was always one.
    became_one: datetime | None = None
    # When what is said of the hub itself began to be theirs to read; None where all of it is.
    since: datetime | None = None

    def former_of(self, team_id: str, made_at: datetime) -> FormerHub | None:
        """For which hub something of this team was kept before two became one; None since."""
        return former_at(self.former.get(team_id, ()), made_at)

    def sees(self, reflection: Reflection) -> bool:
        """Whether a board, with its strategies and next steps, is theirs to see in full."""
        former = self.former_of(reflection.team_id, reflection.made_at)
        return former is None or former.id in self.mine

    @property
    def others(self) -> frozenset[str]:
        """Teams that were kept, at any time, for a hub of which they were not."""
        return frozenset(team for team, of in self.former.items() if any(it.id not in self.mine for it in of))


# Of a hub that was never two.
ALL = Sight()


def sight_of(viewer: Viewer, hub: Team) -> Sight:
    """What this person sees of a hub."""
    own = list(FormerHub.objects.filter(team=hub).order_by("made_at", "id"))
    if not own:
        return ALL
    kept = TeamClaim.objects.filter(network=hub.network_id, hub=hub).exclude(former=None)
    claims = list(kept.select_related("former__team"))
    chains = {key: with_later(it) for key, it in {it.former_id: it.former for it in claims}.items()}
    held = FormerMember.objects.filter(person=viewer.person).select_related("former")
    of = {it.former_id: it.former for it in held}
    return Sight(
        former={it.team_id: chains[it.former_id] for it in claims},
        mine=frozenset(of),
        parts=tuple(sorted({it.team_id for it in of.values() if goes_on_as(it, hub)})),
        became_one=own[-1].made_at,
        since=max((it.made_at for it in own if it.id not in of), default=None),
    )


def former_at(chain: Iterable[FormerHub], made_at: datetime) -> FormerHub | None:
    """Of hubs that went on one from the other, which one kept what was made at this moment; None for what came since."""
    return next((it for it in chain if made_at <= it.made_at), None)


def with_later(former: FormerHub) -> tuple[FormerHub, ...]:
    """This hub, and those that went on from it."""
    return (former, *later(former))


def goes_on_as(former: FormerHub, hub: Team) -> bool:
    """Whether this other hub is part of this one now."""
    return former.team_id != hub.id and hub.id in (former.into_id, *(it.into_id for it in later(former)))


def later(former: FormerHub) -> tuple[FormerHub, ...]:
    """The hubs that went on from this one and became one with yet another, in turn."""
    step = FormerHub.objects.filter(team=former.into_id, made_at__gt=former.made_at)
    then = step.select_related("team").order_by("made_at", "id").first()
    return (then, *later(then)) if then is not None else ()


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
