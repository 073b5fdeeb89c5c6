"""Seats: which device holds them, who types, who interprets, who goes."""

from datetime import timedelta

import pytest

from hubcraft.apps.facilitation.actions import asking as facilitation
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.models import DeviceRequest, Presence, Room, Seat
from hubcraft.apps.rooms.queries import count_here
from hubcraft.domain.verdict import NotThere, Refused
from hubcraft.live.source import served
from tests.cast import convening
from tests.device import says, text_of
from tests.make import NOW, RIVERBEND, opened, seated, start

pytestmark = pytest.mark.django_db


def claim(hall, device, label="BE"):
    fields = {"initials": label, "team": hall.team(RIVERBEND), "claim": "yes"}
    return device.post(f"/r/{hall.id}/join/", fields)


def test_a_seat_moves_to_another_phone_when_the_facilitator_says_yes():
    hall = opened()
    [ben] = seated(hall, "BE")
    stream = served().admit(f"/r/{hall.id}/stream/", ben.device.cookies, {})
    new = hall.door_device()
    assert says(claim(hall, new), "You asked for the seat of BE.")
    assert new.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/join/", "nothing is given yet"
    [asked] = DeviceRequest.everywhere.all()
    hall.lead_device().post(f"/r/{hall.id}/lead/asking/{asked.id}/", {"answer": "yes"})
    assert new.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/look-fors/1/"
    assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/join/"
    assert served().readmit(stream) is None


def test_a_seat_stays_when_the_facilitator_says_no():
    hall = opened()
    [ben] = seated(hall, "BE")
    new = hall.door_device()
    claim(hall, new)
    [asked] = DeviceRequest.everywhere.all()
    hall.lead_device().post(f"/r/{hall.id}/lead/asking/{asked.id}/", {"answer": "no"})
    assert new.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/join/"
    assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/look-fors/1/"


def test_nobody_can_claim_who_is_not_there():
    hall = opened()
    seated(hall, "BE")
    assert claim(hall, hall.door_device(), "be").status_code == 200
    response = claim(hall, hall.door_device(), "QQ")
    assert response.status_code == 422
    assert says(response, "Nobody with these initials is in that team.")


def test_only_the_facilitator_answers_a_claim():
    hall = opened()
    [ben, cleo] = seated(hall, "BE", "CL")
    claim(hall, hall.door_device())
    [asked] = DeviceRequest.everywhere.all()
    with pytest.raises(NotThere):
        facilitation.answer_asking(
            by=cleo.viewer, room=hall.room, asking_id=asked.id, is_granted=True, at=NOW
        )
    facilitation.answer_asking(by=hall.leader, room=hall.room, asking_id=asked.id, is_granted=True, at=NOW)
    assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/join/"


def test_a_claim_is_answered_once():
    hall = opened()
    seated(hall, "BE")
    claim(hall, hall.door_device())
    [asked] = DeviceRequest.everywhere.all()
    lead, address = hall.lead_device(), f"/r/{hall.id}/lead/asking/{asked.id}/"
    assert lead.post(address, {"answer": "no"}).status_code == 302
    assert lead.post(address, {"answer": "yes"}).status_code == 409


def test_a_device_that_is_passed_round_shows_each_only_their_own():
    hall = opened()
    [ben] = seated(hall, "BE")
    ben.mark(1, "4")
    phone = ben.device
    assert phone.post(f"/r/{hall.id}/pass/", {"initials": "CL"}).status_code == 302
    cover = phone.get(f"/r/{hall.id}/pass/?turn")
    assert says(cover, "This is for CL")
    assert hall.levels[3] not in text_of(cover)
    assert "checked" not in text_of(phone.get(f"/r/{hall.id}/look-fors/1/")), "Ben's answer is Ben's"
    phone.post(f"/r/{hall.id}/pass/turn/", {"seat": ben.key})
    assert "checked" in text_of(phone.get(f"/r/{hall.id}/look-fors/1/"))
    assert sorted(Seat.everywhere.values_list("label", "kind")) == [("BE", "own"), ("CL", "passed")]


def test_a_device_can_not_take_the_turn_of_a_seat_it_does_not_hold():
    hall = opened()
    [ben, cleo] = seated(hall, "BE", "CL")
    address = f"/r/{hall.id}/pass/turn/"
    assert ben.device.post(address, {"seat": ben.key}).status_code == 302
    assert ben.device.post(address, {"seat": cleo.key}).status_code == 404


def test_somebody_types_for_somebody():
    hall = start()
    [ben] = seated(hall, "BE")
    assert ben.device.post(f"/r/{hall.id}/seat/help/", {"helper": ""}).status_code == 422
    assert ben.device.post(f"/r/{hall.id}/seat/help/", {"helper": "CL"}).status_code == 302
    assert (ben.seat.kind, ben.seat.helper) == ("helped", "CL")
    assert says(ben.device.get(f"/r/{hall.id}/lobby/"), "CL types for BE.")
    ben.device.post(f"/r/{hall.id}/seat/help/remove/")
    assert (ben.seat.kind, ben.seat.helper) == ("own", "")


def test_an_interpreter_is_not_asked_for_answers_while_the_team_waits():
    hall = opened()
    ben, noor = seated(hall, "BE", "NO")
    address = f"/r/{hall.id}/team/"
    assert says(noor.device.get(address), "Answer the 11 that are left")
    noor.device.post(f"/r/{hall.id}/seat/interpreting/")
    page = noor.device.get(address)
    assert says(page, "You interpret.")
    assert not says(page, "Answer the 11 that are left")
    ben.fill()
    hall.reveal()
    assert says(noor.device.get(f"/r/{hall.id}/board/"), "board-page-interpreting")
    assert not says(ben.device.get(f"/r/{hall.id}/board/"), "board-page-interpreting")


def test_a_device_for_several_is_handed_on_by_who_has_finished():
    hall = opened()
    ben, _cleo = seated(hall, "BE", "CL")
    address = f"/r/{hall.id}/team/"
    ben.fill()
    assert not says(ben.device.get(address), "Hand this device on")
    ben.device.post(f"/r/{hall.id}/pass/", {"initials": "YZ"})
    ben.device.post(f"/r/{hall.id}/pass/turn/", {"seat": ben.key})
    assert says(ben.device.get(address), "Hand this device on")


def test_an_interpreter_sees_the_prompts_and_places_nothing():
    hall = opened()
    [ben, noor] = seated(hall, "BE", "NO")
    assert len(noor.mark(1, "4").taken) == 1
    assert count_here(hall.id) == 2
    noor.device.post(f"/r/{hall.id}/seat/interpreting/")
    page = noor.device.follow(f"/r/{hall.id}/")
    assert page.address == f"/r/{hall.id}/look-fors/"
    assert 'type="radio"' not in text_of(page)
    with pytest.raises(Refused, match="You are here to interpret"):
        noor.mark(1, "3")
    assert count_here(hall.id) == 1
    ben.fill()
    hall.reveal(by=ben.viewer)
    assert noor.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/board/"


def test_initials_are_corrected_and_stay_apart():
    hall = opened()
    [ben, _cleo] = seated(hall, "BE", "CL")
    ben.device.post(f"/r/{hall.id}/seat/name/", {"initials": "cl"})
    assert ben.seat.label == "CL 2"
    ben.device.post(f"/r/{hall.id}/seat/name/", {"initials": "BE"})
    assert ben.seat.label == "BE"


def test_nobody_changes_somebody_elses_seat():
    hall = opened()
    [ben, cleo] = seated(hall, "BE", "CL")
    fields = {"initials": "QQ", "kind": "own", "helper": "", "at": NOW}
    rooms.change_seat(by=ben.viewer, seat=ben.seat, **fields)
    with pytest.raises(Refused):
        rooms.change_seat(by=cleo.viewer, seat=ben.seat, **fields)
    with pytest.raises(Refused):
        rooms.remove_seat(by=cleo.viewer, seat=ben.seat, at=NOW)
    other = opened()
    with pytest.raises(Refused):
        rooms.remove_seat(by=other.leader, seat=ben.seat, at=NOW)
    rooms.remove_seat(by=hall.leader, seat=ben.seat, at=NOW)
    assert ben.seat.removed_by == "facilitator"


def test_who_is_removed_is_out_at_once():
    hall = opened()
    [ben, cleo] = seated(hall, "BE", "CL")
    stream = served().admit(f"/r/{hall.id}/stream/", ben.device.cookies, {})
    assert served().readmit(stream) == stream
    rooms.remove_seat(by=hall.leader, seat=ben.seat, at=NOW)
    assert served().readmit(stream) is None
    assert ben.device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/join/"
    with pytest.raises(NotThere):
        ben.mark(1, "4")
    assert len(cleo.mark(1, "4").taken) == 1


def test_a_device_that_is_cleared_knows_nothing_any_more():
    hall = opened()
    [ben] = seated(hall, "BE")
    response = ben.device.post(f"/r/{hall.id}/seat/remove/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert ben.device.get(f"/r/{hall.id}/").status_code == 404
    assert ben.seat.removed_at is None, "the seat stays with its team"


def test_only_the_facilitator_locks_plans_and_closes():
    hall = opened()
    [ben] = seated(hall, "BE")
    acts = [
        lambda by: rooms.set_lock(by=by, room=hall.room, is_locked=True, at=NOW),
        lambda by: rooms.plan_size(by=by, room=hall.room, planned_size=9, at=NOW),
        lambda by: rooms.rename_team(
            by=by, room=hall.room, team_id=hall.team(RIVERBEND), name=RIVERBEND, at=NOW
        ),
        lambda by: rooms.add_team(by=by, room=hall.room, name="Delta", at=NOW),
        lambda by: rooms.mail_link(by=by, room=hall.room, to="a@example.org", link="x", at=NOW),
        lambda by: rooms.open_room(by=by, room=hall.room, at=NOW),
        lambda by: rooms.close_room(by=by, room=hall.room, at=NOW),
    ]
    for act in acts:
        for stranger in (ben.viewer, hall.at_door, opened().leader):
            with pytest.raises(Refused):
                act(stranger)
        act(hall.leader)
    assert (hall.room.is_locked, hall.room.planned_size, hall.room.state) == (True, 9, "closed")


def test_an_idle_room_gives_its_code_back():
    hall = opened()
    assert rooms.close_idle_rooms(at=NOW + timedelta(days=2)) == 0
    assert rooms.close_idle_rooms(at=NOW + timedelta(days=4)) == 1
    assert hall.room.state == Room.State.CLOSED


def test_presence_is_told_in_one_batch_and_forgotten():
    hall = convening("lobby")
    rooms.note_seen(watchers=[(hall.id, "lead"), (hall.id, hall.ben.seat_id), ("0" * 32, "lead")], at=NOW)
    assert sorted(Presence.everywhere.values_list("watcher", flat=True)) == sorted(["lead", hall.ben.seat_id])
    rooms.note_seen(watchers=[(hall.id, "lead")], at=NOW + timedelta(minutes=2))
    assert list(Presence.everywhere.values_list("watcher", flat=True)) == ["lead"]


def test_nobody_lets_themselves_in():
    hall = convening("revealed")
    with pytest.raises(Refused):
        rooms.let_in(by=hall.gale.viewer, seat=hall.gale.seat, at=NOW)
    with pytest.raises(Refused):
        rooms.let_in(by=hall.ivo.viewer, seat=hall.gale.seat, at=NOW)
    rooms.let_in(by=hall.ben.viewer, seat=hall.gale.seat, at=NOW)
    assert (hall.gale.seat.is_waiting, hall.gale.seat.is_late) == (False, True)
