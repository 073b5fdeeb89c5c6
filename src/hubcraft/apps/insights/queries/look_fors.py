"""One look-for, and everything its hub has of it: how it stood each time, what was named, promised and done since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language

from hubcraft.apps.frameworks.queries import LookForView, arrivals_between, newest_pack
from hubcraft.apps.frameworks.queries.library import (
    DomainRead,
    Line,
    LookForRead,
    has_page,
    list_frameworks,
    read_former_look_for,
    read_look_for,
)
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.improvement.queries import NextStepView, standing, with_raised
from hubcraft.apps.insights.queries.claims import teams_of_hub
from hubcraft.apps.insights.queries.hubs import (
    Boards,
    ChangedRow,
    HubView,
    WaveView,
    compared_row,
    hub_view,
    level_words,
    my_labels,
    sees_step,
    step_view,
    strategies_of,
    wave_view,
)
from hubcraft.apps.insights.queries.joining import (
    Past,
    Rated,
    before_of,
    rubric_in,
    seam_words,
    why_not_shown,
)
from hubcraft.apps.insights.queries.moves import Linked, closeness_words, moves_words
from hubcraft.apps.insights.queries.sight import sight_of
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.queries import StrategyView
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.board import Row, board_rows, counted
from hubcraft.domain.readings import reach_of
from hubcraft.domain.verdict import NotThere
from hubcraft.domain.waves import People


@dataclass(frozen=True)
class Time:
    """How a look-for stood in one reflection, and what came of it until the next one."""

    wave: WaveView
    changed: ChangedRow
    strategies: tuple[StrategyView, ...]
    next_steps: tuple[NextStepView, ...]
    # Whether it was rated in other words than it is read in now.
    has_other_words: bool = False
    # Whether people came closer since the time before, and who moved, as numbers.
    closeness: str = ""
    moves: str = ""


@dataclass(frozen=True)
class Stand:
    """A look-for in the hub's list: how it stood the last time, and how many times it was rated."""

    key: str
    text: str
    address: str
    row: Row | None = None
    on: date | None = None
    # Where the middle of the team stood, in the levels' own words, and the circle of the lower of them.
    middle: str = ""
    fill: int = 0
    # Those that can be compared with the last; `others` are beyond a seam.
    times: int = 0
    others: int = 0
    # What was rated then, where that read otherwise.
    then: str = ""


@dataclass(frozen=True)
class LookForPage:
    """A look-for as one of the hub's people reads it; `times` begin with the latest."""

    hub: HubView
    shown: LookForRead
    times: tuple[Time, ...]
    # Promised without a reflection of which there is a board, or before the first one.
    next_steps: tuple[NextStepView, ...]
    # Whether the framework no longer has it, and then the look-fors that its authors made of it.
    is_former: bool = False
    became: tuple[Stand, ...] = ()
    # Whether it could be told how many moved, if more people said which seats were theirs.
    asks_whose_seats: bool = False


@dataclass(frozen=True)
class LookForsPage:
    """Every look-for of the frameworks a hub has rated, domain by domain."""

    hub: HubView
    domains: tuple[tuple[DomainRead, tuple[Stand, ...]], ...]
    # What it rated and the frameworks no longer have.
    former: tuple[Stand, ...] = ()


def address_in(hub: HubView, key: str) -> str:
    """Where a hub reads about one of its look-fors."""
    return f"{hub.address}framework/{key}/"


def look_for_page(viewer: Viewer, hub: Team, key: str) -> LookForPage:
    """Everything this hub has of a look-for, as far as this person sees it."""
    view, boards, steps = hub_view(hub), Boards(viewer, hub), steps_seen(viewer, hub)
    shown, installed_id, is_former = read_in(hub, key, boards.seen, steps)
    past = Past(boards.seen)
    first = 0
    if is_former:
        # Later boards are those of what came after it.
        held = (at for at, it in enumerate(past.boards) if it.session.pack_id == installed_id)
        first = next(held, len(past.boards))
    rated = past.of(installed_id, key, first)
    keys = {key, *(it.key for it in rated)}
    about = [it for it in steps if it.look_for in keys]
    kept, others = sorted_steps(list({it.board.id: it.board for it in rated}.values()), about)
    labels, linked = my_labels(viewer), Linked(it.board for it in rated)
    times, is_unknown = [], False
    for it in rated:
        row = row_of(it.board, it.key)
        if row is None:
            continue
        earlier = time_before(row, it.board, boards.seen)
        changed = changed_since(row, it.board, earlier)
        moves = (
            linked.moves(row, it.board, earlier.row, earlier.board)
            if earlier is not None and earlier.row is not None
            else None
        )
        is_unknown |= moves is not None and moves.people is People.UNKNOWN
        named = (group for group in strategies_of([it.board]) if group.look_for.key == it.key)
        times.append(
            Time(
                wave=wave_view(it.board, labels=labels),
                changed=changed,
                strategies=tuple(one for group in named for one in group.strategies),
                # Where two became one both stand on one board: what was promised there is told once.
                next_steps=tuple(step_view(one) for one in kept.pop(it.board.id, ())),
                has_other_words=row.text != shown.line.text,
                closeness=closeness_words(changed.closeness),
                moves=moves_words(moves),
            )
        )
    return LookForPage(
        view,
        shown,
        tuple(times),
        tuple(step_view(it) for it in others),
        is_former=is_former,
        became=became_of(hub, key, installed_id) if is_former else (),
        asks_whose_seats=is_unknown,
    )


def read_in(
    hub: Team, key: str, seen: Iterable[Reflection], steps: Iterable[NextStep]
) -> tuple[LookForRead, str, bool]:
    """A look-for in its newest words, or in those it was rated by last; the pack they are in, and whether it is former.

    Raises NotThere where the hub has nothing of one that no framework has.
    """
    language = get_language() or "en"
    try:
        return (
            read_look_for(key, language, (hub.id,)),
            newest_pack(key.partition("/")[0], (hub.id,)).id,
            False,
        )
    except NotThere:
        packs = [it.session.pack_id for it in seen if key in rubric_in(it).keys]
        packs += [it.session.pack_id for it in steps if it.look_for == key and it.session is not None]
        if not packs:
            raise
        return read_former_look_for(packs[0], key, language), packs[0], True


def became_of(hub: Team, key: str, installed_id: str) -> tuple[Stand, ...]:
    """What the authors say that one became which is no longer there."""
    try:
        newest = newest_pack(key.partition("/")[0], (hub.id,))
    except NotThere:
        return ()
    arrivals, language = arrivals_between(installed_id, newest.id), get_language() or "en"
    later = [it for it, passage in arrivals.items() if key in passage.before and has_page(it)]
    lines = (read_look_for(it, language, (hub.id,)).line for it in later)
    return tuple(not_rated(it, hub_view(hub)) for it in lines)


@dataclass(frozen=True)
class Earlier:
    """The time before: its board, and the row to compare with, or None and why there is none."""

    board: Reflection
    row: Row | None
    seam: str = ""


def time_before(row: Row, board: Reflection, seen: Iterable[Reflection]) -> Earlier | None:
    """When this look-for was rated last before this board."""
    before = before_of(board, seen).get(row.key)
    if before is None:
        return None
    if not before.passage.joins:
        return Earlier(before.reflection, None, seam_words(before))
    (key,) = before.passage.before
    return Earlier(before.reflection, row_of(before.reflection, key))


def changed_since(row: Row, board: Reflection, earlier: Earlier | None) -> ChangedRow:
    """What moved since the time before; where it was rated in other words then, that and nothing else."""
    if earlier is None:
        return ChangedRow(row, "", "")
    if earlier.seam:
        return ChangedRow(row, earlier.seam, "", is_seam=True)
    return compared_row(row, earlier.row, rubric_in(board))


def row_of(reflection: Reflection, key: str) -> Row | None:
    """A look-for on a board as every member of its team sees it; None where it isn't on it, or there is no board."""
    rubric = rubric_in(reflection)
    numbers = [it.number for it in rubric.look_fors if it.key == key]
    if not numbers or why_not_shown(reflection):
        return None
    (row,) = board_rows(reflection.session, reflection, rubric, numbers)
    return replace(row, may_move=False)


def steps_seen(viewer: Viewer, hub: Team) -> list[NextStep]:
    """Every next step of a hub that is this person's to see, the oldest first."""
    sight = sight_of(viewer, hub)
    steps = standing(NextStep.objects.filter(team__in=[*teams_of_hub(hub), *sight.parts]))
    found = with_raised(steps.select_related("session__room", "seat").order_by("made_at", "id"))
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
    view, boards, teams = hub_view(hub), Boards(viewer, hub), (hub.id,)
    past = Past(boards.seen)
    domains, told = [], set[tuple[str, str]]()
    for framework in list_frameworks(get_language() or "en", teams) if past.boards else ():
        newest = newest_pack(framework.pack, teams)
        for domain in framework.domains:
            rated = {it.key: past.of(newest.id, it.key) for it in domain.look_fors}
            times = [one for found in rated.values() for one in found]
            # What was taken over from it and rated as the hub's own stands there, and not twice.
            if any(it.key.partition("/")[0] == framework.pack for it in times):
                told |= {(it.board.id, it.key) for it in times}
                domains.append(
                    (domain, tuple(stand_of(it, rated[it.key], boards, view) for it in domain.look_fors))
                )
    return LookForsPage(view, tuple(domains), former_stands(past, boards, told, view))


def former_stands(past: Past, boards: Boards, told: set[tuple[str, str]], hub: HubView) -> tuple[Stand, ...]:
    """How those stood the last time that the frameworks no longer have: whatever of the boards is not told yet."""
    stands = []
    for place, board in enumerate(past.boards):
        for look_for in rubric_in(board).look_fors:
            if has_page(look_for.key) and (board.id, look_for.key) not in told:
                rated = past.of(board.session.pack_id, look_for.key, place)
                told |= {(it.board.id, it.key) for it in rated}
                stands.append(stand_of(look_for, rated, boards, hub))
    return tuple(stands)


def not_rated(line: Line | LookForView, hub: HubView) -> Stand:
    """A look-for by its words alone."""
    return Stand(line.key, line.text, address_in(hub, line.key))


def stand_of(line: Line | LookForView, rated: list[Rated], boards: Boards, hub: HubView) -> Stand:
    """How a look-for stood the last time, as far as that board shows it; nothing where two then became it."""
    stand = not_rated(line, hub)
    if not rated:
        return stand
    last, *_earlier = rated
    if sum(it.board.id == last.board.id for it in rated) > 1:
        return replace(stand, others=len({it.board.id for it in rated}))
    row = next(it for it in boards.rows(last.board) if it.key == last.key)
    rubric, counts = rubric_in(last.board), counted(row)
    reach = reach_of(counts) if counts is not None else None
    times = sum(it.stretch == last.stretch for it in rated)
    return replace(
        stand,
        row=row,
        on=last.board.held_on,
        middle=level_words(reach.middle, rubric) if reach is not None else "",
        fill=reach.middle.lower if reach is not None else 0,
        times=times,
        others=len({it.board.id for it in rated if it.stretch != last.stretch}),
        then=row.text if row.text != line.text else "",
    )
