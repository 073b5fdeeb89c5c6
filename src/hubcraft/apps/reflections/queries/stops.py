"""Where a script has everybody just now. What a script is, nobody here knows: a higher room hands in a guide."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from hubcraft.apps.reflections.models import Reflection, ReflectionSession


@dataclass(frozen=True)
class Stop:
    """Where the room is: the step's key, and its page below the room's address."""

    key: str
    address: str


@dataclass(frozen=True)
class Guide:
    """What a higher room knows of a session: where everybody is (None: at the rubric), whether that has come, and
    what to talk about over an open board (nothing: what the rubric's own prompts say).

    `related` names what hangs on a session that the guide looks at: it is read along with the session.
    """

    stop: Callable[[ReflectionSession], Stop | None]
    has_come: Callable[[ReflectionSession], bool]
    prompts: Callable[[Reflection], tuple[str, ...]]
    related: tuple[str, ...] = ()


_guides: list[Guide] = []


def follow(guide: Guide) -> None:
    """From now on this guide says where everybody is."""
    _guides[:] = [guide]


def along(queryset: QuerySet, path: str = "") -> QuerySet:
    """The same question, with what the guide looks at read along with the session at this path."""
    related = [f"{path}{name}" for guide in _guides for name in guide.related]
    return queryset.select_related(*related) if related else queryset


def stop_now(session: ReflectionSession) -> Stop | None:
    """Where the script has this session's room; None at the rubric, where everybody goes at their own pace."""
    return _guides[0].stop(session) if _guides else None


def has_come(session: ReflectionSession) -> bool:
    """Whether the rubric has been reached: before that nobody rates, from then on it stays open."""
    return _guides[0].has_come(session) if _guides else True


def prompts_of(reflection: Reflection) -> tuple[str, ...]:
    """What a script asks of a team that talks over its open board, in the reader's language."""
    return _guides[0].prompts(reflection) if _guides else ()
