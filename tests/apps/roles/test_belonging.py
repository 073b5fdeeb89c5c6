"""One's own home names every place one belongs to, and each link on it leads to a page."""

import re

import pytest

from hubcraft.apps.networks.models import Role
from hubcraft.apps.roles.actions import places
from tests.apps.roles.people import administrator, device, give, network, team, viewer
from tests.device import says, text_of
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def delta():
    """An initiative with a network, and a hub and a school in it."""
    admin = administrator()
    initiative = places.make_initiative(by=viewer(admin), name="Literacy", at=NOW)
    of_delta = network(admin, initiative=initiative.id)
    hub, school = team(admin, of_delta), team(admin, of_delta, "Hill school")
    return admin, {"initiative": initiative, "network": of_delta, "hub": hub, "school": school}


@pytest.mark.parametrize(
    ("place", "role"),
    [
        ("initiative", Role.INITIATIVE_LEAD),
        ("network", Role.NETWORK_LEAD),
        ("hub", Role.HUB_LEADER),
        ("hub", Role.MEMBER),
        ("school", Role.MEMBER),
        ("initiative", Role.RESEARCHER),
        ("network", Role.COACH),
        ("hub", Role.COACH),
    ],
)
def test_each_link_of_ones_home_leads_to_a_page(delta, place, role):
    admin, of_delta = delta
    laptop = device(give(admin, of_delta[place], role, "Ben"))
    home = laptop.get("/home/")
    assert says(home, of_delta[place].name)
    ways = re.findall(r'<a class="lone-link" href="(/[ni]/[^"]+)"', text_of(home))
    assert ways
    assert [laptop.get(way).status_code for way in ways] == [200] * len(ways)
