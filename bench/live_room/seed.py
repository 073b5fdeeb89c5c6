"""Prepares a room with an open board in a running place: so many seats in one team, thirty of them done marking.

Run by the bench with the place's surroundings; prints what the bench needs as JSON.
"""

import json
import os
import secrets
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubcraft.config.settings")

import hubcraft  # noqa: F401, I001  (our SQLite, before Django)
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from hubcraft.apps.frameworks.queries import list_domains, rubric_of  # noqa: E402
from hubcraft.apps.networks.viewer import Viewer  # noqa: E402
from hubcraft.apps.reflections.actions import marks, sessions  # noqa: E402
from hubcraft.apps.rooms import actions as rooms  # noqa: E402
from hubcraft.apps.rooms import queries  # noqa: E402
from hubcraft.apps.rooms.models import Seat  # noqa: E402

MARKERS = 30


def main(seats: int) -> None:
    settings.HUBCRAFT_WRITES_INLINE = True
    now = timezone.now()
    domain = list_domains("en")[0]
    room, _key = sessions.start_session(
        title="Bench", domain=domain.key, pack_id=domain.pack, rung="initials", is_open_board=True,
        teams=["Riverbend"], may_add_teams=False, planned_size=None, language="en", time_zone="UTC",
        address="http://localhost", at=now,
    )  # fmt: skip
    rooms.open_room(by=Viewer(room=room.id, leads=True), room=room, at=now)
    team = queries.list_teams(room.id)[0]
    people = sit(room.id, team.id, max(seats, MARKERS), now)
    rubric = rubric_of(domain.pack, domain.key, "en")
    look_fors, levels = [it.key for it in rubric.look_fors], [it.key for it in rubric.levels]
    for seat, _secret in people[:MARKERS]:
        operations = [
            marks.Operation(secrets.token_hex(16), key, levels[number % len(levels)], "before")
            for number, key in enumerate(look_fors)
        ]
        viewer = Viewer(room=room.id, seat=seat.id, team=team.id)
        receipt = marks.place_marks(by=viewer, seat_id=seat.id, operations=operations, at=now)
        assert not receipt.refused, receipt
    print(
        json.dumps(
            {
                "room": room.id,
                "look_fors": look_fors,
                "levels": levels,
                "markers": MARKERS,
                "seats": [[seat.id, seat.key, secret] for seat, secret in people],
            }
        )
    )


@transaction.atomic
def sit(room: str, team: str, count: int, now) -> list[tuple[Seat, str]]:
    """Seats as the action makes them, in one go: taking them one by one is another bench."""
    first, secret = sessions.join(
        by=Viewer(room=room, is_at_door=True), room_id=room, initials="AA",
        placement=rooms.Placement(team_id=team), language="en", at=now,
    )  # fmt: skip
    people = [(first, secret)]
    for number in range(2, count + 1):
        secret = secrets.token_urlsafe(16)
        people.append(
            (
                Seat(
                    room_id=room,
                    network_id=first.network_id,
                    team_id=team,
                    key=secrets.token_hex(4),
                    initials="AA",
                    label=f"AA {number}",
                    language="en",
                    secret=queries.hashed(secret),
                    joined_at=now,
                ),
                secret,
            )
        )
    Seat.everywhere.bulk_create([seat for seat, _ in people[1:]], batch_size=500)
    return people


main(int(sys.argv[1]))
