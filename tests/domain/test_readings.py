"""What a chart says is decided on its numbers."""

from hubcraft.domain.readings import AgreementReading, read_agreement


def test_a_board_is_read_in_three_numbers():
    rows = [(0, 2, 3, 0), (0, 0, 5, 0), (2, 0, 0, 3), (0, 3, 0, 2), (1, 1, 2, 1)]
    assert read_agreement(rows) == AgreementReading(judged=5, close=2, camps=2)


def test_what_may_not_be_told_and_fewer_than_three_ratings_say_nothing():
    assert read_agreement([None, (0, 0, 2, 0), (0, 0, 3, 0)]) == AgreementReading(judged=1, close=1, camps=0)
    assert read_agreement([None]) == AgreementReading(judged=0, close=0, camps=0)
