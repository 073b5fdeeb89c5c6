"""People are invited one by one or by a list, looked over first; a link works once, for 14 days."""

import re
import secrets
from datetime import timedelta

import pytest

from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import Person
from hubcraft.apps.records.actions.retention import keep_to_rules
from hubcraft.apps.roles.actions import places, roles
from hubcraft.apps.roles.models import Invitation
from tests.apps.roles.people import administrator, device, give, network, team, viewer
from tests.device import Device, says
from tests.homes import trail
from tests.make import NOW

pytestmark = pytest.mark.django_db


class Delta:
    """A network with a lead and a hub with a leader, each on a device of their own."""

    def __init__(self):
        self.admin = administrator()
        self.network = network(self.admin)
        self.hub = team(self.admin, self.network)
        self.ben = give(self.admin, self.network, Role.NETWORK_LEAD, "Ben")
        self.cleo = give(self.admin, self.hub, Role.HUB_LEADER, "Cleo")
        self.here = f"/n/{self.network.id}/teams/{self.hub.id}/invitations/"
        self.laptop = device(self.cleo)

    def send(self, people: str, by: Device | None = None, here: str = "", **more: str):
        fields = {"people": people, "role": "member", "once": secrets.token_hex(16), **more}
        return (by or self.laptop).post(here or self.here, fields)


@pytest.fixture
def delta() -> Delta:
    return Delta()


def mailed(to: str) -> str:
    """The path of the link that came last to this address."""
    return re.search(r"http://testserver(/invitation/\S+)", OutboxMail.objects.filter(to=to).last().words)[1]


def holds(email: str, place) -> list[str]:
    return sorted(
        Membership.objects.filter(person__email=email, team=place, ended_at=None).values_list(
            "role", flat=True
        )
    )


def test_a_list_is_looked_over_and_then_sent(delta):
    words = "dara@example.org, Dara Singh\nEli <eli@example.org>\n\nfinn@example.org"
    page = delta.send(words)
    assert (page.status_code, says(page, "Invite 3 people?"), says(page, "Dara Singh")) == (200, True, True)
    assert OutboxMail.objects.count() == 0
    assert delta.send(words, send="yes")["Location"] == delta.here
    assert sorted(OutboxMail.objects.values_list("to", flat=True)) == [
        "dara@example.org",
        "eli@example.org",
        "finn@example.org",
    ]
    assert says(delta.laptop.get(delta.here), "finn@example.org")


def test_every_line_that_is_wrong_is_named_before_anything_is_sent(delta):
    words = "dara@example.org\nnot an address\ndara@example.org, Dara\ncleo@example.org\n" + "x" * 81
    words += "@example.org " + "N" * 90
    page = delta.send(words, role="hub-leader", send="yes")
    assert page.status_code == 422
    for sentence in (
        "Line 2: “not an address” doesn’t begin with a mail address.",
        "Line 3: dara@example.org stands in line 1 already.",
        "Line 4: cleo@example.org has this role here already.",
        "Line 5: ",
        "not an address\n",
    ):
        assert says(page, sentence), sentence
    assert not says(page, "Line 1: ")
    assert (OutboxMail.objects.count(), Invitation.everywhere.count()) == (0, 0)


def test_a_button_pressed_twice_sends_once(delta):
    for _time in range(2):
        delta.send("dara@example.org", send="yes", once="a" * 32)
    assert OutboxMail.objects.filter(to="dara@example.org").count() == 1


def test_accepting_makes_an_account_and_gives_the_role_once(delta):
    delta.send("dara@example.org, Dara", send="yes")
    link, phone = mailed("dara@example.org"), Device()
    for _scan in range(2):
        page = phone.get(link)
        assert (page.status_code, says(page, "Cleo invites you to Delta hub")) == (200, True)
    assert holds("dara@example.org", delta.hub) == []
    assert phone.post(link, {"name": ""}).status_code == 422
    assert phone.post(link, {"name": "Dara Singh"})["Location"] == "/home/"
    assert holds("dara@example.org", delta.hub) == ["member"]
    assert says(phone.get("/home/"), "Delta hub")
    late = Device()
    assert late.post(link, {"name": "Eve"}).status_code == 404
    assert says(late.get(link), "This invitation is over")
    assert late.get("/account/").status_code == 302
    assert trail()[-1] == ("Dara Singh", "became member of Delta hub, invited by Cleo")


def test_whoever_has_an_account_gets_the_role_and_signs_in_as_always(delta):
    delta.send("ben@example.org", send="yes")
    passed_on = Device()
    link = mailed("ben@example.org")
    assert passed_on.post(link)["Location"] == "/sign-in/?next=/home/"
    assert holds("ben@example.org", delta.hub) == ["member"]
    assert passed_on.get("/account/").status_code == 302
    assert Person.objects.filter(email="ben@example.org").count() == 1


def test_an_invitation_ends_after_14_days(delta):
    delta.send("dara@example.org", send="yes")
    link = mailed("dara@example.org")
    assert Device().get(link).status_code == 200
    Invitation.everywhere.update(until=NOW - timedelta(seconds=1))
    assert Device().get(link).status_code == 404
    one = Invitation.everywhere.get()
    assert one.until - one.made_at < timedelta(days=14)


def test_an_invitation_can_be_taken_back_by_whoever_leads(delta):
    delta.send("dara@example.org", send="yes")
    one, link = Invitation.everywhere.get(), mailed("dara@example.org")
    dara = give(delta.admin, delta.hub, Role.MEMBER, "Finn")
    assert device(dara).post(f"/invitations/{one.id}/removal/").status_code == 404
    assert Device().get(link).status_code == 200
    assert delta.laptop.post(f"/invitations/{one.id}/removal/")["Location"] == delta.here
    assert Device().post(link, {"name": "Dara"}).status_code == 404
    assert holds("dara@example.org", delta.hub) == []


def test_an_earlier_invitation_ends_with_a_new_one(delta):
    delta.send("dara@example.org", send="yes")
    first = mailed("dara@example.org")
    assert says(delta.send("dara@example.org"), "was invited before; that link ends")
    delta.send("dara@example.org", send="yes")
    assert (Device().get(first).status_code, Device().get(mailed("dara@example.org")).status_code) == (
        404,
        200,
    )


def test_an_invitation_is_worth_nothing_once_its_maker_may_not_invite(delta):
    delta.send("dara@example.org", send="yes")
    link = mailed("dara@example.org")
    assert Device().get(link).status_code == 200
    held = Membership.objects.get(person=delta.cleo)
    roles.take_role(by=viewer(delta.admin), membership_id=held.id, at=NOW)
    assert Device().post(link, {"name": "Dara"}).status_code == 404
    assert Person.objects.filter(email="dara@example.org").count() == 0


def test_people_are_invited_where_one_leads_and_elsewhere_there_is_nothing(delta):
    other = team(delta.admin, network(delta.admin, "Gamma network"), "Gamma hub")
    second = team(delta.admin, delta.network, "Elm Street")
    theirs = f"/n/{other.network_id}/teams/{other.id}/invitations/"
    sibling = f"/n/{delta.network.id}/teams/{second.id}/invitations/"
    whole = f"/n/{delta.network.id}/invitations/"
    mixed = f"/n/{delta.network.id}/teams/{other.id}/invitations/"
    ben = device(delta.ben)
    assert {it: ben.get(it).status_code for it in (delta.here, sibling, whole, theirs, mixed)} == {
        delta.here: 200,
        sibling: 200,
        whole: 200,
        theirs: 404,
        mixed: 404,
    }
    assert {it: delta.laptop.get(it).status_code for it in (delta.here, sibling, whole, theirs)} == {
        delta.here: 200,
        sibling: 404,
        whole: 404,
        theirs: 404,
    }
    assert delta.send("dara@example.org", here=theirs, send="yes").status_code == 404
    assert Invitation.everywhere.count() == 0


def test_a_role_that_is_not_theirs_to_give_is_not_offered(delta):
    initiative = places.make_initiative(by=viewer(delta.admin), name="Literacy", at=NOW)
    gamma = network(delta.admin, "Gamma network", initiative.id)
    lead = device(give(delta.admin, initiative, Role.INITIATIVE_LEAD, "Ivo"))
    here = f"/n/{gamma.id}/invitations/"
    assert delta.send("dara@example.org", lead, here, role="network-lead").status_code == 200
    assert delta.send("dara@example.org", lead, here, role="coach").status_code == 422
    assert (
        delta.send("dara@example.org", lead, f"/i/{initiative.id}/invitations/", role="coach").status_code
        == 200
    )


def test_a_leader_takes_roles_in_their_team_and_everybody_may_leave(delta):
    dara, eli = (give(delta.admin, delta.hub, Role.MEMBER, name) for name in ("Dara", "Eli"))
    gale = give(delta.admin, team(delta.admin, delta.network, "Elm Street"), Role.MEMBER, "Gale")
    held = {it.person_id: it.id for it in Membership.objects.filter(person__in=[dara, eli, gale])}
    phone = device(dara)
    assert phone.post(f"/roles/{held[eli.id]}/removal/").status_code == 404
    assert delta.laptop.post(f"/roles/{held[gale.id]}/removal/").status_code == 404
    assert delta.laptop.post(f"/roles/{held[eli.id]}/removal/")["Location"] == delta.here
    assert says(phone.get("/home/"), f"/roles/{held[dara.id]}/removal/")
    assert phone.post(f"/roles/{held[dara.id]}/removal/")["Location"] == "/home/"
    assert holds("dara@example.org", delta.hub) == holds("eli@example.org", delta.hub) == []
    assert phone.get("/account/").status_code == 302


def test_whom_somebody_once_invited_is_forgotten(delta):
    delta.send("dara@example.org", send="yes")
    keep_to_rules(at=NOW + timedelta(days=43))
    assert Invitation.everywhere.count() == 1
    keep_to_rules(at=NOW + timedelta(days=45))
    assert Invitation.everywhere.count() == 0
