"""Cards that other hubs try: counts stay with a card, a story goes to whom it was told for, and nobody reads more by it."""

import secrets
from datetime import timedelta

import pytest

from hubcraft.apps.cards.actions import keeping
from hubcraft.apps.cards.models import Card, Try
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.records.actions.retention import keep_to_rules
from tests.apps.cards.place import SAID, TODAY, make_place, viewer_of
from tests.apps.cards.test_cards import told
from tests.device import says
from tests.homes import hub_address, make_account, make_hub, signed_in
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_place()


@pytest.fixture
def card(place):
    """One that everybody reads."""
    card = place.write()
    place.open(card)
    return card


def tries_of(hub) -> str:
    return f"{hub_address(hub)}playbook/tries/"


def test_a_hub_tries_it_tells_and_the_card_keeps_the_story(place, card):
    cora = signed_in(place.cora)
    row = place.try_it(place.cora, card, place.coast, how="adapt", what_changed="Two norms.")
    page = told(place.belongs, f"{place.address}{card}/")
    assert "Tried by 1 hub: 1 has not told yet." in page and "Two norms." not in page
    assert "Two norms." in told(cora, tries_of(place.coast))
    assert (
        place.tell(place.cora, place.coast, row, shows="name", what_changed="Two norms.").status_code == 302
    )
    page = told(place.belongs, f"{place.address}{card}/")
    assert all(
        it in page for it in ("it helped 1", "We begin on time.", "Two norms.", "Coast hub, Coast network")
    )
    assert "told with your hub’s name" in told(cora, tries_of(place.coast))


@pytest.mark.parametrize(
    ("shows", "story", "name"), [("count", False, False), ("story", True, False), ("name", True, True)]
)
def test_how_much_of_it_others_read_is_said_by_who_tried(place, card, shows, story, name):
    row = place.try_it(place.cora, card, place.coast)
    assert place.tell(place.cora, place.coast, row, came_of="mixed", shows=shows).status_code == 302
    for device, path in (
        (place.leads, f"{place.address}{card}/"),
        (signed_in(place.elsa), f"/playbook/{card}/"),
    ):
        page = told(device, path)
        assert "Tried by 1 hub: mixed for 1." in page
        assert ("We begin on time." in page, "Coast hub" in page) == (story, name)


def test_a_hub_that_tries_twice_is_counted_once(place, card):
    first = place.try_it(place.cora, card, place.coast)
    place.tell(place.cora, place.coast, first, came_of="did-not")
    place.try_it(place.cora, card, place.coast)
    other = place.try_it(place.elsa, card, place.elm)
    place.tell(place.elsa, place.elm, other, came_of="helped")
    assert "Tried by 2 hubs: it helped 1, it did not help 1." in told(place.leads, f"{place.address}{card}/")


def test_a_story_stays_with_those_it_was_told_for(place):
    card = place.write()
    place.open(card, "network")
    row = place.try_it(place.elsa, card, place.elm)
    place.tell(place.elsa, place.elm, row, shows="name")
    nell = signed_in(make_account("Nell", network=place.valley, role=Role.NETWORK_LEAD))
    assert "We begin on time." in told(nell, f"/playbook/{card}/")
    place.open(card, "everyone")
    assert "We begin on time." in told(nell, f"/playbook/{card}/")
    assert "We begin on time." in told(place.belongs, f"{place.address}{card}/")
    page = told(signed_in(place.cora), f"/playbook/{card}/")
    assert "Tried by 1 hub: it helped 1." in page
    assert "We begin on time." not in page and "Elm Street" not in page


def test_who_tells_is_told_where_more_would_read_it_by_now(place):
    card = place.write()
    place.open(card, "network")
    row = place.try_it(place.elsa, card, place.elm)
    elsa, page = signed_in(place.elsa), f"{tries_of(place.elm)}{row}/"
    was = place.was(elsa, page)
    place.open(card, "everyone")
    sent = {"was": was, "came_of": "helped", "happened": "We begin on time.", "shows": "name"}
    answer = elsa.post(page, sent)
    assert answer.status_code == 409 and says(answer, "More people would read this now")
    assert not Try.everywhere.get().told_at
    assert elsa.post(page, sent | {"was": place.was(elsa, page)}).status_code == 302


def test_only_a_hub_whose_people_all_read_it_tries_it_or_makes_it_its_own(place):
    card = place.write()
    place.open(card, "network")
    Membership.objects.create(person=place.cora, role=Role.COACH, network=place.valley, made_at=NOW)
    cora = signed_in(place.cora)
    assert says(cora.get(f"/playbook/{card}/"), SAID["does"])
    sent = {
        "once": secrets.token_hex(16),
        "hub": place.coast.id,
        "how": "adopt",
        "began_on": TODAY.isoformat(),
    }
    assert cora.post(f"/playbook/{card}/try/", sent).status_code == 404
    write = f"{hub_address(place.coast)}playbook/write/"
    assert cora.get(f"{write}?card={card}").status_code == 404
    more = {"once": secrets.token_hex(16), "card": card, "look_for": "x"}
    assert cora.post(write, SAID | more).status_code == 404
    assert place.try_it(place.elsa, card, place.elm)
    place.open(card, "everyone")
    assert place.try_it(place.cora, card, place.coast)
    assert cora.post(write, SAID | more).status_code == 302


def test_of_several_hubs_one_is_chosen(place, card):
    second = make_hub(place.valley, "Mill hub")
    Membership.objects.create(
        person=place.elsa, role=Role.MEMBER, network=place.valley, team=second, made_at=NOW
    )
    elsa = signed_in(place.elsa)
    assert says(elsa.get(f"/playbook/{card}/try/"), "Which of your hubs tries it?")
    sent = {"once": secrets.token_hex(16), "how": "adopt", "began_on": TODAY.isoformat()}
    assert elsa.post(f"/playbook/{card}/try/", sent).status_code == 422
    assert elsa.post(f"/playbook/{card}/try/", sent | {"hub": place.coast.id}).status_code == 422
    assert elsa.post(f"/playbook/{card}/try/", sent | {"hub": second.id})["Location"] == tries_of(second)


def test_what_its_hub_retired_is_not_begun_with_anew_and_told_of_all_the_same(place, card):
    row = place.try_it(place.cora, card, place.coast)
    place.send(place.belongs, card, "retire/", **{"retire-why": "It tired us."})
    elsa = signed_in(place.elsa)
    sent = {"once": secrets.token_hex(16), "hub": place.elm.id, "how": "adopt", "began_on": TODAY.isoformat()}
    answer = elsa.post(f"/playbook/{card}/try/", sent)
    assert answer.status_code == 422 and says(answer, "Its hub uses this card no more.")
    assert place.tell(place.cora, place.coast, row).status_code == 302


def test_closed_or_deleted_it_is_gone_and_what_was_tried_stays_with_who_tried_it(place, card):
    row = place.try_it(place.cora, card, place.coast)
    place.tell(place.cora, place.coast, row)
    cora = signed_in(place.cora)
    assert SAID["does"] in told(cora, tries_of(place.coast))
    place.open(card, "team")
    page = told(cora, tries_of(place.coast))
    assert SAID["does"] not in page and "We begin on time." in page and "a card of Riverbend" in page
    more = {"by": viewer_of(place.ben), "hub": place.hub}
    keeping.take_away(**more, kind="card", row_id=card, at=NOW)
    keep_to_rules(at=NOW + timedelta(days=31))
    assert not Card.everywhere.exists()
    cora = signed_in(place.cora)
    page = told(cora, tries_of(place.coast))
    assert "We begin on time." in page and "a card of Riverbend" in page
    assert cora.get(f"{tries_of(place.coast)}{row}/").status_code == 200


# -- one's own card of it ----------------------------------------------------------------------------------


def make_own(place, person, hub, card, **fields) -> str:
    """A hub's own card of another's, as its form begins."""
    page = signed_in(person).get(f"{hub_address(hub)}playbook/write/?card={card}")
    assert says(page, SAID["does"])
    return place.write(signed_in(person), hub, card=card, **fields)


def test_ones_own_card_says_for_ever_whose_it_was(place, card):
    own = make_own(place, place.cora, place.coast, card, does="We open with two norms.")
    cora, page = signed_in(place.cora), f"{hub_address(place.coast)}playbook/{own}/"
    assert says(cora.get(page), f'<a href="/playbook/{card}/">Riverbend, Valley network</a>')
    place.open(card, "team")
    assert says(cora.get(page), "Riverbend, Valley network")
    assert not says(cora.get(page), f'<a href="/playbook/{card}/">')
    Card.everywhere.filter(id=card).delete()
    assert says(cora.get(page), "Riverbend, Valley network")


def test_ones_own_card_is_opened_no_further_than_the_first_was(place):
    card = place.write()
    place.open(card, "network")
    own = make_own(place, place.elsa, place.elm, card)
    elsa, reach = signed_in(place.elsa), f"{hub_address(place.elm)}playbook/{own}/reach/"
    for further in ("everyone", "initiative"):
        answer = elsa.post(reach, {"was": place.was(elsa, reach), "reach": further})
        assert answer.status_code == 422 and says(answer, "made from a card that fewer people read")
    assert elsa.post(reach, {"was": place.was(elsa, reach), "reach": "network"}).status_code == 302
    assert Card.everywhere.get(id=own).reach == "network"
    # Opened further later, the first is begun with anew.
    place.open(card, "everyone")
    other = make_own(place, place.elsa, place.elm, card)
    page = f"{hub_address(place.elm)}playbook/{other}/reach/"
    assert elsa.post(page, {"was": place.was(elsa, page), "reach": "everyone"}).status_code == 302
