"""What is seen of hubs from above: what these share, one by one or only in sums, through the floors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext

from hubcraft.apps.frameworks.queries import LevelView, LookForView, Rubric, rubric_of
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.models import Frozen, Release, ReleasedGroup
from hubcraft.apps.insights.queries.holding import rows_held_back
from hubcraft.apps.insights.queries.sharing import asked_for
from hubcraft.apps.networks.models import Initiative, Network, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.rating import ASIDES
from hubcraft.domain.suppression import Coded, Published, Reason, Withheld, shared_counts
from hubcraft.domain.verdict import NotThere, Verdict

Kind = Release.Kind


@dataclass(frozen=True)
class Above:
    """A network, or an initiative."""

    network: Network | None = None
    initiative: Initiative | None = None

    @property
    def address(self) -> str:
        return f"/n/{self.network.id}/" if self.network is not None else f"/i/{self.initiative.id}/"

    @property
    def name(self) -> str:
        return self.network.name if self.network is not None else self.initiative.name


@dataclass(frozen=True)
class CountsRow:
    """One look-for, with people by level where they may be told; `told` is one of the floors' own types."""

    look_for: LookForView
    told: Published[dict[str, int]] | Withheld | Coded
    levels: tuple[tuple[LevelView, int], ...]
    asides: int
    people: int
    coded: LevelView | None


@dataclass(frozen=True)
class DomainCounts:
    """One domain: of one hub at one time, or of several together."""

    title: str
    on: date | None
    levels: tuple[LevelView, ...]
    rows: tuple[CountsRow, ...]

    @property
    def is_told(self) -> bool:
        return not all(isinstance(row.told, Withheld) for row in self.rows)

    @property
    def keeps_back(self) -> bool:
        return any(isinstance(row.told, Withheld) for row in self.rows)


@dataclass(frozen=True)
class SharingHub:
    """A hub in the list of those that share."""

    id: str
    name: str
    network_name: str
    address: str
    # How much of what it shares, in words.
    shares: str


@dataclass(frozen=True)
class AbovePage:
    """A network or an initiative as who leads it sees it, or coaches in it; who does research sees the sums alone."""

    name: str
    address: str
    hubs: tuple[SharingHub, ...]
    silent: int
    together: tuple[DomainCounts, ...]
    sees_hubs: bool
    may_ask: bool
    asks: dict[str, bool]


@dataclass(frozen=True)
class SharedWords:
    """A strategy or a next step that a hub shares."""

    look_for: LookForView | None
    words: str
    how_we_know: str
    language: str


@dataclass(frozen=True)
class SharedHub:
    """A hub, and what it shares with one network or initiative at this moment; for its own coach also if nothing."""

    above: Above
    hub: Team
    releases: list[Release]


@dataclass(frozen=True)
class SharedHubPage:
    """One hub, as far as it shares; no address above for a coach of this hub alone."""

    name: str
    above: str
    above_address: str
    boards: tuple[DomainCounts, ...]
    strategies: tuple[SharedWords, ...]
    next_steps: tuple[SharedWords, ...]


def list_networks(viewer: Viewer) -> list[Network]:
    """The networks whose page this viewer sees."""
    seen = {it.network for it in viewer.roles if it.network}
    ids = [it for it in seen if policy.can_see_network(viewer, it)]
    return list(Network.objects.filter(id__in=ids, removed_at=None).order_by("name", "id"))


def list_initiatives(viewer: Viewer) -> list[Initiative]:
    """The initiatives whose page this viewer sees."""
    ids = [it.initiative for it in viewer.roles if policy.can_see_initiative(viewer, it.initiative)]
    return list(Initiative.objects.filter(id__in=ids, removed_at=None).order_by("name", "id"))


def get_network(viewer: Viewer, network_id: str) -> Above:
    """A network, for whoever sees its page."""
    return Above(network=find_network(network_id, policy.can_see_network(viewer, network_id)))


def get_initiative(viewer: Viewer, initiative_id: str) -> Above:
    """An initiative, for whoever sees its page."""
    return Above(initiative=find_initiative(initiative_id, policy.can_see_initiative(viewer, initiative_id)))


def get_network_hub(viewer: Viewer, network_id: str, hub_id: str) -> SharedHub:
    """One hub of a network: one that shares nothing is there only for its own coaches."""
    network = find_network(network_id, policy.can_see_shared_hub(viewer, network_id, hub_id))
    return find_shared(Above(network=network), hub_id, may_be_empty=policy.is_coach_of(viewer, hub_id))


def get_initiative_hub(viewer: Viewer, initiative_id: str, hub_id: str) -> SharedHub:
    """One hub of an initiative, as far as it shares with it."""
    verdict = policy.can_see_hubs_of_initiative(viewer, initiative_id)
    return find_shared(Above(initiative=find_initiative(initiative_id, verdict)), hub_id)


def find_network(network_id: str, verdict: Verdict) -> Network:
    """A network that is there for whoever this was said of."""
    network = Network.objects.filter(id=network_id, removed_at=None).select_related("initiative").first()
    if network is None or not verdict.is_allowed:
        raise NotThere
    return network


def find_initiative(initiative_id: str, verdict: Verdict) -> Initiative:
    """An initiative that is there for whoever this was said of."""
    initiative = Initiative.objects.filter(id=initiative_id, removed_at=None).first()
    if initiative is None or not verdict.is_allowed:
        raise NotThere
    return initiative


def find_shared(above: Above, hub_id: str, may_be_empty: bool = False) -> SharedHub:
    """What one hub shares here."""
    hub = hubs_of(above).filter(id=hub_id).first()
    releases = [it for it in releases_to(above) if it.team_id == hub_id]
    if hub is None or not (releases or may_be_empty):
        raise NotThere
    return SharedHub(above, hub, releases)


def hubs_of(above: Above):
    """The teams that people have joined: a network's, or those of all networks of an initiative."""
    if above.network is not None:
        teams = Team.objects.filter(network=above.network)
    else:
        networks = Network.objects.filter(initiative=above.initiative, removed_at=None)
        teams = Team.objects.filter(network__in=networks.values("id"))
    return teams.filter(removed_at=None, network__removed_at=None).select_related("network")


def releases_to(above: Above) -> list[Release]:
    """What hubs share with those who lead here, at this moment."""
    found = Release.objects.filter(team__in=hubs_of(above).values("id"), revoked_at=None)
    if above.initiative is not None:
        found = found.filter(initiative=above.initiative)
    return list(found.select_related("frozen", "network", "team__network").order_by("made_at", "id"))


def frozen_in(above: Above, pack_id: str, domain: str) -> list[Frozen]:
    """The counts that go into a sum: of each hub that shares here its last reflection on this domain."""
    last: dict[str, Frozen] = {}
    for release in releases_to(above):
        it = release.frozen
        if it is None or (it.pack_id, it.domain) != (pack_id, domain):
            continue
        there = last.get(it.team_id)
        if there is None or (there.on, there.made_at) < (it.on, it.made_at):
            last[it.team_id] = it
    return list(last.values())


def groups_told(pack_id: str, look_fors: Sequence[str]):
    """The register on these look-fors, everywhere."""
    return ReleasedGroup.objects.filter(pack=pack_id, look_for__in=look_fors).order_by("made_at", "id")


def counts_row(
    look_for: LookForView, told: Published[dict[str, int]] | Withheld | Coded, rubric: Rubric
) -> CountsRow:
    """One look-for as a page shows it."""
    counts = told.value if isinstance(told, Published) else {}
    answer = told.answer if isinstance(told, Coded) else ""
    return CountsRow(
        look_for=look_for,
        told=told,
        levels=tuple((level, counts.get(level.key, 0)) for level in rubric.levels) if counts else (),
        asides=sum(counts.get(it, 0) for it in ASIDES),
        people=sum(counts.values()),
        coded=next((level for level in rubric.levels if level.key == answer), None),
    )


def rubric_for(pack_id: str, domain: str) -> Rubric:
    """The rubric that counts belong to, in the reader's language."""
    return rubric_of(pack_id, domain, get_language() or "en")


def hub_counts(frozen: Frozen) -> DomainCounts:
    """One hub's board as counts, from five people on, where that gives nobody else away."""
    rubric = rubric_for(frozen.pack_id, frozen.domain)
    held_back = rows_held_back(frozen)
    rows = []
    for it in rubric.look_fors:
        told = shared_counts(frozen.tallies.get(it.key, {}))
        is_held = it.key in held_back
        rows.append(counts_row(it, Withheld(Reason.TOO_FEW_OTHERS) if is_held else told, rubric))
    return DomainCounts(rubric.title, frozen.on, rubric.levels, tuple(rows))


def sums(above: Above, releases: Iterable[Release]) -> dict[tuple[str, str, str], ReleasedGroup]:
    """By content, rubric and look-for the last sum in the register all of whose hubs still share here.

    Only hubs with the same rubric are added up, so any member says which one it was (docs/decide/0042).
    """
    shared = [it.frozen for it in releases if it.frozen is not None]
    standing = {it.id: it.domain for it in shared}
    found = {}
    for it in ReleasedGroup.objects.filter(
        network=above.network, initiative=above.initiative, pack__in={it.pack_id for it in shared}
    ).order_by("made_at", "id"):
        if it.members and standing.keys() >= set(it.members):
            found[it.pack_id, standing[it.members[0]], it.look_for] = it
    return found


def releases_in_sums(above: Above) -> list[Release]:
    """What went into the sums that are shown here."""
    releases = releases_to(above)
    members = {key for it in sums(above, releases).values() for key in it.members}
    return [it for it in releases if it.frozen_id in members]


def together(above: Above, releases: Sequence[Release]) -> tuple[DomainCounts, ...]:
    """Sums over hubs, domain by domain; withheld where the floors told none."""
    told = sums(above, releases)
    domains = {(it.frozen.pack_id, it.frozen.domain) for it in releases if it.frozen is not None}
    found = []
    for pack_id, domain in sorted(domains):
        rubric = rubric_for(pack_id, domain)
        rows = []
        for it in rubric.look_fors:
            group = told.get((pack_id, domain, it.key))
            answer = Published(group.counts) if group else Withheld(Reason.TOO_FEW_OTHERS)
            rows.append(counts_row(it, answer, rubric))
        found.append(DomainCounts(rubric.title, None, rubric.levels, tuple(rows)))
    return tuple(found)


def above_page(viewer: Viewer, above: Above) -> AbovePage:
    """The page of a network or an initiative."""
    releases = releases_to(above)
    by_hub: dict[str, list[Release]] = {}
    for it in releases:
        by_hub.setdefault(it.team_id, []).append(it)
    sharing = [it for it in hubs_of(above).order_by("name", "id") if it.id in by_hub]
    sees_hubs, may_ask = can_see_hubs_of(viewer, above).is_allowed, False
    if above.network is not None:
        may_ask = policy.can_ask(viewer, above.network.id).is_allowed
    return AbovePage(
        name=above.name,
        address=above.address,
        hubs=tuple(sharing_hub(above, it, by_hub[it.id]) for it in sharing) if sees_hubs else (),
        silent=hubs_of(above).count() - len(sharing),
        together=together(above, releases),
        sees_hubs=sees_hubs,
        may_ask=may_ask,
        asks=asked_for(above.network.id) if above.network is not None and may_ask else {},
    )


def can_see_hubs_of(viewer: Viewer, above: Above) -> Verdict:
    """Whether one hub beside the other is shown, or sums alone."""
    if above.network is not None:
        return policy.can_see_hubs_of_network(viewer, above.network.id)
    return policy.can_see_hubs_of_initiative(viewer, above.initiative.id)


def sharing_hub(above: Above, hub: Team, releases: Sequence[Release]) -> SharingHub:
    """A hub in the list."""
    kinds = [it.kind for it in releases]
    boards, strategies, next_steps = (kinds.count(it) for it in (Kind.LEVELS, Kind.STRATEGY, Kind.NEXT_STEP))
    return SharingHub(
        id=hub.id,
        name=hub.name,
        network_name=hub.network.name if above.network is None else "",
        address=f"{above.address}hubs/{hub.id}/",
        shares=" · ".join(
            words.format(n=n)
            for n, words in (
                (boards, ngettext("{n} reflection as counts", "{n} reflections as counts", boards)),
                (strategies, ngettext("{n} strategy", "{n} strategies", strategies)),
                (next_steps, ngettext("{n} next step", "{n} next steps", next_steps)),
            )
            if n
        ),
    )


def shared_hub_page(viewer: Viewer, shared: SharedHub) -> SharedHubPage:
    """One hub, as far as it shares."""
    above, releases = shared.above, shared.releases
    boards = [it.frozen for it in releases if it.frozen is not None]
    look_fors = {one.key: one for it in boards for one in rubric_for(it.pack_id, it.domain).look_fors}

    def of(kind: str) -> tuple[SharedWords, ...]:
        return tuple(
            SharedWords(
                look_fors.get(it.words["look_for"]),
                it.words["words"],
                it.words.get("how_we_know", ""),
                it.words["language"],
            )
            for it in releases
            if it.kind == kind
        )

    newest = sorted(boards, key=lambda it: (it.on, it.id), reverse=True)
    return SharedHubPage(
        name=shared.hub.name,
        above=above.name,
        above_address=above.address if can_see_hubs_of(viewer, above).is_allowed else "",
        boards=tuple(map(hub_counts, newest)),
        strategies=of(Kind.STRATEGY),
        next_steps=of(Kind.NEXT_STEP),
    )
