"""Run by `hubcraft shell`: a small world with a room on each rung, made by the real actions."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.queries import newest_pack, rubric_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.actions.marks import Operation, place_marks
from hubcraft.apps.reflections.actions.sessions import join, start_session
from hubcraft.apps.rooms.actions import Placement, open_room
from hubcraft.content import shipped_pack

settings.HUBCRAFT_WRITES_INLINE = True
# Lately, or the house closes these rooms as idle; a moment that a copy could round.
AT = (datetime.now(UTC) - timedelta(hours=1)).replace(microsecond=123456)


def make() -> None:
    install_shipped_packs(at=AT)
    installed = newest_pack()
    domain = shipped_pack(installed.pack).domains[0].key
    for rung in ("initials", "anonymous"):
        room, _key = start_session(
            title=f"Æther & “{rung}”",
            domain=domain,
            pack_id=installed.id,
            rung=rung,
            is_open_board=False,
            teams=["Elm Street", "Łódź"],
            may_add_teams=True,
            planned_size=None,
            language="en",
            time_zone="UTC",
            address="http://localhost:8000",
            at=AT,
        )
        open_room(by=Viewer(room=room.id, leads=True), room=room, at=AT)
        for number in range(3):
            by = Viewer(room=room.id, is_at_door=True)
            seat, _secret = join(
                by=by,
                room_id=room.id,
                initials=f"K{'LMN'[number]}",
                placement=Placement(new_team="Elm Street"),
                language="en",
                at=AT,
            )
            rubric = rubric_of(installed.id, domain, "en")
            me = Viewer(room=room.id, seat=seat.id, team=seat.team_id, ballot_secret=f"secret-{number}" * 3)
            marks = [
                Operation(
                    id=f"{seat.id[:20]}-{place}",
                    look_for=look_for.key,
                    answer=rubric.levels[place % 4].key,
                    phase="",
                )
                for place, look_for in enumerate(rubric.look_fors)
            ]
            place_marks(by=me, seat_id=seat.id, operations=marks, at=AT)


make()
