"""A look-for with everything a hub has of it; and searching."""

import secrets
from datetime import timedelta

import pytest

from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.insights.actions import claims, settling
from hubcraft.apps.networks.models import Network, Role
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.reflections.models import Reflection
from tests.cast import convening
from tests.device import Device, says, text_of, words_of
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in
from tests.make import NOW, RIVERBEND, opened, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return make_hub(make_network())


@pytest.fixture
def rosa(hub):
    return make_account("Rosa", hub=hub, role=Role.HUB_LEADER)


def keep(person, who, hub):
    claims.claim_team(
        by=who.viewer,
        account=account(person),
        who=person.in_trail,
        seat_id=who.seat_id,
        hub_id=hub.id,
        at=NOW,
    )


def name_strategy(who, words, number=0):
    playbook.name_strategy(
        by=who.viewer,
        seat_id=who.seat_id,
        once=secrets.token_hex(16),
        look_for=who.hall.look_fors[number],
        words=words,
        how_we_know="",
        at=NOW,
    )


def promise(who, words, number=0):
    return improvement.promise(
        by=who.viewer,
        seat_id=who.seat_id,
        once=secrets.token_hex(16),
        is_shared=True,
        words=words,
        owner="",
        due_on=None,
        look_for=who.hall.look_fors[number],
        at=NOW,
    )


def holds(page, words):
    """Whether a page says this, whatever of it is marked as found."""
    return "".join(words.split()) in words_of(page)


def address_of(hub, hall, number=0):
    return f"{hub_address(hub)}framework/{hall.look_fors[number]}/"


def test_a_look_for_s_page_has_its_marks_strategies_and_promises_and_those_of_no_other(hub, rosa):
    hall = convening("revealed")
    name_strategy(hall.cleo, "We meet on Mondays.")
    name_strategy(hall.cleo, "We ask the principals.", 1)
    promise(hall.ben, "Call the schools.")
    keep(rosa, hall.ben, hub)
    reader = signed_in(rosa)
    page = text_of(reader.get(address_of(hub, hall)))
    assert all(label in page for label in ("BE", "CL", "DA"))
    assert "We meet on Mondays." in page
    assert "Call the schools." in page
    assert "We ask the principals." not in page
    assert "We ask the principals." in text_of(reader.get(address_of(hub, hall, 1)))


def test_from_its_page_one_starts_a_room_about_this_look_for_alone(hub, rosa):
    hall = convening("revealed")
    keep(rosa, hall.ben, hub)
    reader = signed_in(rosa)
    to = f"/start/?script=one-look-for&amp;hub={hub.id}&amp;domain={hall.look_fors[0]}"
    assert to in text_of(reader.get(address_of(hub, hall)))
    to = to.replace("&amp;", "&")
    page = text_of(reader.get(to))
    assert f'value="{hall.look_fors[0]}"' in page
    # How long it takes is in its name, and said once.
    assert says(reader.get(to), "One look-for, five minutes")
    assert not says(reader.get(to), "five minutes, 5 minutes")


def test_the_hub_one_comes_from_is_the_team_for_its_own_people_alone(hub, rosa):
    Network.objects.filter(id=hub.network_id).update(time_zone="America/Chicago")
    install_shipped_packs(at=NOW)
    to, told = f"/start/?hub={hub.id}", ("Riverbend</textarea>", 'value="America/Chicago"')
    otto = make_account("Otto", hub=make_hub(hub.network, "Elm Street"))
    coach = make_account("Cory", hub=hub, role=Role.COACH)
    assert [it in text_of(signed_in(rosa).get(to)) for it in told] == [True, True]
    for device in (signed_in(otto), signed_in(coach), Device()):
        assert [it in text_of(device.get(to)) for it in told] == [False, False]


def test_what_was_rated_of_one_look_for_leads_back_to_its_page(hub, rosa):
    look_for = "hub-leadership/domain-1/establish-the-hub-team/diverse-members"
    hall = opened(rubric=look_for)
    people = seated(hall, "AB", "CD", "EF")
    for person in people:
        person.fill("3")
    hall.reveal()
    device = signed_in(rosa, people[0].device)
    claim, back = f"/r/{hall.id}/claim/", f"{hub_address(hub)}framework/{look_for}/"
    assert device.post(claim, {"hub": hub.id, "seat": people[0].seat.key})["Location"] == back
    assert f'href="{back}"' in text_of(device.get(claim))
    assert says(device.get(back), "Reflect on this again")
    # Who is not of the hub is led nowhere.
    assert hub_address(hub) not in text_of(people[1].device.get(claim))


def test_what_became_of_a_promise_stands_with_its_look_for(hub, rosa):
    hall = convening("revealed")
    step = promise(hall.ben, "Call the schools.")
    keep(rosa, hall.ben, hub)
    reader = signed_in(rosa)
    assert not says(reader.get(address_of(hub, hall)), "Two came.")
    settling.settle(
        by=account(rosa),
        who=rosa.in_trail,
        hub=hub,
        step_id=step.id,
        state="done",
        was="open",
        reason="Two came.",
        at=NOW + timedelta(days=3),
    )
    assert says(reader.get(address_of(hub, hall)), "Two came.")
    # The hub's own page has it among what is no longer open.
    page = reader.get(hub_address(hub))
    assert says(page, "Two came.")
    assert not says(page, "Tell what became of it")


def test_where_each_saw_only_their_own_a_look_for_shows_nobody_s(hub, rosa):
    hall = convening("revealed")
    keep(rosa, hall.ben, hub)
    reader = signed_in(rosa)
    assert says(reader.get(address_of(hub, hall)), "BE")
    Reflection.objects.filter(id=hall.board(RIVERBEND).id).update(shows=Reflection.Shows.OWN)
    page = reader.get(address_of(hub, hall))
    assert says(page, "its board shows it to nobody")
    assert not says(page, "BE")


def test_every_look_for_that_was_rated_is_listed_with_where_the_middle_stands(hub, rosa):
    hall = convening("revealed")
    reader = signed_in(rosa)
    assert says(reader.get(f"{hub_address(hub)}framework/"), "You have not rated a look-for yet.")
    keep(rosa, hall.ben, hub)
    page = reader.get(f"{hub_address(hub)}framework/")
    for look_for in hall.look_fors:
        assert f"{hub_address(hub)}framework/{look_for}/" in page.content.decode()


def test_whoever_is_not_of_the_hub_finds_no_page(hub, rosa):
    hall = convening("revealed")
    keep(rosa, hall.ben, hub)
    other = make_account("Otto", hub=make_hub(make_network("Other"), "Other"))
    for address in (address_of(hub, hall), f"{hub_address(hub)}framework/"):
        assert signed_in(rosa).get(address).status_code == 200
        assert signed_in(other).get(address).status_code == 404


def test_one_finds_what_one_s_hub_wrote_and_nobody_else_does(hub, rosa):
    hall = convening("revealed")
    name_strategy(hall.cleo, "We meet on Mondays at the café.")
    keep(rosa, hall.ben, hub)
    other = make_account("Otto", hub=make_hub(make_network("Other"), "Other"))
    assert holds(signed_in(rosa).get("/search/?q=CAFE+mondays"), "We meet on Mondays at the café.")
    for stranger in (signed_in(other), Device()):
        page = stranger.get("/search/?q=CAFE+mondays")
        assert not holds(page, "We meet")
        assert says(page, "Nothing holds all of these words.")


def test_everybody_finds_look_fors_and_pages_of_help():
    convening("lobby")
    page = Device().get("/search/?q=team+norm")
    assert holds(page, "Establish hub team norms.")
    assert says(Device().get("/search/?q=screen"), "Help")
