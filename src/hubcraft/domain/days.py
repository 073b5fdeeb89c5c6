"""When a day ends somewhere, and when its morning begins: clocks that are put forward or back included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(9)


def day_at(moment: datetime, zone: str) -> date:
    """Which day it is there at this moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def end_of_day(day: date, zone: str) -> datetime:
    """The first moment there that is no longer this day.

    Where clocks skip midnight, that is the moment at which they do; where an evening hour comes twice, the day
    ends after the second; where the hour after midnight does, it ends at the first.
    """
    return moment_of(day + timedelta(days=1), time(), zone)


def morning_of(day: date, zone: str) -> datetime:
    """Nine o'clock there."""
    return moment_of(day, MORNING, zone)


def coming_monday(moment: datetime, zone: str, *, after: timedelta = timedelta()) -> datetime:
    """The next Monday morning there that is more than so much later: one in each week, also for who moves elsewhere."""
    day = day_at(moment + after, zone)
    monday = day + timedelta(days=-day.weekday() % 7)
    morning = morning_of(monday, zone)
    return morning if morning > moment + after else morning_of(monday + timedelta(days=7), zone)


def moment_of(day: date, clock: time, zone: str) -> datetime:
    """When clocks there show this time; the first moment of two, and of a gap its end."""
    # In UTC, since a wall time that comes twice or never is equal to no other moment in Python's eyes.
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
