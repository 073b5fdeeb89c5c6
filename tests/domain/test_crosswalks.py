"""What became of a look-for from one version to the next, and what may be compared."""

from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.crosswalks import Fate, Passage, arriving, joined, said, turned

KEYS = st.sampled_from("abcdef")
WORDS = st.dictionaries(KEYS, st.sampled_from(("one", "two", "three")), max_size=6)
SIDES = st.lists(KEYS, max_size=3, unique=True)
# Also what no reader would let through: keys that are not there, said twice, or on the wrong side.
CHANGES = st.lists(
    st.builds(
        lambda fate, before, after, comparable: said(fate, before, after, comparable=comparable),
        st.sampled_from([it for it in Fate if it is not Fate.SAME]),
        SIDES,
        SIDES,
        st.booleans(),
    ),
    max_size=4,
)


def test_the_same_words_under_the_same_key_are_the_same():
    assert joined({"a": "one", "b": "two"}, {"b": "two", "a": "one"}) == (
        Passage(Fate.SAME, ("b",), ("b",), joins=True, is_said=False),
        Passage(Fate.SAME, ("a",), ("a",), joins=True, is_said=False),
    )


def test_other_words_of_which_nobody_said_anything_are_a_seam():
    assert joined({"a": "one"}, {"a": "two"}) == (
        Passage(Fate.REWORDED, ("a",), ("a",), joins=False, is_said=False),
    )


def test_what_was_reworded_joins_where_its_authors_say_so():
    for comparable in (True, False):
        told = said(Fate.REWORDED, ["a"], ["b"], comparable=comparable)
        assert joined({"a": "one"}, {"b": "two"}, [told]) == (
            Passage(Fate.REWORDED, ("a",), ("b",), joins=comparable),
        )


def test_what_was_split_or_merged_names_the_others_and_is_never_joined():
    split = said(Fate.SPLIT, ["a"], ["a", "b"], comparable=True)
    assert joined({"a": "one"}, {"a": "one", "b": "two"}, [split]) == (
        Passage(Fate.SPLIT, ("a",), ("a", "b"), joins=False),
    )
    merged = said(Fate.MERGED, ["a", "b"], ["c"])
    assert joined({"a": "one", "b": "two"}, {"c": "three"}, [merged]) == (
        Passage(Fate.MERGED, ("a", "b"), ("c",), joins=False),
    )


def test_what_a_crosswalk_calls_gone_and_new_is_not_joined_though_the_words_are_the_same():
    told = [said(Fate.GONE, ["a"]), said(Fate.NEW, (), ["a"])]
    assert [(it.fate, it.joins) for it in joined({"a": "one"}, {"a": "one"}, told)] == [
        (Fate.GONE, False),
        (Fate.NEW, False),
    ]


def test_a_change_of_what_was_not_there_joins_nothing():
    told = said(Fate.REWORDED, ["x"], ["a"], comparable=True)
    assert [
        (it.fate, it.before, it.after, it.joins) for it in joined({"a": "one"}, {"a": "one"}, [told])
    ] == [
        (Fate.NEW, (), ("a",), False),
        (Fate.GONE, ("a",), (), False),
    ]


def test_backwards_a_split_is_a_merger():
    there = joined({"a": "one", "d": "x"}, {"b": "1", "c": "2"}, [said(Fate.SPLIT, ["a"], ["b", "c"])])
    assert [(it.fate, it.before, it.after) for it in turned(there)] == [
        (Fate.MERGED, ("b", "c"), ("a",)),
        (Fate.NEW, (), ("d",)),
    ]
    assert turned(turned(there)) == there


@given(WORDS, WORDS, CHANGES)
def test_no_look_for_of_either_version_is_lost_or_told_twice(earlier, later, changes):
    found = joined(earlier, later, changes)
    assert sorted(key for it in found for key in it.before) == sorted(earlier)
    assert sorted(key for it in found for key in it.after) == sorted(later)


@given(WORDS, WORDS, CHANGES)
def test_nothing_is_joined_but_the_same_words_or_what_its_authors_call_comparable(earlier, later, changes):
    for it in joined(earlier, later, changes):
        if it.joins:
            ((before,), (after,)) = it.before, it.after
            is_allowed = any(
                one.joins and (one.before, one.after) == ((before,), (after,)) for one in changes
            )
            is_named = any(before in one.before or after in one.after for one in changes)
            assert is_allowed or (before == after and earlier[before] == later[after] and not is_named)


@given(WORDS, WORDS, CHANGES)
def test_each_look_for_arrives_from_one_passage(earlier, later, changes):
    arrivals = arriving(joined(earlier, later, changes))
    assert set(arrivals) == set(later)
    assert all(key in it.after for key, it in arrivals.items())
