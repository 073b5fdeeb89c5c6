"""Who rated a look-for both times, of those who said that both seats are theirs; told only as numbers, inside the hub.

A label is no person. People are linked by what they claimed themselves, and only where both boards show their
initials to all of the team anyway: never where somebody chose an alias, a dot or a ballot (docs/decide/0046).
"""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubcraft.apps.insights.models import SeatClaim
from hubcraft.apps.playbook.policy import is_named
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.board import Row
from hubcraft.domain.agreement import FEWEST_FOR_A_SENTENCE
from hubcraft.domain.waves import Closeness, Moves, People, moves_of


class Linked:
    """Whose seats are whose on some boards of a hub; asked for once."""

    def __init__(self, boards: Iterable[Reflection]) -> None:
        self.boards = [it for it in boards if shows_initials(it)]
        self.people: dict[tuple[str, str], dict[str, str]] | None = None

    def people_on(self, board: Reflection) -> dict[str, str]:
        """By the key of a seat on this board whose it is; nobody who sat there twice."""
        if self.people is None:
            self.people = claimed([it.team_id for it in self.boards])
        return self.people.get((board.session.room_id, board.team_id), {}) if shows_initials(board) else {}

    def moves(self, row: Row, board: Reflection, before: Row, earlier: Reflection) -> Moves | None:
        """Who moved from one row to the other; None where one of the boards has no initials, or too few rated."""
        if not (shows_initials(board) and shows_initials(earlier)):
            return None
        now, then = len(stood_at(row)), len(stood_at(before))
        if min(now, then) < FEWEST_FOR_A_SENTENCE:
            return None
        return moves_of(self.pairs(row, board, before, earlier), before=then, after=now)

    def pairs(
        self, row: Row, board: Reflection, before: Row, earlier: Reflection
    ) -> tuple[tuple[int, int], ...]:
        """The level then and now of each who rated both times; none where they are fewer than may be told of."""
        here, there = self.people_on(board), self.people_on(earlier)
        was = {there[seat]: level for seat, level in stood_at(before).items() if seat in there}
        pairs = tuple(
            (was[here[seat]], level)
            for seat, level in stood_at(row).items()
            if seat in here and here[seat] in was
        )
        return pairs if len(pairs) >= FEWEST_FOR_A_SENTENCE else ()


def shows_initials(board: Reflection) -> bool:
    """Whether everybody of the team reads on this board who stands where, by the initials they go by."""
    return is_named(board.session, board) and not board.session.uses_alias


def claimed(teams: Iterable[str]) -> dict[tuple[str, str], dict[str, str]]:
    """By room and team: whose seats are whose."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    claims = SeatClaim.objects.filter(seat__team__in=set(teams), seat__removed_at=None)
    rows = claims.values_list("seat__room_id", "seat__team_id", "seat__key", "person_id")
    for room, team, seat, person in rows:
        found.setdefault((room, team), {})[seat] = person
    for place, people in found.items():
        often = Counter(people.values())
        found[place] = {seat: person for seat, person in people.items() if often[person] == 1}
    return found


def stood_at(row: Row) -> dict[str, int]:
    """By the key of a seat on which level it stands now, from 1."""
    return {
        chip.seat_key: level
        for level, box in enumerate(row.boxes, start=1)
        for chip in box.chips
        if chip.seat_key and chip.kind != "before"
    }


def closeness_words(closeness: Closeness | None) -> str:
    """Whether agreement grew, in a sentence; empty where it can't be said."""
    if closeness is None:
        return ""
    return {
        Closeness.CLOSER: _("You stand closer together than the time before."),
        Closeness.AS_CLOSE: _("You stand as close together as the time before."),
        Closeness.FURTHER: _("You stand further apart than the time before."),
    }[closeness]


def moves_words(moves: Moves | None) -> str:
    """Who moved, in a sentence; empty where fewer than three are known to have been there both times."""
    if moves is None or moves.people is People.UNKNOWN:
        return ""
    parts = [
        ngettext("{n} moved up", "{n} moved up", moves.up).format(n=moves.up) if moves.up else "",
        ngettext("{n} stayed", "{n} stayed", moves.same).format(n=moves.same) if moves.same else "",
        ngettext("{n} moved down", "{n} moved down", moves.down).format(n=moves.down) if moves.down else "",
    ]
    told = ", ".join(filter(None, parts))
    if moves.people is People.SAME:
        return _("The same people as the time before: {parts}.").format(parts=told)
    first = _("Of {n} who rated both times: {parts}.").format(n=moves.both_times, parts=told)
    if not moves.others:
        return first
    others = ngettext(
        "{n} more rated now; whether they were there before is not known.",
        "{n} more rated now; whether they were there before is not known.",
        moves.others,
    )
    return f"{first} {others.format(n=moves.others)}"
