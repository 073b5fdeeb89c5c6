"""Somebody without a name is called so: their address is read by those who may read it, and by nobody else."""

import secrets

import pytest

from hubcraft.apps.insights.actions import merging
from hubcraft.apps.insights.models import Merge
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import Person
from hubcraft.apps.roles.actions import invitations
from hubcraft.apps.roles.queries.invitations import Invited
from tests.apps.insights.test_sharing import Place
from tests.apps.roles.people import administrator
from tests.device import says, text_of
from tests.homes import account, hub_address, make_account, make_hub, signed_in
from tests.make import NOW

pytestmark = pytest.mark.django_db
NAMELESS = "somebody without a name"


class Unnamed(Place):
    """The hub has one more leader and a member, Elm Street is led by Olga; none of them, nor Lena, has a name."""

    def __init__(self):
        super().__init__()
        self.tess = make_account("Tess", hub=self.hub, role=Role.HUB_LEADER)
        self.ben = make_account("Ben", hub=self.hub)
        self.olga = make_account("Olga", hub=make_hub(self.network, "Elm Street"), role=Role.HUB_LEADER)
        unnamed = [it.id for it in (self.tess, self.ben, self.olga, self.lena)]
        Person.objects.filter(id__in=unnamed).update(name="")
        self.laptop, self.home = signed_in(self.rosa), hub_address(self.hub)


@pytest.fixture
def place():
    return Unnamed()


def addresses(page) -> set[str]:
    told = text_of(page)
    return {it for it in ("tess", "ben", "olga", "lena", "nora") if f"{it}@example.org" in told}


def test_on_the_hub_s_page_and_where_its_looks_stand(place):
    place.share(place.strategy.id)
    signed_in(place.lena).get(place.seen)
    for to in ("", "sharing/", "trail/"):
        page = place.laptop.get(f"{place.home}{to}")
        assert (says(page, NAMELESS), addresses(page)) == (True, set()), to
    # Whoever administers may read every address, and tells people apart by it.
    assert addresses(signed_in(administrator()).get("/administration/trail/")) == {"lena"}


def test_who_is_invited_to_the_network_is_not_known_to_a_hub_by_address(place):
    for where, who in ((place.network, "nora"), (place.hub, "ben")):
        invitations.invite(
            by=account(place.lena if where is place.network else place.rosa),
            to=where,
            role=Role.COACH,
            people=[Invited(f"{who}@example.org", "")],
            once=secrets.token_hex(16),
            address="http://testserver",
            at=NOW,
        )
    assert addresses(place.laptop.get(f"{place.home}trail/")) == {"ben"}


def test_two_hubs_that_become_one_and_one_that_is_handed_over(place):
    elm = Membership.objects.get(person=place.olga).team
    merging.ask(by=account(place.olga), hub=elm, email=place.rosa.email, address="http://testserver", at=NOW)
    assert "olga@" not in OutboxMail.objects.get(to=place.rosa.email).words
    for to in ("merge/", f"merge/{Merge.everywhere.get().id}/"):
        page = place.laptop.get(f"{place.home}{to}")
        assert (says(page, NAMELESS), addresses(page)) == (True, set()), to
    # A leader reads who else leads without their address; that of a member, whom they invite, they read anyway.
    page = place.laptop.get(f"{place.home}hand-over/")
    assert (says(page, NAMELESS), addresses(page)) == (True, {"ben"})
    assert addresses(place.laptop.get(f"{place.home}invitations/")) == {"ben"}
