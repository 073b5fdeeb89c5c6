"""One look-for, and everything its hub has of it: how it stood each time, what was named, promised and done since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import get_language

from hubcraft.apps.frameworks.queries import Rubric
from hubcraft.apps.frameworks.queries.library import DomainRead, LookForRead, list_frameworks, read_look_for
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.improvement.queries import NextStepView, standing
from hubcraft.apps.insights.queries.claims import teams_of_hub
from hubcraft.apps.insights.queries.hubs import (
    ChangedRow,
    HubView,
    WaveView,
    compared_row,
    hub_view,
    level_words,
    my_labels,
    seen_reflections,
    sees_step,
    step_view,
    strategies_of,
    wave_view,
)
from hubcraft.apps.insights.queries.joining import Before, related, rubric_in, seam_words, why_not_shown
from hubcraft.apps.insights.queries.sight import sight_of
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.queries import StrategyView
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.board import Row, board_rows, counted
from hubcraft.domain.readings import reach_of


@dataclass(frozen=True)
class Time:
    """How a look-for stood in one reflection, and what came of it until the next one."""

    wave: WaveView
    changed: ChangedRow
    strategies: tuple[StrategyView, ...]
    next_steps: tuple[NextStepView, ...]


@dataclass(frozen=True)
class LookForPage:
    """A look-for as one of the hub's people reads it; `times` begin with the latest."""

    hub: HubView
    shown: LookForRead
    times: tuple[Time, ...]
    # Promised without a reflection of which there is a board, or before the first one.
    next_steps: tuple[NextStepView, ...]


@dataclass(frozen=True)
class Stand:
    """A look-for in the hub's list: how it stood the last time, and how many times it was rated."""

    key: str
    text: str
    address: str
    row: Row | None = None
    on: datetime | None = None
    # Where the middle of the team stood, in the levels' own words, and the circle of the lower of them.
    middle: str = ""
    fill: int = 0
    times: int = 0


@dataclass(frozen=True)
class LookForsPage:
    """Every look-for of the frameworks a hub has rated, domain by domain."""

    hub: HubView
    domains: tuple[tuple[DomainRead, tuple[Stand, ...]], ...]


def address_in(hub: HubView, key: str) -> str:
    """Where a hub reads about one of its look-fors."""
    return f"{hub.address}framework/{key}/"


def look_for_page(viewer: Viewer, hub: Team, key: str) -> LookForPage:
    """Everything this hub has of a look-for, as far as this person sees it."""
    shown = read_look_for(key, get_language() or "en", (hub.id,))
    labels = my_labels(viewer)
    boards = [(it, row) for it in seen_reflections(viewer, hub) if (row := row_of(it, key)) is not None]
    kept, others = sorted_steps([it for it, _row in boards], steps_about(viewer, hub, key))
    times = []
    for place, (board, row) in enumerate(boards):
        before = boards[place + 1] if place + 1 < len(boards) else None
        named = (group for group in strategies_of([board]) if group.look_for.key == key)
        times.append(
            Time(
                wave=wave_view(board, labels=labels),
                changed=changed_since(row, board, before),
                strategies=tuple(one for group in named for one in group.strategies),
                next_steps=tuple(step_view(it) for it in kept[board.id]),
            )
        )
    return LookForPage(hub_view(hub), shown, tuple(times), tuple(step_view(it) for it in others))


def changed_since(row: Row, board: Reflection, before: tuple[Reflection, Row] | None) -> ChangedRow:
    """What moved since the time before; where it was rated in other words then, that and nothing else."""
    if before is None:
        return ChangedRow(row, "", "")
    earlier, its_row = before
    passage = related(earlier, board).get(row.key)
    if passage is None:
        return ChangedRow(row, "", "")
    if not passage.joins or its_row.key not in passage.before:
        return ChangedRow(row, seam_words(Before(earlier, passage)), "", is_seam=True)
    return compared_row(row, its_row, rubric_in(board))


def row_of(reflection: Reflection, key: str) -> Row | None:
    """A look-for on a board as every member of its team sees it; None where it isn't on it, or there is no board."""
    rubric = rubric_in(reflection)
    numbers = [it.number for it in rubric.look_fors if it.key == key]
    if not numbers or why_not_shown(reflection):
        return None
    (row,) = board_rows(reflection.session, reflection, rubric, numbers)
    return replace(row, may_move=False)


def steps_about(viewer: Viewer, hub: Team, key: str) -> list[NextStep]:
    """What was promised about a look-for and is this person's to see, whatever became of it."""
    return [it for it in steps_seen(viewer, hub) if it.look_for == key]


def steps_seen(viewer: Viewer, hub: Team) -> list[NextStep]:
    """Every next step of a hub that is this person's to see, the oldest first."""
    sight = sight_of(viewer, hub)
    steps = standing(NextStep.objects.filter(team__in=[*teams_of_hub(hub), *sight.parts]))
    found = steps.select_related("session__room", "seat").order_by("made_at", "id")
    return [it for it in found if sees_step(sight, hub, it)]


def sorted_steps(
    boards: Sequence[Reflection], steps: Iterable[NextStep]
) -> tuple[dict[str, list[NextStep]], list[NextStep]]:
    """Each step beside the board of its session, or the last board before it; and those that come before any.

    `boards` begin with the latest.
    """
    by_session = {it.session_id: it.id for it in boards}
    kept: dict[str, list[NextStep]] = {it.id: [] for it in boards}
    others = []
    for step in steps:
        beside = by_session.get(step.session_id) or next(
            (it.id for it in boards if it.made_at <= step.made_at), None
        )
        (kept[beside] if beside else others).append(step)
    return kept, others


def look_fors_page(viewer: Viewer, hub: Team) -> LookForsPage:
    """How every look-for stood the last time it was rated, in the order of its framework."""
    view = hub_view(hub)
    found: dict[str, Stand] = {}
    for board in seen_reflections(viewer, hub):
        if why_not_shown(board):
            continue
        rubric, on = rubric_in(board), board.revealed_at or board.made_at
        for row in board_rows(board.session, board, rubric):
            there = found.get(row.key) or stand_of(row, rubric, on, view)
            found[row.key] = replace(there, times=there.times + 1)
    domains = []
    for framework in list_frameworks(get_language() or "en", (hub.id,)):
        for domain in framework.domains:
            if any(it.key in found for it in domain.look_fors):
                stands = (
                    found.get(it.key) or Stand(it.key, it.text, address_in(view, it.key))
                    for it in domain.look_fors
                )
                domains.append((domain, tuple(stands)))
    return LookForsPage(view, tuple(domains))


def stand_of(row: Row, rubric: Rubric, on: datetime, hub: HubView) -> Stand:
    """How a look-for stands on one board, as far as that shows it."""
    counts = counted(row)
    reach = reach_of(counts) if counts is not None else None
    stand = Stand(row.key, row.text, address_in(hub, row.key), replace(row, may_move=False), on)
    if reach is None:
        return stand
    return replace(stand, middle=level_words(reach.middle, rubric), fill=reach.middle.lower)
