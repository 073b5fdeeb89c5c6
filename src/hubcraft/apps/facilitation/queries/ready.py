"""Who is ready to go on, at steps at which each writes for themselves.

Whoever leads can't see what is written, and should not. So people say it themselves: it is their word, and holds
also for who writes nothing (docs/decide/0034).
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubcraft.apps.facilitation.models import Ready
from hubcraft.apps.facilitation.queries.counting import takes_part
from hubcraft.apps.facilitation.queries.runs import row_of
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms.queries import list_seats
from hubcraft.web.prepared import Prepared

# At the rubric one finishes, at a choice one chooses; where people talk nobody looks at a phone.
KINDS = {"strategies", "plan", "feedback"}

SAID = Prepared(
    lambda session, step: Ready.objects.filter(session=session, step=step).values_list("seat_id", flat=True)
)


def step_that_asks(session: ReflectionSession) -> str:
    """The key of the step where the room is, if there people say that they are ready; "" elsewhere."""
    row = None if session.is_at_own_pace else row_of(session)
    if row is None or not row.steps:
        return ""
    step = row.steps[row.position]
    return step["key"] if step["kind"] in KINDS else ""


def ready_form(place: Place) -> dict[str, object] | None:
    """What a person's page needs to ask; nothing where nobody is asked, or where they can't answer."""
    step = step_that_asks(place.session)
    if not step or place.room.is_closed or not takes_part(place.seat):
        return None
    return {"step": step, "is_said": place.seat.id in SAID(session=place.session.id, step=step)}


def ready_words(session: ReflectionSession) -> str:
    """How many are ready, for the facilitator; "" where nobody is asked. A person with two seats counts once."""
    step = step_that_asks(session)
    people = {it.id: it.person for it in list_seats(session.room_id) if takes_part(it)} if step else {}
    here = len(set(people.values()))
    if not here:
        return ""
    ready = len({people[it] for it in SAID(session=session.id, step=step) if it in people})
    if ready == here > 1:
        return _("Everybody is ready to go on.")
    return ngettext(
        "{ready} of {here} is ready to go on.", "{ready} of {here} are ready to go on.", here
    ).format(ready=ready, here=here)
