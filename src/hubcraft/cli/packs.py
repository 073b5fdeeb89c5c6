"""What `hubcraft packs` says: the mistakes of a pack, and what differs between two."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.db.utils import DatabaseError

from hubcraft.apps.frameworks.queries import installed_versions
from hubcraft.content import Pack, PackError, compare, read_brought_pack, read_pack, shipped_packs
from hubcraft.content.comparison import Comparison, Words
from hubcraft.domain.crosswalks import Fate, Passage

MOST_WORDS = 120


class Unknown(Exception):
    """There is no such pack; the sentence says what was looked for."""


def installed_here(pack_id: str) -> tuple[Pack, ...]:
    """Its versions that are installed; a place where nothing is yet has none."""
    try:
        return installed_versions(pack_id)
    except DatabaseError:
        return ()


def read_checked(path: Path, earlier: Iterable[Pack] = ()) -> Pack:
    """A pack that somebody brings, compared with its earlier versions that are here. Raises PackError."""
    pack = read_brought_pack(path)
    at_hand = {it.digest: it for it in (*earlier, *installed_here(pack.id))}
    return read_brought_pack(path, earlier=tuple(at_hand.values())) if at_hand else pack


def find_pack(named: str) -> Pack:
    """A pack by folder, by zip, or as `hub-leadership@1.2.0`. Raises PackError, or Unknown."""
    if Path(named).exists():
        return read_pack(Path(named))
    pack_id, _, version = named.partition("@")
    there = [*(it for it in shipped_packs() if it.id == pack_id), *installed_here(pack_id)]
    found = next((it for it in there if it.version == version), None)
    if found is None:
        versions = ", ".join(sorted({it.version for it in there})) or "none"
        raise Unknown(
            f"There is no folder, no zip and no pack “{named}”. Versions of {pack_id} that are here: {versions}."
        )
    return found


def told_mistakes(error: PackError) -> str:
    """Each mistake on a line of its own, and how many there are."""
    count = len(error.mistakes)
    return f"{error}\n{count} {'mistake' if count == 1 else 'mistakes'}."


def told_pack(pack: Pack) -> str:
    """What is in a sound pack, in one line."""
    rated = sum(len(domain.look_fors) for domain in pack.domains)
    parts = [
        f"{len(pack.domains)} domains",
        f"{rated} look-fors",
        f"{len(pack.scripts)} scripts",
        f"in {', '.join(pack.languages)}",
    ]
    return f"{pack.id} {pack.version}: sound. {', '.join(parts)}."


def told_comparison(it: Comparison) -> Iterator[str]:
    """What differs, for somebody who reads it from top to bottom."""
    yield f"{it.earlier.id} {it.earlier.version} → {it.later.id} {it.later.version}"
    if it.is_same:
        yield "Not one word differs."
        return
    if it.rated:
        yield "\nWhat can be rated, and whether it can be compared:"
        yield from (f"  {passage_words(passage)}" for passage in it.rated)
    if it.moved:
        yield "\nMoved:"
        yield from (f"  {before} → {after}" for before, after in it.moved)
    for head, texts in (("New", it.new), ("Gone", it.gone)):
        if texts:
            yield f"\n{head} ({len(texts)}):"
            yield from (f"  {at}: {short(words)}" for at, words in texts)
    if it.reworded:
        yield f"\nReworded ({len(it.reworded)}):"
        for one in it.reworded:
            for tag in one.languages:
                yield f"  {one.at} ({tag})"
                yield f"    - {one.before.get(tag, '')}"
                yield f"    + {one.after.get(tag, '')}"


def passage_words(it: Passage) -> str:
    """What became of something that can be rated, as the crosswalk says it or as nobody does."""
    before, after = ", ".join(it.before), ", ".join(it.after)
    if it.fate in (Fate.NEW, Fate.GONE):
        return f"{it.fate}: {after or before}"
    by = "the crosswalk says so" if it.is_said else "the crosswalk says nothing"
    joins = "can be compared" if it.joins else "can't be compared"
    keys = before if before == after else f"{before} → {after}"
    return f"{it.fate}: {keys}: {joins} ({by})"


def short(words: Words) -> str:
    """The first language, no longer than a line."""
    first = next(iter(words.values()))
    return first if len(first) <= MOST_WORDS else f"{first[: MOST_WORDS - 1]}…"


def compared(named: Sequence[str]) -> Comparison:
    """Two packs beside each other. Raises PackError, or Unknown."""
    earlier, later = map(find_pack, named)
    return compare(earlier, later)
