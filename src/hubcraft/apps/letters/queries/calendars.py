"""Somebody's calendar: what they will do by when, and until when sessions are open."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from hubcraft.apps.letters.queries.due import Step, open_sessions, open_steps, zone_of
from hubcraft.apps.people.models import Person
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.days import ends_at
from hubcraft.domain.days import morning_of
from hubcraft.domain.mailing import one_line, turned_back

MAKER = "-//Hubcraft//Hubcraft//EN"


def calendar_of(person: Person, address: str, at: datetime) -> bytes:
    """All of it, as it is theirs to see at this moment: what is settled or no longer theirs is simply gone."""
    steps = (step_event(it, address) for it in open_steps(person) if it.is_mine)
    sessions = (session_event(it, address) for it in open_sessions(person, at))
    return written([*steps, *sessions], zone_of(person))


def calendar_with(step: Step, address: str) -> bytes:
    """One step, to put into a calendar once."""
    return written([step_event(step, address)], step.time_zone)


def written(events: Iterable[Event], zone: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Hubcraft")
    calendar.add("x-wr-timezone", zone)
    for it in events:
        calendar.add_component(it)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def step_event(it: Step, address: str) -> Event:
    """The whole day by which it is promised."""
    step = it.step
    event = Event()
    event.add("uid", f"step-{step.id}@{host_of(address)}")
    event.add("summary", one_line(step.words))
    event.add("description", told(step.words, "", it.place, address + it.address))
    event.add("dtstart", step.due_on)
    event.add("dtend", step.due_on + timedelta(days=1))
    event.add("url", address + it.address)
    event.add("transp", "TRANSPARENT")
    seconds = int((step.changed_at - step.made_at).total_seconds())
    return dated(event, max(0, seconds), step.made_at, step.changed_at)


def session_event(session: ReflectionSession, address: str) -> Event:
    """Its last day where its room is, from the morning to the end."""
    room, zone = session.room, ZoneInfo(session.room.time_zone)
    link = f"{address}/r/{room.id}/team/"
    event = Event()
    event.add("uid", f"session-{session.id}@{host_of(address)}")
    event.add("summary", _("Open until today: {title}").format(title=one_line(room.title)))
    event.add("description", told(_("Fill it in when it suits you."), link))
    event.add("dtstart", morning_of(session.until_on, room.time_zone).astimezone(zone))
    event.add("dtend", ends_at(session).astimezone(zone))
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    # How often it was left open for longer is not kept; its day says which of two is the later. No moment of the
    # room goes out: what happens there would show in it.
    since = session.made_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return dated(event, max(0, (session.until_on - since.date()).days), since, since)


def dated(event: Event, sequence: int, made_at: datetime, changed_at: datetime) -> Event:
    """Which of two states is the later one."""
    event.add("sequence", sequence)
    event.add("created", made_at.astimezone(UTC))
    event.add("last-modified", changed_at.astimezone(UTC))
    event.add("dtstamp", changed_at.astimezone(UTC))
    return event


def told(*lines: str) -> str:
    """Lines as a calendar keeps them: what people typed keeps its own lines, and turns no other's direction."""
    kept = (one_line(it) for line in lines for it in (line.splitlines() or [""]))
    return "\n".join(it + turned_back(it) for it in kept)


def host_of(address: str) -> str:
    return urlsplit(address).hostname or "hubcraft"
