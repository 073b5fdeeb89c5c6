"""What was said in the room, as parts of pages that change under people's eyes."""

from hubcraft.apps.facilitation.queries.choices import picture_of
from hubcraft.apps.facilitation.queries.heard import list_heard
from hubcraft.apps.facilitation.queries.said import is_at
from hubcraft.apps.reflections.pages.regions import Part, draw
from hubcraft.apps.reflections.queries.audiences import Watched
from hubcraft.apps.rooms import topics


def draw_picture(watched: Watched) -> str:
    """What the room chose, while it chooses."""
    if not is_at(watched.session, "choice"):
        return ""
    return draw("facilitation/regions/picture.html", page={"picture": picture_of(watched.session)})


def draw_heard(watched: Watched) -> str:
    """What was said and may be shown, while people speak."""
    if not is_at(watched.session, "hear"):
        return ""
    return draw(
        "facilitation/regions/heard.html", page={"heard": list_heard(watched.session, is_projected=True)}
    )


FOLLOWERS = frozenset({"waiting", "team", "own", "board"})
PARTS = (Part(topics.PICTURE, FOLLOWERS, draw_picture), Part(topics.HEARD, FOLLOWERS, draw_heard))
