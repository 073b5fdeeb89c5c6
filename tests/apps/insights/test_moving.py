"""A team moves to another network: its people and boards come along, and what it shared stays behind."""

import pytest

from hubcraft.apps.insights.models import Release
from hubcraft.apps.networks.models import Role, Team
from hubcraft.apps.people.models import Person
from tests.apps.insights.test_sharing import Place
from tests.device import says
from tests.homes import hub_address, make_account, make_network, signed_in, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def admin():
    person = make_account("Ada")
    Person.objects.filter(id=person.id).update(is_administrator=True)
    return signed_in(Person.objects.get(id=person.id))


def move(admin, place, to):
    there = f"/administration/networks/{place.hub.network_id}/teams/{place.hub.id}/move/"
    assert says(admin.get(there), to.name)
    return admin.post(there, {"network_id": to.id})


def test_a_team_moves_with_its_people_and_boards(place, admin):
    coast = make_network("Coast network", initiative=place.initiative)
    laptop = signed_in(place.rosa)
    assert says(laptop.get(hub_address(place.hub)), place.hall.rubric.title)
    assert move(admin, place, coast)["Location"] == f"/administration/networks/{coast.id}/"

    old, moved = place.hub, Team.objects.get(id=place.hub.id)
    assert (moved.network_id, moved.is_hub) == (coast.id, True)
    page = laptop.get(hub_address(moved))
    assert all(says(page, it) for it in (place.hall.rubric.title, "We meet on Mondays.", "Coast network"))
    assert laptop.get(hub_address(old)).status_code == 404
    assert "moved the team Riverbend from Valley network to Coast network" in [
        did for _who, did in trail(network=coast.id)
    ]


def test_what_it_shared_with_the_network_it_leaves_is_not_told_to_the_other(place, admin):
    place.share(place.step.id, reach="initiative")
    coast = make_network("Coast network", initiative=place.initiative)
    otto = signed_in(make_account("Otto", network=coast, role=Role.NETWORK_LEAD))
    lena, ines = signed_in(place.lena), signed_in(place.ines)
    assert says(lena.get(place.seen), "Call the schools.")
    move(admin, place, coast)
    assert lena.get(place.seen).status_code == 404
    for device, above in ((otto, f"/n/{coast.id}/"), (ines, f"/i/{place.initiative.id}/")):
        assert device.get(above).status_code == 200
        assert device.get(f"{above}hubs/{place.hub.id}/").status_code == 404
    assert not Release.objects.filter(team=place.hub, revoked_at=None).exists()


def test_a_network_that_has_a_hub_keeps_it(place, admin):
    coast = make_network("Coast network")
    Team.objects.create(network=coast, name="Core", is_hub=True, made_at=place.hub.made_at)
    move(admin, place, coast)
    assert [it.name for it in Team.objects.filter(network=coast, is_hub=True)] == ["Core"]


def test_only_the_administrator_moves_a_team(place, admin):
    coast = make_network("Coast network")
    there = f"/administration/networks/{place.hub.network_id}/teams/{place.hub.id}/move/"
    assert admin.get(there).status_code == 200
    for person in (place.rosa, place.lena):
        assert signed_in(person).post(there, {"network_id": coast.id}).status_code == 404
    # Nor to where it is, or to what a room made for itself.
    for network in (place.network.id, place.board.network_id):
        assert admin.post(there, {"network_id": network}).status_code == 422
    assert Team.objects.get(id=place.hub.id).network_id == place.network.id
