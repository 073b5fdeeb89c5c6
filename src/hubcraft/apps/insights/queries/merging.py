"""Two hubs that may become one: what each reads before, which is nothing of the other."""

from dataclasses import dataclass
from datetime import datetime

from hubcraft.apps.insights import policy
from hubcraft.apps.insights.models import Merge
from hubcraft.apps.insights.queries.hubs import HubView, get_hub, hub_view, reflections_of
from hubcraft.apps.insights.queries.readers import Readers, coaches_read_what_is_shared, readers_of_both
from hubcraft.apps.insights.queries.sharing import releases_of
from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.queries import find_person, get_person
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class Asked:
    """One hub asks another: all that the other reads of it before it has said yes."""

    id: str
    who: str
    hub: str
    until: datetime


@dataclass(frozen=True)
class Waiting:
    """What this hub asked, of whom, as it was typed."""

    email: str
    until: datetime


@dataclass(frozen=True)
class MergePage:
    """What happens when two hubs become one, told of one's own."""

    hub: HubView
    people: int
    boards: int
    shares: int
    # Who will read what of the one hub, and whether that is more for whoever coaches one of the two.
    readers: tuple[Readers, ...]
    coaches: int
    coaches_read_more: bool
    asked: tuple[Asked, ...]
    waiting: Waiting | None
    # Whom one answers, on the page of an answer.
    answered: Asked | None = None


def get_led_hub(viewer: Viewer, network_id: str, hub_id: str) -> Team:
    """A hub that this person leads; its other people find nothing here."""
    hub = get_hub(viewer, network_id, hub_id)
    if not policy.can_merge(viewer, hub.id).is_allowed:
        raise NotThere
    return hub


def asked_of(viewer: Viewer, hub: Team, at: datetime) -> list[Merge]:
    """Who asks the leader of this hub, and still may."""
    if not policy.can_merge(viewer, hub.id).is_allowed:
        return []
    waiting = Merge.objects.filter(
        network=hub.network_id, email=get_person(viewer.person).email, ended_at=None, until__gt=at
    )
    waiting = waiting.filter(team__network=hub.network_id, team__removed_at=None).exclude(team=hub)
    found = waiting.select_related("team", "person").order_by("made_at", "id")
    return [it for it in found if policy.can_merge(viewer_of(it.person), it.team_id).is_allowed]


def get_asked(viewer: Viewer, hub: Team, merge_id: str, at: datetime) -> Merge:
    """One of these."""
    found = next((it for it in asked_of(viewer, hub, at) if it.id == merge_id), None)
    if found is None:
        raise NotThere
    return found


def hubs_led_by(email: str, beside: Team) -> list[Team]:
    """Which other hubs of the same network somebody leads; none where there is nobody of this address."""
    person = find_person(email)
    if person is None:
        return []
    held = Membership.objects.filter(
        person=person, network=beside.network_id, role=Role.HUB_LEADER, ended_at=None, team__removed_at=None
    )
    return [it.team for it in held.exclude(team=beside).select_related("team")]


def merge_page(viewer: Viewer, hub: Team, at: datetime, merge_id: str = "") -> MergePage:
    """The page on which one asks; with one that waits, the page on which one answers."""
    waiting = Merge.objects.filter(team=hub, ended_at=None, until__gt=at).first()
    held = Membership.objects.filter(team=hub, ended_at=None)
    return MergePage(
        hub=hub_view(hub),
        people=held.values("person").distinct().count(),
        boards=len(reflections_of(hub)),
        shares=releases_of(hub).count(),
        readers=readers_of_both(hub),
        coaches=held.filter(role=Role.COACH).values("person").distinct().count(),
        coaches_read_more=coaches_read_what_is_shared(hub),
        asked=tuple(map(asked_view, asked_of(viewer, hub, at))),
        waiting=Waiting(waiting.email, waiting.until) if waiting else None,
        answered=asked_view(get_asked(viewer, hub, merge_id, at)) if merge_id else None,
    )


def asked_view(it: Merge) -> Asked:
    """One that waits, as its answerer reads it."""
    return Asked(it.id, str(it.person), it.team.name, it.until)
