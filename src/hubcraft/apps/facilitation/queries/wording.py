"""Whose words should be better: the look-fors one chooses among, and what was said of each, without a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import LookForView, Rubric, is_everybodys, list_rows, rubric_of
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.domains import domains_in

WORDING = "wording"


@dataclass(frozen=True)
class Words:
    """What somebody wrote, in their language."""

    words: str
    language: str


@dataclass(frozen=True)
class Commented:
    """A look-for, or a work practice at a glance, with what was said of its words."""

    domain: str
    look_for: LookForView
    comments: tuple[Words, ...]


def wording_key(step: str) -> str:
    """The key of the question, beside those that a script asks, which are numbered."""
    return f"{step}/{WORDING}"


def rubrics_in(session: ReflectionSession) -> tuple[Rubric, ...]:
    """What the teams of a room reflect on, with the very words it was held with."""
    language = get_language() or session.room.language
    return tuple(rubric_of(session.pack_id, it, language) for it in domains_in(session))


def wording_prompt(session: ReflectionSession) -> str:
    """The question."""
    if all(it.is_glance for it in rubrics_in(session)):
        return _("Is there a work practice whose words should be better?")
    return _("Is there a look-for whose words should be better?")


def look_fors_to_choose(session: ReflectionSession) -> tuple[tuple[str, tuple[LookForView, ...]], ...]:
    """Look-fors by work practice, each once; everybody in the room has the same list, whatever their team reflects on."""
    rubrics = rubrics_in(session)
    found, seen = [], set()
    for rubric in rubrics:
        for title, rows in rubric.practices:
            own = tuple(it for it in rows if it.key not in seen)
            seen |= {it.key for it in own}
            if own:
                found.append((f"{rubric.title}: {title}" if len(rubrics) > 1 else title, own))
    return tuple(found)


def known_look_fors(session: ReflectionSession) -> frozenset[str]:
    """Their keys."""
    return frozenset(it.key for _title, rows in look_fors_to_choose(session) for it in rows)


def is_gathered(session: ReflectionSession) -> bool:
    """Whether comments leave the room: not those on a hub's own framework, nor what was said for practice."""
    return not session.room.is_rehearsal and is_everybodys(session.pack_id)


def commented(
    installed_id: str, slips: Iterable[tuple[str, Mapping[str, object]]], language: str
) -> tuple[Commented, ...]:
    """Comments under what they are about, in the framework's order; each one's in the order of keys that mean nothing."""
    said: dict[str, list[Words]] = {}
    for _key, slip in sorted(slips, key=lambda it: it[0]):
        if slip:
            words = Words(str(slip["words"]), str(slip["language"]))
            said.setdefault(str(slip["look_for"]), []).append(words)
    return tuple(
        Commented(domain, row, tuple(said[row.key]))
        for domain, row in list_rows(installed_id, language)
        if row.key in said
    )
