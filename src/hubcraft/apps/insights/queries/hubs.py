"""What stands on a hub's page: its reflections as waves, open promises, strategies, people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import LevelView, Rubric
from hubcraft.apps.frameworks.queries.library import has_page
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.improvement.queries import (
    NextStepView,
    next_step_view,
    open_promises,
    standing,
    with_raised,
)
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.models import Release, SeatClaim
from hubcraft.apps.insights.queries.claims import hub_address, teams_of_hub
from hubcraft.apps.insights.queries.joining import (
    Before,
    before_of,
    last_of,
    rubric_in,
    seam_words,
    why_not_shown,
)
from hubcraft.apps.insights.queries.sight import Sight, find_successor, sight_of
from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.queries import LookForStrategies, team_strategies
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.board import Row, board_rows, counted
from hubcraft.apps.reflections.queries.charts import AGREEMENT, agreement_chart
from hubcraft.apps.reflections.queries.domains import rubric_with
from hubcraft.charts.agreement import AgreementChart
from hubcraft.domain.agreement import Median
from hubcraft.domain.verdict import NotThere
from hubcraft.domain.waves import Closeness, Direction, change_of, closeness_of

Shows = Reflection.Shows


@dataclass(frozen=True)
class HubView:
    """A hub as its pages name it."""

    id: str
    name: str
    network_id: str
    network_name: str
    address: str


@dataclass(frozen=True)
class WaveView:
    """One reflection of a hub: where it was held, whether there is a board to look at, what changed since the last."""

    id: str
    title: str
    room_title: str
    on: date
    has_board: bool
    why_not: str
    changed_words: str
    # Where the person who looks sat, if that seat is theirs.
    my_label: str
    # For which hub it was kept, where that is part of this one now.
    kept_for: str = ""


@dataclass(frozen=True)
class ChangedRow:
    """A row of a board, and how the middle moved since the reflection before."""

    row: Row
    words: str
    direction: str
    # Whether it was rated the time before in a way that can't be compared; `words` say so.
    is_seam: bool = False
    # Whether people stand closer together than then, where it can be said.
    closeness: Closeness | None = None


@dataclass(frozen=True)
class WavePage:
    """One reflection of a hub, as its members see it there."""

    hub: HubView
    wave: WaveView
    before: WaveView | None
    shows: str
    levels: tuple[LevelView, ...]
    practices: tuple[tuple[str, tuple[ChangedRow, ...]], ...]
    who_can_see: tuple[str, ...]
    agreement: AgreementChart | None
    # Some of its look-fors are ours, not the framework's authors'.
    has_drafts: bool = False
    # Its look-fors were rated last at different times; `before` is the latest of them.
    compares_several: bool = False

    @property
    def charts(self) -> str:
        """Where the files of its chart are, up to their kind."""
        return f"{self.hub.address}boards/{self.wave.id}/charts/{AGREEMENT}."


@dataclass(frozen=True)
class NamedFor(LookForStrategies):
    """What a hub named for one look-for; `to` is where under the hub's address that is read about, if anywhere."""

    to: str = ""


@dataclass(frozen=True)
class HubPerson:
    """Somebody who belongs to a hub."""

    name: str
    role: str


@dataclass(frozen=True)
class HubPage:
    """The home of a hub."""

    hub: HubView
    waves: tuple[WaveView, ...]
    next_steps: tuple[NextStepView, ...]
    # Done or dropped, the last first.
    settled: tuple[NextStepView, ...]
    strategies: tuple[NamedFor, ...]
    people: tuple[HubPerson, ...]
    # How many things it shares upward.
    shares: int
    # With how many next steps the network reads what this hub asks of it.
    asks: int
    # Whether it is theirs to hand over, and to make one with another.
    leads: bool


@dataclass(frozen=True)
class HubSettlePage:
    """Telling what became of a step, on the hub's page."""

    hub: HubView
    next_step: NextStepView
    is_done: bool
    is_dropped: bool


def get_hub(viewer: Viewer, network_id: str, hub_id: str) -> Team:
    """A hub, for whoever belongs to it; for everybody else it is not there."""
    hub = (
        Team.objects.select_related("network")
        .filter(id=hub_id, network=network_id, removed_at=None, network__removed_at=None)
        .first()
    )
    if hub is None or not policy.can_see_hub(viewer, hub_id).is_allowed:
        raise NotThere
    return hub


def find_hub(viewer: Viewer, hub_id: str) -> Team:
    """The same by the hub's key alone."""
    hub = Team.objects.filter(id=hub_id).first()
    if hub is None:
        raise NotThere
    return get_hub(viewer, hub.network_id, hub_id)


def list_waves(viewer: Viewer, hub: Team) -> tuple[WaveView, ...]:
    """Its reflections as its page lists them, without what changed from one to the next."""
    sight, labels = sight_of(viewer, hub), my_labels(viewer)
    waves = []
    for it in reflections_of(hub):
        former = sight.former_of(it.team_id, it.made_at)
        kept_for = former.team.name if former is not None else ""
        is_theirs = sight.sees(it)
        waves.append(
            replace(wave_view(it, labels=labels), kept_for=kept_for)
            if is_theirs
            else wave_of_others(it, kept_for)
        )
    return tuple(waves)


def moved_to(viewer: Viewer, network_id: str, hub_id: str) -> Team | None:
    """Where a hub's page went when it became part of another, for those who belong to that."""
    successor = find_successor(network_id, hub_id)
    is_theirs = successor is not None and policy.can_see_hub(viewer, successor.id).is_allowed
    return successor if is_theirs else None


def hub_view(hub: Team) -> HubView:
    """A hub as its pages name it."""
    above = hub.network.name if hub.network.name != hub.name else ""
    return HubView(hub.id, hub.name, hub.network_id, above, hub_address(hub))


def reflections_of(hub: Team) -> list[Reflection]:
    """All boards of a hub, newest first."""
    found = Reflection.objects.filter(team__in=teams_of_hub(hub), removed_at=None)
    found = found.filter(session__room__is_rehearsal=False).select_related("session__room", "team")
    return list(found.order_by("-made_at", "id"))


def seen_reflections(viewer: Viewer, hub: Team) -> list[Reflection]:
    """Those of them that are this person's to see in full: all, but where the hub was once two."""
    sight = sight_of(viewer, hub)
    return [it for it in reflections_of(hub) if sight.sees(it)]


class Boards:
    """A hub's reflections as one person sees them, the newest first; the rows of each board are read once, if at all."""

    def __init__(self, viewer: Viewer, hub: Team) -> None:
        self.sight = sight_of(viewer, hub)
        self.every = reflections_of(hub)
        self.seen = [it for it in self.every if self.sight.sees(it)]
        self.read: dict[str, tuple[Row, ...]] = {}

    def rows(self, reflection: Reflection) -> tuple[Row, ...]:
        """The rows of one board, as every member of its team sees them."""
        if reflection.id not in self.read:
            self.read[reflection.id] = shown_rows(reflection)
        return self.read[reflection.id]

    def compared(self, reflection: Reflection, before: Mapping[str, Before]) -> tuple[ChangedRow, ...]:
        """Each row of a board with what moved since the time before, where both show enough to say so."""
        rubric = rubric_in(reflection)
        return tuple(self.compared_row(row, before.get(row.key), rubric) for row in self.rows(reflection))

    def compared_row(self, row: Row, before: Before | None, rubric: Rubric) -> ChangedRow:
        """One row beside what was rated the time before; where the two can't be compared, why."""
        if before is None:
            return ChangedRow(row, "", "")
        if not before.passage.joins:
            return ChangedRow(row, seam_words(before), "", is_seam=True)
        (key,) = before.passage.before
        earlier = next((it for it in self.rows(before.reflection) if it.key == key), None)
        return compared_row(row, earlier, rubric)

    def get(self, reflection_id: str) -> Reflection:
        """One that this person may look at."""
        found = next((it for it in self.seen if it.id == reflection_id), None)
        if found is None or why_not_shown(found):
            raise NotThere
        return found


def get_reflection(viewer: Viewer, hub: Team, reflection_id: str) -> Reflection:
    """One board of a hub that this person may look at."""
    return Boards(viewer, hub).get(reflection_id)


def get_step(viewer: Viewer, hub: Team, step_id: str) -> NextStep:
    """A next step of a hub that this person sees; what goes on in a later session is told there."""
    sight = sight_of(viewer, hub)
    steps = standing(NextStep.objects.filter(team__in=[*teams_of_hub(hub), *sight.parts], id=step_id))
    found = steps.exclude(state=NextStep.State.CARRIED).select_related("session__room", "seat").first()
    if found is None or not sees_step(sight, hub, found):
        raise NotThere
    return found


def sees_step(sight: Sight, hub: Team, step: NextStep) -> bool:
    """A next step goes with the board of its session; one without a board, with all its team kept.

    One of the hub itself is read by who was of it when it was promised.
    """
    if step.team_id == hub.id:
        return sight.since is None or step.made_at > sight.since
    if step.team_id not in sight.others:
        return True
    boards = Reflection.objects.filter(team=step.team_id, session=step.session_id)
    return bool(boards) and all(map(sight.sees, boards))


def shown_rows(reflection: Reflection) -> tuple[Row, ...]:
    """The rows of a board as every member of its team sees them, without the ways to change them."""
    if why_not_shown(reflection):
        return ()
    rows = board_rows(reflection.session, reflection, rubric_in(reflection))
    return tuple(replace(row, may_move=False) for row in rows)


def compared_row(row: Row, before: Row | None, rubric: Rubric) -> ChangedRow:
    """One row beside the same one before."""
    was, now = counted(before) if before is not None else None, counted(row)
    if was is None or now is None:
        return ChangedRow(row, "", "")
    change, closeness = change_of(was, now), closeness_of(was, now)
    if change is None:
        return ChangedRow(row, "", "")
    if change.direction is Direction.SAME:
        middle = _("The middle of the team is where it was.")
        return ChangedRow(row, middle, "same", closeness=closeness)
    then = {
        Direction.UP: _("The middle of the team moved up. Last time: {level}."),
        Direction.DOWN: _("The middle of the team moved down. Last time: {level}."),
    }[change.direction]
    told = then.format(level=level_words(change.before, rubric))
    return ChangedRow(row, told, change.direction, closeness=closeness)


def level_words(median: Median, rubric: Rubric) -> str:
    """A middle in the levels' own words."""
    lower, upper = (rubric.levels[at - 1].short for at in (median.lower, median.upper))
    return (
        _("between “{lower}” and “{upper}”").format(lower=lower, upper=upper) if median.is_between else lower
    )


def compares_several(before: Mapping[str, Before]) -> bool:
    """Whether the look-fors of a board were rated last at different times, so that no one day is the time before."""
    return len({it.reflection.id for it in before.values()}) > 1


def changed_words(rows: Iterable[ChangedRow], *, several: bool = False) -> str:
    """What changed over a whole board, in counts of look-fors; empty where nothing can be compared.

    `several` says that it is compared with several times, each look-for with the last that had it.
    """
    told, seams = [], 0
    for row in rows:
        told += [row.direction] if row.direction else []
        seams += row.is_seam
    if not told and seams:
        return ngettext(
            "{n} look-for has other words than the time before, and is not compared.",
            "{n} look-fors have other words than the time before, and are not compared.",
            seams,
        ).format(n=seams)
    if not told:
        return ""
    up, down, same = (told.count(it) for it in ("up", "down", "same"))
    parts = [
        ngettext("{n} look-for up", "{n} look-fors up", up).format(n=up) if up else "",
        ngettext("{n} down", "{n} down", down).format(n=down) if down else "",
        ngettext("{n} where it was", "{n} where they were", same).format(n=same) if same else "",
        ngettext("{n} not compared", "{n} not compared", seams).format(n=seams) if seams else "",
    ]
    told_since = _("Since each was last rated: {parts}.") if several else _("Since the time before: {parts}.")
    return told_since.format(parts=", ".join(filter(None, parts)))


def wave_view(
    reflection: Reflection,
    changed: Iterable[ChangedRow] = (),
    labels: dict[tuple[str, str], str] | None = None,
    *,
    several: bool = False,
) -> WaveView:
    """One reflection in a list."""
    why_not = why_not_shown(reflection)
    return WaveView(
        id=reflection.id,
        title=rubric_in(reflection).title,
        room_title=reflection.session.room.title,
        on=reflection.held_on,
        has_board=not why_not,
        why_not=why_not,
        changed_words=changed_words(changed, several=several),
        my_label=(labels or {}).get((reflection.session.room_id, reflection.team_id), ""),
    )


def my_labels(viewer: Viewer) -> dict[tuple[str, str], str]:
    """Where this person sat, by room and team, as far as they said that the seat is theirs."""
    claims = SeatClaim.objects.filter(person=viewer.person, seat__removed_at=None).select_related("seat")
    return {(it.seat.room_id, it.seat.team_id): it.seat.label for it in claims}


def hub_page(viewer: Viewer, hub: Team, boards: Boards) -> HubPage:
    """Everything a hub has, for one of its members."""
    sight, labels = boards.sight, my_labels(viewer)
    waves = []
    for it in boards.every:
        former = sight.former_of(it.team_id, it.made_at)
        kept_for = former.team.name if former is not None else ""
        if not sight.sees(it):
            waves.append(wave_of_others(it, kept_for))
            continue
        before = before_of(it, boards.seen)
        changed = boards.compared(it, before) if before else ()
        wave = wave_view(it, changed, labels, several=compares_several(before))
        waves.append(replace(wave, kept_for=kept_for))
    promised, settled = open_steps(hub, sight), settled_steps(hub, sight)
    return HubPage(
        hub=hub_view(hub),
        waves=tuple(waves),
        next_steps=promised,
        settled=settled,
        strategies=strategies_of(boards.seen),
        people=people_of(hub),
        shares=Release.objects.filter(team=hub, revoked_at=None).count(),
        asks=sum(is_read_above(it) for it in (*promised, *settled)),
        leads=viewer.is_in_team(hub.id, Role.HUB_LEADER),
    )


def is_read_above(it: NextStepView) -> bool:
    """Whether the network reads what was asked with this step: as long as it waits for an answer, or has one."""
    if it.raised is None or it.raised.is_ended:
        return False
    return it.state == NextStep.State.OPEN or it.raised.answered_at is not None


def wave_of_others(reflection: Reflection, kept_for: str) -> WaveView:
    """A reflection of which only those see the board who were of the hub it was kept for."""
    why_not = _("Only those who were of {hub} before two hubs became one see this board.")
    told = {"has_board": False, "why_not": why_not.format(hub=kept_for), "kept_for": kept_for}
    return replace(wave_view(reflection), room_title="", **told)


def open_steps(hub: Team, sight: Sight) -> tuple[NextStepView, ...]:
    """What the hub promised and has not settled, the soonest first; without names, as *last time* shows it."""
    steps = chain.from_iterable(open_promises(team) for team in (*teams_of_hub(hub), *sight.parts))
    views = [step_view(it) for it in steps if sees_step(sight, hub, it)]
    return tuple(sorted(views, key=lambda it: (it.due_on is None, it.due_on or date.max, it.id)))


# What a hub's page tells of; the rest stands with its look-for and its session.
MOST_SETTLED = 25


def settled_steps(hub: Team, sight: Sight) -> tuple[NextStepView, ...]:
    """What the hub promised and what became of it, the last first."""
    over = (NextStep.State.DONE, NextStep.State.DROPPED)
    steps = standing(NextStep.objects.filter(team__in=[*teams_of_hub(hub), *sight.parts], state__in=over))
    steps = with_raised(steps.select_related("session__room", "seat").order_by("-settled_at", "id"))
    seen = (it for it in steps if sees_step(sight, hub, it))
    return tuple(map(step_view, islice(seen, MOST_SETTLED)))


def list_open_steps(viewer: Viewer, hub: Team) -> tuple[NextStepView, ...]:
    """The same for one of its people."""
    return open_steps(hub, sight_of(viewer, hub))


def step_view(step: NextStep) -> NextStepView:
    """A step as the hub's page shows it."""
    session = step.session
    language = get_language() or step.language
    rubric = rubric_with(session, step.look_for, language) if session is not None else None
    return next_step_view(step, rubric, is_named=False)


def place_of(key: str, board: Reflection | None) -> str:
    """Where under a hub's address a look-for is read about; a practice, rated at a glance, on its board."""
    if has_page(key):
        return f"framework/{key}/"
    return f"boards/{board.id}/" if board is not None and not why_not_shown(board) else ""


def strategies_of(reflections: Iterable[Reflection]) -> tuple[NamedFor, ...]:
    """The hub's playbook: what it named in all its reflections, look-for by look-for, as its rungs allow."""
    found: dict[str, NamedFor] = {}
    for it in reflections:
        for group in team_strategies(it.session, it, rubric_in(it)):
            there = found.get(group.look_for.key)
            kept = (*there.strategies, *group.strategies) if there else group.strategies
            to = there.to if there else place_of(group.look_for.key, it)
            found[group.look_for.key] = NamedFor(group.look_for, kept, to)
    return tuple(found.values())


def people_of(hub: Team) -> tuple[HubPerson, ...]:
    """Who belongs to the hub, its leaders first."""
    held = Membership.objects.filter(team=hub, ended_at=None).select_related("person")
    order = {role: place for place, role in enumerate((Role.HUB_LEADER, Role.MEMBER, Role.COACH))}
    rows = sorted(held, key=lambda it: (order.get(it.role, 9), str(it.person), it.id))
    return tuple(HubPerson(str(it.person), str(it.get_role_display())) for it in rows)


def wave_page(viewer: Viewer, hub: Team, reflection: Reflection, boards: Boards) -> WavePage:
    """One board of a hub, beside the one before it."""
    rubric = rubric_in(reflection)
    before_by_key = before_of(reflection, boards.seen)
    before = last_of(before_by_key)
    rows, several = boards.compared(reflection, before_by_key), compares_several(before_by_key)
    by_key = {it.row.key: it for it in rows}
    shows = reflection.shows or Shows.INITIALS
    return WavePage(
        hub=hub_view(hub),
        wave=wave_view(reflection, rows if before else (), my_labels(viewer), several=several),
        before=wave_view(before) if before else None,
        shows=shows,
        levels=rubric.levels,
        practices=tuple(
            (title, tuple(by_key[it.key] for it in look_fors))
            for title, look_fors in rubric.practices
            if look_fors
        ),
        who_can_see=(_("Only the people of this hub see this board. Its leader decides what leaves it."),),
        agreement=agreement_chart((it.row for it in rows), rubric.levels, rubric.credit),
        has_drafts=rubric.has_drafts,
        compares_several=several,
    )


def settle_page(hub: Team, step: NextStep, chosen: str) -> HubSettlePage:
    """The page on which a member tells what became of a step."""
    return HubSettlePage(hub_view(hub), step_view(step), chosen == "done", chosen == "dropped")
