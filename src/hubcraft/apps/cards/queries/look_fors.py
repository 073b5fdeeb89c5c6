"""Which look-for a card is for: those there are to choose from, and how one reads now."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.cards.models import Card, Try
from hubcraft.apps.frameworks.queries.library import has_page, list_frameworks, read_look_for
from hubcraft.apps.networks.models import Team
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class For:
    """A look-for that a card is for, as its reader reads it; `place` orders cards as the frameworks do."""

    key: str
    text: str
    domain: str
    place: tuple[int, int] = (999, 0)


@dataclass(frozen=True)
class Group:
    """Look-fors of one practice to choose from."""

    title: str
    look_fors: tuple[For, ...]


def look_for_choices(hub: Team) -> tuple[Group, ...]:
    """Every look-for of the frameworks, a hub's own too, practice by practice."""
    found = []
    for framework in list_frameworks(get_language() or "en", (hub.id,)):
        for domain in framework.domains:
            for practice in domain.practices:
                lines = tuple(For(it.key, it.text, domain.name) for it in practice.look_fors)
                if lines:
                    found.append(Group(f"{domain.name}: {practice.title}", lines))
    return tuple(found)


def find_look_for(hub: Team, key: str) -> For:
    """One of them."""
    found = (it for group in look_for_choices(hub) for it in group.look_fors if it.key == key)
    look_for = next(found, None)
    if look_for is None:
        raise NotThere
    return look_for


def read_for(of: Card | Try, teams: tuple[str, ...] = ()) -> For:
    """The look-for of a card in its newest words; in those of then where no framework has it any more."""
    if has_page(of.look_for):
        try:
            read = read_look_for(of.look_for, get_language() or "en", teams)
        except NotThere:
            pass
        else:
            return For(of.look_for, read.line.text, read.domain.name, place_of(of.look_for, teams))
    return For(of.look_for, of.look_for_text, _("Others"))


def place_of(key: str, teams: tuple[str, ...]) -> tuple[int, int]:
    """Where a look-for stands among all: which domain, which of its look-fors."""
    domains = [domain for it in list_frameworks(get_language() or "en", teams) for domain in it.domains]
    for at, domain in enumerate(domains):
        for number, line in enumerate(domain.look_fors):
            if line.key == key:
                return at, number
    return 999, 0
