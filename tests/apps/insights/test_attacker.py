"""Nobody works out a board, or what anybody answered, from all that was ever told of hubs, their rooms and those above.

Small networks over several rounds: hubs join, meet in one room or apart, are counted there, keep their boards, share
them with the network or the initiative, take them back, and share them again. All of it is done by the real actions
and read from what pages are drawn of. Then people put together what they were told: two hubs and all who lead above;
who led the rooms and somebody of one hub; who led the rooms and all who lead above; one person who is all three.
"""

import random
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import transaction
from django.db.models import Q

from hubcraft.apps.facilitation.actions.harvest import count_look_for
from hubcraft.apps.facilitation.models import RoomCount
from hubcraft.apps.facilitation.queries import counting
from hubcraft.apps.facilitation.queries.harvest import BoardTally
from hubcraft.apps.insights.actions import sharing
from hubcraft.apps.insights.models import Frozen, Release, ReleasedGroup, TeamClaim
from hubcraft.apps.insights.queries import above
from hubcraft.apps.networks.models import Role, Team
from hubcraft.apps.reflections.models import Reflection
from hubcraft.domain import suppression
from hubcraft.domain.suppression import Coded, Published
from tests.apps.insights.attacker import Found, Tally, Told, attack
from tests.homes import account, make_account, make_hub, make_initiative, make_network
from tests.make import NOW, Hall, start

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
ROUNDS = 3
FEW, MANY = 24, 2000


class Town:
    """Two networks of an initiative, and everything that is told of their hubs; `truth` is what nobody should know."""

    def __init__(self):
        self.initiative = make_initiative()
        self.networks = [make_network(f"Network {it}", self.initiative) for it in "AB"]
        self.hubs: list[Team] = []
        self.truth: dict[str, Tally] = {}
        self.whose: dict[str, str] = {}
        self.told = Told({})
        self.counts: set[tuple[frozenset[str], Tally]] = set()
        self.at = NOW

    def join(self, network: int = 0) -> Team:
        hub = make_hub(self.networks[network], f"Hub {len(self.hubs)}")
        hub.leader = make_account(f"L{hub.id[:8]}", hub=hub, role=Role.HUB_LEADER)
        self.hubs.append(hub)
        return hub

    def meet(self, tallies: dict[Team, Tally]) -> tuple[Hall, dict[Team, BoardTally]]:
        """Hubs reflect in one room, and each keeps its board."""
        hall = start(teams=[it.name for it in tallies])
        self.look_for, self.answers = hall.look_fors[0], tuple(hall.levels[:3])
        boards = {}
        for hub, tally in tallies.items():
            board = hall.board(hub.name)
            self.truth[board.id], self.whose[board.id] = tally, hub.id
            self.told.sizes[board.id] = sum(tally)
            counts = {self.look_for: dict(zip(self.answers, tally, strict=True))}
            stands = {"shows": Reflection.Shows.DOTS, "revealed_at": NOW, "tallies": counts}
            Reflection.everywhere.filter(id=board.id).update(**stands)
            TeamClaim.objects.create(team=board.team, network=hub.network, hub=hub, made_at=NOW)
            boards[hub] = BoardTally(board.id, board.team_id, counts, counts)
        return hall, boards

    def count(self, hall: Hall, *boards: BoardTally) -> None:
        count_look_for(hall.session, hall.session.domain, self.look_for, boards)
        for count in RoomCount.everywhere.filter(session=hall.session).exclude(counts={}):
            self.counts.add((frozenset(count.boards), self.as_told(count.counts)))

    def share(self, hub: Team, source: str, reach: str = "network") -> Release:
        # A minute later each time: which board of a hub is its latest is not left to chance.
        self.at += timedelta(minutes=1)
        return sharing.share(by=account(hub.leader), who="L", hub=hub, source=source, reach=reach, at=self.at)

    def released_by(self, hub: Team) -> list[Release]:
        """What a hub shares, in the order in which its boards were held: a town is the same one each time."""
        held = list(self.truth)
        return sorted(Release.objects.filter(team=hub, revoked_at=None), key=lambda it: held.index(it.source))

    def take_back(self, hub: Team, release: Release) -> None:
        self.read()
        sharing.take_back(by=account(hub.leader), who="L", hub=hub, release_id=release.id, at=NOW)

    # -- what is told ------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Keep the rows that are told at this moment, and every sum that ever was."""
        ours = Release.everywhere.filter(network__in=self.networks)
        for release in ours.filter(revoked_at=None).select_related("frozen"):
            rows = above.hub_counts(release.frozen).rows
            self.told.rows[release.source] = next(it.told for it in rows if it.look_for.key == self.look_for)
        board_of = dict(Frozen.everywhere.values_list("id", "reflection_id"))
        own = Q(network__in=self.networks) | Q(initiative=self.initiative)
        for group in ReleasedGroup.objects.filter(own):
            self.told.sums.add((frozenset(board_of[it] for it in group.members), self.as_told(group.counts)))

    def as_told(self, counts: dict[str, int]) -> Tally:
        return tuple(counts.get(it, 0) for it in self.answers)

    # -- what is worked out ------------------------------------------------------------------------------------

    def attacks(self) -> list[Found]:
        """What each of those who put together what they know works out."""
        self.read()
        hubs = sorted({*self.whose.values()})
        found = [self.attack(pair, self.told.rows, self.told.sums) for pair in combinations(hubs, 2)]
        if self.counts:
            found += [self.attack((hub,), {}, self.counts) for hub in hubs]
            found.append(self.attack((), self.told.rows, self.told.sums | self.counts))
            found += map(self.attack_from_within, hubs)
        return found

    def attack_from_within(self, hub: str) -> Found:
        """Who led the rooms, leads above and sits in one hub. Of a row that is told in words they may work out which of
        two truths it was: that is given up (docs/decide/0031). Of no other board they may work out anything."""
        found = self.attack((hub,), self.told.rows, self.told.sums | self.counts)
        coded = {board for board, row in self.told.rows.items() if isinstance(row, Coded)}
        answers = frozenset(it for it in found.answers if it[0] not in coded)
        return Found(found.boards - coded, answers, found.is_undecided)

    def attack(self, hubs, rows, sums) -> Found:
        known = {board for board, hub in self.whose.items() if hub in hubs}
        return attack(Told(self.told.sizes, rows, sums), self.truth, known, self.answers)


def some_tally(chance: random.Random) -> Tally:
    people = chance.choice((2, 3, 3, 4, 4, 4, 5, 6))
    lean = chance.randrange(3)
    given = [lean if chance.random() < 0.15 else chance.randrange(3) for _each in range(people)]
    return tuple(given.count(it) for it in range(3))


def live(seed: int) -> Town:
    """A town, and what happens there."""
    chance, town = random.Random(seed), Town()
    for _hub in range(chance.randint(4, 7)):
        town.join(chance.random() < 0.25)
    for _round in range(ROUNDS):
        here = [it for it in town.hubs if chance.random() < 0.7]
        hall, boards = town.meet({it: some_tally(chance) for it in here or town.hubs})
        todo = [
            (town.share, hub, it.id, chance.choice(("network", "initiative"))) for hub, it in boards.items()
        ]
        todo = [it for it in todo if chance.random() < 0.8]
        if chance.random() < 0.5:
            some = list(boards.values())
            todo += [(town.count, hall, *some[: chance.randint(1, len(some))]), (town.count, hall, *some)]
        if chance.random() < 0.5:
            chance.shuffle(todo)
        else:
            todo.reverse()
        for act, *more in todo:
            act(*more)
        for hub in town.hubs:
            for release in town.released_by(hub):
                if chance.random() < 0.2:
                    town.take_back(hub, release)
                    if chance.random() < 0.3:
                        town.share(hub, release.source)
        if len(town.hubs) < 8 and chance.random() < 0.5:
            town.join()
    return town


class Reckoning:
    """How many towns were attacked how often, how much was told there, and where it went wrong."""

    def __init__(self, seeds):
        self.towns = self.attacks = self.sums = self.counts = self.undecided = 0
        self.broken: dict[int, list[Found]] = {}
        for seed in seeds:
            with transaction.atomic():
                town = live(seed)
                found = town.attacks()
                transaction.set_rollback(True)
            self.towns, self.attacks = self.towns + 1, self.attacks + len(found)
            self.sums, self.counts = self.sums + len(town.told.sums), self.counts + len(town.counts)
            self.undecided += sum(it.is_undecided for it in found)
            if broken := [it for it in found if it.boards or it.answers]:
                self.broken[seed] = broken

    def __str__(self) -> str:
        return (
            f"{self.towns} towns, {self.attacks} attacks, {self.sums} sums over hubs and {self.counts} counts of rooms "
            f"were told, {len(self.broken)} broken, {self.undecided} attacks not decided"
        )


def test_nobody_works_out_what_was_not_told():
    reckoning = Reckoning(range(FEW))
    assert reckoning.broken == {}
    assert reckoning.sums > 0
    assert reckoning.counts > 0


@pytest.mark.slow
@pytest.mark.parametrize("first", range(FEW, MANY, 100))
def test_nobody_works_it_out_in_many_towns(first, capsys):
    reckoning = Reckoning(range(first, min(first + 100, MANY)))
    with capsys.disabled():
        print(f"\nfrom {first}: {reckoning}")
    assert reckoning.broken == {}


# -- floors that are broken on purpose -------------------------------------------------------------------------


def four_small(town: Town) -> None:
    """Four hubs of three that met apart share, and then a fifth of four does."""
    for tally in ((1, 1, 1), (1, 1, 1), (2, 1, 0), (0, 1, 2), (2, 1, 1)):
        hub = town.join()
        _hall, boards = town.meet({hub: tally})
        town.share(hub, boards[hub].id)


def three_of_five(town: Town, *, counted_first: bool = True) -> dict[Team, BoardTally]:
    """Three hubs of five in one room, which is counted; two of them share."""
    one, two, three = (town.join() for _each in range(3))
    hall, boards = town.meet({one: (2, 2, 1), two: (1, 2, 2), three: (2, 1, 2)})
    if counted_first:
        town.count(hall, *boards.values())
    for hub in (one, two):
        town.share(hub, boards[hub].id)
    if not counted_first:
        town.count(hall, *boards.values())
    return boards


def broken(town: Town) -> bool:
    return any(it.boards or it.answers for it in town.attacks())


def test_it_is_noticed_where_the_floors_of_sums_are_broken(monkeypatch):
    town = Town()
    four_small(town)
    assert town.attacks() and not broken(town)
    monkeypatch.setattr(suppression, "group_holds", lambda *_all, **_more: True)
    town = Town()
    four_small(town)
    assert broken(town)


def test_it_is_noticed_where_a_row_gives_away_who_is_left_of_a_room(monkeypatch):
    town = Town()
    three_of_five(town)
    assert town.counts and not broken(town)
    monkeypatch.setattr(above, "rows_held_back", lambda _frozen: set())
    town = Town()
    three_of_five(town)
    assert broken(town)


def test_it_is_noticed_where_a_room_counts_what_was_shared_before(monkeypatch):
    town = Town()
    three_of_five(town, counted_first=False)
    assert not town.counts and not broken(town)
    monkeypatch.setattr(counting, "tellers", [])
    monkeypatch.setattr(above, "rows_held_back", lambda _frozen: set())
    town = Town()
    three_of_five(town, counted_first=False)
    assert broken(town)


def coded_beside_small(town: Town) -> dict[Team, BoardTally]:
    """A room of three hubs is counted: four people call it "pretty good", and all of them sit in one hub of five."""
    hubs = [town.join() for _each in range(3)]
    tallies = dict(zip(hubs, [(2, 2, 0), (1, 0, 4), (1, 3, 0)], strict=True))
    hall, boards = town.meet(tallies)
    town.count(hall, *boards.values())
    town.share(hubs[1], boards[hubs[1]].id)
    return boards


def test_nearly_everyone_is_not_told_where_the_room_says_whether_it_was_everyone(monkeypatch):
    town = Town()
    coded_beside_small(town)
    assert town.counts and not broken(town)
    monkeypatch.setattr(above, "rows_held_back", lambda _frozen: set())
    town = Town()
    coded_beside_small(town)
    assert broken(town)


def test_the_last_row_of_a_room_does_not_say_what_another_tells_in_words(monkeypatch):
    def all_share(town: Town) -> None:
        hubs = [town.join() for _each in range(3)]
        tallies = dict(zip(hubs, [(2, 2, 1), (1, 0, 4), (2, 3, 1)], strict=True))
        hall, boards = town.meet(tallies)
        town.count(hall, *boards.values())
        for hub in hubs:
            town.share(hub, boards[hub].id)

    town = Town()
    all_share(town)
    assert town.counts and not broken(town)
    monkeypatch.setattr(above, "rows_held_back", lambda _frozen: set())
    town = Town()
    all_share(town)
    assert broken(town)


def test_a_sum_is_not_told_where_a_room_was_counted_with_one_hub_more():
    """The count less the sum would be the board of the hub that shares nothing, however large."""
    town = Town()
    hubs = [town.join() for _each in range(5)]
    tallies = [(1, 1, 1), (1, 2, 1), (2, 1, 1), (1, 1, 2), (2, 2, 2)]
    hall, boards = town.meet(dict(zip(hubs, tallies, strict=True)))
    town.count(hall, *boards.values())
    for hub in hubs[:4]:
        town.share(hub, boards[hub].id)
    assert town.counts
    assert not broken(town)
    assert not town.told.sums


def test_it_is_noticed_where_nobody_is_thought_to_lead_a_room_and_sit_in_it(monkeypatch):
    town = Town()
    three_of_five(town)
    assert town.counts and not broken(town)
    monkeypatch.setattr(suppression, "SITTING", 0)
    town = Town()
    three_of_five(town)
    assert broken(town)


def test_three_hubs_of_a_room_are_told_together():
    town = Town()
    boards = three_of_five(town)
    one, two, three = boards
    town.read()
    told = {hub: isinstance(town.told.rows.get(boards[hub].id), Published) for hub in boards}
    assert told == {one: False, two: False, three: False}
    town.share(three, boards[three].id)
    town.read()
    assert all(isinstance(town.told.rows[it.id], Published) for it in boards.values())
