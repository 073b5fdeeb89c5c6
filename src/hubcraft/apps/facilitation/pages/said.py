"""What was said in the room, as parts of pages that change under people's eyes."""

from hubcraft.apps.facilitation.queries.choices import chosen_words, picture_of
from hubcraft.apps.facilitation.queries.heard import MOST_ON_SCREEN, list_heard
from hubcraft.apps.facilitation.queries.pairs import pairs_of
from hubcraft.apps.facilitation.queries.runs import TURN_AND_TALK
from hubcraft.apps.facilitation.queries.said import is_at, session_at
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


def screen_picture(room_id: str) -> str:
    """The picture on the screen at the front, and for the facilitator."""
    session = session_at(room_id, "choice")
    if session is None:
        return ""
    return draw("facilitation/regions/picture.html", page={"picture": picture_of(session)})


def screen_heard(room_id: str) -> str:
    """The latest of what was said, as far as the speakers agreed."""
    session = session_at(room_id, "hear")
    if session is None:
        return ""
    heard = list_heard(session, is_projected=True)[:MOST_ON_SCREEN]
    return draw("facilitation/regions/heard.html", page={"heard": heard})


def lead_heard(room_id: str) -> str:
    """Everything that was written down, while people speak."""
    session = session_at(room_id, "hear")
    if session is None:
        return ""
    page = {"room": session.room, "heard": list_heard(session)}
    return draw("facilitation/regions/lead-heard.html", page=page, is_on_lead=True)


def lead_picture(room_id: str) -> str:
    """How many have chosen, and the room's picture."""
    session = session_at(room_id, "choice")
    if session is None:
        return ""
    page = {"picture": picture_of(session), "chosen": chosen_words(session)}
    return draw("facilitation/regions/lead-picture.html", page=page)


def draw_pairs(watched: Watched) -> str:
    """Who talks with whom, of those who are not in the room."""
    return draw("facilitation/regions/pairs.html", page={"pairs": pairs_of(watched.session)})


def lead_pairs(room_id: str) -> str:
    """The same for the facilitator, who may have to bring them together."""
    session = session_at(room_id, TURN_AND_TALK)
    return draw("facilitation/regions/pairs.html", page={"pairs": pairs_of(session)}) if session else ""


FOLLOWERS = frozenset({"waiting", "team", "own", "board"})
PARTS = (
    Part(topics.PICTURE, FOLLOWERS, draw_picture),
    Part(topics.HEARD, FOLLOWERS, draw_heard),
    Part(topics.PAIRS, FOLLOWERS, draw_pairs),
)
LEAD = {topics.LEAD_PAIRS: lead_pairs, topics.LEAD_PICTURE: lead_picture, topics.LEAD_HEARD: lead_heard}
SCREEN = {topics.PICTURE: screen_picture, topics.HEARD: screen_heard}
