"""A hub's own page, and how what a room left comes to it."""

import secrets

import pytest

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights.actions import claims, settling
from hubcraft.apps.insights.models import SeatClaim, TeamClaim
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.verdict import NotThere, Refused
from tests.cast import convening
from tests.device import says, text_of
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in, trail
from tests.make import NOW, RIVERBEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return make_hub(make_network())


@pytest.fixture
def rosa(hub):
    return make_account("Rosa", hub=hub, role=Role.HUB_LEADER)


def keep(person, who, hub):
    """Somebody in a room keeps their team's board for a hub."""
    return claims.claim_team(
        by=who.viewer,
        account=account(person),
        who=person.in_trail,
        seat_id=who.seat_id,
        hub_id=hub.id,
        at=NOW,
    )


def name_strategy(who, words):
    return playbook.name_strategy(
        by=who.viewer,
        seat_id=who.seat_id,
        once=secrets.token_hex(16),
        look_for=who.hall.look_fors[0],
        words=words,
        how_we_know="",
        at=NOW,
    )


def promise(who, words, *, is_shared=False):
    return improvement.promise(
        by=who.viewer,
        seat_id=who.seat_id,
        once=secrets.token_hex(16),
        is_shared=is_shared,
        words=words,
        owner="",
        due_on=None,
        look_for="",
        at=NOW,
    )


def test_a_member_keeps_the_board_of_their_team_for_their_hub(hub, rosa):
    hall = convening("revealed")
    name_strategy(hall.cleo, "We meet on Mondays.")
    promise(hall.dara, "Call the schools.", is_shared=True)
    device = signed_in(rosa, hall.ben.device)
    assert not says(device.get(hub_address(hub)), hall.rubric.title)

    page = device.get(f"/r/{hall.id}/claim/")
    assert says(page, "Keep it for Riverbend")
    response = device.post(f"/r/{hall.id}/claim/", {"hub": hub.id, "seat": hall.ben.seat.key})
    assert response["Location"] == hub_address(hub)

    page = device.get(hub_address(hub))
    for words in (hall.rubric.title, "We meet on Mondays.", "Call the schools.", "Rosa"):
        assert says(page, words)
    board = device.get(f"{hub_address(hub)}boards/{hall.board(RIVERBEND).id}/")
    assert board.status_code == 200
    assert all(label in text_of(board) for label in ("BE", "CL", "DA"))
    assert [who for who, _did in trail(network=hub.network_id)] == ["Rosa"]


def test_the_team_reads_on_its_own_pages_for_whom_it_was_kept(hub, rosa):
    hall = convening("revealed")
    words = "everyone of that hub sees it too"
    pages = [f"/r/{hall.id}/{page}/" for page in ("board", "team-page", "look-fors/1/strategy")]
    assert [says(hall.cleo.device.get(it), words) for it in pages] == [False] * 3
    keep(rosa, hall.ben, hub)
    assert [says(hall.cleo.device.get(it), words) for it in pages] == [True] * 3


def test_a_board_is_kept_once(hub, rosa):
    hall = convening("revealed")
    first = keep(rosa, hall.ben, hub)
    assert keep(rosa, hall.ben, hub) == first
    other = make_hub(make_network("Other"), "Other")
    with pytest.raises(Refused):
        keep(make_account("Otto", hub=other), hall.cleo, other)
    assert TeamClaim.everywhere.count() == 1
    assert TrailEntry.objects.filter(network=hub.network_id).count() == 1


@pytest.mark.parametrize("who", ["gale", "noor", "finn", "ivo"])
def test_only_somebody_who_sees_the_board_keeps_it(who, hub, rosa):
    """Who waits, interprets, is alone, or sits in a team that has not opened its board keeps nothing."""
    hall = convening("revealed")
    with pytest.raises(Refused):
        keep(rosa, getattr(hall, who), hub)
    assert TeamClaim.everywhere.count() == 0
    keep(rosa, hall.ben, hub)
    assert TeamClaim.everywhere.count() == 1


def test_a_board_is_kept_only_for_a_hub_of_one_s_own(hub, rosa):
    hall = convening("revealed")
    for person in (make_account("Nobody"), make_account("Lead", network=hub.network, role=Role.NETWORK_LEAD)):
        with pytest.raises(NotThere):
            keep(person, hall.ben, hub)
    keep(rosa, hall.ben, hub)
    assert TeamClaim.everywhere.get().hub == hub


def test_without_the_seat_nothing_is_kept(hub, rosa):
    hall = convening("revealed")
    with pytest.raises(NotThere):
        claims.claim_team(
            by=hall.cleo.viewer,
            account=account(rosa),
            who="Rosa",
            seat_id=hall.ben.seat_id,
            hub_id=hub.id,
            at=NOW,
        )
    assert TeamClaim.everywhere.count() == 0


def test_nothing_of_a_room_for_practice_is_kept(hub, rosa):
    hall = convening("revealed")
    Room.objects.filter(id=hall.id).update(is_rehearsal=True)
    with pytest.raises(Refused):
        keep(rosa, hall.ben, hub)
    Room.objects.filter(id=hall.id).update(is_rehearsal=False)
    keep(rosa, hall.ben, hub)
    assert TeamClaim.everywhere.count() == 1


def test_one_s_own_seat_is_claimed_once_and_by_its_holder(hub, rosa):
    hall = convening("revealed")
    device = signed_in(rosa, hall.ben.device)
    device.post(f"/r/{hall.id}/claim/seat/", {"seat": hall.ben.seat.key})
    device.post(f"/r/{hall.id}/claim/seat/", {"seat": hall.ben.seat.key})
    assert SeatClaim.everywhere.get().person == rosa
    assert says(device.get(f"/r/{hall.id}/claim/"), "The seat BE is yours.")
    other = signed_in(make_account("Otto"), hall.ben.device)
    assert other.post(f"/r/{hall.id}/claim/seat/", {"seat": hall.ben.seat.key}).status_code == 403
    assert SeatClaim.everywhere.get().person == rosa


def test_a_private_link_is_enough_to_claim(hub, rosa):
    hall = convening("revealed")
    device = signed_in(rosa)
    assert device.get(f"/r/{hall.id}/claim/").status_code == 404
    link = f"/r/{hall.id}/team-page/?key={hall.ben.seat_id}:{hall.ben.secret}"
    device.get(link)
    assert device.get(f"/r/{hall.id}/claim/").status_code == 200


def test_a_hub_s_page_is_there_only_for_its_people(hub, rosa):
    hall = convening("revealed")
    keep(rosa, hall.ben, hub)
    step = promise(hall.dara, "Call the schools.", is_shared=True)
    sibling = make_hub(hub.network, "Sibling")
    elsewhere = make_hub(make_network("Elsewhere"), "Elsewhere")
    others = {
        "sibling": make_account("Sib", hub=sibling, role=Role.HUB_LEADER),
        "other network": make_account("Els", hub=elsewhere, role=Role.HUB_LEADER),
        "network lead": make_account("Lead", network=hub.network, role=Role.NETWORK_LEAD),
        "coach": make_account("Coach", hub=hub, role=Role.COACH),
        "nobody": make_account("None"),
    }
    base = hub_address(hub)
    pages = [base, f"{base}boards/{hall.board(RIVERBEND).id}/", f"{base}next-steps/{step.id}/"]
    assert {signed_in(rosa).get(it).status_code for it in pages} == {200}
    for who, person in others.items():
        assert {signed_in(person).get(it).status_code for it in pages} == {404}, who
    # Nor is the way around it there: one's own hub's address with somebody else's board.
    own = f"{hub_address(sibling)}boards/{hall.board(RIVERBEND).id}/"
    assert signed_in(others["sibling"]).get(own).status_code == 404


def test_whoever_has_left_sees_nothing_any_more(hub, rosa):
    assert signed_in(rosa).get(hub_address(hub)).status_code == 200
    Membership.objects.filter(team=hub, person=rosa).update(ended_at=NOW)
    assert signed_in(rosa).get(hub_address(hub)).status_code == 404


def test_a_board_with_dots_stays_with_dots(hub, rosa):
    hall = convening("revealed", wishes=("Dara",))
    keep(rosa, hall.ben, hub)
    board = text_of(signed_in(rosa).get(f"{hub_address(hub)}boards/{hall.board(RIVERBEND).id}/"))
    assert "board-dots" in board
    assert not any(f">{label}<" in board for label in ("BE", "CL", "DA", "EL", "HA"))


def test_a_ballot_board_shows_counts_and_no_labels(hub, rosa):
    hall = convening("revealed", rung="anonymous")
    name_strategy(hall.cleo, "We meet on Mondays.")
    keep(rosa, hall.ben, hub)
    device = signed_in(rosa)
    page = text_of(device.get(hub_address(hub)))
    board = text_of(device.get(f"{hub_address(hub)}boards/{hall.board(RIVERBEND).id}/"))
    assert "We meet on Mondays." in page
    assert not any(f">{label}<" in page + board for label in ("BE", "CL", "DA", "EL", "HA"))


def test_what_was_promised_is_settled_on_the_hub_s_page(hub, rosa):
    hall = convening("revealed")
    step = promise(hall.dara, "Call the schools.", is_shared=True)
    keep(rosa, hall.ben, hub)
    device, address = signed_in(rosa), f"{hub_address(hub)}next-steps/{step.id}/"
    assert device.post(address, {"was": "open", "state": "dropped", "reason": ""}).status_code == 422
    assert device.post(address, {"was": "open", "state": "carried"}).status_code == 422
    response = device.post(address, {"was": "open", "state": "done", "reason": "All called."})
    assert response["Location"] == hub_address(hub)
    step = NextStep.everywhere.get(id=step.id)
    assert (step.state, step.reason) == ("done", "All called.")
    page = device.get(hub_address(hub))
    assert not says(page, "Tell what became of it")
    assert says(page, "What became of what you promised")
    assert says(page, "All called.")
    again = device.post(address, {"was": "open", "state": "dropped", "reason": "No time."})
    assert again.status_code == 409
    assert NextStep.everywhere.get(id=step.id).state == "done"


def test_nobody_else_settles(hub, rosa):
    hall = convening("revealed")
    step = promise(hall.dara, "Call the schools.", is_shared=True)
    keep(rosa, hall.ben, hub)
    how = {"hub": hub, "step_id": step.id, "was": "open", "state": "done", "reason": "", "at": NOW}
    with pytest.raises(Refused):
        settling.settle(by=account(make_account("None")), who="None", **how)
    settling.settle(by=account(rosa), who="Rosa", **how)
    assert NextStep.everywhere.get(id=step.id).state == "done"


def test_two_reflections_stand_beside_each_other(hub, rosa):
    first, second = convening("revealed"), convening("revealed", answers=False)
    keep(rosa, first.ben, hub)
    keep(rosa, second.ben, hub)
    page = signed_in(rosa).get(hub_address(hub))
    assert text_of(page).count(f">{first.rubric.title}</a>") == 2
