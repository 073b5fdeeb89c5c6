"""What leaves a hub: only what it shares, as it was then, through the floors; and who looked."""

import pytest

from hubcraft.apps.insights.actions import sharing
from hubcraft.apps.insights.models import Frozen, Look, Release, ReleasedGroup
from hubcraft.apps.networks.models import Role
from hubcraft.domain.verdict import NotThere, Refused
from tests.apps.insights.test_hubs import keep, name_strategy, promise
from tests.cast import convening, wish
from tests.device import says, text_of
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
from tests.make import ALONE, NOW, RIVERBEND, opened, seated

pytestmark = pytest.mark.django_db


class Place:
    """A network of an initiative, a hub that kept Riverbend's board, and who leads each."""

    def __init__(self, **room):
        self.initiative = make_initiative()
        self.network = make_network(initiative=self.initiative)
        self.hub = make_hub(self.network)
        self.rosa = make_account("Rosa", hub=self.hub, role=Role.HUB_LEADER)
        self.lena = make_account("Lena", network=self.network, role=Role.NETWORK_LEAD)
        self.ines = make_account("Ines", initiative=self.initiative, role=Role.INITIATIVE_LEAD)
        self.hall = convening("revealed", **room)
        self.strategy = name_strategy(self.hall.cleo, "We meet on Mondays.")
        self.step = promise(self.hall.dara, "Call the schools.", is_shared=True)
        keep(self.rosa, self.hall.ben, self.hub)
        self.board = self.hall.board(RIVERBEND)

    def share(self, source, reach="network", by=None):
        person = by or self.rosa
        return sharing.share(
            by=account(person), who=person.in_trail, hub=self.hub, source=source, reach=reach, at=NOW
        )

    @property
    def above(self):
        return f"/n/{self.network.id}/"

    @property
    def seen(self):
        """The hub as the network's lead sees it."""
        return f"{self.above}hubs/{self.hub.id}/"


@pytest.fixture
def place():
    return Place()


def test_nothing_leaves_a_hub_by_itself(place):
    lena = signed_in(place.lena)
    assert lena.get(place.above).status_code == 200
    assert lena.get(place.seen).status_code == 404
    place.share(place.strategy.id)
    page = lena.get(place.seen)
    assert says(page, "We meet on Mondays.")
    assert not says(page, "Call the schools.")


def test_only_the_hub_s_leader_shares(place):
    member = make_account("Mia", hub=place.hub)
    for person in (member, place.lena):
        with pytest.raises(Refused):
            place.share(place.strategy.id, by=person)
    assert Release.everywhere.count() == 0
    place.share(place.strategy.id)
    assert Release.everywhere.get().person == place.rosa
    assert trail(did="shared something upward") == [("Rosa", "shared something upward")]


def test_a_leader_shares_on_the_hub_s_page(place):
    rosa, address = signed_in(place.rosa), f"{hub_address(place.hub)}sharing/"
    assert says(rosa.get(address), "Stays in your hub")
    assert rosa.post(address, {"source": place.board.id, "reach": "network"}).status_code == 302
    assert says(rosa.get(address), "Shared with your network")
    assert rosa.post(f"{address}end/", {"release": Release.everywhere.get().id}).status_code == 302
    assert Release.objects.filter(team=place.hub, revoked_at=None).count() == 0
    mia = signed_in(make_account("Mia", hub=place.hub))
    assert mia.get(address).status_code == 200
    assert mia.post(address, {"source": place.board.id, "reach": "network"}).status_code == 403


def test_somebody_else_s_things_are_not_shared(place):
    other = make_hub(place.network, "Other")
    olaf = make_account("Olaf", hub=other, role=Role.HUB_LEADER)
    with pytest.raises(NotThere):
        sharing.share(
            by=account(olaf), who="Olaf", hub=other, source=place.strategy.id, reach="network", at=NOW
        )
    release = place.share(place.strategy.id)
    with pytest.raises(NotThere):
        sharing.take_back(by=account(olaf), who="Olaf", hub=other, release_id=release.id, at=NOW)
    assert Release.everywhere.get().revoked_at is None


def test_counts_leave_without_a_name(place):
    place.share(place.board.id)
    page = text_of(signed_in(place.lena).get(place.seen))
    assert place.hall.rubric.title in page
    assert "Nearly everyone" in page
    assert not any(f">{label}<" in page for label in ("BE", "CL", "DA", "EL", "HA", "LE"))


def test_what_is_released_is_frozen(place):
    place.share(place.board.id)
    place.share(place.strategy.id)
    frozen = Frozen.everywhere.get().tallies
    place.hall.ben.mark(1, "1", "after")
    type(place.strategy).everywhere.filter(id=place.strategy.id).update(words="Otherwise.")
    assert Frozen.everywhere.get().tallies == frozen
    assert says(signed_in(place.lena).get(place.seen), "We meet on Mondays.")


def test_shared_again_a_board_is_the_one_it_was(place):
    """Else the two, one person apart, would say what that person answered."""
    release = place.share(place.board.id)
    frozen = Frozen.everywhere.get().tallies
    sharing.take_back(by=account(place.rosa), who="Rosa", hub=place.hub, release_id=release.id, at=NOW)
    place.hall.ben.mark(1, "1", "after")
    place.share(place.board.id)
    assert Frozen.everywhere.get().tallies == frozen


def test_what_is_taken_back_is_gone(place):
    release = place.share(place.strategy.id)
    lena = signed_in(place.lena)
    assert lena.get(place.seen).status_code == 200
    sharing.take_back(by=account(place.rosa), who="Rosa", hub=place.hub, release_id=release.id, at=NOW)
    assert lena.get(place.seen).status_code == 404
    assert Release.everywhere.get().words == {}


def test_the_hub_sees_who_looked_at_what(place):
    place.share(place.strategy.id)
    address = f"{hub_address(place.hub)}sharing/"
    assert says(signed_in(place.rosa).get(address), "Nobody has looked yet.")
    for _again in range(2):
        signed_in(place.lena).get(place.seen)
    assert Look.everywhere.count() == 1
    assert says(signed_in(place.rosa).get(address), "Lena")


def test_the_initiative_sees_only_what_is_shared_with_it(place):
    place.share(place.strategy.id)
    place.share(place.step.id, "initiative")
    ines, base = signed_in(place.ines), f"/i/{place.initiative.id}/"
    assert ines.get(base).status_code == 200
    page = ines.get(f"{base}hubs/{place.hub.id}/")
    assert says(page, "Call the schools.")
    assert not says(page, "We meet on Mondays.")
    assert says(signed_in(place.lena).get(place.seen), "We meet on Mondays.")


def test_a_network_in_another_initiative_takes_nothing_along(place):
    """The hub meant the initiative that it was in."""
    place.share(place.step.id, "initiative")
    other = make_initiative("Another initiative")
    odo = signed_in(make_account("Odo", initiative=other, role=Role.INITIATIVE_LEAD))
    assert signed_in(place.ines).get(f"/i/{place.initiative.id}/hubs/{place.hub.id}/").status_code == 200
    type(place.network).objects.filter(id=place.network.id).update(initiative=other)
    assert signed_in(place.ines).get(f"/i/{place.initiative.id}/hubs/{place.hub.id}/").status_code == 404
    assert odo.get(f"/i/{other.id}/hubs/{place.hub.id}/").status_code == 404
    sharing_page = f"{hub_address(place.hub)}sharing/"
    rosa = signed_in(place.rosa)
    assert not says(rosa.get(sharing_page), "Shared with your network and its initiative")
    rosa.post(sharing_page, {"source": place.step.id, "reach": "initiative"})
    assert says(odo.get(f"/i/{other.id}/hubs/{place.hub.id}/"), "Call the schools.")


def test_the_pages_above_are_there_only_for_who_leads_there(place):
    place.share(place.strategy.id, "initiative")
    base = f"/i/{place.initiative.id}/"
    network, initiative = [place.above, place.seen], [base, f"{base}hubs/{place.hub.id}/"]
    other = make_account("Oda", network=make_network("Other"), role=Role.NETWORK_LEAD)
    assert {signed_in(place.lena).get(it).status_code for it in network} == {200}
    assert {signed_in(place.ines).get(it).status_code for it in initiative} == {200}
    for person in (other, place.rosa, make_account("None")):
        assert {signed_in(person).get(it).status_code for it in network + initiative} == {404}
    assert {signed_in(place.lena).get(it).status_code for it in initiative} == {404}
    assert {signed_in(place.ines).get(it).status_code for it in network} == {404}


def test_words_of_fewer_than_five_people_stay():
    hub = make_hub(make_network())
    rosa = make_account("Rosa", hub=hub, role=Role.HUB_LEADER)
    hall = opened()
    people = seated(hall, "AA", "BB", "CC")
    for person in people:
        person.fill()
    strategy = name_strategy(people[0], "We meet on Mondays.")
    hall.reveal(RIVERBEND)
    keep(rosa, people[0], hub)
    how = {"by": account(rosa), "who": "Rosa", "hub": hub, "reach": "network", "at": NOW}
    with pytest.raises(Refused):
        sharing.share(**how, source=strategy.id)
    sharing.share(**how, source=hall.board(RIVERBEND).id)
    assert [it.kind for it in Release.everywhere.all()] == ["levels"]


def test_nothing_leaves_where_each_sees_only_their_own():
    hub = make_hub(make_network())
    rosa = make_account("Rosa", hub=hub, role=Role.HUB_LEADER)
    hall = opened()
    people = seated(hall, "AA", "BB", "CC")
    for person in people:
        person.fill()
    wish(people[0])
    hall.reveal(RIVERBEND)
    board = hall.board(RIVERBEND)
    assert board.shows == "own"
    keep(rosa, people[0], hub)
    with pytest.raises(NotThere):
        sharing.share(by=account(rosa), who="Rosa", hub=hub, source=board.id, reach="network", at=NOW)
    assert Frozen.everywhere.count() == 0


def hubs_that_share(network, lines, *, reach="network"):
    """Hubs that each held a reflection of their own and share it: their people's answers, a line each."""
    releases = []
    for number, own in enumerate(lines):
        hub = make_hub(network, f"Hub {number}")
        leader = make_account(f"L{number}-{network.id[:4]}", hub=hub, role=Role.HUB_LEADER)
        hall = opened()
        people = seated(hall, *(f"{letter}{letter}" for letter in "ABCDEFG"[: len(own)]))
        for person, sign in zip(people, own, strict=True):
            person.fill(sign * 11)
        hall.reveal(RIVERBEND)
        keep(leader, people[0], hub)
        release = sharing.share(
            by=account(leader),
            who=str(leader),
            hub=hub,
            source=hall.board(RIVERBEND).id,
            reach=reach,
            at=NOW,
        )
        releases.append((leader, hub, release))
    return releases


def test_a_network_is_told_only_what_the_floors_allow():
    network = make_network(initiative=make_initiative())
    lena = signed_in(make_account("Lena", network=network, role=Role.NETWORK_LEAD))
    shared = hubs_that_share(network, ("12234", "12344"))
    assert ReleasedGroup.objects.count() == 0
    assert says(lena.get(f"/n/{network.id}/"), "Not told")
    shared += hubs_that_share(network, ("11234",))
    group = ReleasedGroup.objects.first()
    assert sum(group.counts.values()) == 15
    assert not says(lena.get(f"/n/{network.id}/"), "Not told")
    assert Look.everywhere.filter(person__name="Lena").count() == 3
    # A small hub more would be what is left when the others are taken away: nothing new is told.
    before = ReleasedGroup.objects.count()
    hubs_that_share(network, ("123",))
    assert ReleasedGroup.objects.count() == before
    # Whose counts were in the sum takes them back, and the sum is not shown any more.
    leader, hub, release = shared[0]
    sharing.take_back(by=account(leader), who="L", hub=hub, release_id=release.id, at=NOW)
    assert says(lena.get(f"/n/{network.id}/"), "Not told")


def test_a_network_says_what_it_asks_for_and_nothing_moves(place):
    lena = signed_in(place.lena)
    assert lena.post(place.above, {"strategies": "on"}).status_code == 302
    assert says(signed_in(place.rosa).get(f"{hub_address(place.hub)}sharing/"), "Your network asks you")
    assert Release.everywhere.count() == 0


def test_who_was_alone_leaves_nothing(place):
    assert place.hall.finn.seat.team.is_alone, ALONE
    page = signed_in(place.rosa).get(f"{hub_address(place.hub)}sharing/")
    assert text_of(page).count(place.board.id) > 0
    finn = place.hall.finn.place.reflection
    assert finn.id not in text_of(page)
