"""A team's board: initials in boxes, a sentence where others put a number, what to talk about first."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hubcraft.apps.frameworks.queries import LevelView, LookForView, Rubric
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import (
    BallotBox,
    Finish,
    Mark,
    Reflection,
    ReflectionSession,
)
from hubcraft.apps.reflections.queries import stops
from hubcraft.apps.reflections.queries.also import also_sees
from hubcraft.apps.reflections.queries.doors import Place, count_offered
from hubcraft.apps.reflections.queries.rating import elsewhere_words, own_answers, own_from_paper
from hubcraft.apps.reflections.queries.roster import AskingSeat, finished_seats, load_roster, shown_name
from hubcraft.apps.reflections.queries.typing_in import paper_counts, paper_words
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.apps.rooms.queries import MeView, RoomView, list_seats, me_view, room_view
from hubcraft.domain import agreement
from hubcraft.domain.agreement import Shape
from hubcraft.domain.rating import DOES_NOT_APPLY, NOT_SURE
from hubcraft.domain.suppression import (
    Coded,
    Joined,
    Paper,
    Published,
    Withheld,
    board_counts,
    joined_counts,
)
from hubcraft.web.prepared import Prepared

Shows = Reflection.Shows


@dataclass(frozen=True)
class Chip:
    """Initials in a box, or a dot where `label` is empty; "before" is where somebody stood before the talk."""

    label: str
    seat_key: str | None
    kind: str
    is_from_paper: bool = False


@dataclass(frozen=True)
class Box:
    """One level of one look-for, with who stands there; or words where nobody is to be counted."""

    level: LevelView
    chips: tuple[Chip, ...]
    words: str | None = None


@dataclass(frozen=True)
class Row:
    """One look-for on a board."""

    key: str
    number: int
    practice: str
    html: SafeString
    text: str
    boxes: tuple[Box, ...]
    headline: str
    question: str
    moved: str
    aside: str
    is_talk_first: bool
    withheld: str
    detail: tuple[str, str, int] | None
    may_move: bool
    # Ours, not the framework's authors' words.
    is_draft: bool = False
    # A hub's, in its own framework.
    is_own: bool = False

    @property
    def is_look_for(self) -> bool:
        """Whether it is about one look-for; at a glance a row is about a whole practice."""
        return self.key.count("/") == 3


@dataclass(frozen=True)
class BoardParts:
    """What stands above a board, for every member alike."""

    room: RoomView
    team_name: str
    placed_words: str
    paper_words: str
    shows: str
    who_can_see: tuple[str, ...]
    asking: tuple[AskingSeat, ...]
    size: int

    @property
    def is_lone(self) -> bool:
        """Whether it is the page of somebody who came alone: nobody to compare with, nobody to count."""
        return not self.team_name


@dataclass(frozen=True)
class BoardPage(BoardParts):
    """A board as one member of its team sees it."""

    me: MeView
    domain_title: str
    on: datetime
    talk_first: tuple[Row, ...]
    practices: tuple[tuple[str, tuple[Row, ...]], ...]
    levels: tuple[LevelView, ...]
    prompts: tuple[str, ...]
    offer: int
    withheld_words: str
    is_open_board: bool
    is_alias: bool
    # No row shows anything: said once, not on every row.
    is_bare: bool
    # Some of its look-fors are ours, not the framework's authors'.
    has_drafts: bool = False


@dataclass(frozen=True)
class Standing:
    """Where one seat stands on one look-for, as a board may show it."""

    label: str
    seat_key: str
    answer: str
    before: str
    is_late: bool
    is_from_paper: bool
    was_from_paper: bool


def board_parts(room: Room, session: ReflectionSession, reflection: Reflection) -> BoardParts:
    """The head of a board as every member of its team sees it."""
    is_alone = reflection.team.is_alone
    roster = load_roster(session, reflection)
    shows = Shows.OWN if is_alone else (reflection.shows or Shows.INITIALS)
    return BoardParts(
        room=room_view(room),
        team_name=shown_name(reflection.team),
        placed_words=placed_words(session, reflection),
        paper_words=paper_words(reflection),
        shows=shows,
        who_can_see=(
            *policy.who_sees_board(shows, is_alone=is_alone),
            *(() if shows == Shows.OWN else also_sees(reflection.team_id)),
        ),
        asking=() if is_alone else roster.asking,
        size=roster.size,
    )


def board_page(place: Place) -> BoardPage:
    """The board for one member. Ask `policy.can_see_board` first; alone, or on an "own" board, only their own."""
    parts = board_parts(place.room, place.session, place.reflection)
    is_own = parts.shows == Shows.OWN
    rows = own_rows(place) if is_own else board_rows(place.session, place.reflection, place.rubric)
    by_key = {row.key: row for row in rows}
    first = [key for key in place.reflection.talk_first if key in by_key and not is_own]
    return BoardPage(
        **vars(parts),
        me=me_view(place.viewer, place.seat),
        domain_title=place.rubric.title,
        on=place.reflection.revealed_at or place.reflection.made_at,
        talk_first=tuple(by_key[key] for key in first),
        practices=tuple(
            (title, kept)
            for title, look_fors in place.rubric.practices
            if (kept := tuple(by_key[it.key] for it in look_fors if it.key not in first))
        ),
        levels=place.rubric.levels,
        # A script's step of talk asks a team where they differ: nobody who came alone, or is all of their team.
        prompts=(() if parts.size == 1 else stops.prompts_of(place.reflection)) or place.rubric.prompts,
        offer=count_offered(place),
        withheld_words=elsewhere_words(place, own_answers(place)) if is_own else withheld_words(rows),
        is_open_board=place.session.is_open_board,
        is_alias=place.session.uses_alias,
        is_bare=all(row.withheld for row in rows),
        has_drafts=place.rubric.has_drafts,
    )


def board_rows(
    session: ReflectionSession, reflection: Reflection, rubric: Rubric, numbers: Collection[int] | None = None
) -> tuple[Row, ...]:
    """The rows every member of the team sees alike; `numbers` asks for some look-fors only."""
    wanted = [look_for for look_for in rubric.look_fors if numbers is None or look_for.number in numbers]
    if reflection.shows == Shows.DOTS:
        may_move = policy.rung_of(session).is_named and not session.room.is_closed
        return tuple(
            nameless_row(it, reflection.tallies.get(it.key, {}), reflection, rubric, may_move)
            for it in wanted
        )
    standings = list_standings(reflection, [look_for.key for look_for in wanted])
    return tuple(named_row(look_for, standings[look_for.key], reflection, rubric) for look_for in wanted)


def tallies_now(session: ReflectionSession, reflection: Reflection, rubric: Rubric) -> dict[str, Joined]:
    """How many of the team gave each answer, by look-for: what a board without names will show from its reveal on."""
    if policy.rung_of(session).is_ballot:
        placed, paper = ballot_tallies(reflection, rubric), paper_counts(reflection)
    else:
        standings = list_standings(reflection, rubric.keys)
        placed, paper = (
            {
                key: rubric.scale.tally(it.answer for it in row if it.is_from_paper == is_paper)
                for key, row in standings.items()
            }
            for is_paper in (False, True)
        )
    nobody = rubric.scale.tally(())
    return {key: joined_counts(placed[key], nobody | paper.get(key, {})) for key in rubric.keys}


ADDED_LATE = Prepared(
    lambda board: Finish.objects.filter(reflection=board, late_choice="add").values_list("seat_id", flat=True)
)
MARKS_OF_THOSE_HERE = Prepared(
    lambda board, look_fors: Mark.objects.filter(
        reflection=board, look_for__in=look_fors, seat__removed_at=None, seat__is_waiting=False
    ).values_list(
        "look_for",
        "answer",
        "first_answer",
        "is_late",
        "seat_id",
        "seat__label",
        "seat__key",
        "seat__is_late",
        "typing_id",
        "is_first_from_paper",
    )
)


def list_standings(reflection: Reflection, look_fors: Collection[str]) -> dict[str, list[Standing]]:
    """Where everybody of the team stands, by look-for, in the order of labels.

    Marks of people who came late are there only if they added them.
    """
    chosen = set(ADDED_LATE(board=reflection.id))
    standings: dict[str, list[Standing]] = {look_for: [] for look_for in look_fors}
    marks = MARKS_OF_THOSE_HERE(board=reflection.id, look_fors=look_fors)
    for look_for, answer, first, is_late, seat_id, label, key, came_late, typing, was_typed in marks:
        if (came_late or is_late) and (
            reflection.shows == Shows.DOTS or (came_late and seat_id not in chosen)
        ):
            continue
        if answer or first:
            standings[look_for].append(
                Standing(label, key, answer, first, is_late, typing is not None, was_typed)
            )
    for row in standings.values():
        row.sort(key=lambda it: (it.label, it.seat_key))
    return standings


def named_row(
    look_for: LookForView, standings: Iterable[Standing], reflection: Reflection, rubric: Rubric
) -> Row:
    """A row with initials in its boxes, and rings where people stood before they moved."""
    standings = list(standings)
    boxes = tuple(Box(level, tuple(chips_in(level.key, standings))) for level in rubric.levels)
    counts = rubric.scale.counts(it.answer for it in standings)
    moved = sum(1 for it in standings if has_moved(it))
    return Row(
        key=look_for.key,
        number=look_for.number,
        practice=look_for.practice,
        html=look_for.html,
        text=look_for.text,
        is_draft=look_for.is_draft,
        is_own=look_for.is_own,
        boxes=boxes,
        moved=moved_words(moved),
        aside=named_aside(standings),
        is_talk_first=look_for.key in reflection.talk_first,
        withheld="",
        may_move=not reflection.session.room.is_closed,
        **sentence(counts, rubric),
    )


def chips_in(level: str, standings: Iterable[Standing]) -> Iterable[Chip]:
    """The chips of one box: who stands there now, then rings of who has left."""
    standings = list(standings)
    for it in standings:
        if it.answer == level:
            yield Chip(it.label, it.seat_key, "late" if it.is_late else "now", it.is_from_paper)
    for it in standings:
        if has_moved(it) and it.before == level:
            yield Chip(it.label, it.seat_key, "before", it.was_from_paper)


def has_moved(standing: Standing) -> bool:
    """Whether somebody stands elsewhere than before the talk."""
    return bool(standing.before) and standing.answer != standing.before


def nameless_row(
    look_for: LookForView, tally: Mapping[str, int], reflection: Reflection, rubric: Rubric, may_move: bool
) -> Row:
    """A row without names: dots if there are enough to hide in, words if there are not."""
    told = board_counts(tally)
    boxes = tuple(Box(level, ()) for level in rubric.levels)
    withheld, aside = "", ""
    words = {"headline": "", "question": "", "detail": None}
    origin = origin_words(reflection.from_paper.get(look_for.key, ""))
    match told:
        case Withheld():
            origin = ""
            withheld = _("Too few answers to show. Talk about it instead.")
        case Coded(answer=answer):
            words["headline"] = _("Nearly everyone on one answer")
            words["question"] = answer_label(answer, rubric)
            boxes = tuple(
                Box(level, (), _("nearly everyone") if level.key == answer else "") for level in rubric.levels
            )
        case Published(value=counts):
            boxes = tuple(
                Box(level, tuple(Chip("", None, "now") for _each in range(counts[level.key])))
                for level in rubric.levels
            )
            words = sentence(tuple(counts[level.key] for level in rubric.levels), rubric)
            asides = (not_sure_words(counts[NOT_SURE]), does_not_apply_words(counts[DOES_NOT_APPLY]))
            aside = " ".join(filter(None, asides))
    return Row(
        key=look_for.key,
        number=look_for.number,
        practice=look_for.practice,
        html=look_for.html,
        text=look_for.text,
        is_draft=look_for.is_draft,
        is_own=look_for.is_own,
        boxes=boxes,
        moved="",
        aside=" ".join(filter(None, (aside, origin))),
        is_talk_first=look_for.key in reflection.talk_first,
        withheld=withheld,
        may_move=may_move,
        **words,
    )


def withheld_words(rows: Iterable[Row]) -> str:
    """Why some rows show nothing, said once above them."""
    if not any(row.withheld for row in rows):
        return ""
    return _("Fewer than five answers to a look-for are too few to show without showing whose they are.")


def ballot_tallies(reflection: Reflection, rubric: Rubric) -> dict[str, dict[str, int]]:
    """How many slips say what, by look-for. Late slips are left out: next to a board already seen, one would stand out."""
    boxes = dict(BallotBox.objects.filter(reflection=reflection).values_list("look_for", "slips"))
    return {
        key: rubric.scale.tally(slip[0] for slip in boxes.get(key, {}).values() if slip[0])
        for key in rubric.keys
    }


def own_rows(place: Place) -> tuple[Row, ...]:
    """One person's own answers, laid out like a board."""
    answers, typed = own_answers(place), own_from_paper(place)
    return tuple(
        Row(
            key=look_for.key,
            number=look_for.number,
            practice=look_for.practice,
            html=look_for.html,
            text=look_for.text,
            boxes=tuple(
                Box(
                    level,
                    (Chip(place.seat.label, place.seat.key, "now", look_for.key in typed),)
                    if answers.get(look_for.key) == level.key
                    else (),
                )
                for level in place.rubric.levels
            ),
            headline="",
            question="",
            moved="",
            aside=answer_label(answers[look_for.key], place.rubric)
            if answers.get(look_for.key) in (NOT_SURE, DOES_NOT_APPLY)
            else "",
            is_talk_first=False,
            withheld="",
            detail=None,
            may_move=not place.room.is_closed and (place.rung.is_named or not place.reflection.is_revealed),
        )
        for look_for in place.rubric.look_fors
    )


def counted(row: Row) -> tuple[int, ...] | None:
    """How many stand on each level of a row, as far as it shows that; None where it is withheld or only in words."""
    if row.withheld or any(box.words is not None for box in row.boxes):
        return None
    return tuple(sum(chip.kind != "before" for chip in box.chips) for box in row.boxes)


def choose_talk_first(session: ReflectionSession, reflection: Reflection, rubric: Rubric) -> list[str]:
    """The rows to talk about first, from what the board will show; rows that are withheld or coded never are."""
    rows = board_rows(session, reflection, rubric)
    shown = {row.key: tuple(len(box.chips) for box in row.boxes) for row in rows if not row.withheld}
    return list(agreement.talk_first(shown))


def placed_words(session: ReflectionSession, reflection: Reflection) -> str:
    """How many have placed their initials, and how many came late."""
    seats = [
        seat
        for seat in list_seats(session.room_id, reflection.team_id)
        if not seat.is_waiting and seat.kind != Seat.Kind.INTERPRETING
    ]
    on_time = [seat for seat in seats if not seat.is_late]
    finished = finished_seats([reflection.id])
    late = len(seats) - len(on_time)
    placed = sum(seat.id in finished for seat in on_time)
    if policy.rung_of(session).is_ballot:
        words = ngettext("{size} person is in this team", "{size} people are in this team", len(on_time))
    else:
        words = ngettext(
            "{placed} of {size} has answered everything",
            "{placed} of {size} have answered everything",
            len(on_time),
        )
    words = words.format(placed=placed, size=len(on_time))
    if late:
        words += " · " + ngettext("{late} came late", "{late} came late", late).format(late=late)
    return words


SENTENCES = {
    Shape.ONE_LEVEL: (lambda: _("All on one level"), lambda: _("What would take you further?")),
    Shape.WITHIN_ONE: (
        lambda: _("Within one level"),
        lambda: _("What makes the difference between the two?"),
    ),
    Shape.OVER_THREE: (lambda: _("Spread over three"), lambda: _("What does each of you have in mind?")),
    Shape.OVER_ALL: (
        lambda: _("Spread over all four"),
        lambda: _("What does each of you see that the others don't?"),
    ),
    Shape.SPLIT: (
        lambda: _("Split: nobody in between"),
        lambda: _("Two camps. What does each see that the other doesn't?"),
    ),
    Shape.ENDS_APART: (
        lambda: _("Ends apart"),
        lambda: _("Some at one end, some at the other. What does each see that the other doesn't?"),
    ),
}


def sentence(counts: tuple[int, ...], rubric: Rubric) -> dict:
    """The words of one row: its rung on the ladder, a question, and what lies behind a tap.

    `counts` are people by level, lowest first. Below three ratings there is no sentence, only the row.
    """
    judged = agreement.agreement_of(counts)
    if judged.shape is None:
        return {"headline": "", "question": "", "detail": None}
    headline, question = (words() for words in SENTENCES[judged.shape])
    if judged.shape is Shape.ONE_LEVEL and counts[-1]:
        question = _("What keeps it that way?")
    elif judged.shape in (Shape.WITHIN_ONE, Shape.OVER_THREE):
        question = f"{middle_words(judged.median, rubric)} {question}"
    distance = _("On average {levels} of a level from the middle.").format(
        levels=number(float(judged.distance))
    )
    shape = _(
        "Van der Eijk's A: {value} (1 all on one level, 0 evenly spread, −1 two camps at the ends)."
    ).format(value=number(float(judged.agreement)))
    return {"headline": headline, "question": question, "detail": (distance, shape, judged.n)}


def middle_words(median: agreement.Median, rubric: Rubric) -> str:
    """The middle of a row in the levels' own words."""
    lower, upper = rubric.levels[median.lower - 1].short, rubric.levels[median.upper - 1].short
    if median.is_between:
        return _("In the middle: between “{lower}” and “{upper}”.").format(lower=lower, upper=upper)
    return _("In the middle: {level}.").format(level=lower)


def number(value: float) -> str:
    """Two decimals with a true minus sign."""
    return f"{value:.2f}".replace("-", "−")


def moved_words(moved: int) -> str:
    """How many moved after talking."""
    if not moved:
        return ""
    return ngettext("{count} moved after talking.", "{count} moved after talking.", moved).format(
        count=in_words(moved)
    )


def named_aside(standings: Iterable[Standing]) -> str:
    """Who is not sure and for whom it does not apply, by name."""
    standings = list(standings)
    unsure = ", ".join(named(it) for it in standings if it.answer == NOT_SURE)
    apart = ", ".join(named(it) for it in standings if it.answer == DOES_NOT_APPLY)
    words = []
    if unsure:
        words.append(_("Not sure: {names}.").format(names=unsure))
    if apart:
        words.append(_("Doesn't apply to us: {names}.").format(names=apart))
    return " ".join(words)


def named(standing: Standing) -> str:
    """Somebody's label in a sentence."""
    if standing.is_from_paper:
        return _("{label} (from paper)").format(label=standing.label)
    return standing.label


def origin_words(paper: str) -> str:
    """How much of a row without names comes from paper."""
    match paper:
        case Paper.ALL:
            return _("All of it from paper.")
        case Paper.SOME:
            return _("Some of it from paper.")
        case Paper.ONLY:
            return _("Only what was on paper: with the other answers added, it would tell whose they are.")
        case Paper.LEFT_OUT:
            return _("Without what was on paper: added, it would tell whose the other answers are.")
        case _nothing:
            return ""


def not_sure_words(count: int) -> str:
    """How many are not sure."""
    if not count:
        return ""
    return ngettext("{count} is not sure.", "{count} are not sure.", count).format(count=in_words(count))


def does_not_apply_words(count: int) -> str:
    """For how many it does not apply."""
    if not count:
        return ""
    return ngettext("{count} says it doesn't apply.", "{count} say it doesn't apply.", count).format(
        count=in_words(count)
    )


def in_words(count: int) -> str:
    """Small numbers as a person would say them at the start of a sentence."""
    words = {
        1: pgettext("how many people", "One"),
        2: pgettext("how many people", "Two"),
        3: pgettext("how many people", "Three"),
    }
    return words.get(count, str(count))


def answer_label(answer: str, rubric: Rubric) -> str:
    """An answer in words."""
    if answer == NOT_SURE:
        return _("Not sure")
    if answer == DOES_NOT_APPLY:
        return _("Doesn't apply to us")
    return next(level.label for level in rubric.levels if level.key == answer)
