"""Reading the trail, and naming again whoever stands there by key."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from hubcraft.apps.audit.models import TrailEntry

KEY = re.compile(r"\b(person|seat|invitation):([0-9a-f]{32})\b")
# What a line is about, by the first word of its thing.
ABOUT = {
    "accounts": Q(thing__startswith="person "),
    "places": Q(thing__startswith="initiative ")
    | Q(thing__startswith="network ")
    | Q(thing__startswith="team ", room=""),
    "sharing": Q(thing__startswith="release "),
    "rooms": ~Q(room=""),
    "house": Q(who="the house"),
}


def lines(*, about: str = "", people: Iterable[str] | None = None) -> QuerySet[TrailEntry]:
    """The trail, newest first; of one kind, and of some people, by whom or to whom it was done."""
    found = TrailEntry.objects.order_by("-at", "-id")
    if about in ABOUT:
        found = found.filter(ABOUT[about])
    if people is not None:
        found = found.filter(concerns(people))
    return found


def concerns(people: Iterable[str]) -> Q:
    """Lines that say what one of these people did, or what was done to them."""
    told = Q(pk__in=())
    for key in people:
        told |= Q(who=f"person:{key}") | Q(thing=f"person {key}") | Q(did__contains=f"person:{key}")
    return told


def keys_in(entries: Iterable[TrailEntry], kind: str) -> set[str]:
    """Which people, seats or invitations these lines speak of."""
    told = (found for it in entries for found in KEY.finditer(f"{it.who} {it.did}"))
    return {found[2] for found in told if found[1] == kind}


def named(text: str, names: Mapping[str, str], otherwise: str) -> str:
    """A line with names instead of keys."""
    return KEY.sub(lambda found: names.get(found[2]) or otherwise, text)


def last_time(did: str) -> datetime | None:
    """When the house last did this."""
    return (
        TrailEntry.objects.filter(who="the house", did=did)
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )
