"""Which rubric each team reflects on: its session's, or one of its own from the same pack."""

from hubcraft.apps.frameworks.queries import (
    SEVERAL,
    DomainChoice,
    Rubric,
    list_whole,
    rubric_around,
    rubric_name,
    rubric_of,
)
from hubcraft.apps.reflections.models import Reflection, ReflectionSession


def rubric_for(reflection: Reflection, language: str) -> Rubric:
    """The rubric a team reflects on, in a reader's language."""
    return rubric_of(reflection.session.pack_id, reflection.domain_key, language)


def rubric_with(session: ReflectionSession, look_for: str, language: str) -> Rubric | None:
    """A rubric that a look-for is on, of what a session was held with; whichever it was rated in, its words are there."""
    return rubric_around(session.pack_id, look_for, language)


def domain_choices(session: ReflectionSession, language: str) -> tuple[DomainChoice, ...]:
    """What a team may reflect on by itself: its session's own, or any domain; none where there is no other."""
    choices = list_whole(session.pack_id, language)
    if session.domain not in {it.key for it in choices}:
        own = DomainChoice(
            session.domain, rubric_name(session.pack_id, session.domain, language), session.pack_id
        )
        choices = (own, *choices)
    return choices if len(choices) > 1 else ()


def domains_in(session: ReflectionSession) -> tuple[str, ...]:
    """What the teams of a room reflect on, in the framework's order; before any has come, what the session is about."""
    own = Reflection.objects.filter(session=session, removed_at=None).values_list("domain", flat=True)
    found = {domain or session.domain for domain in own.distinct()} or {session.domain}
    if len(found) == 1:
        return tuple(found)
    order = [it.key for it in domain_choices(session, session.room.language)]
    return tuple(sorted(found, key=lambda it: (order.index(it) if it in order else len(order), it)))


def domain_of_room(session: ReflectionSession) -> str:
    """The domain that all teams of a room share; what is said to the whole room suits any where they don't."""
    domains = domains_in(session)
    return domains[0] if len(domains) == 1 else SEVERAL
