"""What may leave a team, and what a team may see of itself when nobody is named.

Counts are shown only inside `Published`; templates accept nothing else. Otherwise they are `Withheld`, with a
reason, or `Coded`, in words that fit more than one truth. Without this, a total beside one's own team's board
gives the other team away, and a row on which all agree says what each one answered.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

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
