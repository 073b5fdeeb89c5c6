"""What a chart says is decided on its numbers."""

from hubcraft.domain.agreement import Median
from hubcraft.domain.readings import (
    AgreementReading,
    Reach,
    most_named,
    reach_of,
    read_agreement,
    strongest_and_neediest,
)


def test_a_board_is_read_in_three_numbers():
    rows = [(0, 2, 3, 0), (0, 0, 5, 0), (2, 0, 0, 3), (0, 3, 0, 2), (1, 1, 2, 1)]
    assert read_agreement(rows) == AgreementReading(judged=5, close=2, camps=2)


def test_what_may_not_be_told_and_fewer_than_three_ratings_say_nothing():
    assert read_agreement([None, (0, 0, 2, 0), (0, 0, 3, 0)]) == AgreementReading(judged=1, close=1, camps=0)
    assert read_agreement([None]) == AgreementReading(judged=0, close=0, camps=0)


def test_a_row_reaches_from_its_lowest_to_its_highest():
    assert reach_of((0, 2, 1, 1)) == Reach(2, 4, Median(2, 3))
    assert reach_of((0, 0, 5, 0)) == Reach(3, 3, Median(3, 3))
    assert reach_of((0, 0, 2, 0)) is None


def test_what_is_named_most_stands_out_alone_or_with_its_equals_unless_all_are_equal():
    assert most_named({"a": 3, "b": 1}) == ("a",)
    assert most_named({"a": 3, "b": 3, "c": 1}) == ("a", "b")
    assert most_named({"a": 3, "b": 3}) == ()
    assert most_named({"a": 0, "b": 0}) == most_named({}) == ()


def test_a_room_stands_high_in_the_upper_half_and_low_in_the_lower():
    rows = {"high": (5, 20, 55, 20), "even": (25, 25, 25, 25), "low": (60, 25, 10, 5)}
    assert strongest_and_neediest(rows) == (("high",), ("low",))
