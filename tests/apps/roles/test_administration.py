"""The administrator makes places, says who is what in them, and is never gone."""

import re

import pytest

from hubcraft.apps.networks.models import Initiative, Membership, Network, Role, Team
from hubcraft.apps.people import actions as people
from hubcraft.apps.people.models import Person
from hubcraft.apps.roles.actions import roles
from hubcraft.domain.verdict import Refused
from tests.access.addresses import routes
from tests.apps.roles.people import administrator, device, give, network, person, team, viewer
from tests.device import says
from tests.homes import trail
from tests.make import NOW, opened

pytestmark = pytest.mark.django_db


def hubs(of: Network) -> list[str]:
    return [it.name for it in Team.objects.filter(network=of, is_hub=True)]


def test_the_administrator_makes_an_initiative_a_network_in_it_and_teams():
    ada = device(administrator())
    made = ada.post("/administration/initiatives/", {"name": "Literacy"})
    initiative = Initiative.objects.get(name="Literacy")
    assert made["Location"] == f"/administration/initiatives/{initiative.id}/"
    fields = {"name": "Delta", "time_zone": "America/Chicago", "initiative_id": initiative.id}
    made = ada.post("/administration/networks/", fields)
    delta = Network.objects.get(name="Delta")
    assert made["Location"] == f"/administration/networks/{delta.id}/"
    assert (delta.initiative, delta.time_zone, delta.is_provisional) == (initiative, "America/Chicago", False)
    for name in ("Core", "Elm Street"):
        ada.post(f"/administration/networks/{delta.id}/teams/", {"name": name})
    assert hubs(delta) == ["Core"]
    page = ada.get(f"/administration/networks/{delta.id}/")
    assert says(page, "Core") and says(page, "Elm Street") and says(page, "Literacy")
    assert says(ada.get("/administration/"), "Delta")
    assert trail()[-4:] == [
        ("Ada", "made the initiative Literacy"),
        ("Ada", "made the network Delta"),
        ("Ada", "made the team Core"),
        ("Ada", "made the team Elm Street"),
    ]


def test_a_form_that_is_sent_twice_makes_one_thing():
    ada = device(administrator())
    for _time in range(2):
        ada.post("/administration/networks/", {"name": "Delta", "time_zone": "UTC"})
    [delta] = Network.objects.all()
    for _time in range(2):
        ada.post(f"/administration/networks/{delta.id}/teams/", {"name": "Core"})
    assert Team.objects.filter(network=delta).count() == 1


@pytest.mark.parametrize(
    ("address", "fields", "sentence"),
    [
        ("initiatives/", {"name": ""}, "Write your name."),
        ("networks/", {"name": "Delta", "time_zone": "Chicago"}, "There is no such time zone."),
        ("networks/", {"name": "D" * 81, "time_zone": "UTC"}, "A name of 80 characters at most."),
        ("administrators/", {"email": "ben"}, "This is not a mail address."),
    ],
)
def test_what_is_typed_wrong_comes_back_with_a_sentence(address, fields, sentence):
    ada = device(administrator())
    response = ada.post(f"/administration/{address}", fields)
    assert response.status_code == 422
    assert says(response, sentence.replace("your name", "a name"))
    assert Network.objects.count() + Initiative.objects.count() == 0


def test_names_can_be_changed_and_the_hub_chosen():
    admin = administrator()
    ada, delta = device(admin), network(admin)
    core, elm = team(admin, delta, "Core"), team(admin, delta, "Elm Street")
    ada.post(f"/administration/networks/{delta.id}/teams/{elm.id}/", {"name": "Oak Street"})
    ada.post(f"/administration/networks/{delta.id}/teams/{elm.id}/hub/")
    fields = {"name": "Delta South", "time_zone": "America/Denver", "initiative_id": ""}
    ada.post(f"/administration/networks/{delta.id}/name/", fields)
    assert hubs(delta) == ["Oak Street"]
    delta.refresh_from_db()
    assert (str(delta), delta.time_zone) == ("Delta South", "America/Denver")
    assert trail()[-4:] == [
        ("Ada", "renamed the team Elm Street to Oak Street"),
        ("Ada", "made the team Oak Street the hub"),
        ("Ada", "renamed the network Delta network to Delta South"),
        ("Ada", "moved the network Delta South to the time zone America/Denver"),
    ]
    assert Team.objects.get(id=core.id).is_hub is False


def test_a_role_is_given_by_mail_address_and_taken_away():
    admin = administrator()
    ada, delta = device(admin), network(admin)
    here = f"/administration/networks/{delta.id}/"
    fields = {"email": "Ben@Example.org", "name": "Ben", "role": "network-lead"}
    assert ada.post(f"{here}roles/", fields)["Location"] == here
    ben = Person.objects.get(email="ben@example.org")
    assert viewer(ben).is_in_network(delta.id, Role.NETWORK_LEAD)
    assert says(ada.get(here), "ben@example.org")
    held = Membership.objects.get(person=ben)
    assert ada.post(f"/administration/roles/{held.id}/removal/")["Location"] == here
    assert viewer(ben).roles == ()
    assert trail()[-3:] == [
        ("Ada", "gave Ben the role of network lead in Delta network"),
        ("Ada", "took the role of network lead in Delta network from Ben"),
        ("Ada", "signed Ben out everywhere"),
    ]


def test_a_role_is_held_once_however_often_it_is_given():
    admin = administrator()
    delta = network(admin)
    for _time in range(2):
        ben = give(admin, delta, Role.NETWORK_LEAD, "Ben")
    assert Membership.objects.filter(person=ben).count() == 1


def test_a_place_has_only_its_own_roles():
    admin = administrator()
    core = team(admin, network(admin))
    ben = give(admin, core, Role.HUB_LEADER, "Ben")
    assert viewer(ben).is_in_team(core.id, Role.HUB_LEADER)
    with pytest.raises(Refused):
        give(admin, core, Role.NETWORK_LEAD, "Ben")
    ada = device(admin)
    fields = {"email": "ben@example.org", "role": "network-lead"}
    answer = ada.post(f"/administration/networks/{core.network_id}/teams/{core.id}/roles/", fields)
    assert (answer.status_code, says(answer, "Choose one of these.")) == (422, True)


def test_whoever_is_nothing_anywhere_any_more_is_signed_out_everywhere():
    admin = administrator()
    delta, gamma = network(admin), network(admin, "Gamma network")
    ben = give(admin, delta, Role.COACH, "Ben")
    give(admin, gamma, Role.COACH, "Ben")
    phone = device(ben)
    first, second = Membership.objects.filter(person=ben).order_by("made_at", "id")
    roles.take_role(by=viewer(admin), membership_id=first.id, at=NOW)
    assert phone.get("/account/").status_code == 200
    roles.take_role(by=viewer(admin), membership_id=second.id, at=NOW)
    assert phone.get("/account/").status_code == 302


def test_the_last_administrator_cannot_be_taken_away():
    admin = administrator()
    ada = device(admin)
    ada.post("/administration/administrators/", {"email": "ben@example.org"})
    ben = Person.objects.get(email="ben@example.org")
    assert ben.is_administrator
    assert ada.post(f"/administration/administrators/{ben.id}/removal/").status_code == 302
    refused = ada.post(f"/administration/administrators/{admin.id}/removal/")
    assert (refused.status_code, says(refused, "This is the last administrator.")) == (403, True)
    assert [str(it) for it in Person.objects.filter(is_administrator=True)] == ["Ada"]


def test_for_everybody_else_there_is_no_administration():
    admin = administrator()
    delta = network(admin)
    ben = give(admin, delta, Role.NETWORK_LEAD, "Ben")
    held = Membership.objects.get(person=ben)
    filled = {"network_id": delta.id, "membership_id": held.id, "team_id": team(admin, delta).id}
    filled |= {"initiative_id": "nobody-s", "person_id": admin.id}
    filled |= {"pack_id": "nobody-s", "kind": "csv", "file_id": "nobody-s"}
    tried = [it for it in routes().values() if it.whole.startswith("/administration/")]
    assert len(tried) > 15
    for it in tried:
        address = re.sub(r"<str:(\w+)>", lambda found: filled[found[1]], it.whole)
        for method in set(it.callback.methods) - {"HEAD"}:
            assert getattr(device(ben), method.lower())(address).status_code == 404, address
            if "GET" in it.callback.methods and "nobody-s" not in address:
                assert device(admin).get(address).status_code == 200, address
    assert viewer(ben).is_in_network(delta.id, Role.NETWORK_LEAD)
    with pytest.raises(Refused):
        people.make_administrator(by=ben, email="ben@example.org", at=NOW)


def test_people_are_found_by_a_part_of_their_name():
    admin = administrator()
    delta = network(admin)
    give(admin, delta, Role.COACH, "Ben")
    person("Cleo")
    page = device(admin).get("/administration/people/?find=be")
    assert (says(page, "ben@example.org"), says(page, "cleo@example.org")) == (True, False)
    assert says(page, "Delta network")


def test_long_lists_ask_no_more_questions(django_assert_max_num_queries):
    admin = administrator()
    delta = network(admin)
    for number in range(6):
        give(admin, team(admin, delta, f"Team {number}"), Role.MEMBER, f"P{number}")
    ada = device(admin)
    for address in ("", "people/", f"networks/{delta.id}/"):
        with django_assert_max_num_queries(9):
            assert ada.get(f"/administration/{address}").status_code == 200


def test_a_network_that_a_room_made_is_not_administered():
    admin = administrator()
    hall = opened()
    made = hall.room_team("Riverbend hub").team.network
    ada = device(admin)
    assert ada.get(f"/administration/networks/{network(admin).id}/").status_code == 200
    assert ada.get(f"/administration/networks/{made.id}/").status_code == 404
    assert not says(ada.get("/administration/"), str(made))
