"""Who talks with whom, of those who are not in the room."""

import pytest

from hubcraft.apps.facilitation.queries.pairs import pairs_of
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms import actions as rooms
from hubcraft.domain.verdict import Refused
from tests.device import says, text_of
from tests.make import ALONE, NORTH_SHORE, NOW, seated, start

pytestmark = pytest.mark.django_db


def talks(hall) -> list[int]:
    """Where people turn to each other in its script."""
    return [at for at, step in enumerate(hall.run.steps) if step["kind"] == "turn-and-talk"]


def pairs(hall) -> list[set[str]]:
    return [{one.label for one in it.partners} for it in pairs_of(session_of(hall.room))]


def elsewhere(*people) -> None:
    for person in people:
        assert person.device.post(f"/r/{person.hall.id}/remote/").status_code == 302


def convened():
    hall = start(script="workshop").begin()
    hall.go_to(talks(hall)[0])
    return hall, seated(hall, "AA", "BB"), seated(hall, "CC", "DD", team=NORTH_SHORE)


def test_who_is_not_in_the_room_is_found_somebody_to_talk_with():
    hall, (aa, bb), (cc, _dd) = convened()
    page = f"/r/{hall.id}/step/"
    assert not says(aa.device.get(page), "who talks with whom")
    elsewhere(aa, cc)
    assert pairs(hall) == [{"AA", "CC"}]
    assert says(aa.device.get(page), "With whoever stands beside you in the list below.")
    assert f'data-seat="{cc.key}"' in text_of(aa.device.get(page))
    # In the room one sees whom they have, and talks with whoever is near.
    assert says(bb.device.get(page), "With whoever is near you.")
    assert says(hall.lead_device().get(f"/r/{hall.id}/lead/"), "Not in the room: who talks with whom")


def test_nobody_in_the_room_is_sent_to_look_for_somebody_who_is_elsewhere():
    hall, (aa, bb), _others = convened()
    page = f"/r/{hall.id}/step/"
    assert says(bb.device.get(page), "Talk with AA of your team.")
    elsewhere(aa)
    assert not says(bb.device.get(page), "Talk with AA of your team.")


def test_who_comes_later_takes_nobodys_partner():
    hall, (aa, bb), (cc, dd) = convened()
    elsewhere(aa, bb, cc)
    assert pairs(hall) == [{"AA", "BB", "CC"}]
    elsewhere(dd)
    assert pairs(hall) == [{"AA", "BB"}, {"CC", "DD"}]
    [finn] = seated(hall, "FI", team=ALONE)
    elsewhere(finn)
    assert pairs(hall) == [{"AA", "BB"}, {"CC", "DD", "FI"}]


def test_who_is_back_in_the_room_leaves_the_list():
    hall, (aa, bb), (cc, _dd) = convened()
    elsewhere(aa, bb, cc)
    assert bb.device.post(f"/r/{hall.id}/remote/remove/").status_code == 302
    assert pairs(hall) == [{"AA", "CC"}]


def test_at_the_next_talk_everybody_has_another_partner_and_going_back_brings_the_first_again():
    hall, (aa, bb), (cc, dd) = convened()
    elsewhere(aa, bb, cc, dd)
    first = pairs(hall)
    hall.go_to(talks(hall)[1])
    second = pairs(hall)
    assert [it for it in second if it in first] == []
    assert sorted(label for pair in second for label in pair) == ["AA", "BB", "CC", "DD"]
    hall.go_to(talks(hall)[0])
    assert pairs(hall) == first


def test_who_leaves_the_room_leaves_only_their_partner_to_be_found_somebody():
    hall, (aa, bb), (cc, dd) = convened()
    [ee, ff] = seated(hall, "EE", "FF")
    elsewhere(aa, bb, cc, dd, ee, ff)
    hall.go_to(talks(hall)[1])
    before = pairs(hall)
    gone = next(iter(before[0]))
    seat = next(it.seat for it in (aa, bb, cc, dd, ee, ff) if it.seat.label == gone)
    rooms.remove_seat(by=hall.leader, seat=seat, at=NOW)
    after = pairs(hall)
    assert before[1] in after
    assert sum(len(it) for it in after) == 5


def test_somebody_who_only_interprets_talks_with_nobody():
    hall, (aa, bb), _others = convened()
    elsewhere(aa, bb)
    assert pairs(hall) == [{"AA", "BB"}]
    aa.device.post(f"/r/{hall.id}/seat/interpreting/")
    assert pairs(hall) == [{"BB"}]


def test_only_ones_own_seat_is_said_to_be_elsewhere():
    _hall, (aa, bb), _others = convened()
    with pytest.raises(Refused):
        rooms.set_remote(by=aa.viewer, seat=bb.seat, is_remote=True, at=NOW)
    rooms.set_remote(by=bb.viewer, seat=bb.seat, is_remote=True, at=NOW)
    assert bb.seat.is_remote
