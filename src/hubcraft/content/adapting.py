"""A framework that a hub made its own: a pack taken over, and what the hub changed of it, one change after the other.

What was taken over is never touched: the changes are applied to a copy of it, in their order. So the original's words
are always at hand, the last change is undone by leaving it out, and nothing that is installed can be reached.
"""

import copy
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hubcraft.content.crosswalk import Crosswalk
from hubcraft.content.framework import RUBRIC
from hubcraft.content.pack import Pack, sealed
from hubcraft.content.rubric import OWN_PREFIX
from hubcraft.content.text import OWN, Text
from hubcraft.domain.crosswalks import Fate, said

Plain = dict[str, Any]

REWORD: Final = "reword"
PUT_BACK: Final = "put-back"
ADD: Final = "add"
UP: Final = "up"
DOWN: Final = "down"
HIDE: Final = "hide"
SHOW: Final = "show"
RENAME: Final = "rename"

DOMAIN: Final = "domain"
PRACTICE: Final = "practice"
LOOK_FOR: Final = "look-for"
# What of a line is in words a hub may change, and what says whose these are.
_WORDS: Final = {DOMAIN: "goal", PRACTICE: "title", LOOK_FOR: "text"}
_STATUS: Final = {DOMAIN: "goal_status", PRACTICE: "status", LOOK_FOR: "status"}
# What stands in a line, and what that is called.
_WITHIN: Final = {DOMAIN: ("practices", PRACTICE), PRACTICE: ("look_fors", LOOK_FOR)}


@dataclass(frozen=True)
class Line:
    """A domain's goal, a practice or a look-for, among those it stands with."""

    kind: str
    plain: Plain
    among: list[Plain]
    # Hidden, or in something that is.
    is_out: bool = False

    @property
    def key(self) -> str:
        return str(self.plain["key"])

    @property
    def words(self) -> Mapping[str, str]:
        """By language; {} where there are none."""
        return self.plain[_WORDS[self.kind]] or {}

    @property
    def status(self) -> str:
        """Whose words."""
        return str(self.plain[_STATUS[self.kind]])

    @property
    def is_hidden(self) -> bool:
        return bool(self.plain.get("hidden"))


def taken_over(pack: Pack, own_id: str, credited: Callable[[Text], Mapping[str, str]]) -> Plain:
    """The plain form of a pack under a hub's own id. Each practice and look-for says where it comes from, all the way."""
    content = copy.deepcopy(pack.to_json())
    for left in ("digest", "crosswalk"):
        content.pop(left, None)
    content |= {"id": own_id, "version": "1.0.0", "credit": dict(credited(pack.credit))}
    before, after = f"{pack.id}/", f"{own_id}/"
    for domain, read in zip(_domains(content), pack.domains, strict=True):
        domain |= {"name_status": read.name_status, "goal_status": read.goal_status}
        domain["credit"] = dict(credited(read.credit))
        domain["key"] = read.key.replace(before, after, 1)
        for practice, own in zip(domain["practices"], read.practices, strict=True):
            practice |= {"status": own.status, "origin": own.origin or own.key}
            practice["key"] = own.key.replace(before, after, 1)
            if own.belongs:
                practice["belongs"] = [
                    after + it.removeprefix(before) if it.startswith(before) else it for it in own.belongs
                ]
            for look_for, one in zip(practice["look_fors"], own.look_fors, strict=True):
                look_for |= {"status": one.status, "origin": one.origin or one.key}
                look_for["key"] = one.key.replace(before, after, 1)
            for evidence, it in zip(practice.get("evidence", ()), own.evidence, strict=True):
                evidence |= {"status": it.status, "key": it.key.replace(before, after, 1)}
    return content


def lines_in(content: Plain) -> Iterator[Line]:
    """Every line a hub may change, in order."""
    for framework in content["frameworks"]:
        yield from _lines(DOMAIN, framework["domains"], is_out=False)


def line_at(content: Plain, key: str) -> Line:
    """One of them. Raises KeyError."""
    for line in lines_in(content):
        if line.key == key:
            return line
    raise KeyError(key)


def changed(base: Plain, changes: Sequence[Plain]) -> Plain:
    """What was taken over with these changes made. Raises KeyError where a change is about a line that is not there."""
    content = copy.deepcopy(base)
    for change in changes:
        _apply(content, base, change)
    return content


def as_pack(content: Plain, version: str) -> Pack:
    """What a hub made as a pack: what is hidden is left out."""
    content = copy.deepcopy(content) | {"version": version}
    for framework in content["frameworks"]:
        framework["domains"] = _shown(framework["domains"])
        for domain in framework["domains"]:
            domain["practices"] = _shown(domain["practices"])
            for practice in domain["practices"]:
                practice["look_fors"] = _shown(practice["look_fors"])
    content["frameworks"] = [it for it in content["frameworks"] if it["domains"]]
    kept = {line.key for line in lines_in(content)}
    for line in lines_in(content):
        if line.kind == PRACTICE and "belongs" in line.plain:
            own = f"{content['id']}/"
            line.plain["belongs"] = [
                it for it in line.plain["belongs"] if it in kept or not it.startswith(own)
            ]
    return Pack.from_json(sealed(content))


def rated_words(pack: Pack) -> dict[str, Text]:
    """What can be rated in a pack, practices and look-fors, by key."""
    return {
        key: text
        for domain in pack.domains
        if domain.kind == RUBRIC
        for practice in domain.practices
        for key, text in ((practice.key, practice.title), *((it.key, it.text) for it in practice.look_fors))
    }


def reworded(earlier: Pack, later: Pack) -> dict[str, tuple[Text, Text]]:
    """What can be rated in both versions and reads otherwise: the words before and after, by key."""
    before = rated_words(earlier)
    return {
        key: (before[key], text)
        for key, text in rated_words(later).items()
        if key in before and dict(before[key].words) != dict(text.words)
    }


def crosswalk(earlier: Pack, later: Pack, same: Collection[str]) -> tuple[Crosswalk, ...]:
    """What became of each line since the version before; `same` are reworded ones that mean what they meant."""
    before, after = rated_words(earlier), rated_words(later)
    passages = (
        *(said(Fate.REWORDED, [key], [key], comparable=key in same) for key in reworded(earlier, later)),
        *(said(Fate.NEW, after=[key]) for key in after if key not in before),
        *(said(Fate.GONE, before=[key]) for key in before if key not in after),
    )
    return (Crosswalk(earlier.version, passages),) if passages else ()


def is_own_id(pack_id: str) -> bool:
    """Whether a pack of this id is a hub's own."""
    return pack_id.startswith(OWN_PREFIX)


def next_version(version: str) -> str:
    """1.1.0 after 1.0.0."""
    first, second, _third = version.split(".")
    return f"{first}.{int(second) + 1}.0"


def _apply(content: Plain, base: Plain, change: Plain) -> None:
    kind = change["kind"]
    if kind == RENAME:
        content["name"] = dict(change["words"])
        return
    line = line_at(content, change["key"])
    if kind == REWORD:
        line.plain[_WORDS[line.kind]] = dict(change["words"])
        line.plain[_STATUS[line.kind]] = OWN
        # What the words before drew on is said of those alone.
        if line.kind != DOMAIN:
            line.plain.pop("sources", None)
    elif kind == PUT_BACK:
        first = line_at(base, change["key"])
        for part in (_WORDS[line.kind], _STATUS[line.kind], "sources"):
            if part in first.plain:
                line.plain[part] = copy.deepcopy(first.plain[part])
    elif kind == ADD:
        _add(content, line, change)
    elif kind in (UP, DOWN):
        place = line.among.index(line.plain)
        other = place - 1 if kind == UP else place + 1
        if 0 <= other < len(line.among):
            line.among[place], line.among[other] = line.among[other], line.among[place]
    elif kind == HIDE:
        line.plain["hidden"] = True
    elif kind == SHOW:
        line.plain.pop("hidden", None)
    else:
        raise KeyError(kind)


def _add(content: Plain, into: Line, change: Plain) -> None:
    within, what = _WITHIN[into.kind]
    key = f"{into.key}/{change['name']}"
    if any(line.key == key for line in lines_in(content)):
        raise KeyError(key)
    added: Plain = {"key": key, _WORDS[what]: dict(change["words"]), "status": OWN}
    if what == PRACTICE:
        added["look_fors"] = []
    into.plain[within].append(added)


def _lines(kind: str, among: list[Plain], *, is_out: bool) -> Iterator[Line]:
    for plain in among:
        line = Line(kind, plain, among, is_out or bool(plain.get("hidden")))
        yield line
        if kind in _WITHIN:
            within, what = _WITHIN[kind]
            yield from _lines(what, plain[within], is_out=line.is_out)


def _shown(among: list[Plain]) -> list[Plain]:
    return [{key: it for key, it in one.items() if key != "hidden"} for one in among if not one.get("hidden")]


def _domains(content: Plain) -> Iterator[Plain]:
    for framework in content["frameworks"]:
        yield from framework["domains"]
