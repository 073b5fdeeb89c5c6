"""The parts of the facilitator's page and of the projector that change under people's eyes."""

from collections.abc import Collection

from django.template.loader import render_to_string
from django.utils import timezone

from hubcraft.apps.facilitation.queries.lead import lead_parts_of, projector_page_of
from hubcraft.apps.facilitation.queries.runs import clock_of
from hubcraft.apps.reflections.pages import regions as boards
from hubcraft.apps.reflections.queries.audiences import watched_by
from hubcraft.apps.rooms import topics

LEAD_REGIONS = (topics.LEAD_ROOM, topics.LEAD_ASKING, topics.LEAD_TEAMS)


def render_regions(room_id: str, audience: str, names: Collection[str] | None) -> dict[str, str]:
    """The wanted regions of the facilitator or the projector; None asks for all there are."""
    mine = LEAD_REGIONS if audience == topics.LEAD else (topics.PROJECTOR_ROOM,)
    wanted = [name for name in mine if names is None or name in names]
    if not wanted:
        return {}
    page = lead_parts_of(room_id) if audience == topics.LEAD else projector_page_of(room_id)
    return {
        name: render_to_string(f"facilitation/regions/{name}.html", {"page": page}).strip() for name in wanted
    }


def render_participants(room_id: str, audience: str, names: Collection[str] | None) -> dict[str, str]:
    """The same for an audience of participants: what they have without a script, and the clock of their step."""
    drawn = boards.render_regions(room_id, audience, names)
    _kind, team, step = topics.read_audience(audience)
    if not step or not topics.concerns(names, topics.STEP, team):
        return drawn
    watched = watched_by(room_id, audience)
    if watched is None:
        return drawn
    page = {"clock": clock_of(watched.session, timezone.now())}
    return drawn | {topics.STEP: render_to_string("facilitation/regions/step.html", {"page": page}).strip()}
