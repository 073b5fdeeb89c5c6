"""Editing a script's steps: what lies behind stays, two who edit undo nothing, and nothing is lost or doubled."""

from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.plan import Caution, cautions, lasting, left_out, moved, place_of, put_in, taken_in


def steps(words: str, minutes: int = 5) -> list[dict]:
    return [{"key": it, "kind": it, "minutes": minutes} for it in words.split()]


def keys(found: list[dict]) -> str:
    return " ".join(it["key"] for it in found)


def move(found: list[dict], key: str, by: int, seen_at: int, fixed: int = 0) -> list[dict]:
    movements = {it["key"]: it["key"][0] for it in found}
    return moved(found, key, by=by, seen_at=seen_at, fixed=fixed, movements=movements)


def test_a_step_moves_and_takes_the_movement_of_the_one_it_passes():
    found = move(steps("a1 a2 b1"), "a2", 1, 1)
    assert keys(found) == "a1 b1 a2"
    assert found[2]["movement"] == "b"


def test_pressed_twice_it_moves_once():
    once = move(steps("a b c d"), "a", 1, 0)
    assert keys(once) == "b a c d"
    assert move(once, "a", 1, 0) == once


def test_nothing_moves_out_of_the_plan_or_among_what_lies_behind():
    plan = steps("a b c")
    assert keys(move(plan, "b", -1, 1)) == "b a c"
    assert move(plan, "a", -1, 0) == plan
    assert move(plan, "c", 1, 2) == plan
    assert move(plan, "b", -1, 1, fixed=1) == plan
    assert move(plan, "a", 1, 0, fixed=1) == plan
    assert move(plan, "z", 1, 0) == plan


def test_a_step_is_left_out_and_taken_in_again_where_the_script_has_it():
    plan = steps("a b c d")
    without = left_out(plan, "b", fixed=0)
    assert keys(without) == "a c d"
    assert keys(taken_in(without, plan[1], list("abcd"), fixed=0)) == "a b c d"
    assert keys(taken_in(without, plan[1], list("abcd"), fixed=2)) == "a c b d"


def test_what_the_room_has_been_at_stays_and_so_does_the_last_step():
    plan = steps("a b")
    assert keys(left_out(plan, "b", fixed=1)) == "a"
    assert left_out(plan, "a", fixed=1) == plan
    assert left_out(plan[:1], "a", fixed=0) == plan[:1]


def test_two_who_edit_at_once_undo_nothing_of_each_others():
    plan = steps("a b c")
    first = lasting(plan, {"a": (5, 7), "b": (5, 5), "c": (5, 5)}, fixed=0)
    second = lasting(first, {"a": (5, 5), "b": (5, 9), "c": (5, 5)}, fixed=0)
    assert [it["minutes"] for it in second] == [7, 9, 5]


def test_minutes_that_can_not_be_and_steps_that_lie_behind_stay():
    plan = steps("a b c")
    found = lasting(plan, {"a": (5, 7), "b": (5, 0), "c": (5, 181)}, fixed=1)
    assert [it["minutes"] for it in found] == [5, 5, 5]
    assert [it["minutes"] for it in lasting(plan, {"c": (5, 180)}, fixed=1)] == [5, 5, 180]


def test_an_own_step_comes_after_the_one_named_and_only_once():
    own = {"key": "own-1", "kind": "break", "minutes": 10}
    found = put_in(steps("a b c"), own, "b", fixed=0)
    assert keys(found) == "a b own-1 c"
    assert put_in(found, own, "a", fixed=0) == found
    assert keys(put_in(steps("a b c"), own, "gone", fixed=2)) == "a b own-1 c"


def test_what_may_have_been_overlooked_is_said():
    assert cautions(steps("read rubric talk strategies plan")) == ()
    assert cautions(steps("talk rubric strategies plan")) == (Caution.TALK_BEFORE_RUBRIC,)
    assert cautions(steps("strategies rubric plan")) == (Caution.STRATEGIES_BEFORE_RUBRIC,)
    assert cautions(steps("read talk")) == (Caution.NO_RUBRIC, Caution.NO_PLAN)


EDITS = st.lists(
    st.tuples(st.sampled_from(["up", "down", "out", "in"]), st.integers(0, 7), st.integers(0, 7)), max_size=20
)


@given(EDITS, st.integers(0, 8))
def test_no_edit_touches_what_lies_behind_or_doubles_or_invents_a_step(edits, fixed):
    script = steps("a b c d e f g h")
    plan = list(script)
    for do, which, seen_at in edits:
        key = "abcdefgh"[which]
        match do:
            case "up" | "down":
                plan = move(plan, key, 1 if do == "down" else -1, seen_at, fixed)
            case "out":
                plan = left_out(plan, key, fixed=fixed)
            case "in":
                plan = taken_in(plan, script[which], list("abcdefgh"), fixed=fixed)
        found = [it["key"] for it in plan]
        assert found[:fixed] == list("abcdefgh")[:fixed]
        assert len(set(found)) == len(found) >= 1 and set(found) <= set("abcdefgh")
        assert all(place_of(plan, it) == at for at, it in enumerate(found))
