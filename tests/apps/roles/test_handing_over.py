"""A hub's leader hands it over: to somebody of the hub at once, to somebody else once they say yes."""

import re

import pytest

from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import Person
from hubcraft.apps.records.actions import erasure
from hubcraft.apps.roles.actions import handing_over
from hubcraft.apps.roles.actions import roles as actions
from hubcraft.apps.roles.models import Invitation
from hubcraft.domain.verdict import NotThere
from tests.apps.roles.people import administrator
from tests.device import Device, says
from tests.homes import (
    account,
    hub_address,
    make_account,
    make_hub,
    make_initiative,
    make_network,
    signed_in,
    trail,
)
from tests.make import NOW

pytestmark = pytest.mark.django_db
ONCE = "a" * 32


class Home:
    """A hub that Rosa leads, with Ben and Mia in it, in a network that Lena leads."""

    def __init__(self):
        self.initiative = make_initiative()
        self.network = make_network(initiative=self.initiative)
        self.hub = make_hub(self.network)
        self.rosa = make_account("Rosa", hub=self.hub, role=Role.HUB_LEADER)
        self.ben, self.mia = (make_account(it, hub=self.hub) for it in ("Ben", "Mia"))
        self.lena = make_account("Lena", network=self.network, role=Role.NETWORK_LEAD)
        self.laptop = signed_in(self.rosa)

    @property
    def address(self) -> str:
        return f"{hub_address(self.hub)}hand-over/"

    def leaders(self) -> set[str]:
        held = Membership.objects.filter(team=self.hub, role=Role.HUB_LEADER, ended_at=None)
        return {str(it.person) for it in held.select_related("person")}

    def send(self, to, then="stays", **more):
        fields = {"to": to, "then": then, "once": ONCE, **more}
        return self.laptop.post(self.address, fields)


@pytest.fixture
def home():
    return Home()


def mails(subject: str) -> dict[str, str]:
    return {it.to: it.words for it in OutboxMail.objects.filter(subject=subject)}


def test_a_leader_hands_over_to_a_member_and_stays(home):
    assert says(home.laptop.get(hub_address(home.hub)), "Hand this hub over")
    assert home.leaders() == {"Rosa"}
    page = home.send(home.ben.id)
    assert says(page, "Hand Riverbend over to Ben?") and says(page, "You stay as a member")
    assert home.leaders() == {"Rosa"}
    assert home.send(home.ben.id, sure="yes")["Location"] == hub_address(home.hub)
    assert home.leaders() == {"Ben"}
    page = home.laptop.get(hub_address(home.hub))
    assert says(page, "Riverbend") and not says(page, "Hand this hub over")
    assert ("Rosa", "handed Riverbend over to Ben") in trail()
    held = Membership.objects.filter(team=home.hub, ended_at=None)
    assert sorted((str(it.person), it.role) for it in held) == [
        ("Ben", "hub-leader"),
        ("Mia", "member"),
        ("Rosa", "member"),
    ]


def test_a_leader_hands_over_and_leaves(home):
    assert home.laptop.get(hub_address(home.hub)).status_code == 200
    assert says(home.send(home.ben.id, "leaves"), "You leave")
    assert says(home.send(home.ben.id, "leaves", sure="yes"), "You have handed it over")
    assert home.leaders() == {"Ben"}
    assert signed_in(Person.objects.get(id=home.rosa.id)).get(hub_address(home.hub)).status_code == 404
    assert not Membership.objects.filter(person=home.rosa, ended_at=None).exists()


def test_everybody_concerned_is_told_in_their_language(home):
    Person.objects.filter(id=home.mia.id).update(language="es")
    home.send(home.ben.id)
    assert mails("Ben leads Riverbend now") == {}
    home.send(home.ben.id, sure="yes")
    told = mails("Ben leads Riverbend now")
    assert told.keys() == {f"{it}@example.org" for it in ("rosa", "ben", "lena")}
    assert "Rosa has handed Riverbend over to you" in told["ben@example.org"]
    assert "You stay as a member." in told["rosa@example.org"]
    [spanish] = OutboxMail.objects.filter(to="mia@example.org")
    assert "Ahora Ben dirige Riverbend" in spanish.subject


def test_somebody_else_is_asked_by_mail_and_leads_once_they_say_yes(home):
    page = home.send("somebody-else", "leaves", email="Gus@example.org", name="Gus")
    assert says(page, "Ask Gus@example.org to take Riverbend over?")
    home.send("somebody-else", "leaves", email="Gus@example.org", name="Gus", sure="yes")
    assert home.leaders() == {"Rosa"} and says(home.laptop.get(home.address), "gus@example.org")
    words = mails("Rosa asks you to take Riverbend over")["gus@example.org"]
    link = re.search(r"http://testserver(/invitation/\S+)", words)[1]
    phone = Device()
    assert says(phone.get(link), "instead of Rosa")
    assert phone.post(link, {"name": "Gus"})["Location"] == "/home/"
    assert home.leaders() == {"Gus"}
    assert signed_in(Person.objects.get(id=home.rosa.id)).get(hub_address(home.hub)).status_code == 404
    assert mails("Gus leads Riverbend now").keys() == {
        f"{it}@example.org" for it in ("rosa", "ben", "mia", "lena", "gus")
    }
    assert ("Gus", "took Riverbend over from Rosa") in trail()
    assert phone.post(link, {"name": "Gus"}).status_code == 404


def test_what_was_asked_is_taken_back_or_ends_when_something_else_is_done(home):
    def ask() -> str:
        Invitation.everywhere.update(once="")
        home.send("somebody-else", email="gus@example.org", sure="yes")
        mail = OutboxMail.objects.filter(to="gus@example.org").latest("id")
        return re.search(r"http://testserver(/invitation/\S+)", mail.words)[1]

    first = ask()
    assert Device().get(first).status_code == 200
    second = ask()
    assert (Device().get(first).status_code, Device().get(second).status_code) == (404, 200)
    waiting = Invitation.everywhere.get(ended_at=None)
    assert home.laptop.post(f"/invitations/{waiting.id}/removal/").status_code == 302
    assert Device().get(second).status_code == 404
    third = ask()
    assert Device().get(third).status_code == 200
    home.send(home.ben.id, sure="yes")
    assert Device().post(third, {"name": "Gus"}).status_code == 404
    assert home.leaders() == {"Ben"}


def test_only_who_leads_the_hub_hands_it_over_and_only_to_its_people(home):
    admin = administrator()
    stranger = make_account("Otto", hub=make_hub(home.network, "Other"))
    fields = {"to": home.mia.id, "then": "stays", "once": ONCE, "sure": "yes"}
    for person in (home.ben, home.lena, stranger, admin):
        assert signed_in(person).get(home.address).status_code == 404
        assert signed_in(person).post(home.address, fields).status_code == 404
        with pytest.raises(NotThere):
            handing_over.hand_over(by=account(person), hub=home.hub, to=home.mia.id, stays=True, at=NOW)
    with pytest.raises(NotThere):
        handing_over.hand_over(by=account(home.rosa), hub=home.hub, to=stranger.id, stays=True, at=NOW)
    assert home.leaders() == {"Rosa"}
    assert home.laptop.post(home.address, fields).status_code == 302
    assert home.leaders() == {"Mia"}


def test_what_makes_no_sense_changes_nothing(home):
    wrong = [
        {"to": "nobody", "then": "stays"},
        {"to": home.ben.id, "then": "flies"},
        {"to": "somebody-else", "then": "stays"},
        {"to": "somebody-else", "then": "stays", "email": "not an address"},
        {"to": "somebody-else", "then": "stays", "email": "Rosa@example.org"},
    ]
    for fields in wrong:
        page = home.laptop.post(home.address, {"once": ONCE, "sure": "yes", **fields})
        assert page.status_code == 422, fields
    assert home.leaders() == {"Rosa"} and not Invitation.everywhere.exists()
    assert home.send(home.ben.id, sure="yes").status_code == 302


def test_one_of_two_leaders_hands_over_to_the_other(home):
    make_account("Ben", hub=home.hub, role=Role.HUB_LEADER)
    assert home.leaders() == {"Rosa", "Ben"}
    assert says(home.send(home.mia.id), "goes on leading it: Ben")
    home.send(home.ben.id, sure="yes")
    assert home.leaders() == {"Ben"}


GONE = "Nobody leads Riverbend any more"


def test_who_leads_the_network_hears_of_a_hub_that_nobody_leads(home):
    make_account("Ben", hub=home.hub, role=Role.HUB_LEADER)
    held = {it.person_id: it for it in Membership.objects.filter(team=home.hub, role=Role.HUB_LEADER)}
    actions.take_role(by=account(home.rosa), membership_id=held[home.rosa.id].id, at=NOW)
    assert mails(GONE) == {}
    actions.take_role(by=account(home.ben), membership_id=held[home.ben.id].id, at=NOW)
    assert mails(GONE).keys() == {"lena@example.org"}


def test_an_erased_leader_leaves_no_hub_unnoticed(home, settings, tmp_path):
    settings.DATA = tmp_path
    admin = administrator()
    erasure.erase(by=account(home.lena), person_id=home.lena.id, at=NOW)
    assert mails(GONE) == {}
    erasure.erase(by=account(home.rosa), person_id=home.rosa.id, at=NOW)
    assert mails(GONE).keys() == {admin.email}
