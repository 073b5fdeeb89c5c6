"""A room without a projector: its facilitator is told, and phones say what the screen would have said."""

from datetime import timedelta

import pytest

from hubcraft.apps.facilitation.actions import runs
from hubcraft.apps.rooms import actions as rooms
from hubcraft.domain.names import show_code
from tests.device import says, text_of
from tests.make import NOW, seated, start

pytestmark = pytest.mark.django_db


def scripted():
    hall = start(script="workshop").begin()
    return hall, f"/r/{hall.id}/lead/"


def put_in(hall, kind: str) -> None:
    at = hall.run.position
    runs.add_step(by=hall.leader, room=hall.room, after=at, kind=kind, title="", minutes=5, at=NOW)
    hall.go_to(at + 1)


def test_the_facilitator_is_told_whether_a_projector_is_connected():
    hall, lead = scripted()
    device = hall.lead_device()
    assert says(device.get(lead), "No projector is connected.")
    rooms.note_seen(watchers=[(hall.id, "projector")], at=NOW)
    assert says(device.get(lead), "The projector is connected.")
    # It was switched off; somebody else's page is still open.
    rooms.note_seen(watchers=[(hall.id, "somebody")], at=NOW + timedelta(minutes=1))
    assert says(device.get(lead), "No projector is connected.")


def test_a_projector_that_stays_is_told_about_once():
    hall, _lead = scripted()
    rooms.note_seen(watchers=[(hall.id, "projector")], at=NOW)
    before = hall.room.sequence
    rooms.note_seen(watchers=[(hall.id, "projector"), (hall.id, "somebody")], at=NOW + timedelta(seconds=20))
    assert hall.room.sequence == before


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("slides", "Look at the screen in front.", "Listen to the facilitator."),
        ("break", "Come back when the screen calls you.", "Come back when this page changes."),
    ],
)
def test_without_a_projector_nobody_is_sent_to_the_screen(kind, before, after):
    hall, lead = scripted()
    [ben] = seated(hall, "BE")
    put_in(hall, kind)
    page = f"/r/{hall.id}/step/"
    assert says(ben.device.get(page), before)
    assert hall.lead_device().post(f"{lead}screen/remove/").status_code == 302
    assert says(ben.device.get(page), after)
    assert not says(ben.device.get(page), before)
    assert hall.lead_device().post(f"{lead}screen/").status_code == 302
    assert says(ben.device.get(page), before)


def test_without_a_projector_phones_say_when_it_ends_and_how_one_joins():
    hall, _lead = scripted()
    [ben] = seated(hall, "BE")
    page, code = f"/r/{hall.id}/step/", show_code(hall.room.code)
    assert code not in text_of(ben.device.get(page))
    runs.set_screen(by=hall.leader, room=hall.room, has_screen=False, at=NOW)
    with_words = text_of(ben.device.get(page))
    assert code in with_words
    assert "On track to end at" in with_words


def test_going_on_without_a_projector_twice_is_once():
    hall, _lead = scripted()
    for _time in range(2):
        runs.set_screen(by=hall.leader, room=hall.room, has_screen=False, at=NOW)
    assert hall.room.epoch == 2, "everyone was let begin, then the pages of the step changed"
