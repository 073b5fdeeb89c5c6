"""What may be told of several hubs together: against an attacker who keeps everything they were ever told."""

import random
from itertools import combinations, product

import pytest

from hubcraft.domain import suppression
from hubcraft.domain.suppression import (
    NETWORK_HUBS_FLOOR,
    NETWORK_PEOPLE_FLOOR,
    Band,
    Coded,
    Published,
    Reason,
    Withheld,
    all_stay_coded,
    group_holds,
    network_counts,
    row_holds,
    shared_counts,
    stays_coded,
)

ANSWERS = ("a", "b", "c")
SEEDS = 300


def tally(*counts: int) -> dict[str, int]:
    return dict(zip(ANSWERS, counts, strict=True))


SMALL = {"A": tally(2, 1, 1), "B": tally(1, 2, 1), "C": tally(1, 1, 2), "D": tally(1, 1, 1)}


def test_small_hubs_are_told_together_though_none_is_told_by_itself():
    assert {type(shared_counts(it)) for it in SMALL.values()} == {Withheld}
    assert network_counts(SMALL, list(SMALL)) == Published(tally(5, 5, 5))


def test_large_hubs_that_tell_their_own_are_told_together():
    large = {key: tally(2, 2, 1) for key in "ABC"}
    assert network_counts(large, "ABC") == Published(tally(6, 6, 3))


def test_the_floors_are_ten_people_and_three_hubs():
    two = {key: tally(4, 4, 2) for key in "AB"}
    assert network_counts(two, "AB") == Withheld(Reason.TOO_FEW_PEOPLE)
    few = {key: tally(1, 1, 1) for key in "ABC"}
    assert network_counts(few, "ABC") == Withheld(Reason.TOO_FEW_PEOPLE)


def test_one_small_hub_among_large_ones_would_be_what_is_left():
    large = {key: tally(2, 2, 1) for key in "ABCD"}
    assert isinstance(network_counts(large, "ABCD"), Published)
    assert network_counts(large | {"S": tally(1, 1, 1)}, "ABCDS") == Withheld(Reason.TOO_FEW_OTHERS)


def test_a_hub_that_joins_or_leaves_is_not_told_by_the_difference():
    five = SMALL | {"E": tally(1, 1, 2)}
    assert isinstance(network_counts(five, "ABCD"), Published)
    assert isinstance(network_counts(five, "ABCDE"), Published)
    assert network_counts(five, "ABCDE", ["ABCD"]) == Withheld(Reason.TOO_FEW_OTHERS)
    assert network_counts(five, "ABCD", ["ABCDE"]) == Withheld(Reason.TOO_FEW_OTHERS)


def test_what_was_told_once_may_be_told_again():
    assert network_counts(SMALL, "ABCD", ["ABCD"]) == network_counts(SMALL, "ABCD")


def test_a_coded_row_hides_nobody_and_is_not_told_by_a_sum():
    large = {key: tally(2, 2, 1) for key in "ABC"}
    assert isinstance(shared_counts(tally(6, 0, 0)), Coded)
    assert network_counts(large | {"K": tally(6, 0, 0)}, "ABCK") == Withheld(Reason.TOO_FEW_OTHERS)
    assert isinstance(network_counts(SMALL | {"K": tally(6, 0, 0)}, "ABCDK"), Published)


# -- the attacker ------------------------------------------------------------------------------------------


def some_tally(chance: random.Random) -> dict[str, int]:
    people = chance.randint(1, 6)
    lean = chance.choice(ANSWERS)
    given = [lean if chance.random() < 0.1 else chance.choice(ANSWERS) for _each in range(people)]
    return tally(*(given.count(answer) for answer in ANSWERS))


def all_tallies(people: int) -> list[dict[str, int]]:
    return [
        tally(*counts) for counts in product(range(people + 1), repeat=len(ANSWERS)) if sum(counts) == people
    ]


def could_be(row: dict[str, int]) -> list[dict[str, int]]:
    """Every truth that agrees with what a hub tells of itself; how many people it has, everybody knows."""
    told = shared_counts(row)
    return [it for it in all_tallies(sum(row.values())) if shared_counts(it) == told]


def truths(tallies, groups, known: tuple[str, ...]):
    """Every set of tallies that agrees with all that was told, for somebody who knows the boards of `known`."""
    concerned = sorted({key for group in groups for key in group})
    choices = {key: [tallies[key]] if key in known else could_be(tallies[key]) for key in concerned}
    sums = [{answer: sum(tallies[key][answer] for key in group) for answer in ANSWERS} for group in groups]
    order = sorted(concerned, key=lambda key: len(choices[key]))

    def fill(at: int, left: list[dict[str, int]], chosen: dict[str, dict[str, int]]):
        if any(value < 0 for one in left for value in one.values()):
            return
        if at == len(order):
            if all(value == 0 for one in left for value in one.values()):
                yield dict(chosen)
            return
        key = order[at]
        last_in = [
            number
            for number, group in enumerate(groups)
            if key in group and not any(later in group for later in order[at + 1 :])
        ]
        for choice in choices[key]:
            if any(left[number][answer] != choice[answer] for number in last_in for answer in ANSWERS):
                continue
            rest = [
                {answer: one[answer] - choice[answer] for answer in ANSWERS} if key in group else one
                for one, group in zip(left, groups, strict=True)
            ]
            yield from fill(at + 1, rest, chosen | {key: choice})

    yield from fill(0, sums, {})


def pinned(tallies, groups) -> set[str]:
    """Hubs that tell nothing of themselves, and whose answers some pair of hubs reads from the sums all the same."""
    found = set()
    keys = sorted(tallies)
    secret = [key for key in keys if isinstance(shared_counts(tallies[key]), Withheld)]
    everything_same = [key for key in keys if max(tallies[key].values()) == sum(tallies[key].values()) >= 5]
    concerned = {key for group in groups for key in group}
    for known in combinations(sorted(concerned), min(2, len(concerned))):
        open_still = {
            key: None for key in (*secret, *everything_same) if key in concerned and key not in known
        }
        for truth in truths(tallies, groups, known):
            for key in [key for key in open_still if truth[key] != tallies[key]]:
                del open_still[key]
            if not open_still:
                break
        found |= set(open_still)
    return found


def rounds(seed: int, tell) -> tuple[dict, list[frozenset[str]]]:
    """A small network over several rounds: hubs join, leave, hold another reflection; what is told is remembered."""
    chance = random.Random(seed)
    tallies = {f"hub-{number}": some_tally(chance) for number in range(chance.randint(3, 8))}
    sharing, register = set(tallies), []
    for _round in range(3):
        group = frozenset(sharing)
        if isinstance(tell(tallies, group, register), Published) and group not in register:
            register.append(group)
        for key in sorted(tallies):
            if chance.random() < 0.25:
                sharing ^= {key}
        if len(tallies) < 9 and chance.random() < 0.5:
            key = f"hub-{len(tallies)}"
            tallies[key] = some_tally(chance)
            sharing.add(key)
    return tallies, register


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_pair_of_hubs_reads_a_third_from_all_that_was_ever_told(seed):
    tallies, register = rounds(seed, network_counts)
    assert pinned(tallies, register) == set()


def test_the_networks_above_are_told_something():
    told = [len(rounds(seed, network_counts)[1]) for seed in range(SEEDS)]
    assert sum(told) > 12


def naive(tallies, group, _register):
    """Ten people and three hubs, and nothing else."""
    people = sum(sum(tallies[key].values()) for key in group)
    if people < NETWORK_PEOPLE_FLOOR or len(group) < NETWORK_HUBS_FLOOR:
        return Withheld(Reason.TOO_FEW_PEOPLE)
    return Published({})


def test_the_attacker_reads_hubs_where_the_floor_is_broken_on_purpose():
    assert any(pinned(*rounds(seed, naive)) for seed in range(12))


def test_the_attacker_reads_a_hub_where_the_register_is_forgotten():
    five = SMALL | {"E": tally(1, 1, 2)}
    assert isinstance(network_counts(five, "ABCD"), Published)
    assert isinstance(network_counts(five, "ABCDE"), Published)
    assert pinned(five, [frozenset("ABCD"), frozenset("ABCDE")]) == {"E"}
    assert pinned(five, [frozenset("ABCDE")]) == set()


def test_a_group_holds_by_totals_and_sizes_alone():
    assert group_holds(list(SMALL.values()))
    assert not group_holds([SMALL[key] for key in "ABC"])
    assert not group_holds([tally(4, 0, 0)] * 4)
    assert not group_holds([])
    assert suppression.COLLUDING == 2


# -- "nearly everyone" beside a sum ----------------------------------------------------------------------------


def ways(people: int, answers: int) -> list[tuple[int, ...]]:
    return [it for it in product(range(people + 1), repeat=answers) if sum(it) == people]


def agrees(row: tuple[int, ...], told, size: int) -> bool:
    """Whether a board may stand like this after what is told of it."""
    match told:
        case Published(value=counts):
            return dict(zip(ANSWERS, row, strict=True)) == counts
        case Coded(answer=answer):
            return row[ANSWERS.index(answer)] >= size - 1
        case _nothing:
            return True


def said(board: dict[str, int]):
    """What a board tells in words, however few they are."""
    answer = max(ANSWERS, key=board.__getitem__)
    return Coded(Band.NEARLY_ALL, answer) if board[answer] >= sum(board.values()) - 1 else None


def possible(tallies, told, which: int, answer: str) -> set[int]:
    """By trying everything: how many of one board may have given an answer to which nearly everyone came."""
    sizes = [sum(it.values()) for it in tallies]
    total = tuple(sum(it[answer] for it in tallies) for answer in ANSWERS)
    told = [*told[:which], Coded(Band.NEARLY_ALL, answer), *told[which + 1 :]]
    boards = [
        [it for it in ways(size, len(ANSWERS)) if agrees(it, row, size)]
        for size, row in zip(sizes, told, strict=True)
    ]
    return {
        truth[which][ANSWERS.index(answer)]
        for truth in product(*boards)
        if tuple(map(sum, zip(*truth, strict=True))) == total
    }


@pytest.mark.parametrize("seed", range(40))
def test_nearly_everyone_stays_as_open_as_trying_everything_says(seed):
    chance = random.Random(seed)
    tallies = [some_tally(chance) for _each in range(3)]
    told = [chance.choice((None, said(it), Published(it))) for it in tallies]
    for answer in ANSWERS:
        is_open = len(possible(tallies, told, 0, answer)) != 1
        assert stays_coded(tallies, told, 0, answer) == is_open, (tallies, told, answer)


def test_a_sum_that_allows_only_one_of_the_two_closes_it():
    nearly = tally(1, 0, 4)
    assert stays_coded([nearly, tally(1, 1, 2)], [None, None], 0, "c")
    assert not stays_coded([nearly, tally(2, 2, 0)], [None, None], 0, "c")
    assert not stays_coded([nearly, tally(1, 1, 2)], [None, Published(tally(1, 1, 2))], 0, "c")


def stays_open(tallies, told, colluding: int) -> bool:
    """By trying everything: whether all rows told in words are as open for whoever knows so many of the other boards."""
    for which, row in enumerate(told):
        if not isinstance(row, Coded):
            continue
        for known in combinations([it for it in range(len(told)) if it != which], colluding):
            rows = [Published(it) if at in known else told[at] for at, it in enumerate(tallies)]
            if len(possible(tallies, rows, which, row.answer)) == 1:
                return False
    return True


@pytest.mark.parametrize("colluding", [0, 1, 2])
def test_nearly_everyone_stays_open_for_whoever_knows_other_boards(colluding):
    chance, found = random.Random(colluding), set()
    for _each in range(40):
        nearly = tally(*chance.choice(((0, 1, 4), (5, 0, 0), (1, 5, 0))))
        tallies = [nearly, *(some_tally(chance) for _other in range(3))]
        told = [
            chance.choice((shared_counts(it), None)) if at else shared_counts(it)
            for at, it in enumerate(tallies)
        ]
        found.add(is_open := stays_open(tallies, told, colluding))
        assert all_stay_coded(tallies, told, colluding) == is_open, (tallies, told)
    assert found == {True, False}


def test_two_hubs_do_not_read_off_a_sum_what_nearly_everyone_means_of_a_third():
    """Of a network of seven: two that know their own boards see that not all of the large one said "c"."""
    hubs = {"A": tally(3, 0, 1), "B": tally(2, 0, 2), "C": tally(1, 0, 5), "D": tally(1, 4, 0)}
    hubs |= {"E": tally(2, 2, 0), "F": tally(0, 3, 0), "G": tally(1, 2, 0)}
    boards = [*hubs.values()]
    told = [*map(Published, boards[:2]), *map(shared_counts, boards[2:])]
    assert possible(boards, told, 2, "c") == {5}
    assert network_counts(hubs, "ABCDEFG") == Withheld(Reason.TOO_FEW_OTHERS)
    more = hubs | {"H": tally(1, 1, 2), "I": tally(2, 1, 1)}
    assert isinstance(network_counts(more, "ABCDEFGHI"), Published)


# -- one more row beside the count of its room --------------------------------------------------------------------


def room_of(*tallies: dict[str, int]) -> dict[str, dict[str, int]]:
    return {f"team {at}": it for at, it in enumerate(tallies)}


def read_off(room, told: dict, mine: str) -> set[str]:
    """By trying everything: boards that follow from the count, from the rows that are told, and from one's own."""
    others = [it for it in room if it != mine]
    total = tuple(sum(it[answer] for key, it in room.items() if key != mine) for answer in ANSWERS)
    sizes = {it: sum(room[it].values()) for it in others}
    choices = [
        [w for w in ways(sizes[it], len(ANSWERS)) if agrees(w, told.get(it), sizes[it])] for it in others
    ]
    truths = [it for it in product(*choices) if tuple(map(sum, zip(*it, strict=True))) == total]
    assert truths
    return {
        it
        for at, it in enumerate(others)
        if not isinstance(told.get(it), Published) and len({truth[at] for truth in truths}) == 1
    }


def test_whoever_sits_in_a_room_they_led_reads_no_board_off_it():
    """Every board of rooms of four small teams, where the first tells its row, for each who may sit in it."""
    chance, holding = random.Random(5), 0
    for _room in range(200):
        room = room_of(*(some_tally(chance) for _team in range(4)))
        told = {"team 0": shared_counts(room["team 0"])}
        if not isinstance(told["team 0"], Published) or not row_holds(room, {}, "team 0"):
            continue
        holding += 1
        # A board that nobody shares and of which nothing is told.
        assert [read_off(room, told, mine) for mine in room] == [set()] * 4, room
    assert holding > 3


def test_three_teams_that_share_wait_for_each_other_and_four_do_not():
    """With three, who led the room and sits in one takes two boards from three."""
    row = tally(2, 2, 1)
    three, four = room_of(row, tally(1, 2, 2), tally(2, 1, 2)), room_of(row, *[tally(1, 2, 2)] * 3)
    assert read_off(three, {"team 0": Published(row)}, "team 1") == {"team 2"}
    assert not row_holds(three, {}, "team 0")
    assert read_off(four, {"team 0": Published(row)}, "team 1") == set()
    assert row_holds(four, {}, "team 0")
    told = {key: Published(it) for key, it in three.items() if key != "team 0"}
    assert row_holds(three, told, "team 0")


def test_what_is_left_of_a_room_must_be_sure_to_differ_for_who_knows_the_largest_of_it():
    one = tally(5, 0, 0)
    assert row_holds(room_of(tally(2, 2, 1), one, tally(1, 2, 2), tally(1, 2, 2)), {}, "team 0")
    assert not row_holds(room_of(tally(2, 2, 1), one, one, one), {}, "team 0")


def test_nearly_everyone_of_a_row_may_follow_for_who_knows_one_more_board():
    """What is given up (docs/decide/0031): a count less one's own board may say that of five exactly four did."""
    room = room_of(tally(1, 0, 4), tally(1, 2, 2), tally(3, 3, 0), tally(3, 3, 0))
    assert row_holds(room, {}, "team 0")
    told = {"team 0": Coded(Band.NEARLY_ALL, "c")}
    assert len(possible([*room.values()], [told.get(it) for it in room], 0, "c")) == 2
    others = [it for key, it in room.items() if key != "team 1"]
    assert possible(others, [told["team 0"], None, None], 0, "c") == {4}
