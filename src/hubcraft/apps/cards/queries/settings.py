"""In what setting a strategy was used, in words: how many sites, which stage of the life cycle, what kind of sites."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.cards.models import CardVersion, Sites, Size
from hubcraft.apps.lifecycle.queries.stages import find_life_cycle


def sizes() -> tuple[tuple[str, str], ...]:
    """How many sites, as choices."""
    return (
        (Size.NOT_SAID, _("not said")),
        (Size.UP_TO_TEN, _("up to 10 sites")),
        (Size.UP_TO_THIRTY, _("11 to 30 sites")),
        (Size.MORE, _("more than 30 sites")),
    )


def kinds_of_sites() -> tuple[tuple[str, str], ...]:
    """What the sites are, as choices."""
    return (
        (Sites.NOT_SAID, _("not said")),
        (Sites.SCHOOLS, _("schools")),
        (Sites.DISTRICTS, _("districts")),
        (Sites.COLLEGES, _("colleges")),
        (Sites.EARLY_YEARS, _("early childhood sites")),
        (Sites.COMMUNITY, _("community organizations")),
        (Sites.OTHER, _("others")),
    )


def stages() -> tuple[tuple[str, str], ...]:
    """The stages of the life cycle, as choices; only "not said" where the framework is not installed."""
    cycle = find_life_cycle(get_language() or "en")
    found = ((it.key, it.name) for it in cycle.stages) if cycle is not None else ()
    return (("", _("not said")), *found)


def setting_words(version: CardVersion) -> tuple[str, ...]:
    """What was said of the setting, each part a line; empty where nothing was."""
    parts = (
        (version.size, sizes()),
        (version.sites, kinds_of_sites()),
        (version.stage, stages() if version.stage else ()),
    )
    return tuple(dict(choices)[value] for value, choices in parts if value and value in dict(choices))
