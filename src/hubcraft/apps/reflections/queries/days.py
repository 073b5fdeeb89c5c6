"""A session that is open over days: until when, what one has done of it, and what its day brings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import Reflection, ReflectionSession, Reminder
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.reflections.queries.rating import own_answers, slip_key
from hubcraft.domain.days import end_of_day, morning_of

# The first of the two mails that come by themselves; the other one comes on the last morning.
DAYS_BEFORE = timedelta(days=2)


@dataclass(frozen=True)
class PracticeDone:
    """How many look-fors of one work practice somebody has answered."""

    title: str
    answered: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.answered == self.total


@dataclass(frozen=True)
class OwnPace:
    """What one person has done and what is left, and whether they are reminded."""

    practices: tuple[PracticeDone, ...]
    answered: int
    next_number: int
    may_be_reminded: bool
    address: str


def own_pace(place: Place) -> OwnPace | None:
    """One person's way through a session that is open over days; None where somebody leads."""
    if not place.session.is_over_days:
        return None
    answers = own_answers(place)
    found = find_reminder(place)
    return OwnPace(
        practices=tuple(
            PracticeDone(title, sum(it.key in answers for it in look_fors), len(look_fors))
            for title, look_fors in place.rubric.practices
            if look_fors
        ),
        answered=len(answers),
        next_number=next((it.number for it in place.rubric.look_fors if it.key not in answers), 1),
        may_be_reminded=policy.can_be_reminded(
            place.viewer, place.session, place.seat, place.room
        ).is_allowed,
        address=found.address if found else "",
    )


def until_words(session: ReflectionSession, reflection: Reflection | None = None) -> str:
    """Until when each may take their own time, or that the day is over; nothing where somebody leads."""
    if not session.is_at_own_pace:
        return ""
    day = policy.day_words(session.until_on)
    if session.is_over_days:
        return _("Open until {day}. Fill it in when it suits you.").format(day=day)
    if reflection is None or reflection.is_revealed or reflection.team.is_alone or session.is_open_board:
        return ""
    return _(
        "It was open until {day}. You can still answer; when everyone has finished, open your board."
    ).format(day=day)


def find_reminder(place: Place) -> Reminder | None:
    """What this person has left to be reminded by; under the anonymous rung only their device can find it."""
    kept = Reminder.objects.filter(session=place.session)
    if not place.rung.is_ballot:
        return kept.filter(seat=place.seat).first()
    slip = slip_for(place)
    return kept.filter(slip=slip).first() if slip else None


def slip_for(place: Place) -> str:
    """The slip of a reminder that has no seat; no secret, no slip."""
    secret = place.viewer.ballot_secret
    return slip_key(secret, place.seat.id, "reminder") if secret else ""


# -- what is due -------------------------------------------------------------------------------------------


def rooms_over_days() -> QuerySet:
    """The rooms that wait for their day."""
    waiting = ReflectionSession.everywhere.filter(until_on__isnull=False, together_at=None, ended_at=None)
    return waiting.values("room_id")


def over_by(at: datetime) -> Iterable[ReflectionSession]:
    """The sessions whose day has ended where their rooms are, and whose boards were not opened for it yet."""
    return [it for it in waiting_until(at.date() + timedelta(days=1)) if ends_at(it) <= at]


def near(at: datetime) -> Iterable[ReflectionSession]:
    """The sessions of which people are to be reminded by now."""
    soon = waiting_until(at.date() + DAYS_BEFORE + timedelta(days=1))
    return [it for it in soon if not it.room.is_closed and is_soon(it, at)]


def waiting_until(last: date) -> Iterable[ReflectionSession]:
    """Sessions over days that end on this day or earlier. What day it is differs by one from place to place."""
    waiting = ReflectionSession.everywhere.filter(until_on__lte=last, together_at=None, ended_at=None)
    return waiting.select_related("room").order_by("until_on", "id")


def ends_at(session: ReflectionSession) -> datetime:
    return end_of_day(session.until_on, session.room.time_zone)


def is_soon(session: ReflectionSession, at: datetime) -> bool:
    """Whether the end is two days away, or nearer."""
    return morning_of(session.until_on - DAYS_BEFORE, session.room.time_zone) <= at < ends_at(session)


def is_last_morning(session: ReflectionSession, at: datetime) -> bool:
    return morning_of(session.until_on, session.room.time_zone) <= at < ends_at(session)
