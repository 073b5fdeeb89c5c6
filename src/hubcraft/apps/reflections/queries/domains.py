"""Which rubric each team reflects on: its session's, or one of its own from the same pack."""

from hubcraft.apps.frameworks.queries import SEVERAL, DomainChoice, Rubric, list_rubrics, rubric_of
from hubcraft.apps.reflections.models import Reflection, ReflectionSession


def rubric_for(reflection: Reflection, language: str) -> Rubric:
    """The rubric a team reflects on, in a reader's language."""
    return rubric_of(reflection.session.pack_id, reflection.domain_key, language)


def rubric_with(session: ReflectionSession, look_for: str, language: str) -> Rubric | None:
    """The rubric that a look-for is on, among those of what a session was held with."""
    rubrics = (rubric_of(it.pack, it.key, language) for it in list_rubrics(session.pack_id, language))
    return next((it for it in rubrics if look_for in it.keys), None)


def domain_choices(session: ReflectionSession, language: str) -> tuple[DomainChoice, ...]:
    """The rubrics that a team may have for itself; none where the pack has no other."""
    rubrics = list_rubrics(session.pack_id, language)
    return rubrics if len(rubrics) > 1 else ()


def domains_in(session: ReflectionSession) -> tuple[str, ...]:
    """The domains that the teams of a room reflect on, in the framework's order; before any has come, the session's."""
    choices = domain_choices(session, session.room.language)
    if not choices:
        return (session.domain,)
    own = Reflection.objects.filter(session=session, removed_at=None).values_list("domain", flat=True)
    found = {domain or session.domain for domain in own.distinct()}
    return tuple(it.key for it in choices if it.key in found) or (session.domain,)


def domain_of_room(session: ReflectionSession) -> str:
    """The domain that all teams of a room share; what is said to the whole room suits any where they don't."""
    domains = domains_in(session)
    return domains[0] if len(domains) == 1 else SEVERAL
