"""A hub's own: who belongs to it and what it did, for those who belong to it."""

import datetime

from django.utils.translation import gettext_lazy as _
from ninja import Schema

from hubcraft.api.operations import reads
from hubcraft.api.shapes import InPath, Listed, Named, Part, listed, named
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.queries import claims, hubs


class Member(Schema):
    """Somebody who belongs to the hub."""

    name: str
    role: str


class Hub(Named):
    """A hub as its own people see it."""

    network: Named
    people: list[Member]


class Session(Schema):
    """One reflection of a hub: its key is also that of its board, where there is one to read."""

    id: str
    title: str
    room: str
    on: datetime.date
    has_board: bool
    why_not: str
    my_label: str
    kept_for: str


@reads("/hubs", policy=policy.can_see_hub, summary=_("Hubs you belong to"), answer=Listed[Named])
def hubs_of_mine(request, part: Part):
    return listed(request, claims.hubs_of(request.auth.viewer), part, named)


@reads(
    "/hubs/{hub_id}",
    policy=policy.can_see_hub,
    summary=_("A hub, and who belongs to it"),
    answer=Hub,
)
def hub(request, hub_id: InPath):
    here = hubs.find_hub(request.auth.viewer, hub_id)
    return Hub(
        id=here.id,
        name=here.name,
        network=named(here.network),
        people=[Member(name=it.name, role=it.role) for it in hubs.people_of(here)],
    )


@reads(
    "/hubs/{hub_id}/sessions",
    policy=policy.can_see_hub,
    summary=_("What a hub reflected on, the newest first"),
    words=_("Where there is no board to read, it says why."),
    answer=Listed[Session],
)
def sessions(request, hub_id: InPath, part: Part):
    viewer = request.auth.viewer
    waves = hubs.list_waves(viewer, hubs.find_hub(viewer, hub_id))
    return listed(request, waves, part, session)


def session(wave: hubs.WaveView) -> Session:
    return Session(
        id=wave.id,
        title=wave.title,
        room=wave.room_title,
        on=wave.on,
        has_board=wave.has_board,
        why_not=wave.why_not,
        my_label=wave.my_label,
        kept_for=wave.kept_for,
    )
