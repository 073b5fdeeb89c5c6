"""What is kept of a person on strategy cards: in their copy, and gone when they are erased; the cards stay the hub's."""

import pytest
from django.utils import timezone

from hubcraft.apps.cards.models import Card, CardVersion
from hubcraft.apps.people.models import Person
from hubcraft.apps.records.actions.erasure import take_out
from hubcraft.apps.records.queries.copies import everything_about
from tests.apps.cards.place import SAID, make_place
from tests.apps.cards.test_cards import told
from tests.homes import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_place()


def test_erased_nobody_is_asked_and_the_card_stays(place):
    card = place.write()
    place.open(card)
    place.belongs.post(f"{place.address}{card}/contact/", {"person": place.ben.id})
    cora = signed_in(place.cora)
    assert "Whom to ask" in told(cora, f"/playbook/{card}/")
    take_out(Person.objects.get(id=place.ben.id), timezone.now())
    kept = Card.everywhere.get()
    assert (kept.contact, kept.contact_agreed_at, kept.person) == (None, None, None)
    assert CardVersion.everywhere.get().person is None
    page = told(cora, f"/playbook/{card}/")
    assert SAID["does"] in page and "Whom to ask" not in page and "Ben" not in page


def test_a_copy_holds_what_they_wrote_as_far_as_they_read_it(place):
    card = place.write()
    place.open(card)
    place.belongs.post(f"{place.address}{card}/contact/", {"person": place.ben.id})
    row = place.try_it(place.cora, card, place.coast)
    place.tell(place.cora, place.coast, row)
    mine = everything_about(Person.objects.get(id=place.ben.id))
    (version,) = mine["what_you_wrote_on_strategy_cards"]
    assert version["does"] == SAID["does"] and version["hub"] == "Riverbend"
    assert mine["cards_you_may_be_asked_about"][0]["agreed_at"]
    (told_of,) = everything_about(Person.objects.get(id=place.cora.id))["what_you_wrote_of_tries"]
    assert told_of["happened"] == "We begin on time."
    place.belongs.post(f"{place.address}taken-away/card/{card}/")
    (version,) = everything_about(Person.objects.get(id=place.ben.id))["what_you_wrote_on_strategy_cards"]
    assert set(version) == {"hub", "look_for", "made_at"}
