"""Whose token it is, and what it reaches."""

import datetime

from django.utils.translation import gettext_lazy as _
from ninja import Schema

from hubcraft.api.operations import reads
from hubcraft.apps.networks.queries import place_options


class Place(Schema):
    """A place that this token is for, what its person is there, and where a program begins to read."""

    kind: str
    id: str
    name: str
    role: str
    address: str


class Me(Schema):
    """Whose token this is."""

    person: str
    token: str
    may_write: bool
    until_on: datetime.date
    places: list[Place]


@reads(
    "/me",
    policy=None,
    summary=_("Whose token this is"),
    words=_("What it may do, until when, and the places it is for: begin here."),
    answer=Me,
)
def me(request):
    caller = request.auth
    options = [it for it in place_options(caller.viewer) if it.key in caller.token.places]
    return Me(
        person=caller.person.name or caller.person.email,
        token=caller.token.name,
        may_write=caller.token.may_write,
        until_on=caller.token.until_on,
        places=[place(caller.viewer, it) for it in options],
    )


def place(viewer, option) -> Place:
    kind, _space, key = option.key.partition(" ")
    held = [it for it in viewer.roles if it.place == option.key]
    address = f"/api/v1/{'hubs' if kind == 'team' else kind + 's'}/{key}"
    # A coach sees what the hub shares, not its own.
    if kind == "team" and all(it.role == "coach" for it in held):
        address = f"/api/v1/networks/{held[0].network}/hubs/{key}"
    return Place(
        kind="hub" if kind == "team" else kind, id=key, name=option.name, role=option.role, address=address
    )
