"""Who may watch what: the one source of the stream, for participants, facilitators and projectors."""

import re
from collections.abc import Collection, Sequence

from django.utils import timezone

from hubcraft.apps.facilitation.pages import regions as lead_regions
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.pages import regions as team_regions
from hubcraft.apps.reflections.queries.audiences import audience_of
from hubcraft.apps.reflections.queries.doors import Place, find_places, get_place
from hubcraft.apps.rooms import actions, topics
from hubcraft.apps.rooms import queries as rooms
from hubcraft.apps.rooms.pages import device
from hubcraft.domain.verdict import NotThere
from hubcraft.live import Admission

ADDRESS = re.compile(r"/r/([0-9a-f]{32})/(?:(lead|projector)/)?stream/")


class Rooms:
    """The rooms of this house as a source of live pages."""

    def admit(self, path: str, cookies: dict[str, str], headers: dict[str, str]) -> Admission | None:
        """Whoever may open the page may watch it; for everybody else the stream is not there."""
        found = ADDRESS.fullmatch(path)
        if found is None:
            return None
        room_id, kind = found.groups()
        viewer = rooms.viewer_with(room_id, device.keys(cookies, room_id))
        if kind is not None:
            is_allowed = viewer.leads if kind == topics.LEAD else viewer.projects
            if not is_allowed:
                return None
            language = rooms.language_of(room_id)
            watcher = viewer.lead_key if kind == topics.LEAD else kind
            return Admission(channel=room_id, audience=kind, watcher=watcher, language=language)
        if not viewer.takes_part:
            return None
        try:
            return admission_of(get_place(viewer))
        except NotThere:
            return None

    def readmit(self, admission: Admission) -> Admission | None:
        """The same person as things stand now."""
        return self.readmit_many(admission.channel, [admission])[0]

    def readmit_many(self, channel: str, admissions: Sequence[Admission]) -> list[Admission | None]:
        """Everybody in one room as they stand now; secrets were checked when the stream opened, but seats and keys end."""
        seats = {seat.id: seat for seat in rooms.list_seats(channel)}
        viewers = [
            Viewer(room=channel, seat=seat.id, team=seat.team_id)
            for it in admissions
            if (seat := seats.get(it.watcher)) and seat.secret == it.proof
        ]
        leads = any(it.audience == topics.LEAD for it in admissions)
        leaders = {it.id for it in rooms.list_lead_keys(channel)} if leads else set()
        places = {it.seat.id: it for it in find_places([(it, it.seat) for it in viewers]) if it}

        def again(admission: Admission) -> Admission | None:
            if admission.audience == topics.PROJECTOR:
                return admission
            if admission.audience == topics.LEAD:
                return admission if admission.watcher in leaders else None
            place = places.get(admission.watcher)
            return admission_of(place) if place else None

        return [again(admission) for admission in admissions]

    def render(self, channel: str, audience: str, regions: Collection[str] | None) -> dict[str, str]:
        """The regions as that audience's pages show them."""
        if audience in (topics.LEAD, topics.PROJECTOR):
            return lead_regions.render_regions(channel, audience, regions)
        return team_regions.render_regions(channel, audience, regions)

    def sequences(self, channels: Collection[str]) -> dict[str, tuple[int, int]]:
        """Each room's sequence and epoch."""
        return rooms.sequences(channels)

    def seen(self, watchers: Collection[tuple[str, str]]) -> None:
        """Keep presence up to date."""
        actions.note_seen(watchers=watchers, at=timezone.now())


def admission_of(place: Place) -> Admission:
    """A participant's admission: to the audience of people who see exactly the same."""
    return Admission(
        channel=place.room.id,
        audience=audience_of(place),
        watcher=place.seat.id,
        language=place.seat.language,
        proof=place.seat.secret,
    )
