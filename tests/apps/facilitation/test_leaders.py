"""Several facilitators of one room: a second one, handing over, a key that is taken away, two who press at once."""

from datetime import timedelta

import pytest

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.facilitation.actions import asking, leaders, runs
from hubcraft.apps.facilitation.queries.runs import run_of
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.models import LeadKey
from hubcraft.domain.pacing import MINUTE
from hubcraft.domain.verdict import NotThere, Refused
from hubcraft.live.source import served
from tests.device import Device, says, text_of
from tests.make import NOW, RIVERBEND, Hall, opened, seated, second, start

pytestmark = pytest.mark.django_db
ONCE = "5" * 32


def place(hall: Hall) -> str:
    return f"/r/{hall.id}/lead/"


def invited(hall: Hall, once: str = ONCE) -> str:
    """The address of a link for a second facilitator, as the page shows it."""
    answer = hall.lead_device().post(f"{place(hall)}facilitators/", {"once": once})
    assert answer.status_code == 200
    return text_of(answer).partition('readonly value="')[2].partition('"')[0]


def named(hall: Hall, name: str = "Ada") -> Hall:
    leaders.name_myself(by=hall.leader, room=hall.room, name=name, at=NOW)
    return hall


def test_a_second_facilitator_opens_the_link_says_who_they_are_and_leads():
    hall = named(opened())
    link, bea = invited(hall), Device()
    at_the_door = bea.follow(link.removeprefix("http://testserver"))
    assert at_the_door.address == f"{place(hall)}facilitators/name/"
    assert bea.post(at_the_door.address, {"first": "on", "name": " "}).status_code == 422
    answer = bea.post(at_the_door.address, {"first": "on", "name": "Bea"})
    assert (answer.status_code, answer["Location"]) == (302, place(hall))
    assert says(bea.get(place(hall)), "Ada and Bea lead.")
    assert says(hall.lead_device().get(place(hall)), "Ada and Bea lead.")
    assert bea.post(f"{place(hall)}closure/").status_code == 302
    assert hall.room.is_closed


def test_whoever_started_the_room_is_never_stopped_at_the_door():
    hall = opened()
    assert Device().get(f"{place(hall)}?key={hall.key}")["Location"] == place(hall)
    second(hall)
    assert Device().get(f"{place(hall)}?key={hall.key}")["Location"] == place(hall)


def test_a_link_is_made_once_however_often_the_button_is_pressed():
    hall = named(opened())
    assert invited(hall) == invited(hall)
    assert LeadKey.everywhere.filter(room=hall.id).count() == 2
    assert invited(hall, "6" * 32) != invited(hall)


def test_a_link_is_kept_nowhere_and_shown_only_once():
    hall = named(opened())
    key = invited(hall).partition("key=")[2]
    assert key not in str(list(LeadKey.everywhere.values()))
    assert key not in text_of(hall.lead_device().get(f"{place(hall)}facilitators/"))


def test_who_makes_a_link_says_first_who_they_are():
    hall = opened()
    lead = hall.lead_device()
    assert lead.post(f"{place(hall)}facilitators/", {"once": ONCE}).status_code == 409
    assert says(lead.get(f"{place(hall)}facilitators/"), "Say who you are first")
    lead.post(f"{place(hall)}facilitators/name/", {"name": "Ada"})
    assert lead.post(f"{place(hall)}facilitators/", {"once": ONCE}).status_code == 200


def test_a_name_that_is_too_long_comes_back_as_it_was_typed():
    hall = opened()
    answer = hall.lead_device().post(f"{place(hall)}facilitators/name/", {"name": "Ada " * 20})
    assert (answer.status_code, says(answer, "Forty characters at most")) == (422, True)
    assert "Ada Ada Ada" in text_of(answer)


def test_six_links_lead_a_room_at_most():
    hall = named(opened())
    for at in range(5):
        leaders.invite(by=hall.leader, room=hall.room, once=f"{at}" * 32, at=NOW)
    with pytest.raises(Refused):
        leaders.invite(by=hall.leader, room=hall.room, once=ONCE, at=NOW)


def test_handing_over_ends_ones_own_key_and_no_other():
    hall = opened()
    bea, lead = second(hall), hall.lead_device()
    address = f"{place(hall)}facilitators/{bea.leader.lead_key}/handover/"
    assert lead.get(place(hall)).status_code == 200
    answer = lead.post(address)
    assert (answer.status_code, says(answer, "Bea leads now")) == (200, True)
    assert [lead.get(f"{place(hall)}{it}").status_code for it in ("", "facilitators/", "harvest/")] == [
        404
    ] * 3
    assert lead.post(f"{place(hall)}closure/").status_code == 404
    assert bea.lead_device().get(place(hall)).status_code == 200
    assert hall.projector_device().get(f"/r/{hall.id}/projector/").status_code == 200


def test_nobody_is_handed_a_room_who_has_not_come():
    hall = opened()
    nobody, bea = second(hall, name="").leader, second(hall).leader
    with pytest.raises(Refused):
        leaders.hand_over(by=hall.leader, room=hall.room, to=nobody.lead_key, at=NOW)
    with pytest.raises(Refused):
        leaders.hand_over(by=hall.leader, room=hall.room, to=hall.leader.lead_key, at=NOW)
    assert leaders.hand_over(by=hall.leader, room=hall.room, to=bea.lead_key, at=NOW) == "Bea"


def test_a_key_that_was_taken_away_opens_nothing_and_what_is_open_ends():
    hall = opened()
    bea = second(hall)
    device, key = bea.lead_device(), bea.leader.lead_key
    admission = served().admit(f"{place(hall)}stream/", device.cookies, {})
    own = served().admit(f"{place(hall)}stream/", hall.lead_device().cookies, {})
    assert served().readmit_many(hall.id, [admission, own]) == [admission, own]
    before = hall.room.epoch
    assert hall.lead_device().post(f"{place(hall)}facilitators/{key}/removal/").status_code == 302
    assert served().readmit_many(hall.id, [admission, own]) == [None, own]
    assert hall.room.epoch == before + 1, "every process asks again who may watch"
    assert device.get(place(hall)).status_code == 404
    assert device.get(f"{place(hall)}?key={bea.key}").status_code == 404
    assert served().admit(f"{place(hall)}stream/", device.cookies, {}) is None


def test_ones_own_key_can_not_be_taken_so_somebody_always_leads():
    hall = opened()
    second(hall)
    with pytest.raises(Refused):
        leaders.take_key(by=hall.leader, room=hall.room, key_id=hall.leader.lead_key, at=NOW)


def test_two_who_take_each_others_key_leave_one_who_leads():
    hall = opened()
    ada, bea = hall.leader, second(hall).leader
    leaders.take_key(by=ada, room=hall.room, key_id=bea.lead_key, at=NOW)
    with pytest.raises(NotThere):
        leaders.take_key(by=bea, room=hall.room, key_id=ada.lead_key, at=NOW)
    assert LeadKey.everywhere.filter(room=hall.id, revoked_at=None).count() == 1


def test_keys_of_another_room_are_not_there():
    hall, other = opened(), opened()
    mine, theirs = second(hall).leader.lead_key, second(other).leader.lead_key
    lead = hall.lead_device()
    for key, status in ((theirs, 404), (mine, 302)):
        assert lead.post(f"{place(hall)}facilitators/{key}/removal/").status_code == status
    assert LeadKey.everywhere.get(id=theirs).revoked_at is None


def test_the_trail_says_which_of_them_did_what():
    hall = start(script="workshop")
    rooms.open_room(by=hall.leader, room=hall.room, at=NOW)
    bea = second(hall)
    bea.go_to(1)
    runs.pause(by=hall.leader, room=hall.room, at=NOW)
    trail = TrailEntry.objects.filter(room=hall.id).order_by("pk").values_list("who", "did")
    assert list(trail) == [
        ("a facilitator", "started a room"),
        ("the facilitator", "let everyone begin"),
        ("Ada, facilitator", "leads from now on"),
        ("Ada, facilitator", "made a facilitator's link"),
        ("Bea, facilitator", "leads from now on"),
        ("Bea, facilitator", "went to a step"),
        ("Ada, facilitator", "paused the clock"),
    ]


# -- two who press at once ---------------------------------------------------------------------------------


def mark(hall: Hall) -> str:
    """Where a page that is drawn now says that the room is."""
    return run_of(hall.session, "en").mark


def test_who_presses_back_while_another_goes_on_undoes_nothing():
    hall = start(script="workshop").begin()
    hall.go_to(3)
    bea = second(hall)
    lead, other = hall.lead_device(), bea.lead_device()
    seen = mark(hall)
    assert f'name="was" value="{seen}"' in text_of(lead.get(place(hall)))
    assert lead.post(f"{place(hall)}step/", {"position": "4", "was": seen}).status_code == 302
    # The other one's page is a moment old.
    assert other.post(f"{place(hall)}step/", {"position": "4", "was": seen}).status_code == 302
    late = other.post(f"{place(hall)}step/", {"position": "2", "was": seen})
    assert (late.status_code, says(late, "The room has gone on meanwhile.")) == (409, True)
    assert hall.run.position == 4
    assert other.post(f"{place(hall)}step/", {"position": "2", "was": mark(hall)}).status_code == 302
    assert hall.run.position == 2


def test_a_step_put_in_meanwhile_is_not_mistaken_for_the_one_that_was_meant():
    hall = start(script="workshop").begin()
    seen = mark(hall)
    runs.add_step(by=hall.leader, room=hall.room, after=0, kind="break", title="", minutes=5, at=NOW)
    with pytest.raises(Refused):
        runs.go_to(by=hall.leader, room=hall.room, position=5, was=seen, at=NOW)
    assert hall.run.position == 0


def test_two_who_give_a_step_more_time_give_it_once():
    hall = start(script="workshop").begin()
    bea = second(hall)
    length = hall.run.steps[0]["minutes"] * MINUTE
    for by in (hall.leader, bea.leader):
        runs.extend(by=by, room=hall.room, position=0, minutes=2, was=length, at=NOW)
    assert hall.run.extra == 2 * MINUTE
    runs.extend(by=bea.leader, room=hall.room, position=0, minutes=2, was=length + 2 * MINUTE, at=NOW)
    assert hall.run.extra == 4 * MINUTE
    with pytest.raises(Refused):
        runs.shorten(by=hall.leader, room=hall.room, position=0, minutes=2, was=length, at=NOW)
    assert hall.run.extra == 4 * MINUTE


def test_what_was_answered_already_is_said_to_whoever_answers_second():
    hall = opened()
    [ben] = seated(hall, "BE")
    bea = second(hall)
    asked, _secret = rooms.ask_for_device(
        by=hall.at_door, room=hall.room, team_id=ben.seat.team_id, label="BE", at=NOW
    )
    asking.answer_asking(by=hall.leader, room=hall.room, asking_id=asked.id, is_granted=True, at=NOW)
    with pytest.raises(Refused):
        asking.answer_asking(by=bea.leader, room=hall.room, asking_id=asked.id, is_granted=False, at=NOW)


def test_a_room_that_is_opened_twice_was_opened_once():
    hall = start()
    bea = second(hall)
    rooms.open_room(by=hall.leader, room=hall.room, at=NOW)
    rooms.open_room(by=bea.leader, room=hall.room, at=NOW + timedelta(minutes=1))
    assert TrailEntry.objects.filter(room=hall.id, did="let everyone begin").count() == 1
    assert hall.room.opened_at == NOW


# -- taking part oneself -----------------------------------------------------------------------------------


def test_a_facilitators_own_seat_stands_in_a_drawer_of_their_page():
    hall = opened()
    lead = hall.lead_device()
    assert f'<iframe class="lead-seat-frame" src="/r/{hall.id}/"' in text_of(lead.get(place(hall)))
    assert lead.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/join/"
    lead.post(f"/r/{hall.id}/join/", {"initials": "AD", "team": hall.team(RIVERBEND)})
    assert lead.follow(f"/r/{hall.id}/").address == f"/r/{hall.id}/look-fors/1/"
