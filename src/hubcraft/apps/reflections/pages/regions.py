"""The parts of participants' pages that change under people's eyes, the same bytes for everyone who may see them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hubcraft.apps.reflections.queries.audiences import Watched, watched_by
from hubcraft.apps.reflections.queries.board import board_parts, board_rows
from hubcraft.apps.reflections.queries.days import until_words
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.apps.reflections.queries.roster import team_parts
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.queries import room_view

# Which regions the pages of each audience have, besides the rows of a board.
PAGES_HAVE = {
    "waiting": (topics.PLACE, topics.AHEAD),
    "lobby": (topics.PLACE, topics.ROSTER, topics.AHEAD),
    "team": (topics.PLACE, topics.UNTIL, topics.ROSTER),
    "own": (topics.PLACE, topics.UNTIL, topics.BOARD_HEAD, topics.ASKING),
    "board": (topics.PLACE, topics.UNTIL, topics.ROSTER, topics.BOARD_HEAD, topics.ASKING),
}


@dataclass(frozen=True)
class Part:
    """A region that a higher room brings along: which kinds of audience have it on their pages, and how it is drawn."""

    region: str
    kinds: frozenset[str]
    draw: Callable[[Watched], str]


BROUGHT: dict[str, Part] = {}


def bring(*parts: Part) -> None:
    """From now on pages of these audiences may have these parts."""
    BROUGHT.update({part.region: part for part in parts})


def render_regions(room_id: str, audience: str, names: Collection[str] | None) -> dict[str, str]:
    """The wanted regions of one audience of participants; None asks for all it has."""
    kind, team, _step = topics.read_audience(audience)
    wanted = [region for region in PAGES_HAVE[kind] if topics.concerns(names, region, team)]
    rows = kind == "board" and (names is None or any(name.startswith("row") for name in names))
    parts = [it for it in BROUGHT.values() if kind in it.kinds and topics.concerns(names, it.region, team)]
    watched = watched_by(room_id, audience) if wanted or rows or parts else None
    if watched is None:
        return {}
    drawn = {region: draw_region(watched, region) for region in wanted}
    drawn |= {part.region: part.draw(watched) for part in parts}
    return drawn | render_rows(watched, names, team) if rows else drawn


def draw_region(watched: Watched, region: str) -> str:
    """One of the regions that are not rows."""
    if region == topics.PLACE:
        return draw("rooms/regions/place.html", page={"room": room_view(watched.room)})
    if region == topics.UNTIL:
        return draw("reflections/regions/until.html", until=until_words(watched.session, watched.reflection))
    if region == topics.AHEAD:
        rubric = rubric_for(watched.reflection, get_language() or watched.room.language)
        return draw("reflections/regions/ahead.html", rubric=rubric)
    parts = team_parts if region == topics.ROSTER else board_parts
    page = parts(watched.room, watched.session, watched.reflection)
    return draw(f"reflections/regions/{region}.html", page=page)


def render_rows(watched: Watched, names: Collection[str] | None, team: str) -> dict[str, str]:
    """The wanted rows of an open board."""
    language = get_language() or watched.room.language
    rubric = rubric_for(watched.reflection, language)
    is_all = topics.concerns(names, topics.ROWS, team)
    numbers = {
        it.number for it in rubric.look_fors if is_all or topics.concerns(names, topics.row(it.key), team)
    }
    if not numbers:
        return {}
    # A row needs only the room's address: counting who is here for each row would cost more than the row.
    page = {"room": watched.room}
    rows = board_rows(watched.session, watched.reflection, rubric, numbers)
    return {topics.row(row.key): draw("reflections/regions/row.html", page=page, row=row) for row in rows}


def brought(room_id: str, audience: str, region: str) -> SafeString:
    """One of the parts that higher rooms bring, as this audience's page draws it; "" where it has none."""
    drawn = render_regions(room_id, audience, [region]).get(region, "") if region in BROUGHT else ""
    return mark_safe(drawn)  # noqa: S308  (drawn by a template)


def draw(template: str, **context) -> str:
    """One region, exactly as the page draws it in its place."""
    return render_to_string(template, context).strip()
