"""What was said to the room: all of it for the facilitator, what may be projected for everybody."""

from dataclasses import dataclass

from django.utils.translation import get_language

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import Heard
from hubcraft.apps.facilitation.queries.runs import RunView
from hubcraft.apps.facilitation.queries.said import has_been_at
from hubcraft.apps.facilitation.queries.steps import StepPage, step_page
from hubcraft.apps.frameworks.queries import StepView, rubric_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.queries import own_strategies
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.domains import domains_in
from hubcraft.apps.reflections.queries.doors import Place, session_of
from hubcraft.apps.rooms import policy as rooms_policy
from hubcraft.apps.rooms.models import Room
from hubcraft.apps.rooms.queries import RoomView, TeamChoice, list_teams, room_view
from hubcraft.domain.verdict import NotThere

# So many lines are read from the last row; the others stay on the phones.
MOST_ON_SCREEN = 4


@dataclass(frozen=True)
class HeardLine:
    """One thing that was said."""

    id: str
    words: str
    language: str
    team_id: str
    team_name: str
    look_for_key: str
    look_for: str
    may_project: bool
    # A strategy that somebody offered; the other lines are the facilitator's words for what was said.
    is_offer: bool


@dataclass(frozen=True)
class OwnOffer:
    """A strategy of one's own that one may offer: not yet, offered, or shown."""

    id: str
    look_for: str
    words: str
    language: str
    is_offered: bool
    is_shown: bool


@dataclass(frozen=True)
class LookForOption:
    """A look-for one may tag a line with."""

    key: str
    text: str
    # Which rubric it is on, where there are several.
    rubric: str


@dataclass(frozen=True)
class HearPage(StepPage):
    """What was said and may be shown, on a phone."""

    heard: tuple[HeardLine, ...]
    own: tuple[OwnOffer, ...]
    may_offer: bool


@dataclass(frozen=True)
class ScribePage:
    """Where the facilitator writes down what is said; `line` is the one that is being changed."""

    room: RoomView
    heard: tuple[HeardLine, ...]
    teams: tuple[TeamChoice, ...]
    look_fors: tuple[LookForOption, ...]
    line: HeardLine | None
    may_write: bool


def list_heard(session: ReflectionSession, *, is_projected: bool = False) -> tuple[HeardLine, ...]:
    """What was said, the latest first; `is_projected` leaves out what nobody agreed to show."""
    rows = lines_of(session).select_related("team")
    if is_projected:
        rows = rows.filter(may_project=True)
    look_fors = {it.key: it.text for it in list_look_fors(session)}
    return tuple(
        HeardLine(
            id=it.id,
            words=it.words,
            language=it.language,
            team_id=it.team_id or "",
            team_name=it.team.name if it.team else "",
            look_for_key=it.look_for,
            look_for=look_fors.get(it.look_for, ""),
            may_project=it.may_project,
            is_offer=it.strategy_id is not None,
        )
        for it in rows.order_by("-made_at", "id")
    )


def lines_of(session: ReflectionSession):
    """The lines that stand: none that was taken away, nor what somebody offered who was put away since."""
    lines = Heard.objects.filter(session=session, removed_at=None)
    return lines.exclude(strategy__seat__removed_at__isnull=False)


def list_look_fors(session: ReflectionSession) -> tuple[LookForOption, ...]:
    """The look-fors of the rubrics that the room's teams reflect on."""
    language = get_language() or session.room.language
    rubrics = [rubric_of(session.pack_id, domain, language) for domain in domains_in(session)]
    return tuple(
        LookForOption(it.key, it.text, rubric.title if len(rubrics) > 1 else "")
        for rubric in rubrics
        for it in rubric.look_fors
    )


def hear_page(place: Place, run: RunView, step: StepView, at) -> HearPage:
    """The page of a phone while people speak."""
    verdict = policy.can_offer(place.viewer, place.seat, place.room, has_been_at(place.session, "hear"))
    return HearPage(
        **vars(step_page(place, run, step, at)),
        heard=list_heard(place.session, is_projected=True),
        own=list_own_offers(place),
        may_offer=verdict.is_allowed,
    )


def list_own_offers(place: Place) -> tuple[OwnOffer, ...]:
    """This person's own strategies, and which of them the room has been offered."""
    own = own_strategies(place)
    offered = dict(
        Heard.objects.filter(
            session=place.session, strategy__in=[it.id for it in own], removed_at=None
        ).values_list("strategy_id", "may_project")
    )
    return tuple(
        OwnOffer(it.id, it.look_for.text, it.words, it.language, it.id in offered, offered.get(it.id, False))
        for it in own
    )


def scribe_page(room: Room, line: HeardLine | None = None) -> ScribePage:
    """The facilitator's page."""
    session = session_of(room)
    return ScribePage(
        room=room_view(room),
        heard=list_heard(session),
        teams=list_teams(room.id),
        look_fors=list_look_fors(session),
        line=line,
        may_write=room.state != Room.State.LOBBY,
    )


def get_heard(viewer: Viewer, room: Room, heard_id: str) -> Heard:
    """A line that was written in this room, for its facilitator."""
    if not rooms_policy.can_lead(viewer, room).is_allowed:
        raise NotThere
    line = lines_of(session_of(room)).select_related("strategy").filter(id=heard_id).first()
    if line is None:
        raise NotThere
    return line


def get_line(viewer: Viewer, room: Room, heard_id: str) -> HeardLine:
    """The same as a page shows it."""
    get_heard(viewer, room, heard_id)
    return next(it for it in list_heard(session_of(room)) if it.id == heard_id)
