"""What a facilitator takes home: what was said, and how the room stood, so that no team follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.models import RoomCount
from hubcraft.apps.facilitation.queries.choices import Picture, picture_of
from hubcraft.apps.facilitation.queries.counting import added_up, linked_teams, takes_part
from hubcraft.apps.facilitation.queries.feedback import FeedbackResults, feedback_results
from hubcraft.apps.facilitation.queries.heard import HeardLine, list_heard
from hubcraft.apps.frameworks.queries import LookForView, Rubric, rubric_of
from hubcraft.apps.reflections import policy as boards
from hubcraft.apps.reflections.models import BallotBox, Finish, Mark, Reflection, ReflectionSession
from hubcraft.apps.reflections.queries.domains import domains_in
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.reflections.queries.roster import finished_in_room, finished_words
from hubcraft.apps.reflections.queries.typing_in import from_paper_words, paper_counts, people_on_paper
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.apps.rooms.queries import RoomView, list_seats, room_view
from hubcraft.domain.rating import DOES_NOT_APPLY, NOT_SURE
from hubcraft.domain.suppression import Band, Coded, Published, Share, Withheld, room_counts, shares

Tally = Mapping[str, int]


@dataclass(frozen=True)
class Cell:
    """How much of the room gave one answer, in words and for the eye."""

    label: str
    fill: int
    words: str
    per_cent: int
    is_least: bool = False


@dataclass(frozen=True)
class CountRow:
    """One look-for: its cells, or a sentence where they can't be told."""

    number: int
    text: str
    cells: tuple[Cell, ...]
    sentence: str
    # Ours, not the framework's authors' words.
    is_draft: bool = False
    # A hub's, in its own framework.
    is_own: bool = False


@dataclass(frozen=True)
class CountTable:
    """How the teams with one rubric stood, by work practice; without rows nobody has counted it yet."""

    title: str
    practices: tuple[tuple[str, tuple[CountRow, ...]], ...]
    heads: tuple[Cell, ...]
    why_not: str
    is_counted: bool
    paper_words: str
    # Whose words the rubric is.
    credit: str = ""


@dataclass(frozen=True)
class Turnout:
    """How many people are in the room and how many of them have finished, as the facilitator's page says it."""

    here: int
    planned: int | None
    finished: int
    finished_words: str


@dataclass(frozen=True)
class HarvestPage:
    """Everything there is to take home."""

    room: RoomView
    domain_title: str
    feedback: FeedbackResults
    picture: Picture
    has_picture: bool
    heard: tuple[HeardLine, ...]
    # One for each rubric that teams of this room reflect on.
    counts: tuple[CountTable, ...]
    may_count: bool
    has_script: bool
    turnout: Turnout

    @property
    def charts(self) -> str:
        """Where the files of its charts begin."""
        return f"/r/{self.room.id}/lead/harvest/charts/"

    @property
    def is_counted(self) -> bool:
        return any(it.is_counted for it in self.counts)


def harvest_page(room: Room) -> HarvestPage:
    """The facilitator's harvest."""
    session = session_of(room)
    language = get_language() or room.language
    tables = tuple(count_table(session, domain, language) for domain in domains_in(session))
    picture = picture_of(session)
    return HarvestPage(
        room=room_view(room),
        domain_title=" · ".join(it.title for it in tables),
        feedback=feedback_results(session),
        picture=picture,
        has_picture=bool(picture.lines),
        heard=list_heard(session),
        counts=tables,
        may_count=room.state != Room.State.LOBBY,
        has_script=getattr(session, "run", None) is not None,
        turnout=turnout_of(room, session),
    )


def turnout_of(room: Room, session: ReflectionSession) -> Turnout:
    """Who came and has finished, in numbers: under the anonymous rung in steps, as everywhere."""
    finished, here = finished_in_room(room, session)
    words = finished_words(finished, here, is_in_steps=boards.rung_of(session).is_ballot)
    return Turnout(here, room.planned_size, finished, words)


# -- what was counted --------------------------------------------------------------------------------------


def count_table(session: ReflectionSession, domain: str, language: str) -> CountTable:
    """How the teams that reflect on one domain stood when the room was counted."""
    rubric = rubric_of(session.pack_id, domain, language)
    rows = RoomCount.objects.filter(session=session, domain=domain)
    counted = {it.look_for: it for it in rows}
    heads = (
        *(Cell(it.label, it.fill, it.short, 0) for it in rubric.levels),
        Cell(_("Not sure"), 0, "", 0),
        Cell(_("Doesn’t apply to us"), 0, "", 0),
    )
    told = any(it.counts or it.most for it in counted.values())
    return CountTable(
        title=rubric.title,
        practices=tuple(
            (title, tuple(count_row(it, counted.get(it.key), rubric) for it in own))
            for title, own in rubric.practices
            if own
        )
        if told
        else (),
        heads=heads,
        why_not="" if told else why_nothing(session, bool(counted)),
        is_counted=bool(counted),
        paper_words=from_paper_words(sum(people_on_paper(open_boards(session, domain)).values())),
        credit=rubric.credit,
    )


def open_boards(session: ReflectionSession, domain: str) -> list[Reflection]:
    """The boards on one domain that are open."""
    return [it for it in boards_on(session, domain) if it.is_revealed]


def boards_on(session: ReflectionSession, domain: str) -> list[Reflection]:
    """The boards of a room on one domain."""
    boards = session.reflections.filter(removed_at=None).select_related("team").order_by("id")
    return [it for it in boards if it.domain_key == domain]


def why_nothing(session: ReflectionSession, is_counted: bool) -> str:
    """Why there are no counts to show."""
    if not is_counted:
        return _(
            "Count the room when its teams have opened their boards. A team that opens its board later is added "
            "only together with others."
        )
    return others_too_few()


def others_too_few() -> str:
    """Why a look-for can't be told."""
    return _(
        "This can’t be shown: whoever knows one team’s board could take it away and read the others’ from what "
        "is left. It needs five people in two teams besides any one team."
    )


def count_row(look_for: LookForView, counted: RoomCount | None, rubric: Rubric) -> CountRow:
    """One look-for as it was counted."""
    if counted is None or not (counted.counts or counted.most):
        return CountRow(
            look_for.number, look_for.text, (), others_too_few(), look_for.is_draft, look_for.is_own
        )
    names = {it.key: it.label for it in rubric.levels} | {
        NOT_SURE: _("Not sure"),
        DOES_NOT_APPLY: _("Doesn’t apply to us"),
    }
    if counted.most:
        sentence = _("Most of the room: {answer}. More would say what single teams answered.").format(
            answer=names.get(counted.most, "")
        )
        return CountRow(look_for.number, look_for.text, (), sentence, look_for.is_draft, look_for.is_own)
    parts = shares(Published(counted.counts))
    fills = {it.key: it.fill for it in rubric.levels}
    cells = tuple(
        count_cell(label, fills.get(key, 0), parts.get(key, NOBODY)) for key, label in names.items()
    )
    return CountRow(look_for.number, look_for.text, cells, "", look_for.is_draft, look_for.is_own)


# What nobody answered is told like what hardly anyone did.
NOBODY = Share(5, Band.AT_MOST)


def count_cell(label: str, fill: int, share: Share) -> Cell:
    """A share as one reads it."""
    words = {Band.AT_MOST: _("5% or less"), Band.AT_LEAST: _("95% or more")}.get(
        share.band, _("{percent}%").format(percent=share.percent)
    )
    return Cell(label, fill, words, share.percent, is_least=share.band == Band.AT_MOST)


# -- counting ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BoardTally:
    """One board that may be counted: {look-for: {answer: people}}, and the same without what was on paper."""

    id: str
    team: str
    tallies: Mapping[str, Tally]
    placed: Mapping[str, Tally]


def list_board_tallies(session: ReflectionSession, domain: str) -> tuple[BoardTally, ...]:
    """The boards on one domain whose teams have opened them, as they stood then; before that nobody's answers are
    looked at.

    Someone who is here alone has opened theirs by finishing. Late answers are no first ones and don't count. A
    board that shows each only their own is left out: somebody there would rather not show theirs.
    """
    seats = {seat.id: seat for seat in list_seats(session.room_id) if takes_part(seat)}
    linked = linked_teams(seats.values())
    reflections = boards_on(session, domain)
    here = {it.team_id for it in reflections}
    # Whoever sits in two teams with different rubrics counts once for each.
    own_seats = first_seats(it for it in seats.values() if it.team_id in here)
    rubric = rubric_of(session.pack_id, domain, session.room.language)
    found = []
    finished = set(
        Finish.objects.filter(reflection__session=session, is_finished=True).values_list(
            "reflection_id", flat=True
        )
    )
    for board in reflections:
        is_open = board.is_revealed or (
            board.id in finished and (board.team.is_alone or session.is_open_board)
        )
        if is_open and not (board.shows == Reflection.Shows.OWN and not board.team.is_alone):
            placed, paper = tallies_of(session, board, rubric, own_seats)
            tallies = {key: added_up([placed[key], paper[key]]) for key in placed}
            found.append(BoardTally(board.id, linked.get(board.team_id, board.team_id), tallies, placed))
    return tuple(found)


def first_seats(seats: Iterable[Seat]) -> set[str]:
    """One seat of each person: whoever sits in two teams counts once in the room."""
    first: dict[str, str] = {}
    for seat in sorted(seats, key=lambda seat: seat.id):
        first.setdefault(seat.person, seat.id)
    return set(first.values())


def tallies_of(
    session: ReflectionSession, board: Reflection, rubric: Rubric, seats: set[str]
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """How many of one team gave each answer, by look-for: on devices, and on paper."""
    answers: dict[str, list[str]] = {key: [] for key in rubric.keys}
    typed: dict[str, list[str]] = {key: [] for key in rubric.keys}
    if boards.rung_of(session).is_ballot:
        for look_for, slips in BallotBox.objects.filter(reflection=board).values_list("look_for", "slips"):
            answers[look_for] = [slip[0] for slip in slips.values() if slip[0]]
        counted = paper_counts(board)
        paper = {key: rubric.scale.tally(()) | counted.get(key, {}) for key in typed}
    else:
        marks = Mark.objects.filter(reflection=board, is_late=False, seat__is_late=False, seat__in=seats)
        columns = ("look_for", "first_answer", "is_first_from_paper", "answer", "typing_id")
        for look_for, first, was_typed, now, typing in marks.values_list(*columns):
            answer, is_typed = (first, was_typed) if board.is_revealed else (now, typing is not None)
            if look_for in answers and answer:
                (typed if is_typed else answers)[look_for].append(answer)
        paper = {key: rubric.scale.tally(given) for key, given in typed.items()}
    return {key: rubric.scale.tally(given) for key, given in answers.items()}, paper


def gives_away_devices(by_team: Mapping[str, Tally], placed: Mapping[str, Tally]) -> bool:
    """Whether somebody who typed in all the paper could take it away and read what was answered on devices."""
    some = any(any(it.values()) for it in placed.values())
    return some and by_team != placed and not isinstance(room_counts(placed), Published)


def counted_now(
    boards_now: Iterable[BoardTally], look_for: str, before: RoomCount | None
) -> tuple[list[str], Published[dict[str, int]] | Coded] | None:
    """What counting adds for one look-for: the boards that are new, if they can be told by themselves.

    Whoever keeps two counts can take one from the other, so what is added must hold on its own. What was told in
    words stays so.
    """
    known = set(before.boards) if before else set()
    fresh = [it for it in boards_now if it.id not in known and any(it.tallies.get(look_for, {}).values())]
    by_team: dict[str, dict[str, int]] = {}
    placed: dict[str, dict[str, int]] = {}
    for it in fresh:
        by_team[it.team] = added_up([by_team.get(it.team, {}), it.tallies[look_for]])
        placed[it.team] = added_up([placed.get(it.team, {}), it.placed[look_for]])
    told = room_counts(by_team)
    if (
        isinstance(told, Withheld)
        or gives_away_devices(by_team, placed)
        or (before and before.boards and not (before.counts and isinstance(told, Published)))
    ):
        return None
    return [it.id for it in fresh], told
