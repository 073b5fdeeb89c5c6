"""What a hub may share, what it shares, and who looked at it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import rubric_of
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.improvement.queries import standing
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.models import Look, Release, SharingDefault
from hubcraft.apps.insights.queries.hubs import HubView, hub_view, seen_reflections
from hubcraft.apps.insights.queries.joining import rubric_in, why_not_shown
from hubcraft.apps.insights.queries.sight import Sight, sight_of
from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.policy import is_shown
from hubcraft.apps.playbook.queries import standing as standing_strategies
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.board import list_standings
from hubcraft.domain.days import day_at
from hubcraft.domain.verdict import NotThere

Kind = Release.Kind
KINDS = ((Kind.LEVELS, "levels"), (Kind.STRATEGY, "strategies"), (Kind.NEXT_STEP, "next_steps"))
MOST_LOOKS = 100
LOOKING = (
    Role.NETWORK_LEAD,
    Role.INITIATIVE_LEAD,
    Role.COACH,
    Role.RESEARCHER,
    # Who reads of a hub that became part of their own what it shares.
    *policy.OF_A_HUB,
)


@dataclass(frozen=True)
class Shareable:
    """One thing of a hub, and whether it is shared: `release` is empty where it is not."""

    kind: str
    source: str
    title: str
    words: str
    language: str
    on: date
    why_not: str
    release: str = ""
    reach: str = ""
    # Of a hub that became part of this one, and not theirs to see in full: it may only be taken back.
    is_of_others: bool = False


@dataclass(frozen=True)
class LookView:
    """Somebody looked at something of this hub; with what they are around it now, if they still are."""

    who: str
    role: str
    title: str
    on: date


@dataclass(frozen=True)
class SharingPage:
    """What a hub shares upward, and what it could."""

    hub: HubView
    may_share: bool
    has_initiative: bool
    groups: tuple[tuple[str, bool, tuple[Shareable, ...]], ...]
    looks: tuple[LookView, ...]
    who_can_see: tuple[str, ...]


def tallies_of(reflection: Reflection) -> dict[str, dict[str, int]]:
    """How many gave each answer, by look-for, as the board shows it at this moment."""
    if reflection.shows == Reflection.Shows.DOTS:
        return dict(reflection.tallies)
    rubric = rubric_in(reflection)
    standings = list_standings(reflection, rubric.keys)
    return {key: rubric.scale.tally(it.answer for it in row) for key, row in standings.items()}


def people_of_board(reflection: Reflection) -> int:
    """How many answered the look-for that most answered."""
    return max((sum(row.values()) for row in tallies_of(reflection).values()), default=0)


def shareables(viewer: Viewer, hub: Team) -> list[Shareable]:
    """Everything of a hub that this person sees and that could be shared."""
    return things_of(seen_reflections(viewer, hub))


def things_of(reflections: Iterable[Reflection]) -> list[Shareable]:
    """What could be shared: boards as counts, their strategies, their next steps."""
    found: list[Shareable] = []
    for reflection in reflections:
        if why_not_shown(reflection):
            continue
        rubric, session = rubric_in(reflection), reflection.session
        look_fors = {it.key: it.text for it in rubric.look_fors}
        on = reflection.held_on
        words_stay = policy.has_words_to_hide_in(people_of_board(reflection)).sentence
        found.append(Shareable(Kind.LEVELS, reflection.id, rubric.title, "", "", on, ""))
        if is_shown(session, reflection):
            strategies = (
                standing_strategies(session).filter(team=reflection.team_id).order_by("look_for", "id")
            )
            found += [
                Shareable(
                    Kind.STRATEGY,
                    it.id,
                    look_fors.get(it.look_for, ""),
                    it.words,
                    it.language,
                    on,
                    words_stay,
                )
                for it in strategies
            ]
        steps = standing(NextStep.objects.filter(session=session, team=reflection.team_id))
        found += [
            Shareable(
                Kind.NEXT_STEP, it.id, look_fors.get(it.look_for, ""), it.words, it.language, on, words_stay
            )
            for it in steps.exclude(state=NextStep.State.CARRIED).order_by("id")
        ]
    return found


def get_shareable(viewer: Viewer, hub: Team, source: str) -> Shareable:
    """One of these things."""
    found = next((it for it in shareables(viewer, hub) if it.source == source), None)
    if found is None:
        raise NotThere
    return found


def releases_of(hub: Team):
    """What a hub shares at this moment."""
    return Release.objects.filter(team=hub, revoked_at=None).select_related("frozen", "team", "network")


def asked_for(network_id: str) -> dict[str, bool]:
    """What a network asks its hubs to share; nothing where it has not said."""
    fields = ("levels", "strategies", "next_steps")
    default = SharingDefault.objects.filter(network=network_id).first()
    return {field: bool(default and getattr(default, field)) for field in fields}


def sharing_page(viewer: Viewer, hub: Team) -> SharingPage:
    """The page on which a hub decides, one thing after the other."""
    shared = {it.source: it for it in releases_of(hub)}
    asked = asked_for(hub.network_id)
    mine = shareables(viewer, hub)
    things = [with_release(it, shared.pop(it.source, None)) for it in mine]
    things += map(thing_of_others, shared.values())
    return SharingPage(
        hub=hub_view(hub),
        may_share=policy.can_share(viewer, hub.id).is_allowed,
        has_initiative=hub.network.initiative_id is not None,
        groups=tuple(
            (kind, asked[field], kept)
            for kind, field in KINDS
            if (kept := tuple(it for it in things if it.kind == kind))
        ),
        looks=looks_at(looks_of(hub, sight_of(viewer, hub), {it.source for it in mine}), hub, things),
        who_can_see=who_can_see(has_initiative=hub.network.initiative_id is not None),
    )


def who_can_see(*, has_initiative: bool) -> tuple[str, ...]:
    """Who reads what a hub shares, and how it leaves."""
    above = _("An initiative is the same, one floor up: it sees only what you share also with it.")
    return (
        _("Your network: whoever leads it, its coaches, and the coaches of your hub."),
        *((above,) if has_initiative else ()),
        _("Who does research there sees sums over many hubs, and no hub by itself."),
        _(
            "Levels leave as counts, never with names, and only where five people or more answered and they don’t all"
            " say the same; smaller boards only go into sums over many hubs."
        ),
        _("Strategies and next steps leave in their words, without who wrote them."),
        _("You see who looked at what, further down."),
    )


def with_release(thing: Shareable, release: Release | None) -> Shareable:
    """A thing, and whether it is shared."""
    if release is None:
        return thing
    return Shareable(**{**vars(thing), "release": release.id, "reach": release.reach_now})


def thing_of_others(release: Release) -> Shareable:
    """What is shared of a hub that became part of this one, to somebody who was not of it: no more than left it."""
    frozen, words = release.frozen, release.words.get("words", "")
    title = rubric_of(frozen.pack_id, frozen.domain, get_language() or "en").title if frozen else ""
    return Shareable(
        kind=release.kind,
        source=release.source,
        title=title,
        words=words,
        language=release.words.get("language", ""),
        on=frozen.on if frozen else day_at(release.made_at, release.network.time_zone),
        why_not="",
        release=release.id,
        reach=release.reach_now,
        is_of_others=True,
    )


def looks_of(hub: Team, sight: Sight, mine: Collection[str]):
    """Who looked at what of this hub; before two became one, only at what is theirs to see in full."""
    looks = Look.objects.filter(team__in=[hub.id, *sight.parts])
    if sight.became_one is None:
        return looks
    # Looks are dated where the network is; the oldest ones were by UTC.
    last = max(sight.became_one.date(), day_at(sight.became_one, hub.network.time_zone))
    return looks.filter(Q(release__source__in=list(mine)) | Q(on__gt=last))


def looks_at(looks, hub: Team, things: Iterable[Shareable]) -> tuple[LookView, ...]:
    """These looks, the last first; also at what is not shared any more."""
    titles = {it.source: it.words or it.title for it in things}
    looks = looks.select_related("person", "release").order_by("-on", "-id")
    seen = list(looks[:MOST_LOOKS])
    roles = roles_around(hub, {it.person_id for it in seen})
    return tuple(
        LookView(str(it.person), roles.get(it.person_id, ""), titles.get(it.release.source, ""), it.on)
        for it in seen
    )


def roles_around(hub: Team, people: set[str]) -> dict[str, str]:
    """By person the roles that let them look at this hub: in it, in its network, in the initiative above."""
    around = Q(team=hub) | Q(network=hub.network_id, team=None)
    if hub.network.initiative_id is not None:
        around |= Q(initiative=hub.network.initiative_id)
    held = Membership.objects.filter(around, person__in=people, ended_at=None, role__in=LOOKING)
    found: dict[str, str] = {}
    for it in held.order_by("made_at", "id"):
        role = str(it.get_role_display())
        there = found.get(it.person_id)
        found[it.person_id] = f"{there}, {role}" if there and role not in there else role
    return found
