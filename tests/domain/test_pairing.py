"""Who talks with whom: nobody alone, nobody with the same twice, nobody torn away because somebody else comes."""

from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.pairing import as_it_stands, pair_up

CROWDS = st.integers(0, 24).map(lambda n: [f"p{at:02}" for at in range(n)])


@given(CROWDS)
def test_everybody_talks_with_somebody_in_twos_and_at_most_one_three(people):
    groups = pair_up(people, [])
    assert sorted(it for group in groups for it in group) == people
    sizes = sorted(map(len, groups))
    assert sizes == (
        [1]
        if len(people) == 1
        else [2] * ((len(people) - 3) // 2 if len(people) % 2 else len(people) // 2) + [3] * (len(people) % 2)
    )


def test_three_talks_of_four_people_bring_everyone_together_once():
    people, before = list("abcd"), []
    for _talk in range(3):
        before.append(pair_up(people, before))
    assert sorted(tuple(sorted(it)) for talk in before for it in talk) == [
        ("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d"),
    ]  # fmt: skip


@given(CROWDS.filter(lambda it: len(it) > 5))
def test_nobody_talks_with_the_same_person_twice_running(people):
    first = pair_up(people, [])
    second = pair_up(people, [first])
    met = {frozenset((a, b)) for group in first for a in group for b in group if a != b}
    again = [frozenset((a, b)) for group in second for a in group for b in group if a < b]
    # In a three of an odd crowd two may know each other: there are not enough others to go round.
    assert sum(it in met for it in again) <= len(people) % 2


def test_another_is_the_one_too_many_next_time():
    people = list("abcde")
    first = pair_up(people, [])
    second = pair_up(people, [first])
    threes = [next(it for it in talk if len(it) == 3) for talk in (first, second)]
    assert threes[0][-1] != threes[1][-1]


@given(CROWDS, st.integers(0, 8))
def test_who_comes_tears_no_two_apart(people, newcomers):
    groups = as_it_stands(pair_up(people, []), people)
    for at in range(newcomers):
        people = [*people, f"n{at}"]
        twos = [it for it in groups if len(it) == 2]
        groups = as_it_stands(groups, people)
        assert sorted(it for group in groups for it in group) == sorted(people)
        assert all(any(set(two) <= set(group) for group in groups) for two in twos)
        assert len(people) == 1 or {len(it) for it in groups} <= {2, 3}


@given(CROWDS.filter(bool), st.data())
def test_who_leaves_concerns_only_who_talked_with_them(people, data):
    groups = pair_up(people, [])
    gone = data.draw(st.sampled_from(people))
    left = [it for it in people if it != gone]
    after = as_it_stands(groups, left)
    untouched = [it for it in groups if gone not in it and len(it) == 2]
    assert all(any(set(two) <= set(group) for group in after) for two in untouched)
    assert sorted(it for group in after for it in group) == left


def test_one_who_is_left_over_frees_the_odd_one_of_a_three():
    assert as_it_stands([("a", "b"), ("c", "d", "e")], list("abcdef")) == [("a", "b"), ("c", "d"), ("e", "f")]
    assert as_it_stands([("a", "b")], list("abc")) == [("a", "b", "c")]
    assert as_it_stands([], ["a"]) == [("a",)]
