"""What may leave a team, and what a team may see of itself when nobody is named.

Counts are shown only inside `Published`; templates accept nothing else. Otherwise they are `Withheld`, with a
reason, or `Coded`, in words that fit more than one truth. Without this, a total beside one's own team's board
gives the other team away, and a row on which all agree says what each one answered.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations, permutations
from typing import Final, Generic, TypeAlias, TypeVar

PEOPLE_FLOOR: Final = 5
TEAMS_FLOOR: Final = 2
BATCH: Final = 3

Value = TypeVar("Value", covariant=True)


class Reason(StrEnum):
    """Why something is withheld; the words are the page's."""

    TOO_FEW_PEOPLE = "too-few-people"
    TOO_FEW_OTHERS = "too-few-others"


class Band(StrEnum):
    """Words that stand for several counts, of which nobody can tell which it was."""

    NEARLY_ALL = "nearly-all"
    MOST = "most"
    AT_MOST = "at-most"
    AT_LEAST = "at-least"


@dataclass(frozen=True, slots=True)
class Published(Generic[Value]):
    """May be shown as it is."""

    value: Value


@dataclass(frozen=True, slots=True)
class Withheld:
    """May not be shown."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Coded:
    """May be shown in these words only: `band` of the people gave `answer`."""

    band: Band
    answer: str


def board_counts(
    counts: Mapping[str, int], floor: int = PEOPLE_FLOOR
) -> Published[dict[str, int]] | Withheld | Coded:
    """What a team may see of one look-for when no marks are named (dots, or the anonymous rung).

    `counts` is the number of people by answer; "not sure" and "doesn't apply" are answers, a missing answer
    is none. Fewer answers than `floor` (people; 5 or more) are withheld. All n, or n - 1 of n, on one answer
    are coded alike: n says what each one answered, and n - 1 gives the other one away to colleagues who know
    their own answers. One thing remains: whoever is the only one to answer otherwise, and reads "nearly all",
    knows that all others agree. Raises ValueError for negative counts or a floor below 5.
    """
    _check(counts, floor)
    n = sum(counts.values())
    if n < floor:
        return Withheld(Reason.TOO_FEW_PEOPLE)
    answer = max(counts, key=lambda answer: counts[answer])
    if counts[answer] >= n - 1:
        return Coded(Band.NEARLY_ALL, answer)
    return Published(dict(counts))


class Paper(StrEnum):
    """How much of what is told comes from paper."""

    NONE = ""
    SOME = "some"
    ALL = "all"
    # Where the two can't be told together, the one without the other.
    ONLY = "only"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Joined:
    """What a board without names is drawn from, and how much of it was on paper."""

    counts: dict[str, int]
    paper: Paper


def joined_counts(placed: Mapping[str, int], paper: Mapping[str, int], floor: int = PEOPLE_FLOOR) -> Joined:
    """The answers to one look-for that some placed on devices and others on paper, as one board may draw them.

    Whoever typed the paper in, or saw it on the wall, takes it away from the board and reads the devices' answers
    from what is left. So these must hold on their own (`board_counts`); where they don't, the larger part is told
    without the other. Raises ValueError for negative counts or a floor below 5.
    """
    _check(paper, floor)
    on_paper, on_devices = sum(paper.values()), sum(placed.values())
    if not on_paper:
        return Joined(dict(placed), Paper.NONE)
    if not on_devices:
        return Joined(dict(paper), Paper.ALL)
    if isinstance(board_counts(placed, floor), Published):
        return Joined(_added((placed, paper)), Paper.SOME)
    if on_paper >= on_devices:
        return Joined(dict(paper), Paper.ONLY)
    return Joined(dict(placed), Paper.LEFT_OUT)


def room_total(
    people_by_team: Mapping[str, int], seen_by_name: Collection[str] = (), floor: int = PEOPLE_FLOOR
) -> Published[int] | Withheld:
    """Whether one viewer may see how the marks of the whole room are distributed; publishes how many people.

    `people_by_team` is how many people of each team are in the total; someone who is there alone is a team
    of one. `seen_by_name` are the teams whose boards this viewer may see: all of them are taken away at once
    (who sits in two teams can subtract both), and what remains must still cover `floor` people in two teams.
    The naive rule, five in total, gave away the other team in 400 of 400 trials with two teams of three.
    Teams that are not in the total are ignored. Raises ValueError for negative counts or a floor below 5.
    """
    _check(people_by_team, floor)
    total = sum(people_by_team.values())
    if total < floor:
        return Withheld(Reason.TOO_FEW_PEOPLE)
    others = [people for team, people in people_by_team.items() if people > 0 and team not in seen_by_name]
    if sum(others) < floor or len(others) < TEAMS_FLOOR:
        return Withheld(Reason.TOO_FEW_OTHERS)
    return Published(total)


def projected_total(
    people_by_team: Mapping[str, int], floor: int = PEOPLE_FLOOR
) -> Published[int] | Withheld:
    """As `room_total`, for a screen the whole room looks at: it must hold for the members of every team."""
    answers = [room_total(people_by_team, (), floor)]
    answers += [room_total(people_by_team, (team,), floor) for team in people_by_team]
    return next((answer for answer in answers if isinstance(answer, Withheld)), answers[0])


def room_counts(
    tallies: Mapping[str, Mapping[str, int]], floor: int = PEOPLE_FLOOR
) -> Published[dict[str, int]] | Withheld | Coded:
    """How the answers of a whole room are distributed, if no team's answers follow from it by subtraction.

    `tallies` is how many people of each team gave each answer. Whoever knows one team's answers takes them away.
    What is left must cover `floor` people in two teams (`projected_total`), and two of them at least must be sure
    to differ: else what is left says what each of the others answered. With `rest` people outside the largest
    team, an answer that `rest` - 1 or more people gave could fill what is left; it is told as "most" where it is
    more than half of the room, as then it stands for several truths whichever team one knows. All of this is
    decided by the totals and the sizes of the teams alone, so that nothing can be read from the decision either.
    Raises ValueError for negative counts or a floor below 5.
    """
    for tally in tallies.values():
        _check(tally, floor)
    people = {team: sum(tally.values()) for team, tally in tallies.items()}
    told = projected_total(people, floor)
    if isinstance(told, Withheld):
        return told
    counts = _added(tallies.values())
    answer = max(counts, key=lambda answer: counts[answer])
    rest = told.value - max(people.values())
    if counts[answer] < rest - 1:
        return Published(counts)
    if 2 * (rest - 1) > told.value:
        return Coded(Band.MOST, answer)
    return Withheld(Reason.TOO_FEW_OTHERS)


def _added(tallies: Iterable[Mapping[str, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for tally in tallies:
        for answer, count in tally.items():
            counts[answer] = counts.get(answer, 0) + count
    return counts


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the people, in per cent rounded to 5; at the ends only "5 or fewer", "95 or more"."""

    percent: int
    band: Band | None


def shares(counts: Published[dict[str, int]]) -> dict[str, Share]:
    """Published counts as they may be told outside a team: rounded to 5 per cent, the extremes coded."""
    of = sum(counts.value.values())
    return {answer: _share(count, of) for answer, count in counts.value.items()}


def _share(count: int, of: int) -> Share:
    percent = 5 * ((count * 40 + of) // (of * 2))
    if percent <= 5:
        return Share(5, Band.AT_MOST)
    if percent >= 95:
        return Share(95, Band.AT_LEAST)
    return Share(percent, None)


def told_in_batches(finished: int, of: int, batch: int = BATCH) -> int:
    """How many of `of` people are said to have finished under the anonymous rung: in steps, or all of them.

    Telling each one as they finish would let a watcher tie what changes to who just put their phone down.
    Raises ValueError unless 0 <= finished <= of and batch >= 1.
    """
    if not 0 <= finished <= of or batch < 1:
        raise ValueError("between nobody and everybody have finished")
    return finished if finished == of else finished - finished % batch


def _check(people: Mapping[str, int], floor: int) -> None:
    if floor < PEOPLE_FLOOR:
        raise ValueError(f"a floor may be raised, never lowered under {PEOPLE_FLOOR} people")
    if any(count < 0 for count in people.values()):
        raise ValueError("fewer than no people can't have answered")


NETWORK_PEOPLE_FLOOR: Final = 10
NETWORK_HUBS_FLOOR: Final = 3
# Hubs that may put their boards together, or of which one person may belong to all: what is left must hold still.
COLLUDING: Final = 2
# Boards of a counted room that whoever led it, and leads above, may know besides: that of the team they sit in.
SITTING: Final = 1

Tally = Mapping[str, int]
# What is told of one board; None where it waits.
Row: TypeAlias = Published[dict[str, int]] | Withheld | Coded | None


def shared_counts(counts: Tally) -> Published[dict[str, int]] | Withheld | Coded:
    """What a hub's answers to one look-for look like outside it: as on a board without names, from five people on."""
    return board_counts(counts)


def group_holds(tallies: Collection[Tally], colluding: int = COLLUDING) -> bool:
    """Whether the sum of these hubs may be known, for anyone who knows the boards of `colluding` of them.

    What is left after taking any of them away must cover five people in two hubs, and must be sure to differ:
    else it says what each of the others answered. As in `room_counts` all of this is decided by the totals and
    the sizes of the hubs alone, so that nothing more can be read from the decision.
    """
    sizes = sorted((sum(tally.values()) for tally in tallies if any(tally.values())), reverse=True)
    known, rest = sizes[:colluding], sizes[colluding:]
    if len(rest) < TEAMS_FLOOR or sum(rest) < PEOPLE_FLOOR:
        return False
    return max(_added(tallies).values()) < sum(sizes) - sum(known) - 1


def stays_coded(tallies: Sequence[Tally], told: Sequence[Row], which: int, answer: str) -> bool:
    """Whether "nearly everyone" of one board stays as open as it is for whoever knows the sum of several boards.

    `tallies` are the boards in that sum, `told` what is told of each; of board `which` it would be told that all of
    its n people, or all but one, gave `answer`. Both must be possible, or neither: where the sum allows only one,
    the words say what the one person answered. What is told otherwise and how large the boards are is known. That
    boards so large with answers so bounded add up to the totals is possible exactly if no set of answers is given
    more often than the boards can give it (Gale 1957, A theorem on flows in networks). Raises ValueError for
    negative counts.
    """
    for tally in tallies:
        _check(tally, PEOPLE_FLOOR)
    total = _added(tallies)
    rows = [_bounds(sum(tally.values()), row, total) for tally, row in zip(tallies, told, strict=True)]
    n = sum(tallies[which].values())

    def fits(people: int) -> bool:
        own = {it: (people, people) if it == answer else (0, n - people) for it in total}
        return _fits(total, [*rows[:which], (n, own), *rows[which + 1 :]])

    return fits(n) == fits(n - 1)


def all_stay_coded(tallies: Sequence[Tally], told: Sequence[Row], colluding: int = 0) -> bool:
    """The same for every board of which it is told that nearly everyone gave one answer.

    And for whoever knows `colluding` of the other boards besides. A board hides the words if one of its people may have
    answered as one of the coded board did, and the other way round: both truths then read alike. Where more boards
    hide them than are known, one is always left; else every choice of boards that knows all of these is tried.
    """
    return all(
        stays_coded(tallies, _known_too(tallies, told, known), which, row.answer)
        for which, row in enumerate(told)
        if isinstance(row, Coded)
        for known in _known_of(tallies, told, which, colluding)
    )


def _known_of(
    tallies: Sequence[Tally], told: Sequence[Row], which: int, colluding: int
) -> Iterable[tuple[int, ...]]:
    """The choices of `colluding` other boards after which the words about board `which` could be open no more."""
    others = [it for it in range(len(tallies)) if it != which]
    hiding = {it for it in others if colluding and _hides(tallies[it], told[it], tallies[which], told[which])}
    if len(hiding) > colluding:
        return ()
    return (it for it in combinations(others, min(colluding, len(others))) if hiding <= set(it))


def _hides(tally: Tally, told: Row, own: Tally, row: Row) -> bool:
    """Whether one person of each of two boards may have answered as the other did, and all that is told is the same."""
    if not isinstance(row, Coded):
        return False
    return any(
        (told is None or shared_counts(_moved(tally, here, there)) == told)
        for here, there in permutations({*tally, *own}, 2)
        if tally.get(here)
        and own.get(there)
        and row.answer in (here, there)
        and shared_counts(_moved(own, there, here)) == row
    )


def _moved(tally: Tally, here: str, there: str) -> dict[str, int]:
    """These answers with one person's answer changed."""
    return {**tally, here: tally[here] - 1, there: tally.get(there, 0) + 1}


def _known_too(tallies: Sequence[Tally], told: Sequence[Row], known: Collection[int]) -> list[Row]:
    """What is told of each board, for whoever knows some of them."""
    return [Published(dict(tallies[at])) if at in known else row for at, row in enumerate(told)]


def row_holds(
    room: Mapping[str, Tally], told: Mapping[str, Published[dict[str, int]] | Coded], board: str
) -> bool:
    """Whether one more board of a room that was counted may tell its own row, beside the count and the rows told before.

    `room` are the boards in the count, `told` what is told of some of them. One person may have led the room, lead
    above and sit in one of its teams: they take every row that is told, and their own board, from the count. Unless
    nobody is left, what is left must hold (`group_holds`): it then covers five people in two teams who are sure to
    differ, so that it is the board of none of them. By sizes and totals alone, so nothing is read from a row that waits.

    And "nearly everyone" must stay as open as it is beside the count. Of this board's own row that is asked for each
    answer that nearly everyone might have given: so a row that waits says nothing of what stands in it. It is asked of
    who knows the count and the rows, and not of who knows one more board: it would depend on that board, and a row that
    waits would tell of it. Raises ValueError for negative counts.
    """
    left = [tally for key, tally in room.items() if key not in told and key != board]
    if any(any(tally.values()) for tally in left) and not group_holds(left, SITTING):
        return False
    keys = sorted(room)
    tallies, rows, at = [room[key] for key in keys], [told.get(key) for key in keys], keys.index(board)
    answers = {answer for tally in tallies for answer in tally}
    after = [*rows[:at], shared_counts(tallies[at]), *rows[at + 1 :]]
    return all(stays_coded(tallies, rows, at, it) for it in answers) and all_stay_coded(tallies, after)


def _bounds(size: int, told: Row, answers: Iterable[str]) -> tuple[int, dict[str, tuple[int, int]]]:
    """How many people answered on a board, and between which numbers each answer lies after what is told of it."""
    match told:
        case Published(value=counts):
            return size, {it: (counts.get(it, 0),) * 2 for it in answers}
        case Coded(answer=most):
            return size, {it: (size - 1, size) if it == most else (0, 1) for it in answers}
        case _nothing:
            return size, dict.fromkeys(answers, (0, size))


def _fits(total: Tally, rows: Sequence[tuple[int, Mapping[str, tuple[int, int]]]]) -> bool:
    """Whether boards of these sizes, with each answer between its bounds, can add up to these totals."""
    free = [size - sum(least for least, _most in bounds.values()) for size, bounds in rows]
    wanted = {it: count - sum(bounds[it][0] for _size, bounds in rows) for it, count in total.items()}
    if min(free) < 0 or min(wanted.values()) < 0:
        return False
    sets = chain.from_iterable(combinations(wanted, n) for n in range(1, len(wanted) + 1))
    return all(
        sum(wanted[it] for it in some)
        <= sum(
            min(people, sum(bounds[it][1] - bounds[it][0] for it in some))
            for people, (_size, bounds) in zip(free, rows, strict=True)
        )
        for some in sets
    )


def network_counts(
    tallies: Mapping[str, Tally],
    group: Collection[str],
    register: Iterable[Collection[str]] = (),
    held_back: Collection[str] = (),
) -> Published[dict[str, int]] | Withheld:
    """How the answers of a group of hubs are distributed, if no single hub's follow from it and all before it.

    `tallies` are the answers of everything that was ever in a group, by a key that stands for one hub's one
    reflection; `register` are the groups that were told already, ever, to anybody. Whoever adds and subtracts
    what was told can reach nothing finer than sums over the cells into which all groups cut each other: every
    linear combination of their totals counts all members of a cell alike. So each cell must hold on its own
    (`group_holds`), unless every hub in it tells its own answers anyway. Filters, rounds and groups that overlap
    are all the same to this rule. `held_back` are hubs whose own row is not told, though it could be. Raises
    ValueError for negative counts.
    """
    for tally in tallies.values():
        _check(tally, PEOPLE_FLOOR)
    counts = _added(tallies[key] for key in group)
    answering = [key for key in group if any(tallies[key].values())]
    if sum(counts.values()) < NETWORK_PEOPLE_FLOOR or len(answering) < NETWORK_HUBS_FLOOR:
        return Withheld(Reason.TOO_FEW_PEOPLE)
    for cell in _cells([frozenset(group), *map(frozenset, register)]):
        told = {key: shared_counts(tallies[key]) for key in cell if any(tallies[key].values())}
        # A coded row is known but for one person, so it hides nobody: only those withheld hide each other.
        withheld = [tallies[key] for key, row in told.items() if isinstance(row, Withheld)]
        is_all_told = all(isinstance(row, Published) and key not in held_back for key, row in told.items())
        if not is_all_told and not group_holds(withheld):
            return Withheld(Reason.TOO_FEW_OTHERS)
        rows = [None if key in held_back else row for key, row in told.items()]
        if not all_stay_coded([tallies[key] for key in told], rows, COLLUDING):
            return Withheld(Reason.TOO_FEW_OTHERS)
    return Published(counts)


def _cells(groups: Collection[frozenset[str]]) -> list[frozenset[str]]:
    """The parts into which these groups cut each other; what is in none of them is no part."""
    members: dict[tuple[bool, ...], set[str]] = {}
    for key in frozenset().union(*groups):
        members.setdefault(tuple(key in group for group in groups), set()).add(key)
    return [frozenset(cell) for cell in members.values()]
