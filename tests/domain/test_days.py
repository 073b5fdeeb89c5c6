"""Days end where people are, also when the clocks are changed in that night."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hubcraft.domain.days import day_at, end_of_day, morning_of


@pytest.mark.parametrize(
    ("day", "zone", "ends"),
    [
        (date(2026, 12, 4), "UTC", "2026-12-05T00:00"),
        (date(2026, 12, 4), "America/Los_Angeles", "2026-12-05T08:00"),
        (date(2026, 12, 4), "Pacific/Auckland", "2026-12-04T11:00"),
        (date(2026, 12, 31), "Asia/Kathmandu", "2026-12-31T18:15"),
        # The day of 23 hours, and the one of 25.
        (date(2026, 3, 29), "Europe/Berlin", "2026-03-29T22:00"),
        (date(2026, 10, 25), "Europe/Berlin", "2026-10-25T23:00"),
        (date(2026, 3, 8), "America/New_York", "2026-03-09T04:00"),
        (date(2026, 11, 1), "America/New_York", "2026-11-02T05:00"),
        # No midnight: at 24:00 it is one o'clock.
        (date(2024, 4, 25), "Africa/Cairo", "2024-04-25T22:00"),
        # The last hour of the evening twice.
        (date(2024, 10, 31), "Africa/Cairo", "2024-10-31T22:00"),
        # The first hour of the night twice.
        (date(2026, 10, 31), "America/Havana", "2026-11-01T04:00"),
        # The next day was left out altogether.
        (date(2011, 12, 29), "Pacific/Apia", "2011-12-30T10:00"),
    ],
)
def test_a_day_ends_where_people_are(day, zone, ends):
    end = end_of_day(day, zone)
    assert end.astimezone(UTC) == datetime.fromisoformat(ends).replace(tzinfo=UTC)
    just_before = end.astimezone(UTC) - timedelta(seconds=1)
    assert (day_at(just_before, zone), day_at(end, zone) > day) == (day, True)


@pytest.mark.parametrize(
    ("day", "zone", "begins"),
    [
        (date(2026, 12, 4), "America/Chicago", "2026-12-04T15:00"),
        (date(2026, 3, 28), "Europe/Berlin", "2026-03-28T08:00"),
        (date(2026, 3, 29), "Europe/Berlin", "2026-03-29T07:00"),
        (date(2026, 10, 25), "Europe/Berlin", "2026-10-25T08:00"),
    ],
)
def test_a_morning_is_at_nine_by_the_clock_there(day, zone, begins):
    assert morning_of(day, zone).astimezone(UTC) == datetime.fromisoformat(begins).replace(tzinfo=UTC)
