"""Coming in: a code, a seat, a team."""

import pytest

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.actions import sessions
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.models import Brake, Seat
from hubcraft.apps.rooms.queries import list_teams
from hubcraft.domain.names import show_code
from hubcraft.domain.verdict import NotThere, Refused
from tests.device import Device, says
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, opened, start

pytestmark = pytest.mark.django_db


def enter(code: str, device: Device | None = None, **headers: str):
    return (device or Device()).post("/join/", {"code": code}, **headers)


def names_of(hall: Hall) -> list[str]:
    return [it.name for it in list_teams(hall.id)]


def labels_of(hall: Hall, team: str = RIVERBEND) -> list[str]:
    return sorted(
        Seat.everywhere.filter(team_id=hall.team(team), removed_at=None).values_list("label", flat=True)
    )


@pytest.mark.parametrize("write", [str.lower, show_code, lambda code: f" {code[:3]}-{code[3:]} "])
def test_a_code_is_read_as_it_was_meant(write):
    hall = start()
    device = Device()
    response = enter(write(hall.room.code), device)
    assert response["Location"] == f"/r/{hall.id}/"
    assert device.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/join/"


def test_a_wrong_code_says_what_to_do():
    hall = start()
    wrong = "2222222" if hall.room.code != "2222222" else "3333333"
    assert enter(hall.room.code).status_code == 302
    response = enter(wrong)
    assert response.status_code == 422
    assert says(response, "No open room has this code.")
    assert says(enter("K7"), "A code has seven letters and numbers.")
    assert says(enter("K7M4X!I"), "One of these signs is never in a code.")


def test_a_code_dies_with_its_room_and_the_link_does_not():
    hall = opened()
    assert enter(hall.room.code).status_code == 302
    hall.close()
    assert enter(hall.room.code).status_code == 422
    device = Device()
    assert device.get(f"/j/{hall.room.join_token}/").status_code == 302
    assert says(device.follow(f"/r/{hall.id}/"), "This room is closed.")


def test_a_room_that_opens_again_never_takes_a_code_that_was_given_out():
    first, second = opened(), opened()
    first.close()
    type(second.room).objects.filter(id=second.id).update(code=first.room.code)
    first.begin()
    assert first.room.state == "open"
    assert first.room.code != second.room.code


def test_two_hundred_people_behind_one_address_come_in_though_some_mistype():
    hall = opened()
    for _miss in range(59):
        rooms.note_miss(address="127.0.0.1", at=NOW)
    Brake.objects.update(at=moment())
    for _person in range(200):
        assert enter(hall.room.code).status_code == 302
    assert Brake.objects.get(name="address:127.0.0.1").misses == 59


def moment():
    from django.utils import timezone

    return timezone.now()


def test_guessing_is_braked_at_one_address_and_nowhere_else():
    hall = opened()
    for _miss in range(240):  # so many that a slow machine has not forgotten them
        rooms.note_miss(address="127.0.0.1", at=moment())
    assert enter(hall.room.code).status_code == 429
    device = Device()
    device.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert enter(hall.room.code, device).status_code == 302
    assert Device().get(f"/j/{hall.room.join_token}/").status_code == 302, "the QR code is no guess"


def test_a_made_up_forwarding_address_does_not_loosen_the_brake():
    hall = opened()
    for _miss in range(240):  # so many that a slow machine has not forgotten them
        rooms.note_miss(address="127.0.0.1", at=moment())
    response = enter(hall.room.code, **{"X-Forwarded-For": "192.0.2.9"})
    assert response.status_code == 429


def test_the_brake_lets_go_by_itself():
    from datetime import timedelta

    from hubcraft.apps.rooms.queries import is_braked

    for _miss in range(60):
        rooms.note_miss(address="192.0.2.1", at=NOW)
    assert is_braked("192.0.2.1", NOW)
    assert not is_braked("192.0.2.1", NOW + timedelta(seconds=2))


def test_a_locked_room_lets_nobody_in_until_it_is_unlocked():
    hall = opened()
    hall.sit("BE")
    rooms.set_lock(by=hall.leader, room=hall.room, is_locked=True, at=NOW)
    with pytest.raises(Refused, match="locked just now"):
        hall.sit("CL")
    assert says(hall.door_device().get(f"/r/{hall.id}/join/"), "This room is locked just now.")
    wall = f"/r/{hall.id}/projector/"
    assert says(hall.projector_device().get(wall), "Locked just now: nobody new can come in.")
    rooms.set_lock(by=hall.leader, room=hall.room, is_locked=False, at=NOW)
    hall.sit("CL")
    assert labels_of(hall) == ["BE", "CL"]


def test_a_full_room_says_so_and_takes_more_when_more_are_planned():
    hall = opened(planned_size=1)
    for at in range(11):
        hall.sit(f"P{at}")
    with pytest.raises(Refused, match="This room is full"):
        hall.sit("ZZ")
    rooms.plan_size(by=hall.leader, room=hall.room, planned_size=2, at=NOW)
    hall.sit("ZZ")
    assert len(labels_of(hall)) == 12


def test_without_the_code_there_is_no_seat():
    hall = opened()
    fields = {
        "room_id": hall.id,
        "initials": "ZZ",
        "placement": Placement(is_alone=True),
        "language": "en",
        "at": NOW,
    }
    sessions.join(by=hall.at_door, **fields)
    with pytest.raises(Refused, match="Enter the room's code first"):
        sessions.join(by=Viewer(room=hall.id), **fields)


def test_two_km_become_km_and_km_2():
    hall = opened()
    hall.sit("KM")
    hall.sit("KM")
    hall.sit("KM", NORTH_SHORE)
    assert (labels_of(hall), labels_of(hall, NORTH_SHORE)) == (["KM", "KM 2"], ["KM"])


def test_a_number_that_became_free_is_given_again():
    hall = opened()
    first = hall.sit("KM")
    hall.sit("KM")
    rooms.remove_seat(by=hall.leader, seat=first.seat, at=NOW)
    hall.sit("KM")
    assert labels_of(hall) == ["KM", "KM 2"]


def join(hall: Hall, device: Device | None = None, **fields: str):
    return (device or hall.door_device()).post(f"/r/{hall.id}/join/", {"initials": "ZZ", **fields})


def test_a_team_typed_almost_the_same_is_asked_about():
    hall = opened(teams=["Riverbend hub"])
    response = join(hall, team="other", other_team="Riverbent")
    assert response.status_code == 422
    assert says(response, "Yes, Riverbend hub")
    assert join(hall, team="other", other_team="Riverbent", sure="yes").status_code == 302
    assert names_of(hall) == ["Riverbend hub", "Riverbent"]


def test_a_team_typed_the_same_but_for_case_and_hub_is_that_team():
    hall = opened(teams=["Riverbend hub"])
    assert join(hall, team="other", other_team="  RIVERBEND ").status_code == 302
    assert (names_of(hall), labels_of(hall)) == (["Riverbend hub"], ["ZZ"])


def test_a_new_team_needs_a_room_that_takes_new_teams():
    free, fixed = opened(), opened(may_add_teams=False)
    new = Placement(new_team="Delta Literacy hub")
    free.sit("ZZ", placement=new)
    assert names_of(free) == [RIVERBEND, NORTH_SHORE, "Delta Literacy hub"]
    with pytest.raises(Refused, match="New teams can't be added here"):
        fixed.sit("ZZ", placement=new)


def test_who_is_here_alone_has_a_page_that_nobody_can_join():
    hall = opened()
    finn = hall.sit("FI", ALONE)
    assert names_of(hall) == [RIVERBEND, NORTH_SHORE]
    with pytest.raises(NotThere):
        hall.sit("ZZ", placement=Placement(team_id=finn.seat.team_id))


def test_a_team_of_another_room_is_not_there():
    hall, other = opened(), opened()
    hall.sit("BE", placement=Placement(team_id=hall.team(RIVERBEND)))
    with pytest.raises(NotThere):
        hall.sit("BE", placement=Placement(team_id=other.team(RIVERBEND)))


@pytest.mark.parametrize(
    "placement", [lambda hall: {}, lambda hall: {"placement": Placement(new_team="RIVERBEND")}]
)
def test_who_comes_to_an_open_board_waits_however_they_chose_it(placement):
    hall = opened()
    ben = hall.sit("BE").fill()
    hall.reveal()
    gale = hall.sit("GA", **placement(hall))
    assert (gale.seat.team_id, gale.seat.is_waiting, gale.seat.is_late) == (ben.seat.team_id, True, True)


def test_a_phone_finds_its_seat_again():
    hall = start()
    device = hall.door_device()
    assert join(hall, device, team=hall.team(RIVERBEND)).status_code == 302
    assert says(device.follow(f"/r/{hall.id}/"), "You are in.")
    assert device.get(f"/r/{hall.id}/join/").status_code == 302
    assert labels_of(hall) == ["ZZ"]


def test_one_person_in_two_teams_counts_once():
    from hubcraft.apps.rooms.queries import count_here

    hall = start()
    device = hall.door_device()
    join(hall, device, team=hall.team(RIVERBEND))
    join(hall, device, team=hall.team(NORTH_SHORE))
    assert (len(labels_of(hall)), len(labels_of(hall, NORTH_SHORE))) == (1, 1)
    assert count_here(hall.id) == 1


@pytest.mark.parametrize(
    ("initials", "sentence"),
    [
        ("", "Write your initials"),
        ("ABCDE", "Four letters at most"),
        ("K&M!", "Use letters or digits only"),
    ],
)
def test_initials_that_can_not_be_used_say_why(initials, sentence):
    hall = start()
    assert says(join(hall, initials=initials, team=ALONE), sentence)
    assert join(hall, initials="k. m.", team=ALONE).status_code == 302
    assert Seat.everywhere.get(room_id=hall.id).label == "KM"


def test_who_chooses_no_team_is_asked_for_one():
    hall = start()
    response = join(hall)
    assert response.status_code == 422
    assert says(response, "Choose your team, or “I'm here alone”.")
    assert join(hall, team=ALONE).status_code == 302


def test_an_alias_is_asked_for_under_that_rung():
    hall = start(rung="alias")
    assert says(hall.door_device().get(f"/r/{hall.id}/join/"), "Your alias")
    join(hall, initials="Blue heron", team=hall.team(RIVERBEND))
    assert labels_of(hall) == ["Blue heron"]
