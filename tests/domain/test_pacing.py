"""The time of a session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.pacing import LEAST, MINUTE, Step, pace, shorten

STEPS = st.lists(
    st.builds(
        Step,
        seconds=st.integers(1, 30).map(lambda minutes: minutes * MINUTE),
        spent=st.integers(-600, 3600),
        is_protected=st.booleans(),
    ),
    min_size=1,
    max_size=16,
)


def minutes(*lengths: int, protected: tuple[int, ...] = ()) -> list[Step]:
    return [Step(length * MINUTE, is_protected=place in protected) for place, length in enumerate(lengths)]


def at(steps, position=0, **more):
    given = {"began": 0, "extra": 0, "paused": None, "now": 0, "planned_end": 0}
    return pace(steps, position, **(given | more))


def test_a_step_that_has_just_begun_has_all_its_time():
    found = at(minutes(5, 12, 10), now=0, planned_end=27 * MINUTE)
    assert (found.left, found.later, found.ends, found.late) == (300, 22 * 60, 27 * 60, 0)


def test_time_that_passes_is_used_up_and_the_end_stays():
    found = at(minutes(5, 12, 10), now=100, planned_end=27 * MINUTE)
    assert (found.left, found.until, found.ends, found.late) == (200, 300, 27 * 60, 0)


def test_a_step_that_goes_over_pushes_the_end():
    found = at(minutes(5, 12), now=380, planned_end=17 * MINUTE)
    assert (found.left, found.until, found.late) == (-80, 300, 80)
    assert found.is_on_track
    assert not at(minutes(5, 12), now=600, planned_end=17 * MINUTE).is_on_track


def test_a_step_left_early_gives_back_what_it_did_not_use():
    found = at(minutes(5, 12), 1, began=60, now=60, planned_end=17 * MINUTE)
    assert (found.left, found.late) == (12 * 60, -4 * 60)


def test_more_time_moves_the_end_by_as_much():
    assert at(minutes(5, 12), extra=120, now=10, planned_end=17 * MINUTE).late == 120
    assert at(minutes(5, 12), extra=-120, now=10, planned_end=17 * MINUTE).late == -120


def test_while_it_stands_still_nothing_is_used_up():
    before = at(minutes(5, 12), paused=100, now=100, planned_end=17 * MINUTE)
    later = at(minutes(5, 12), paused=100, now=400, planned_end=17 * MINUTE)
    assert (before.left, later.left, later.late - before.late) == (200, 200, 300)
    assert before.until == later.until == 300


def test_what_was_spent_before_going_back_is_not_counted_again():
    steps = [Step(300), Step(600, spent=200), Step(300, spent=900)]
    assert at(steps).later == 400


def test_the_longest_steps_are_proposed_first_and_plan_never():
    steps = minutes(5, 8, 20, 10, protected=(2,))
    assert [(it.position, it.seconds) for it in shorten(steps, 0, 6 * MINUTE)] == [(3, 300), (1, 120)]


def test_who_is_on_time_shortens_nothing():
    assert shorten(minutes(5, 20, 20), 0, 0) == ()
    assert shorten(minutes(5, 20, 20), 0, -300) == ()


def test_what_is_over_or_running_is_not_proposed():
    assert [it.position for it in shorten(minutes(20, 20, 20, 9), 2, 300)] == [3]


@given(STEPS, st.data(), st.integers(-7200, 7200), st.integers(0, 7200), st.integers(-1800, 1800))
def test_the_end_is_now_and_all_that_is_left(steps, data, began, now, extra):
    position = data.draw(st.integers(0, len(steps) - 1))
    found = at(steps, position, began=began, now=now, extra=extra, planned_end=now)
    assert found.late == max(0, found.left) + found.later
    assert found.ends >= now
    assert found.until == began + steps[position].seconds + extra


@given(STEPS, st.data(), st.integers(0, 3600), st.integers(0, 3600), st.integers(0, 3600))
def test_a_pause_costs_exactly_as_long_as_it_lasts(steps, data, paused, stood, then):
    """Paused and taken up again, everything is as if it had begun later by the pause."""
    position = data.draw(st.integers(0, len(steps) - 1))
    without = at(steps, position, now=paused + then, planned_end=0)
    after = at(steps, position, began=stood, now=paused + stood + then, planned_end=0)
    assert (after.left, after.ends) == (without.left, without.ends + stood)
    during = at(steps, position, paused=paused, now=paused + stood, planned_end=0)
    assert during.left == at(steps, position, now=paused, planned_end=0).left


@given(STEPS, st.data(), st.integers(-600, 7200))
def test_a_proposal_never_touches_what_is_protected_over_or_short(steps, data, late):
    position = data.draw(st.integers(0, len(steps) - 1))
    found = shorten(steps, position, late)
    assert len({it.position for it in found}) == len(found)
    for it in found:
        step = steps[it.position]
        assert it.position > position
        assert not step.is_protected
        assert it.seconds % MINUTE == 0 and it.seconds >= LEAST
        assert step.to_come - it.seconds >= LEAST
    assert sum(it.seconds for it in found) <= max(0, late) + LEAST


@pytest.mark.parametrize("late", [60, 120, 300])
def test_enough_is_proposed_where_there_is_enough(late):
    found = shorten(minutes(5, 30, 30), 0, late)
    assert late <= sum(it.seconds for it in found) <= late + LEAST
