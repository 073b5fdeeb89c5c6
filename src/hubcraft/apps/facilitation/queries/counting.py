"""Whose answers a room's counts are made of, so that no team's follow from them."""

from collections.abc import Callable, Collection, Iterable, Mapping

from hubcraft.apps.rooms.models import Seat


def linked_teams(seats: Iterable[Seat]) -> dict[str, str]:
    """Each team's name for itself and for the teams that somebody of it sits in as well.

    Whoever sits in two teams knows both and takes both away at once, so they count as one.
    """
    name: dict[str, str] = {}

    def end_of(team: str) -> str:
        while name.setdefault(team, team) != team:
            team = name[team]
        return team

    first: dict[str, str] = {}
    for seat in sorted(seats, key=lambda seat: seat.id):
        name[end_of(seat.team_id)] = end_of(first.setdefault(seat.person, seat.team_id))
    return {team: end_of(team) for team in list(name)}


def added_up(tallies: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Several tallies as one."""
    total: dict[str, int] = {}
    for tally in tallies:
        for answer, people in tally.items():
            total[answer] = total.get(answer, 0) + people
    return total


def takes_part(seat: Seat) -> bool:
    """Whether this seat's answers are part of a room's counts."""
    return seat.removed_at is None and not (seat.is_waiting or seat.interprets)


# Which of these boards were told to others already; handed in by whoever tells them, since a room knows nothing of it.
tellers: list[Callable[[Collection[str]], set[str]]] = []


def told_elsewhere(boards: Collection[str]) -> set[str]:
    """Boards that left their room before it was counted. They stay out of its count: whoever reads both would take
    the one from the other."""
    return set().union(*(teller(boards) for teller in tellers))
