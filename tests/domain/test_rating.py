"""What may be answered to a look-for."""

import pytest

from hubcraft.domain.rating import CLEAR, DOES_NOT_APPLY, NOT_SURE, Level, Scale, UnknownAnswer

LOW, HIGH = Level("low", 1, names_strategy=False), Level("high", 2, names_strategy=True)
SCALE = Scale((LOW, HIGH))


def test_levels_come_first_among_the_answers_then_the_asides() -> None:
    assert SCALE.answers == ("low", "high", "not-sure", "does-not-apply")


@pytest.mark.parametrize("answer", ["low", "high", NOT_SURE, DOES_NOT_APPLY, CLEAR])
def test_an_answer_of_the_scale_may_be_given(answer: str) -> None:
    assert SCALE.check(answer) == answer


@pytest.mark.parametrize("answer", ["middle", "LOW", " low", "1", "not sure"])
def test_anything_else_is_refused_by_name(answer: str) -> None:
    with pytest.raises(UnknownAnswer) as refused:
        SCALE.check(answer)
    assert refused.value.answer == answer


def test_a_level_is_found_by_its_key_and_an_aside_is_no_level() -> None:
    assert SCALE.level("high") == HIGH
    with pytest.raises(UnknownAnswer):
        SCALE.level(NOT_SURE)


def test_counts_leave_asides_and_clears_out() -> None:
    assert SCALE.counts(["high", "low", "high", NOT_SURE, CLEAR, DOES_NOT_APPLY]) == (1, 2)


def test_a_tally_leaves_only_clears_out() -> None:
    tally = SCALE.tally(["high", "high", NOT_SURE, CLEAR])
    assert tally == {"low": 0, "high": 2, "not-sure": 1, "does-not-apply": 0}


@pytest.mark.parametrize(
    ("levels", "complaint"),
    [
        ((LOW,), "at least two"),
        ((HIGH, LOW), "in order"),
        ((LOW, Level("low", 2, names_strategy=False)), "same key"),
        ((LOW, Level("not-sure", 2, names_strategy=False)), "no level"),
    ],
)
def test_what_is_no_scale_is_refused(levels: tuple[Level, ...], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Scale(levels)
