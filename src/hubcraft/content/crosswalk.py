"""A pack's crosswalk: what its authors say became of what is rated, from each earlier version to this one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hubcraft.content.framework import RUBRIC, LookFor, Practice, Scale
from hubcraft.domain.crosswalks import Fate, Passage, arriving, joined, said, turned

if TYPE_CHECKING:
    from hubcraft.content.pack import Pack

Plain = dict[str, Any]


@dataclass(frozen=True)
class Crosswalk:
    """What changed from one earlier version to the pack this stands in."""

    version: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Rated:
    """What can be rated in a pack, a look-for or a practice: its words, and the levels it stands on."""

    words: Mapping[str, str]
    default: str
    levels: tuple[str, ...]

    def said_in(self, language: str) -> str:
        """Its words in this language; in the one they are in, where a hub wrote them in another one only."""
        return self.words[language if language in self.words else self.default]


def known_keys(pack: "Pack") -> dict[str, str]:
    """For each practice and look-for that can be rated: the key it is known by, whatever pack it came from.

    One that was taken over is known by what it was; where two say the same origin, only the first is.
    """
    known = dict[str, str]()
    for domain in pack.domains:
        for practice in domain.practices if domain.kind == RUBRIC else ():
            lines: tuple[Practice | LookFor, ...] = (practice, *practice.look_fors)
            for it in lines:
                known[it.key] = it.origin if it.origin and it.origin not in known.values() else it.key
    return known


def rated_in(pack: "Pack") -> dict[str, Rated]:
    """Everything that can be rated, by the key it is known by."""
    known, found = known_keys(pack), dict[str, Rated]()
    domains = [domain for domain in pack.domains if domain.kind == RUBRIC and domain.practices]
    # At a glance all practices stand on one scale.
    at_a_glance = next((_levels(domain.scale) for domain in domains if domain.scale is not None), ())
    for domain in domains:
        levels = _levels(domain.scale)
        for practice in domain.practices:
            found[known[practice.key]] = Rated(practice.title.words, practice.title.default, at_a_glance)
            for it in practice.look_fors:
                found[known[it.key]] = Rated(it.text.words, it.text.default, levels)
    return found


def _levels(scale: Scale | None) -> tuple[str, ...]:
    return tuple(level.key for level in scale.levels) if scale is not None else ()


def passages_between(earlier: "Pack", later: "Pack") -> tuple[Passage, ...]:
    """What became of everything that can be rated, from one pack to the other.

    Of two versions of one pack the newer one's crosswalk says it, whichever was used first. Between two packs only
    what was taken over word by word is the same. On other levels nothing can be compared.
    """
    if earlier.id == later.id and earlier.numbers > later.numbers:
        return turned(passages_between(later, earlier))
    old, new = known_keys(earlier), known_keys(later)
    before, after = rated_in(earlier), rated_in(later)
    is_later = earlier.id == later.id and earlier.numbers < later.numbers
    told = [
        replace(
            passage,
            before=tuple(old.get(key, key) for key in passage.before),
            after=tuple(new.get(key, key) for key in passage.after),
        )
        for it in later.crosswalks
        if is_later and it.version == earlier.version
        for passage in it.passages
    ]
    language = {key: _shared(it, after[key]) for key, it in before.items() if key in after}
    found = joined(
        {key: it.said_in(language.get(key, it.default)) for key, it in before.items()},
        {key: it.said_in(language.get(key, it.default)) for key, it in after.items()},
        told,
    )
    its_old, its_new = ({known: key for key, known in keys.items()} for keys in (old, new))
    return tuple(
        replace(
            it,
            before=tuple(its_old[key] for key in it.before),
            after=tuple(its_new[key] for key in it.after),
            joins=it.joins and before[it.before[0]].levels == after[it.after[0]].levels,
        )
        for it in found
    )


def _shared(earlier: Rated, later: Rated) -> str:
    """The language in which two wordings are compared: the one the earlier was written in, if both have it."""
    shared = [tag for tag in (earlier.default, later.default, *earlier.words) if tag in earlier.words]
    return next((tag for tag in shared if tag in later.words), earlier.default)


# In one pack, seen from a later one: the key there, "" where there is no such thing, the passage that is a seam, or
# None before a seam.
Step = str | Passage | None


def followed(packs: Sequence["Pack"]) -> dict[str, tuple[Step, ...]]:
    """Everything that can be rated in the last of these packs, followed back through each of them.

    From the first seam back nothing is joined. What the authors of any of these packs say of an earlier one holds,
    also where the two are not side by side.
    """
    lines: dict[str, list[Step]] = {key: [key] for key in known_keys(packs[-1])}
    for place in range(len(packs) - 2, -1, -1):
        later = [arriving(passages_between(packs[place], it)) for it in packs[place + 1 :]]
        for line in lines.values():
            line.insert(0, _step_back(line, later))
    return {key: tuple(line) for key, line in lines.items()}


def _step_back(line: Sequence[Step], later: Sequence[Mapping[str, Passage]]) -> Step:
    if not all(isinstance(step, str) for step in line):
        return None
    told = [arrivals[key] for arrivals, key in zip(later, line, strict=True) if isinstance(key, str) and key]
    nearest = told[0]
    forbidding = next((it for it in told if it.is_said and not it.joins), None)
    if forbidding is not None:
        return forbidding
    if not nearest.before:
        return ""
    return nearest.before[0] if nearest.joins else nearest


def plain_crosswalk(crosswalk: Crosswalk) -> Plain:
    """The crosswalk as plain dicts, lists, strings and booleans."""
    return {
        "version": crosswalk.version,
        "changes": [
            {
                "kind": it.fate.value,
                "from": list(it.before),
                "to": list(it.after),
                **({"comparable": it.joins} if it.fate is Fate.REWORDED else {}),
            }
            for it in crosswalk.passages
        ],
    }


def crosswalk_from(plain: Plain) -> Crosswalk:
    """The crosswalk that was stored."""
    return Crosswalk(
        plain["version"],
        tuple(
            said(Fate(it["kind"]), it["from"], it["to"], comparable=it.get("comparable", False))
            for it in plain["changes"]
        ),
    )
