"""Two hubs of a network become one: one asks, the other agrees, and nobody sees more of what was before."""

from datetime import datetime, timedelta

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.frameworks.actions.own import hand_on
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions.raising import end_raised
from hubcraft.apps.insights.actions.sharing import end, hold, tell_together
from hubcraft.apps.insights.models import FormerHub, FormerMember, Frozen, Look, Merge, Release, TeamClaim
from hubcraft.apps.insights.queries.claims import hub_address
from hubcraft.apps.insights.queries.hubs import reflections_of
from hubcraft.apps.insights.queries.merging import get_asked, hubs_led_by
from hubcraft.apps.insights.queries.sharing import releases_of, things_of
from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.queries import clean_address, find_person
from hubcraft.apps.roles.actions import roles
from hubcraft.apps.roles.actions.telling import tell
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.roles.queries.leading import leads_network, people_of
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes

LASTS = timedelta(days=14)
Reach = Release.Reach
# From the strictest choice on.
STRICTNESS = (None, Reach.NETWORK, Reach.INITIATIVE)


@writes
def ask(*, by: Viewer, hub: Team, email: str, address: str, at: datetime) -> Merge:
    """Ask whoever leads another hub of the network; who does not, is not told, nor whoever asks."""
    insist(policy.can_merge(by, hub.id))
    hold(hub.network)
    Merge.objects.filter(team=hub, ended_at=None).update(ended_at=at)
    email = clean_address(email)
    merge = Merge.objects.create(
        network_id=hub.network_id, team=hub, person_id=by.person, email=email, made_at=at, until=at + LASTS
    )
    record(by, f"asked to make {hub} one with another hub", hub, at)
    if led := hubs_led_by(email, hub):
        link = f"{address}{hub_address(led[0])}"
        tell([find_person(email)], "insights/mail/asked_to_merge.txt", who=by.name, hub=hub, link=link, at=at)
    return merge


@writes
def take_back(*, by: Viewer, hub: Team, at: datetime) -> None:
    """What was asked is asked no longer."""
    insist(policy.can_merge(by, hub.id))
    if not Merge.objects.filter(team=hub, ended_at=None).update(ended_at=at):
        raise NotThere
    record(by, f"asked no longer to make {hub} one with another hub", hub, at)


@writes
def answer(*, by: Viewer, hub: Team, merge_id: str, agrees: bool, at: datetime) -> None:
    """Yes: the hub that asked is part of this one from now on. No: all stays as it is, and who asked is told so."""
    insist(policy.can_merge(by, hub.id))
    hold(hub.network)
    if not Team.objects.filter(id=hub.id, network=hub.network_id, removed_at=None).exists():
        raise NotThere  # Moved, or part of another hub, while this waited.
    merge = get_asked(by, hub, merge_id, at)
    Merge.objects.filter(id=merge.id).update(ended_at=at)
    if agrees:
        record(by, f"made {merge.team} and {hub} one hub", hub, at)
        unite(hub, merge.team, at)
    else:
        record(by, f"did not want to make {hub} one with another hub", hub, at)
        tell([merge.person], "insights/mail/not_merged.txt", hub=merge.team, at=at)


def unite(hub: Team, part: Team, at: datetime) -> None:
    """What was kept for either says so, what is shared stays within the stricter choice, and all are told."""
    both = (hub, part)
    # Held, so that no board is kept for a hub that is going.
    list(Team.objects.select_for_update().filter(id__in=[it.id for it in both]).order_by("id"))
    concerned = [*people_of(hub), *people_of(part), *leads_network(hub)]
    for it in both:
        remember(it, hub, at)
    # While it can still be told what was whose.
    ended = keep_to_stricter(hub, part, at)
    TeamClaim.objects.filter(network=hub.network_id, hub=part).update(hub=hub)
    Look.objects.filter(team=part, release__revoked_at=None).update(team=hub)
    Release.objects.filter(team=part, revoked_at=None).update(team=hub)
    Frozen.objects.filter(team=part).update(team=hub)
    hand_on(part, hub)
    end_raised(both, at)
    bring_people(hub, part, at)
    Invitation.objects.filter(team=part, ended_at=None).update(ended_at=at)
    Merge.objects.filter(team__in=both, ended_at=None).update(ended_at=at)
    Team.objects.filter(id=part.id).update(removed_at=at, is_hub=False)
    if part.is_hub:
        Team.objects.filter(id=hub.id).update(is_hub=True)
    tell_together(hub.network, ended, at)
    tell(concerned, "insights/mail/merged.txt", hub=hub, part=part, at=at)


def remember(it: Team, hub: Team, at: datetime) -> None:
    """Who was of a hub, and what was kept for it, when it became one with another."""
    former = FormerHub.objects.create(network_id=it.network_id, team=it, into=hub, made_at=at)
    held = Membership.objects.filter(team=it, ended_at=None, role__in=policy.OF_A_HUB)
    FormerMember.objects.bulk_create(
        FormerMember(former=former, network_id=it.network_id, person_id=person)
        for person in sorted(set(held.values_list("person_id", flat=True)))
    )
    TeamClaim.objects.filter(network=it.network_id, hub=it, former=None).update(former=former)


def keep_to_stricter(hub: Team, part: Team, at: datetime) -> list[Release]:
    """Of each kind of thing no more is shared than by the one of the two who shared less; answers with what ended."""
    ended = []
    for kind in Release.Kind:
        choices = [it for it in (choice_of(hub, kind), choice_of(part, kind)) if it is not None]
        limit = min(choices, default=0)
        for release in [*releases_of(hub).filter(kind=kind), *releases_of(part).filter(kind=kind)]:
            if STRICTNESS.index(release.reach_now) <= limit:
                continue
            end(release, at)
            ended.append(release)
            if limit:
                narrow(release)
    return ended


def choice_of(hub: Team, kind: str) -> int | None:
    """How far a hub shares a kind of thing; None where it has nothing of that kind, so that it chose nothing."""
    shared = [STRICTNESS.index(it.reach_now) for it in releases_of(hub).filter(kind=kind)]
    if shared:
        return max(shared)
    could = any(it.kind == kind and not it.why_not for it in things_of(reflections_of(hub)))
    return 0 if could else None


def narrow(release: Release) -> None:
    """The same as it was shared, with the network alone."""
    Release.objects.create(
        network_id=release.network_id,
        team_id=release.team_id,
        kind=release.kind,
        source=release.source,
        reach=Reach.NETWORK,
        frozen=release.frozen,
        words=release.words,
        person_id=release.person_id,
        made_at=release.made_at,
    )


def bring_people(hub: Team, part: Team, at: datetime) -> None:
    """Whoever was something in the one is it in the other; who leads is no member beside that."""
    held = list(Membership.objects.filter(team=part, ended_at=None).select_related("person"))
    Membership.objects.filter(id__in=[it.id for it in held]).update(ended_at=at)
    for it in held:
        roles.hold(person=it.person, to=hub, role=it.role, at=at)
    there = Membership.objects.filter(team=hub, ended_at=None)
    leaders = list(there.filter(role=Role.HUB_LEADER).values_list("person_id", flat=True))
    there.filter(role=Role.MEMBER, person__in=leaders).update(ended_at=at)


def record(by: Viewer, did: str, hub: Team, at: datetime) -> None:
    """In the trail of the hub whose leader did it: the network's other hubs read nothing of it."""
    audit.record(who=by.in_trail, did=did, thing=f"team {hub.id}", network=hub.network_id, at=at)
