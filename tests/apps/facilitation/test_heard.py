"""The scribe line: what is said is written down, and reaches the room only if the speaker agrees."""

import secrets
from datetime import timedelta

import pytest

from hubcraft.apps.facilitation.actions.heard import (
    change_heard,
    hear,
    offer_strategy,
    put_on_screen,
    remove_heard,
    take_back_offer,
)
from hubcraft.apps.facilitation.models import Heard
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.records.actions.retention import keep_to_rules
from hubcraft.apps.rooms import actions as rooms
from hubcraft.domain.verdict import NotThere, Refused
from tests.device import Device, says, text_of
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, opened, seated, start

pytestmark = pytest.mark.django_db
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ page.room.code }}{% now %}",
    "=HYPERLINK(1)",
    "\u202egnirts desrever",
    "مرحبا بالجميع",
    "Zoë’s “plan”\nline two",
    "a" * 300,
]


def hearing() -> Hall:
    hall = start(script="workshop").begin()
    hall.go_to("hear")
    return hall


def say(hall: Hall, words: str = "We start with what went well", **fields) -> Heard:
    given = {"team_id": "", "look_for": "", "may_project": False, "at": NOW, **fields}
    return hear(by=hall.leader, room=hall.room, words=words, **given)


def screens(hall: Hall, *devices: Device) -> list[str]:
    """What the screen at the front and these phones show."""
    pages = [hall.projector_device().get(f"/r/{hall.id}/projector/")]
    pages += [device.get(f"/r/{hall.id}/step/") for device in devices]
    return [text_of(page) for page in pages]


def test_a_line_is_written_with_or_without_a_hub_and_a_look_for():
    hall = hearing()
    lead = hall.lead_device()
    address = f"/r/{hall.id}/lead/heard/"
    assert lead.post(address, {"words": " Norms first. "})["Location"] == address
    fields = {
        "words": "Roles",
        "team": hall.team(RIVERBEND),
        "look_for": hall.look_fors[2],
        "may_project": "on",
    }
    assert lead.post(address, {**fields, "next": "lead"})["Location"] == f"/r/{hall.id}/lead/"
    kept = Heard.everywhere.order_by("words").values_list("words", "team__name", "look_for", "may_project")
    assert list(kept) == [
        ("Norms first.", None, "", False),
        ("Roles", RIVERBEND, hall.look_fors[2], True),
    ]
    assert (
        Heard.everywhere.get(words="Roles").network_id == Heard.everywhere.get(words="Roles").team.network_id
    )


def test_the_room_sees_only_what_the_speaker_agreed_to():
    hall = hearing()
    [ben] = seated(hall, "BE")
    say(hall, "only for Ada")
    say(hall, "for everybody", may_project=True, team_id=hall.team(NORTH_SHORE))
    for screen in screens(hall, ben.device):
        assert ("for everybody" in screen, NORTH_SHORE in screen, "only for Ada" in screen) == (
            True,
            True,
            False,
        )
    lead = text_of(hall.lead_device().get(f"/r/{hall.id}/lead/heard/"))
    assert "only for Ada" in lead
    assert "for everybody" in lead


def test_the_box_is_not_ticked_by_itself():
    hall = hearing()
    page = text_of(hall.lead_device().get(f"/r/{hall.id}/lead/heard/"))
    assert page.count('name="may_project" value="on"') == 1
    assert "checked" not in page


def test_a_line_is_changed_taken_from_the_screen_and_taken_away():
    hall = hearing()
    [ben], lead = seated(hall, "BE"), hall.lead_device()
    line = say(hall, "frist", may_project=True)
    address = f"/r/{hall.id}/lead/heard/{line.id}/"
    assert says(lead.get(address), "frist")
    lead.post(address, {"words": "first", "may_project": "on"})
    assert ["first" in screen for screen in screens(hall, ben.device)] == [True, True]
    lead.post(address, {"words": "first"})
    assert ["first" in screen for screen in screens(hall, ben.device)] == [False, False]
    assert lead.post(f"{address}removal/").status_code == 302
    assert lead.get(address).status_code == 404
    assert not says(lead.get(f"/r/{hall.id}/lead/heard/"), "first")


def test_what_was_taken_away_is_deleted_after_thirty_days():
    hall = hearing()
    kept, gone = say(hall, "kept"), say(hall, "gone")
    remove_heard(by=hall.leader, room=hall.room, heard_id=gone.id, at=NOW)
    keep_to_rules(at=NOW + timedelta(days=29))
    assert Heard.everywhere.count() == 2
    keep_to_rules(at=NOW + timedelta(days=31))
    assert list(Heard.everywhere.values_list("id", flat=True)) == [kept.id]


def test_at_another_step_nothing_is_shown():
    hall = hearing()
    [ben] = seated(hall, "BE")
    say(hall, "for everybody", may_project=True)
    assert ["for everybody" in it for it in screens(hall, ben.device)] == [True, True]
    hall.go_to("plan")
    assert ["for everybody" in it for it in screens(hall, ben.device)] == [False, False]


def test_nobody_but_the_facilitator_writes():
    hall, other = hearing(), hearing()
    [ben] = seated(hall, "BE")
    line = say(hall)
    for device in (ben.device, other.lead_device(), hall.projector_device(), Device()):
        assert device.get(f"/r/{hall.id}/lead/heard/").status_code == 404
        assert device.post(f"/r/{hall.id}/lead/heard/", {"words": "mine"}).status_code == 404
        assert device.post(f"/r/{hall.id}/lead/heard/{line.id}/removal/").status_code == 404
    with pytest.raises(Refused, match="Only the facilitator"):
        hear(by=ben.viewer, room=hall.room, words="x", team_id="", look_for="", may_project=True, at=NOW)
    assert Heard.everywhere.count() == 1


def test_nobody_has_spoken_before_it_begins():
    hall = start(script="workshop")
    with pytest.raises(Refused, match="has not begun yet"):
        say(hall)
    response = hall.lead_device().post(f"/r/{hall.id}/lead/heard/", {"words": "too early"})
    assert (response.status_code, "too early" in text_of(response)) == (422, True)
    hall.begin()
    assert say(hall).words


def test_a_hub_or_a_line_of_another_room_is_not_there():
    hall, other = hearing(), hearing()
    line, foreign = say(hall), say(other)
    lead = hall.lead_device()
    assert lead.get(f"/r/{hall.id}/lead/heard/{line.id}/").status_code == 200
    assert lead.get(f"/r/{hall.id}/lead/heard/{foreign.id}/").status_code == 404
    for fields in ({"team": other.team(RIVERBEND)}, {"look_for": "nothing/of/ours"}):
        assert lead.post(f"/r/{hall.id}/lead/heard/", {"words": "x", **fields}).status_code == 404
    with pytest.raises(NotThere):
        change_heard(
            by=hall.leader,
            room=hall.room,
            heard_id=foreign.id,
            words="x",
            team_id="",
            look_for="",
            may_project=True,
            at=NOW,
        )
    assert Heard.everywhere.get(id=foreign.id).may_project is False


@pytest.mark.parametrize(
    ("words", "sentence"), [("", "Write what was said."), ("a" * 301, "Three hundred characters at most")]
)
def test_what_can_not_be_written_says_why_and_is_still_there(words, sentence):
    hall = hearing()
    lead, address = hall.lead_device(), f"/r/{hall.id}/lead/heard/"
    response = lead.post(address, {"words": words, "may_project": "on"})
    assert (response.status_code, Heard.everywhere.count()) == (422, 0)
    assert says(response, sentence)
    assert words in text_of(response)
    assert "checked" in text_of(response)
    assert lead.post(address, {"words": words[:300] or "x"}).status_code == 302


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_as_they_are_and_harm_nobody(words):
    hall = hearing()
    [ben], lead = seated(hall, "BE"), hall.lead_device()
    lead.post(f"/r/{hall.id}/lead/heard/", {"words": words, "may_project": "on"})
    assert Heard.everywhere.get().words.replace("\r\n", "\n") == words
    pages = screens(hall, ben.device)
    pages += [text_of(lead.get(f"/r/{hall.id}/lead/{it}/")) for it in ("heard", "harvest")]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'dir="auto"' in page


# -- strategies that are offered ---------------------------------------------------------------------------


def named(person, words: str = "We meet on Mondays.") -> str:
    """A strategy of theirs."""
    strategy = playbook.name_strategy(
        by=person.viewer,
        seat_id=person.seat_id,
        once=secrets.token_hex(16),
        look_for=person.hall.look_fors[0],
        words=words,
        how_we_know="They come.",
        at=NOW,
    )
    return strategy.id


def test_a_strategy_is_offered_from_a_phone_and_shown_when_the_facilitator_presses():
    hall = hearing()
    [ben], lead = seated(hall, "BE"), hall.lead_device()
    mine = named(ben)
    assert says(ben.device.get(f"/r/{hall.id}/step/"), "Offer it to the room")
    assert ben.device.post(f"/r/{hall.id}/strategies/{mine}/offer/").status_code == 302
    line = Heard.everywhere.get()
    assert (line.words, line.team.name, line.may_project) == ("We meet on Mondays.", RIVERBEND, False)
    assert says(ben.device.get(f"/r/{hall.id}/step/"), "Offered.")
    assert "We meet on Mondays." not in screens(hall)[0]
    assert says(lead.get(f"/r/{hall.id}/lead/"), "Offered from a phone; only you see this")
    lead.post(f"/r/{hall.id}/lead/heard/{line.id}/screen/", {"next": "lead"})
    assert "We meet on Mondays." in screens(hall)[0]
    assert says(ben.device.get(f"/r/{hall.id}/step/"), "The room sees it.")
    lead.post(f"/r/{hall.id}/lead/heard/{line.id}/screen/remove/")
    assert "We meet on Mondays." not in screens(hall)[0]


def test_an_offer_is_taken_back_from_the_screen_too_and_may_be_made_again():
    hall = hearing()
    [ben] = seated(hall, "BE")
    mine = named(ben)
    base = f"/r/{hall.id}/strategies/{mine}/offer/"
    ben.device.post(base)
    put_on_screen(by=hall.leader, room=hall.room, heard_id=Heard.everywhere.get().id, is_shown=True, at=NOW)
    ben.device.post(f"{base}remove/")
    assert "We meet on Mondays." not in screens(hall)[0]
    ben.device.post(base), ben.device.post(base)
    line = Heard.everywhere.get()
    assert (line.removed_at, line.may_project) == (None, False), "shown again only if it is pressed again"


def test_what_was_taken_back_as_a_strategy_is_not_put_on_the_screen():
    hall = hearing()
    ben, cleo = seated(hall, "BE", "CL")
    for person in (ben, cleo):
        mine = named(person, f"of {person.seat.label}")
        offer_strategy(by=person.viewer, seat_id=person.seat_id, strategy_id=mine, at=NOW)
    playbook.take_back_strategy(by=cleo.viewer, seat_id=cleo.seat_id, strategy_id=mine, at=NOW)
    show = {"by": hall.leader, "room": hall.room, "is_shown": True, "at": NOW}
    put_on_screen(heard_id=Heard.everywhere.get(words="of BE").id, **show)
    with pytest.raises(Refused, match="has taken it back"):
        put_on_screen(heard_id=Heard.everywhere.get(words="of CL").id, **show)


def test_who_takes_a_strategy_back_takes_it_from_the_screen_too():
    hall = hearing()
    ben, cleo = seated(hall, "BE", "CL")
    mine = {it: named(it, f"of {it.seat.label}") for it in (ben, cleo)}
    for person in (ben, cleo):
        offer_strategy(by=person.viewer, seat_id=person.seat_id, strategy_id=mine[person], at=NOW)
    for line in Heard.everywhere.all():
        put_on_screen(by=hall.leader, room=hall.room, heard_id=line.id, is_shown=True, at=NOW)
    assert all(words in screens(hall)[0] for words in ("of BE", "of CL"))
    assert cleo.device.post(f"/r/{hall.id}/strategies/{mine[cleo]}/removal/").status_code == 302
    assert [words in screens(hall)[0] for words in ("of BE", "of CL")] == [True, False]
    assert says(hall.lead_device().get(f"/r/{hall.id}/lead/heard/"), "of BE")
    assert not says(hall.lead_device().get(f"/r/{hall.id}/lead/heard/"), "of CL")


def test_whoever_is_put_away_takes_what_they_offered_from_the_screen():
    hall = hearing()
    [ben] = seated(hall, "BE")
    strategy = playbook.name_strategy(
        by=ben.viewer,
        seat_id=ben.seat_id,
        once=secrets.token_hex(16),
        look_for=hall.look_fors[0],
        words="We meet on Mondays.",
        how_we_know="",
        at=NOW,
    )
    offer_strategy(by=ben.viewer, seat_id=ben.seat_id, strategy_id=strategy.id, at=NOW)
    line = Heard.everywhere.get()
    put_on_screen(by=hall.leader, room=hall.room, heard_id=line.id, is_shown=True, at=NOW)
    assert "We meet on Mondays." in screens(hall)[0]
    rooms.remove_seat(by=hall.leader, seat=ben.seat, at=NOW)
    assert "We meet on Mondays." not in screens(hall)[0]
    with pytest.raises(NotThere):
        put_on_screen(by=hall.leader, room=hall.room, heard_id=line.id, is_shown=True, at=NOW)


def test_nor_is_it_by_correcting_its_line():
    hall = hearing()
    ben, cleo = seated(hall, "BE", "CL")
    for person in (ben, cleo):
        mine = named(person, f"of {person.seat.label}")
        offer_strategy(by=person.viewer, seat_id=person.seat_id, strategy_id=mine, at=NOW)
    playbook.take_back_strategy(by=cleo.viewer, seat_id=cleo.seat_id, strategy_id=mine, at=NOW)
    lead = hall.lead_device()
    for label, status in (("BE", 302), ("CL", 422)):
        line = Heard.everywhere.get(words=f"of {label}")
        fields = {"words": f"otherwise, {label}", "may_project": "on"}
        assert lead.post(f"/r/{hall.id}/lead/heard/{line.id}/", fields).status_code == status
    assert sorted(Heard.everywhere.values_list("words", "may_project")) == [
        ("of CL", False),
        ("otherwise, BE", True),
    ]


def test_nobody_offers_what_is_not_theirs_or_too_early():
    hall = start(script="workshop").begin()
    ben, cleo = seated(hall, "BE", "CL")
    mine = named(ben)
    with pytest.raises(Refused, match="has not come to this yet"):
        offer_strategy(by=ben.viewer, seat_id=ben.seat_id, strategy_id=mine, at=NOW)
    hall.go_to("hear")
    with pytest.raises(NotThere):
        offer_strategy(by=cleo.viewer, seat_id=cleo.seat_id, strategy_id=mine, at=NOW)
    offer_strategy(by=ben.viewer, seat_id=ben.seat_id, strategy_id=mine, at=NOW)
    with pytest.raises(NotThere):
        take_back_offer(by=cleo.viewer, seat_id=cleo.seat_id, strategy_id=mine, at=NOW)
    assert Heard.everywhere.get().removed_at is None


@pytest.mark.parametrize("rung", ["initials", "anonymous"])
def test_an_offer_names_no_person_and_on_the_anonymous_rung_no_moment(rung):
    hall = start(script="workshop", rung=rung).begin()
    [ben] = seated(hall, "BE")
    hall.go_to("hear")
    mine = named(ben)
    offer_strategy(by=ben.viewer, seat_id=ben.seat_id, strategy_id=mine, at=NOW)
    [row] = Heard.everywhere.values()
    assert [it for it in row.values() if it in (ben.seat_id, ben.key, ben.seat.person)] == []
    assert (row["made_at"] == NOW) == (rung == "initials" or NOW.hour == NOW.minute == NOW.second == 0)


def test_who_is_here_alone_offers_without_a_name():
    hall = hearing()
    finn = hall.sit("FI", ALONE)
    offer_strategy(by=finn.viewer, seat_id=finn.seat_id, strategy_id=named(finn), at=NOW)
    assert Heard.everywhere.get().team is None


def test_a_session_without_a_script_has_a_scribe_line_too():
    hall = opened()
    line = say(hall)
    assert says(hall.lead_device().get(f"/r/{hall.id}/lead/heard/"), line.words)
