"""What can be rated in a pack, by its key: a domain, all of it with drafts, a practice, a look-for, all at a glance.

A key is a domain's, a practice's or a look-for's own; `<domain>/*` is everything in a domain; `<pack>/*` is the work
practices of all its domains, each a row. Rows keep their keys whatever they are rated in (docs/decide/0042).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hubcraft.content.framework import RUBRIC, Domain, LookFor, Practice, Scale
from hubcraft.content.pack import Pack
from hubcraft.content.text import DRAFT, OWN, PUBLISHED, Text, with_emphasis

ALL: Final = "*"
# Some rows are the authors', some ours.
PARTLY: Final = "partly"
# What the id of a pack begins with that a hub made for itself.
OWN_PREFIX: Final = "own-"

# How much of a domain is rated, or of all of them.
DOMAIN: Final = "domain"
WHOLE: Final = "whole"
PRACTICE: Final = "practice"
LOOK_FOR: Final = "look-for"
GLANCE: Final = "glance"


@dataclass(frozen=True)
class RubricRow:
    """One row: a look-for, or a work practice at a glance."""

    key: str
    text: Text
    html: Text
    status: str


@dataclass(frozen=True)
class RubricPart:
    """Rows that stand together: those of a work practice, or of a domain at a glance; there may be none."""

    title: Text
    rows: tuple[RubricRow, ...]


@dataclass(frozen=True)
class RubricText:
    """What is rated under one key; `domain` is None where it is all of them, `title` is what that part is called."""

    key: str
    reach: str
    domain: Domain | None
    title: Text | None
    parts: tuple[RubricPart, ...]
    scale: Scale

    @property
    def rows(self) -> tuple[RubricRow, ...]:
        """Every row, in order."""
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def status(self) -> str:
        """Whose words the rows are: published, draft, or partly the one and partly the other."""
        found = {row.status for row in self.rows}
        return found.pop() if len(found) == 1 else PARTLY


def rubric_at(pack: Pack, key: str) -> RubricText:
    """What is rated under this key. Raises KeyError where that is nothing."""
    if key == f"{pack.id}/{ALL}":
        found = _at_a_glance(pack)
    else:
        domain = domain_at(pack, key)
        found = None if domain is None else _in_domain(pack, domain, key)
    if found is None or not found.rows:
        raise KeyError(key)
    return found


def domain_at(pack: Pack, key: str) -> Domain | None:
    """The domain that a rubric's key is in; None where it is in all of them. Raises KeyError where there is none."""
    if key == f"{pack.id}/{ALL}":
        return None
    return pack.domain("/".join(key.split("/")[:2]))


def rubric_keys(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Every key under which something can be rated, with how far it reaches; a domain's before those inside it.

    What would be the same as another under a second key is left out: a domain that has no drafts beside what was
    published has no key of everything in it.
    """
    found: list[tuple[str, str]] = []
    for domain in pack.domains:
        if not domain.has_rubric:
            continue
        found.append((domain.key, DOMAIN))
        if len(_as_published(pack, domain)) != len(domain.look_fors):
            found.append((f"{domain.key}/{ALL}", WHOLE))
        for practice in domain.practices:
            if practice.look_fors:
                found.append((practice.key, PRACTICE))
                found.extend((look_for.key, LOOK_FOR) for look_for in practice.look_fors)
    if len(_with_practices(pack)) > 1:
        found.append((f"{pack.id}/{ALL}", GLANCE))
    return tuple(found)


def _at_a_glance(pack: Pack) -> RubricText | None:
    domains = _with_practices(pack)
    scale = next((it.scale for it in domains if it.scale is not None), None)
    if scale is None:
        return None
    parts = tuple(
        RubricPart(domain.name, tuple(_practice_row(pack, practice) for practice in domain.practices))
        for domain in domains
    )
    return RubricText(f"{pack.id}/{ALL}", GLANCE, None, None, parts, scale)


def _in_domain(pack: Pack, domain: Domain, key: str) -> RubricText | None:
    if domain.scale is None or not domain.has_rubric:
        return None
    if key in (domain.key, f"{domain.key}/{ALL}"):
        kept = domain.look_fors if key.endswith(ALL) else _as_published(pack, domain)
        reach = WHOLE if key.endswith(ALL) else DOMAIN
        parts = tuple(
            _part(pack, it, [one for one in it.look_fors if one in kept]) for it in domain.practices
        )
        return RubricText(key, reach, domain, domain.heading or domain.name, parts, domain.scale)
    for practice in domain.practices:
        own = [it for it in practice.look_fors if key in (practice.key, it.key)]
        if own:
            reach = PRACTICE if key == practice.key else LOOK_FOR
            return RubricText(key, reach, domain, practice.title, (_part(pack, practice, own),), domain.scale)
    return None


def _as_published(pack: Pack, domain: Domain) -> tuple[LookFor, ...]:
    """The look-fors as published where there are some; else all there are. Of a hub's own, all are what it means."""
    published = tuple(it for it in domain.look_fors if it.status == PUBLISHED)
    return domain.look_fors if is_own(pack) else published or domain.look_fors


def _with_practices(pack: Pack) -> tuple[Domain, ...]:
    return tuple(it for it in pack.domains if it.kind == RUBRIC and it.practices)


def _part(pack: Pack, practice: Practice, look_fors: Iterable[LookFor]) -> RubricPart:
    rows = tuple(RubricRow(it.key, it.text, it.html, _status(pack, it.status, it.origin)) for it in look_fors)
    return RubricPart(practice.title, rows)


def _practice_row(pack: Pack, practice: Practice) -> RubricRow:
    title = practice.title
    return RubricRow(practice.key, title, title.each(with_emphasis), _status(pack, practice.status))


def _status(pack: Pack, status: str, origin: str = "") -> str:
    """Whose words a row is in; a hub's own are neither the authors' nor ours."""
    return OWN if is_own(pack) and status == DRAFT and not origin else status


def is_own(pack: Pack) -> bool:
    """Whether a hub made this pack for itself."""
    return pack.id.startswith(OWN_PREFIX)
