"""What a team wrote, as parts of its members' pages: its strategies, its next steps, what it promised last time."""

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hubcraft.apps.frameworks.queries import Rubric
from hubcraft.apps.improvement.queries import last_promises, team_next_steps
from hubcraft.apps.playbook.queries import team_strategies
from hubcraft.apps.reflections.pages.regions import Part, brought, draw
from hubcraft.apps.reflections.queries.audiences import Watched, audience_of
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms import topics


def rubric_in(watched: Watched) -> Rubric:
    """The rubric in the language of those who watch."""
    language = get_language() or watched.room.language
    return rubric_for(watched.reflection, language)


def draw_strategies(watched: Watched) -> str:
    """What the team uses, look-for by look-for."""
    groups = team_strategies(watched.session, watched.reflection, rubric_in(watched))
    return draw("facilitation/regions/strategies.html", page={"room": watched.room, "strategies": groups})


def draw_next_steps(watched: Watched) -> str:
    """What the team will do."""
    steps = team_next_steps(watched.session, watched.reflection, rubric_in(watched))
    is_alone = watched.reflection.team.is_alone
    page = {"room": watched.room, "next_steps": steps, "is_alone": is_alone}
    return draw("facilitation/regions/next-steps.html", page=page)


def draw_promises(watched: Watched) -> str:
    """What it promised last time."""
    promises = last_promises(watched.session, watched.reflection, rubric_in(watched))
    return draw("facilitation/regions/promises.html", page={"room": watched.room, "promises": promises})


MEMBERS = frozenset({"team", "own", "board"})
PARTS = (
    Part(topics.STRATEGIES, frozenset({"board"}), draw_strategies),
    Part(topics.NEXT_STEPS, MEMBERS, draw_next_steps),
    # Not in the lobby: whoever has the code may sit down there before anybody of the team has come.
    Part(topics.PROMISES, MEMBERS, draw_promises),
)


def part_of(place: Place, region: str) -> SafeString:
    """One of these parts as the person at this place sees it: the bytes that their whole audience gets."""
    return brought(place.room.id, audience_of(place), region)
