"""A card made of what somebody named in a session: for the hub as it is, for others where it does not say who said it."""

import re
import secrets

import pytest

from hubcraft.apps.cards.models import Card, CardVersion
from hubcraft.apps.networks.models import Role
from hubcraft.apps.playbook.models import Strategy
from tests.apps.cards.test_cards import told
from tests.apps.insights.test_hubs import keep, name_strategy
from tests.cast import convening
from tests.device import says
from tests.homes import hub_address, make_account, make_hub, make_network, signed_in
from tests.make import RIVERBEND, opened, seated

pytestmark = pytest.mark.django_db
WORDS = "We meet on Mondays."


class Place:
    """A hub that kept the board of a session in which somebody named a strategy."""

    def __init__(self, hall, who, *, is_open: bool = True):
        self.network = make_network()
        self.hub = make_hub(self.network)
        self.rosa = make_account("Rosa", hub=self.hub, role=Role.HUB_LEADER)
        self.device = signed_in(self.rosa)
        self.address = f"{hub_address(self.hub)}playbook/"
        self.strategy = name_strategy(who, WORDS)
        if not is_open:
            hall.reveal(RIVERBEND)
        keep(self.rosa, who, self.hub)

    def begin(self):
        return self.device.get(f"{self.address}write/?strategy={self.strategy.id}")

    def make(self, does: str = WORDS, **more) -> str:
        sent = {"once": secrets.token_hex(16), "strategy": self.strategy.id, "look_for": "x", "does": does}
        answer = self.device.post(f"{self.address}write/", sent | more)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"].split("/")[-2]

    def open(self, card: str):
        page = f"{self.address}{card}/reach/"
        was = re.search(r'name="was" value="([^"]*)"', self.device.get(page).content.decode())[1]
        return self.device.post(page, {"was": was, "reach": "network"})

    def change(self, card: str, does: str):
        page = f"{self.address}{card}/change/"
        was = re.search(r'name="was" value="([^"]*)"', self.device.get(page).content.decode())[1]
        return self.device.post(page, {"was": was, "does": does})


def few() -> Place:
    """Three people answered."""
    hall = opened()
    people = seated(hall, "AA", "BB", "CC")
    for one in people:
        one.fill()
    return Place(hall, people[0], is_open=False)


@pytest.fixture
def many(db) -> Place:
    """Six did."""
    hall = convening("revealed")
    return Place(hall, hall.cleo)


def test_a_strategy_leads_to_a_card_that_begins_with_its_words(many):
    page = many.device.get(hub_address(many.hub)).content.decode()
    assert f"playbook/write/?strategy={many.strategy.id}" in page
    form = many.begin()
    assert says(form, WORDS) and says(form, "Say it so that others can use it.")
    card = many.make()
    assert Card.everywhere.get().strategy_id == many.strategy.id
    assert Card.everywhere.get().look_for == many.strategy.look_for
    assert WORDS in told(many.device, f"{many.address}{card}/")
    assert many.open(card).status_code == 302


def test_nobody_makes_a_card_of_a_strategy_that_they_do_not_read(many):
    assert many.begin().status_code == 200
    other = make_hub(many.network, "Elm Street")
    elsa = signed_in(make_account("Elsa", hub=other, role=Role.HUB_LEADER))
    write = f"{hub_address(other)}playbook/write/"
    assert elsa.get(f"{write}?strategy={many.strategy.id}").status_code == 404
    sent = {"once": secrets.token_hex(16), "strategy": many.strategy.id, "look_for": "x", "does": WORDS}
    assert elsa.post(write, sent).status_code == 404
    assert not Card.everywhere.exists()


def test_words_of_few_stay_until_they_are_said_anew(db):
    place = few()
    assert says(place.begin(), "these words would say who")
    card = place.make(does=f"{WORDS} In the library.")
    answer = place.open(card)
    assert answer.status_code == 422 and says(answer, "fewer than five people")
    assert Card.everywhere.get().reach == "team"
    assert place.change(card, "Mondays we meet on, still.").status_code == 302
    # The session is deleted long after, and with it what was named there.
    Strategy.everywhere.all().delete()
    assert place.change(card, "As ever, we meet on Mondays.").status_code == 302
    assert CardVersion.everywhere.get(number=3).is_of_few
    assert place.open(card).status_code == 422
    assert place.change(card, "A fixed hour each week keeps us together.").status_code == 302
    assert place.open(card).status_code == 302
    answer = place.change(card, f"{WORDS} All of us.")
    assert answer.status_code == 422 and says(answer, "fewer than five people")
    lena = signed_in(make_account("Lena", network=place.network, role=Role.NETWORK_LEAD))
    pages = [told(lena, f"/playbook/{card}/{it}") for it in ("", "versions/")]
    assert all("A fixed hour" in it and "Mondays" not in it for it in pages)
