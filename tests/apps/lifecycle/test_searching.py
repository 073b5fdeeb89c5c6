"""What a hub keeps is found by its people, and by nobody else."""

import pytest

from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.queries import viewer_of
from tests.apps.lifecycle.place import keep_one_of_each, make_home
from tests.device import Device, words_of
from tests.homes import make_account, make_hub, make_network, signed_in

pytestmark = pytest.mark.django_db

# What somebody asks for, and what it finds: the charter, a routine, a problem, a hand-over note.
FINDS = {
    "failed": "Wesaywhatfailed.",
    "look ahead": "Tolookahead.",
    "numbers call": "Wecall.",
    "ask ben": "AskBen.",
}


@pytest.mark.parametrize("asked", FINDS)
def test_one_finds_what_one_s_hub_keeps_and_nobody_else_does(asked):
    home = make_home()
    keep_one_of_each(viewer_of(home.rosa), home.hub)
    other = make_account("Otto", hub=make_hub(make_network("Other"), "Other"), role=Role.HUB_LEADER)
    for device in (home.leads, home.belongs):
        assert FINDS[asked] in words_of(device.get(f"/search/?q={asked}"))
    for device in (signed_in(other), Device()):
        assert FINDS[asked] not in words_of(device.get(f"/search/?q={asked}"))
