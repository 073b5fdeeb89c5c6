"""Pretend people for a rehearsal: as many, as different and as slow as a real room, the same for the same seed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

# People a team, and how many are here alone.
TEAM_SIZES: Final = (5, 4, 6)
ALONE: Final = 1
MOST_TEAMS: Final = 4
# Signs of a line of answers: a level from the lowest to the highest, or one of the ways out, or nothing yet.
NOT_SURE, NOT_OURS, NOTHING = "?", "-", "."
_LETTERS: Final = "ABCDEFGHJKLMNPRSTW"


@dataclass(frozen=True)
class Pretend:
    """One of them. Seconds count from when the room was made, or from when a step began."""

    initials: str
    # Which of the teams; -1 for somebody who is here alone.
    team: int
    # Which of their team, from 0.
    place: int
    comes: int
    # Seconds before they do what a step asks, and then for each look-for.
    thinks: int
    pace: float
    line: str
    # Where they put their initials after the talk: look-for and sign, if they move at all.
    moves: tuple[int, str] | None
    know: int
    learn: int


def pretend_people(seed: int, teams: int, look_fors: int, domains: int) -> tuple[Pretend, ...]:
    """A room of pretend people in so many teams.

    Each team has its own strengths, each person their own view of them; some take their time, some are unsure, one
    in a team comes while the others have begun, and one in the room never quite finishes.
    """
    chance = Random(seed)  # noqa: S311  (a plan that can be repeated, not a secret)
    taken: set[str] = set()
    people = []
    for team in [*range(min(teams, MOST_TEAMS)), *[-1] * ALONE]:
        strengths = [chance.gauss(2.6, 0.6) for _ in range(look_fors)]
        size = TEAM_SIZES[team % len(TEAM_SIZES)] if team >= 0 else 1
        for place in range(size):
            people.append(
                one_of(chance, (team, place), taken, strengths, domains, is_late=place == size - 1 > 0)
            )
    slow = chance.randrange(len(people))
    people[slow] = replace(people[slow], line=people[slow].line[:-1] + NOTHING, moves=None)
    return tuple(people)


def one_of(
    chance: Random,
    seat: tuple[int, int],
    taken: set[str],
    strengths: Sequence[float],
    domains: int,
    *,
    is_late: bool,
) -> Pretend:
    """Somebody of a team with these strengths; `seat` says which team, and which of it."""
    view = chance.gauss(0, 0.5)
    line = "".join(answer(chance, strength + view) for strength in strengths)
    number = chance.randrange(len(line))
    is_mover = line[number] in "234" and chance.random() < 0.3
    return Pretend(
        initials=initials(chance, taken),
        team=seat[0],
        place=seat[1],
        comes=chance.randint(45, 75) if is_late else chance.randint(3, 35),
        thinks=chance.randint(5, 25),
        pace=round(min(max(chance.lognormvariate(2.3, 0.35), 5), 25), 1),
        line=line,
        moves=(number + 1, str(int(line[number]) - 1)) if is_mover else None,
        know=chance.randrange(domains),
        learn=chance.randrange(domains),
    )


def answer(chance: Random, strength: float) -> str:
    """One answer of somebody who sees their team about so strong."""
    out = chance.random()
    if out < 0.04:
        return NOT_SURE if out < 0.03 else NOT_OURS
    return str(min(max(round(chance.gauss(strength, 0.6)), 1), 4))


def initials(chance: Random, taken: set[str]) -> str:
    """Two letters that nobody has."""
    while True:
        letters = chance.choice(_LETTERS) + chance.choice(_LETTERS)
        if letters not in taken:
            taken.add(letters)
            return letters
