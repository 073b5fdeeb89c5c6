"""What a hub keeps, as texts that a search looks through: each with where it is read."""

from collections.abc import Iterable

from hubcraft.apps.insights.queries.claims import hub_address
from hubcraft.apps.lifecycle.models import Evidence, Problem, RosterEntry, Routine
from hubcraft.apps.lifecycle.queries.charters import charter_now
from hubcraft.apps.lifecycle.queries.rows import standing
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer


def texts_kept(viewer: Viewer, hub: Team) -> Iterable[tuple[str, str, str]]:
    """The charter that holds, routines, problems, evidence and hand-over notes, as this person may read them."""
    base = hub_address(hub)
    charter = charter_now(viewer, hub)
    if charter is not None:
        words = (charter.purpose, charter.who, charter.decisions, charter.agreements)
        yield joined(*words), f"{base}charter/", charter.language
    for it in standing(Routine, viewer, hub):
        yield (
            joined(it.name, it.purpose, it.rhythm, it.who, it.agenda),
            f"{base}routines/{it.id}/",
            it.language,
        )
    for it in standing(Problem, viewer, hub):
        yield joined(it.words, it.decision, it.told), f"{base}problems/{it.id}/", it.language
    for it in standing(Evidence, viewer, hub):
        yield joined(it.where), f"{base}life-cycle/", it.language
    for it in standing(RosterEntry, viewer, hub):
        yield joined(it.name, it.does, it.hand_over), f"{base}roster/", it.language


def joined(*words: str) -> str:
    """Several fields as one text, without those that are empty."""
    return " · ".join(filter(None, words))
