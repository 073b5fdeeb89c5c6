"""Sharing upward, taking it back; and what may then be told of several hubs together."""

from collections.abc import Iterable
from datetime import datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.models import Frozen, Look, Release, ReleasedGroup, SharingDefault
from hubcraft.apps.insights.queries.above import Above, frozen_in, groups_told
from hubcraft.apps.insights.queries.holding import (
    boards_shared,
    counted_together,
    gives_away,
    rows_held_back,
    tallies_in,
)
from hubcraft.apps.insights.queries.sharing import get_shareable, releases_of, tallies_of
from hubcraft.apps.networks.models import Network, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.days import day_at
from hubcraft.domain.suppression import Published, network_counts
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes

Kind = Release.Kind


@writes
def share(*, by: Viewer, who: str, hub: Team, source: str, reach: str, at: datetime) -> Release:
    """Share one thing as it is now; shared twice it is shared once, as far as was said last."""
    insist(policy.can_share(by, hub.id))
    hold(hub.network)
    if not Team.objects.filter(id=hub.id, network=hub.network_id, removed_at=None).exists():
        raise NotThere  # Moved, or part of another hub, while this waited.
    thing = get_shareable(by, hub, source)
    if thing.why_not:
        insist(refuse(thing.why_not))
    if reach not in Release.Reach.values or (reach == "initiative" and hub.network.initiative_id is None):
        raise NotThere
    there = releases_of(hub).filter(source=source).first()
    if there is not None and there.reach_now == reach:
        return there
    if there is not None:
        end(there, at)
    release = Release.objects.create(
        network_id=hub.network_id,
        team=hub,
        kind=thing.kind,
        source=source,
        reach=reach,
        initiative_id=hub.network.initiative_id if reach == "initiative" else None,
        frozen=freeze(hub, source, at) if thing.kind == Kind.LEVELS else None,
        words=words_of(thing.kind, source),
        person_id=by.person,
        made_at=at,
    )
    audit.record(
        who=who, did="shared something upward", thing=f"release {release.id}", network=hub.network_id, at=at
    )
    tell_together(hub.network, [release], at)
    return release


@writes
def take_back(*, by: Viewer, who: str, hub: Team, release_id: str, at: datetime) -> None:
    """Share it no more. Who looked stays told; the counts stay in the register, which nobody reads."""
    insist(policy.can_share(by, hub.id))
    hold(hub.network)
    release = Release.objects.filter(team=hub, id=release_id).first()
    if release is None:
        raise NotThere
    if release.revoked_at is not None:
        return
    end(release, at)
    audit.record(
        who=who, did="took back what was shared", thing=f"release {release.id}", network=hub.network_id, at=at
    )
    tell_together(hub.network, [release], at)


def end(release: Release, at: datetime) -> None:
    """From now on this is not shared; its words are gone."""
    Release.objects.filter(id=release.id).update(revoked_at=at, words={})


def hold(network: Network) -> None:
    """Hold the network, and all beside it in its initiative: groups of hubs are told one after another."""
    beside = Network.objects.filter(id=network.id)
    if network.initiative_id is not None:
        beside = Network.objects.filter(initiative=network.initiative_id)
    list(beside.select_for_update().order_by("id"))


def freeze(hub: Team, reflection_id: str, at: datetime) -> Frozen:
    """The counts of a board as they are when it is first shared, and from then on."""
    there = Frozen.objects.filter(reflection=reflection_id).first()
    if there is not None:
        return there
    reflection = Reflection.objects.select_related("session__room", "team").get(id=reflection_id)
    # Held as by whoever counts the room: either comes first, and the other knows of it.
    Room.objects.select_for_update().get(id=reflection.session.room_id)
    frozen = Frozen.objects.create(
        reflection=reflection,
        network_id=hub.network_id,
        team=hub,
        pack_id=reflection.session.pack_id,
        domain=reflection.domain_key,
        tallies=tallies_of(reflection),
        on=reflection.held_on,
        made_at=at,
    )
    frozen.held_back = gives_away(frozen)
    frozen.save(update_fields=["held_back"])
    return frozen


def words_of(kind: str, source: str) -> dict[str, str]:
    """What is shared of a strategy or a next step: never who wrote it, nor who sees to it."""
    if kind == Kind.STRATEGY:
        it = Strategy.objects.get(id=source)
        return {
            "look_for": it.look_for,
            "words": it.words,
            "how_we_know": it.how_we_know,
            "language": it.language,
        }
    if kind == Kind.NEXT_STEP:
        step = NextStep.objects.get(id=source)
        return {"look_for": step.look_for, "words": step.words, "language": step.language}
    return {}


def tell_together(network: Network, changed: Iterable[Release], at: datetime) -> None:
    """Sums that may be told now, for the network and its initiative, on the look-fors of what was changed."""
    for release in changed:
        if release.frozen is None:
            continue
        tell_group(Above(network=network), release.frozen, at)
        if network.initiative is not None:
            tell_group(Above(initiative=network.initiative), release.frozen, at)


def tell_group(above: Above, like: Frozen, at: datetime) -> None:
    """Enter into the register what the floors allow of those who share at this moment, look-for by look-for."""
    group = frozen_in(above, like.pack_id, like.domain)
    members = sorted(it.id for it in group)
    told: dict[str, list[list[str]]] = {}
    for it in groups_told(like.pack_id, list(like.tallies)):
        told.setdefault(it.look_for, []).append(it.members)
    known = {key for groups in told.values() for one in groups for key in one}
    everything = {it.id: it for it in Frozen.everywhere.filter(id__in=known)} | {it.id: it for it in group}
    rooms = counted_together(everything.values())
    beside = tallies_in({board for parts in rooms.values() for part in parts for board in part})
    key_of = {it.reflection_id: it.id for it in everything.values()}
    held_back = {key: rows_held_back(it) for key, it in everything.items()}
    unshared = beside.keys() - boards_shared(beside.keys())
    for look_for in like.tallies:
        tallies = {key_of.get(board, board): it.get(look_for, {}) for board, it in beside.items()}
        tallies |= {key: it.tallies.get(look_for, {}) for key, it in everything.items()}
        register = told.get(look_for, []) + [
            [key_of.get(board, board) for board in part] for part in rooms.get(look_for, [])
        ]
        # What was never shared tells no row of its own, however many people it has.
        held = unshared | {key for key, look_fors in held_back.items() if look_for in look_fors}
        answer = network_counts(tallies, members, register, held)
        if isinstance(answer, Published):
            ReleasedGroup.objects.get_or_create(
                network=above.network,
                initiative=above.initiative,
                pack_id=like.pack_id,
                look_for=look_for,
                members=members,
                defaults={"counts": answer.value, "made_at": at},
            )


@writes
def look(*, by: Viewer, releases: list[Release], at: datetime) -> None:
    """Note that somebody looked at what hubs share, once a day for each thing."""
    Look.objects.bulk_create(
        [
            Look(
                release=it,
                network_id=it.network_id,
                team_id=it.team_id,
                person_id=by.person,
                on=day_at(at, it.network.time_zone),
            )
            for it in releases
        ],
        ignore_conflicts=True,
    )


@writes
def ask_for(
    *, by: Viewer, who: str, network: Network, levels: bool, strategies: bool, next_steps: bool, at: datetime
) -> None:
    """What the network asks its hubs to share; each hub still decides."""
    insist(policy.can_ask(by, network.id))
    asked = {"levels": levels, "strategies": strategies, "next_steps": next_steps, "changed_at": at}
    SharingDefault.objects.update_or_create(network=network, defaults=asked)
    audit.record(
        who=who,
        did="said what the network asks for",
        thing=f"network {network.id}",
        network=network.id,
        at=at,
    )
