"""What was typed in from paper: how much, and by whom; to those who have seen the paper also what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubcraft.apps.frameworks.queries import Rubric
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import BallotBox, Mark, Reflection, ReflectionSession, Typing
from hubcraft.apps.reflections.queries import stops
from hubcraft.apps.rooms.models import Seat
from hubcraft.apps.rooms.queries import list_seats

# What stands in each box of the paper, by look-for and answer, as it is typed.
Boxes = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Desk:
    """Where somebody sits down to type: who they are, and which team's paper lies before them."""

    viewer: Viewer
    session: ReflectionSession
    reflection: Reflection
    rubric: Rubric
    sees_board: bool


@dataclass(frozen=True)
class TypedIn:
    """What somebody who comes to type in is told; `boxes` is empty where the paper isn't theirs to see."""

    boxes: Boxes
    replaces: str
    is_shown: bool
    told: tuple[str, ...]
    late_words: str
    may_type: bool
    why_not: str


def typed_in(desk: Desk) -> TypedIn:
    """How things stand before somebody types; marks that people placed on devices are not among it."""
    viewer, session = desk.viewer, desk.session
    verdict = policy.can_type_in(viewer, desk.reflection, session.room, has_come=stops.has_come(session))
    late = late_words(session, desk.reflection)
    typing = typing_of(desk.reflection)
    if typing is None:
        return TypedIn({}, "", False, (), late, verdict.is_allowed, verdict.sentence)
    is_shown = policy.sees_typed(viewer, session, typing, sees_board=desk.sees_board)
    told = [typed_words(typing)]
    if not is_shown and verdict.is_allowed:
        told.append(_("You don’t see what was typed in. What you type here takes the place of all of it."))
    return TypedIn(
        boxes=boxes_of(session, typing) if is_shown else {},
        replaces=typing.once,
        is_shown=is_shown,
        told=(*told, *remarks(session, typing)),
        late_words=late,
        may_type=verdict.is_allowed,
        why_not=verdict.sentence,
    )


def late_words(session: ReflectionSession, reflection: Reflection) -> str:
    """What becomes of what is typed in once the board is open."""
    if not reflection.is_revealed or session.is_open_board:
        return ""
    if reflection.shows == Reflection.Shows.INITIALS:
        return _(
            "The board is open already: whoever is new here is told as late, and an answer that changes is told as "
            "moved."
        )
    return _(
        "The board is open already and stays as it was: what is typed in now is kept as late, and not shown."
    )


def typing_of(reflection: Reflection) -> Typing | None:
    """What was typed in for this board, if anything was."""
    return Typing.objects.select_related("reflection", "seat").filter(reflection=reflection).first()


def boxes_of(session: ReflectionSession, typing: Typing) -> Boxes:
    """What was typed in, box by box. What somebody has changed on a device since is theirs, and not among it."""
    if policy.rung_of(session).is_ballot:
        return {
            (box.look_for, answer): str(people)
            for box in BallotBox.objects.filter(reflection=typing.reflection)
            for answer, people in counts_of(typing.reflection, box).items()
        }
    boxes: dict[tuple[str, str], list[str]] = {}
    marks = Mark.objects.filter(typing=typing, reflection=typing.reflection, seat__removed_at=None)
    for mark in marks.exclude(answer="").select_related("seat"):
        name = name_on_paper(mark.seat, session)
        boxes.setdefault((mark.look_for, mark.answer), []).append(name)
    between = ", " if session.uses_alias else " "
    return {box: between.join(sorted(here)) for box, here in boxes.items()}


def counts_of(reflection: Reflection, box: BallotBox) -> Mapping[str, int]:
    """What was counted on paper last; after the reveal that is kept as late."""
    return box.late_paper if reflection.is_revealed and box.late_paper else box.paper


def paper_counts(reflection: Reflection) -> dict[str, dict[str, int]]:
    """What was counted on paper under the anonymous rung, by look-for; what was typed in late is not among it."""
    return dict(BallotBox.objects.filter(reflection=reflection).values_list("look_for", "paper"))


def name_on_paper(seat: Seat, session: ReflectionSession) -> str:
    """What is typed for this seat: initials have no spaces, so "KM 2" of the phones is "KM2" on paper."""
    if seat.kind == Seat.Kind.PAPER:
        return seat.initials
    return seat.label if session.uses_alias else seat.label.replace(" ", "")


def count_typed_in(reflection: Reflection) -> int:
    """How many people of this board have answers from paper on it."""
    marks = Mark.objects.filter(reflection=reflection, seat__removed_at=None).exclude(typing=None)
    return marks.values("seat").distinct().count()


def people_on_paper(reflections: Iterable[Reflection]) -> dict[str, int]:
    """How many people were on the paper of these boards, by board; those without paper are not in it."""
    typings = Typing.objects.filter(reflection__in=reflections, people__gt=0)
    return dict(typings.values_list("reflection_id", "people"))


def paper_words(reflection: Reflection) -> str:
    """How many of a board's people are from paper, said wherever the board is."""
    return from_paper_words(people_on_paper([reflection]).get(reflection.id, 0))


def from_paper_words(people: int) -> str:
    """ "4 people from paper" in the reader's language, or nothing."""
    if not people:
        return ""
    return ngettext("{people} person from paper", "{people} people from paper", people).format(people=people)


def typed_words(typing: Typing) -> str:
    """Who typed in how much, and when."""
    words = ngettext(
        "{when}: {people} person typed in from paper, by {who}.",
        "{when}: {people} people typed in from paper, by {who}.",
        typing.people,
    )
    when = date_format(timezone.localtime(typing.typed_at), "SHORT_DATETIME_FORMAT")
    return words.format(people=typing.people, who=who_typed(typing), when=when)


def who_typed(typing: Typing) -> str:
    """The facilitator, a member by their label, or somebody who has gone."""
    if typing.typist == Typing.Typist.FACILITATOR:
        return _("the facilitator")
    return typing.seat.label if typing.seat else _("the team")


def remarks(session: ReflectionSession, typing: Typing) -> tuple[str, ...]:
    """What became of single people on the paper, where that is not what one would expect."""
    board = typing.reflection
    here = [it for it in list_seats(session.room_id, board.team_id) if it.kind == Seat.Kind.PAPER]
    gone = Seat.objects.filter(
        room=session.room_id, team=board.team_id, removed_by="paper", removed_at=typing.typed_at
    )
    doubles = ", ".join(it.label for it in here if it.label != it.initials)
    held = ", ".join(it.label for it in here if not it.is_only_on_paper)
    sentences = []
    if doubles:
        sentences.append(
            _(
                "On the board with a number, because others have the same initials: {names}. Who is the same person can "
                "be merged by the facilitator, on the team’s page."
            ).format(names=doubles)
        )
    if held:
        sentences.append(
            _("With a device of their own now: {names}. What they changed there stays.").format(names=held)
        )
    if gone:
        labels = ", ".join(sorted(it.label for it in gone))
        sentences.append(_("No longer on the paper: {names}.").format(names=labels))
    return tuple(sentences)
