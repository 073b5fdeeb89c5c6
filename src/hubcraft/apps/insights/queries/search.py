"""Searching: the frameworks and Help for everybody; for who is signed in also what their hubs wrote, as they see it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries.library import find_lines
from hubcraft.apps.insights.queries.claims import hubs_of
from hubcraft.apps.insights.queries.hubs import find_hub, hub_view, place_of, seen_reflections, strategies_of
from hubcraft.apps.insights.queries.look_fors import steps_seen
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.finding import asked_words, how_well, parted
from hubcraft.web import handbook

# As many as one reads through; who looks for less says more.
MOST = 12
# Where the words of a page begin to be shown: a few before the first that was found.
BEFORE, SHOWN = 40, 160


@dataclass(frozen=True)
class Found:
    """Something that holds the words, in parts, each with whether it was looked for; and what it is part of."""

    well: int
    parts: tuple[tuple[str, bool], ...]
    address: str
    part_of: str
    language: str = ""


@dataclass(frozen=True)
class FoundGroup:
    """What was found in one place; `more` of it is not shown."""

    name: str
    found: tuple[Found, ...]
    more: int


@dataclass(frozen=True)
class SearchPage:
    """What was asked, and what was found."""

    asked: str
    groups: tuple[FoundGroup, ...]


# What other rooms of the house keep for a hub: texts with their addresses, as this person sees them.
ALSO_IN_A_HUB: list[Callable[[Viewer, Team], Iterable[tuple[str, str, str]]]] = []


def search_page(viewer: Viewer, asked: str, language: str) -> SearchPage:
    """Everything this person may find with these words, the best first; nothing for no words."""
    words = asked_words(asked)
    groups = [FoundGroup(*it) for it in (in_hubs(viewer, words), in_frameworks(words, language)) if it[1]]
    return SearchPage(asked, (*groups, *in_help(words, language)))


def in_frameworks(words: tuple[str, ...], language: str) -> tuple[str, tuple[Found, ...], int]:
    """Domains, practices and look-fors."""
    lines = find_lines(words, language)
    found = tuple(
        Found(well, parted(words, text), address, part_of) for well, text, address, part_of in lines[:MOST]
    )
    return _("The framework"), found, len(lines) - len(found)


def in_help(words: tuple[str, ...], language: str) -> tuple[FoundGroup, ...]:
    """Pages of Help, each with the words around the first that was found."""
    found = []
    for page in handbook.list_pages(language):
        text = " ".join(strip_tags(page.html).split())
        well = how_well(words, text)
        if well is not None:
            titled = how_well(words, page.title) is not None
            told = parted(words, page.title) if titled else around(parted(words, text))
            part_of = _("Help") if titled else page.title
            found.append(Found(well + 10 * titled, told, page.address, part_of, page.language))
    found.sort(key=lambda it: -it.well)
    return (FoundGroup(_("Help"), tuple(found[:MOST]), max(len(found) - MOST, 0)),) if found else ()


def around(parts: tuple[tuple[str, bool], ...]) -> tuple[tuple[str, bool], ...]:
    """The parts around the first word that was found, as much as one takes in."""
    first = next(place for place, (_words, is_found) in enumerate(parts) if is_found)
    before = parts[first - 1][0][-BEFORE:].partition(" ")[2] if first else ""
    kept, length = [("… " + before, False)], 0
    for part, is_found in parts[first:]:
        room = SHOWN - length
        if room <= 0:
            break
        kept.append((part if len(part) <= room else part[:room].rpartition(" ")[0] + " …", is_found))
        length += len(part)
    return tuple(kept)


def in_hubs(viewer: Viewer, words: tuple[str, ...]) -> tuple[str, tuple[Found, ...], int]:
    """What this person's hubs named, promised and keep."""
    found = []
    for option in hubs_of(viewer) if words else ():
        hub = find_hub(viewer, option.id)
        for text, address, language in (*written_in(viewer, hub), *kept_in(viewer, hub)):
            well = how_well(words, text)
            if well is not None:
                found.append(Found(well, parted(words, text), address, option.name, language))
    found.sort(key=lambda it: -it.well)
    return _("Your hubs"), tuple(found[:MOST]), max(len(found) - MOST, 0)


def written_in(viewer: Viewer, hub: Team) -> Iterable[tuple[str, str, str]]:
    """Strategies and next steps of a hub, each with where it is read and its language."""
    view, seen = hub_view(hub), seen_reflections(viewer, hub)
    boards = {it.session_id: it for it in seen}
    for group in strategies_of(seen):
        for it in group.strategies:
            words = " ".join(filter(None, (it.words, it.how_we_know)))
            yield words, f"{view.address}{group.to}", it.language
    for step in steps_seen(viewer, hub):
        to = place_of(step.look_for, boards.get(step.session_id)) if step.look_for else ""
        yield " ".join(filter(None, (step.words, step.reason))), f"{view.address}{to}", step.language


def kept_in(viewer: Viewer, hub: Team) -> Iterable[tuple[str, str, str]]:
    """What other rooms of the house keep for it."""
    for search in ALSO_IN_A_HUB:
        yield from search(viewer, hub)
