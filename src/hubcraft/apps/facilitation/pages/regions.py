"""The parts of pages that change under people's eyes: the facilitator's, the projector's, and those of a step."""

from collections.abc import Callable, Collection, Mapping

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from hubcraft.apps.facilitation.queries.lead import lead_parts_of
from hubcraft.apps.facilitation.queries.projector import projector_page_of
from hubcraft.apps.facilitation.queries.runs import clock_of, end_on_phones, is_at_talk
from hubcraft.apps.reflections.queries.audiences import Watched
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.queries import room_view

LEAD_REGIONS = (topics.LEAD_ROOM, topics.LEAD_ASKING, topics.LEAD_TEAMS)

# What a kind of step adds to these pages: the region, and what draws it for the room with this id ("" where the
# room is at another step).
LEAD_ADDS: dict[str, Callable[[str], str]] = {}
PROJECTOR_ADDS: dict[str, Callable[[str], str]] = {}


def render_regions(room_id: str, audience: str, names: Collection[str] | None) -> dict[str, str]:
    """The wanted regions of the facilitator or the projector; None asks for all there are."""
    is_lead = audience == topics.LEAD
    mine = LEAD_REGIONS if is_lead else (topics.PROJECTOR_ROOM,)
    wanted = [name for name in mine if names is None or name in names]
    drawn = {}
    if wanted:
        at = timezone.now()
        page = lead_parts_of(room_id, at) if is_lead else projector_page_of(room_id, at)
        drawn = {name: draw(f"facilitation/regions/{name}.html", page) for name in wanted}
    adds = {
        name: it
        for name, it in (LEAD_ADDS if is_lead else PROJECTOR_ADDS).items()
        if names is None or name in names
    }
    return drawn | draw_added(adds, room_id)


def draw_added(adds: Mapping[str, Callable[[str], str]], room_id: str) -> dict[str, str]:
    """What kinds of steps add to a page."""
    return {name: mark_safe(it(room_id)) for name, it in adds.items()}  # noqa: S308  (drawn by templates)


def draw_clock(watched: Watched) -> str:
    """The clock on a step's page, and without a screen what that would say; other pages have none."""
    if not watched.step:
        return ""
    at = timezone.now()
    end = end_on_phones(watched.session, at)
    room = room_view(watched.session.room) if end else None
    page = {"clock": clock_of(watched.session, at), "time": end, "room": room}
    return draw("facilitation/regions/step.html", page)


def draw_talk(watched: Watched) -> str:
    """For who still places their initials: that the room has gone on to the talk, and that they need not hurry."""
    if not is_at_talk(watched.session):
        return ""
    page = {"room": watched.room, "is_alone": watched.reflection.team.is_alone}
    return draw("facilitation/regions/talk.html", page)


def draw(template: str, page: object) -> str:
    """One region, exactly as the page draws it in its place."""
    return render_to_string(template, {"page": page}).strip()
