"""What a reflection rated again: look-for by look-for, and across versions of a pack as its authors say."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import Rubric, arrivals_between, lines_through
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.content.crosswalk import Step
from hubcraft.domain.crosswalks import Fate, Passage

Shows = Reflection.Shows


@dataclass(frozen=True)
class Before:
    """The reflection in which a look-for, or what it came from, was rated the time before."""

    reflection: Reflection
    passage: Passage


def rubric_in(reflection: Reflection) -> Rubric:
    """The rubric of a board, in the reader's language."""
    return rubric_for(reflection, get_language() or reflection.session.room.language)


def why_not_shown(reflection: Reflection) -> str:
    """Why there is no board of this reflection for its members; empty where there is one.

    The rung holds here as in the room: nothing before the board is open, nothing where each sees only their own.
    """
    if not (reflection.session.is_open_board or reflection.is_revealed):
        return str(_("Its board has not been opened."))
    if reflection.shows == Shows.OWN:
        return str(_("Each of you saw only your own answers, so there is no board to keep."))
    return ""


def related(earlier: Reflection, later: Reflection) -> dict[str, Passage]:
    """By look-for of a later reflection: where it comes from, if an earlier one rated that; it may be a seam.

    A look-for is the same whichever rubric it was rated in: by itself, with its practice, or with its whole domain.
    """
    was, now = rubric_in(earlier).keys, rubric_in(later).keys
    if earlier.session.pack_id == later.session.pack_id:
        return {key: Passage(Fate.SAME, (key,), (key,), joins=True) for key in was & now}
    arrivals = arrivals_between(earlier.session.pack_id, later.session.pack_id)
    return {key: it for key in now if (it := arrivals.get(key)) is not None and was.intersection(it.before)}


def before_of(reflection: Reflection, all_of_them: Iterable[Reflection]) -> dict[str, Before]:
    """By look-for what was rated the time before, as far as there is a board to show."""
    found: dict[str, Before] = {}
    for it in all_of_them:
        if it.made_at < reflection.made_at and not why_not_shown(it):
            for key, passage in related(it, reflection).items():
                there = found.get(key)
                if there is None or there.reflection.made_at < it.made_at:
                    found[key] = Before(it, passage)
    return found


@dataclass(frozen=True)
class Rated:
    """A board on which a look-for was rated, or what it came from, under its key of then.

    Those of one stretch can be compared with each other: between two stretches is a seam.
    """

    board: Reflection
    key: str
    stretch: tuple[int, str]


class Past:
    """The boards of a hub that may be shown, the latest first, through which look-fors are followed back."""

    def __init__(self, seen: Iterable[Reflection]) -> None:
        self.boards = [it for it in seen if not why_not_shown(it)]
        self.keys = [rubric_in(it).keys for it in self.boards]

    def of(self, installed_id: str, key: str, first: int = 0) -> list[Rated]:
        """Where a look-for of an installed pack was rated, the latest first; across seams each in words of its own."""
        found: dict[tuple[int, str], Rated] = {}
        waiting = [(installed_id, key, first)]
        while waiting:
            pack, its_key, start = waiting.pop(0)
            for place, step in enumerate(self.line_of(pack, its_key, start), start):
                if isinstance(step, Passage):
                    waiting += [(self.boards[place].session.pack_id, one, place) for one in step.before]
                if not isinstance(step, str):
                    break
                if step in self.keys[place]:
                    found.setdefault((place, step), Rated(self.boards[place], step, (start, its_key)))
        return [found[it] for it in sorted(found, key=lambda it: it[0])]

    def line_of(self, installed_id: str, key: str, start: int) -> list[Step]:
        """What a look-for was on each of these boards, the latest first."""
        packs, at = [installed_id], list[int]()
        for it in self.boards[start:]:
            if it.session.pack_id != packs[-1]:
                packs.append(it.session.pack_id)
            at.append(len(packs))
        line = lines_through(tuple(reversed(packs))).get(key)
        return [line[-place] for place in at] if line is not None else []


def last_of(before: dict[str, Before]) -> Reflection | None:
    """The latest of these reflections."""
    return max((it.reflection for it in before.values()), key=lambda it: (it.made_at, it.id), default=None)


def seam_words(before: Before) -> str:
    """Why a look-for is not compared with the time before: what was rated then, in its own words."""
    texts = {it.key: it.text for it in rubric_in(before.reflection).look_fors}
    rated = [texts[key] for key in before.passage.before if key in texts]
    said = {
        Fate.SPLIT: _("Not compared: on {day} this was part of {words}."),
        Fate.MERGED: _("Not compared: on {day} this was more than one look-for, {words}."),
        Fate.SAME: _("Not compared: on {day} this was rated on other levels."),
    }.get(before.passage.fate, _("Not compared: on {day} this read {words}."))
    quoted = ", ".join(_("“{words}”").format(words=words.rstrip(".")) for words in rated)
    return said.format(day=date_format(before.reflection.held_on, "j M Y"), words=quoted)
