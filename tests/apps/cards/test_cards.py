"""A hub's strategy cards: its people write them, its leader opens them, and each is read by whom it was opened for."""

import re
import secrets
from datetime import timedelta

import pytest
from django.utils import timezone

from hubcraft.apps.cards.actions import keeping
from hubcraft.apps.cards.models import Card, CardVersion
from hubcraft.domain.verdict import NotThere, Refused
from tests.apps.cards.place import LOOK_FOR, SAID, around, make_place, viewer_of
from tests.device import says
from tests.homes import hub_address, signed_in, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_place()


def told(device, path: str) -> str:
    """A page without its blanks, as people read it."""
    answer = device.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def readers(place, card: str, people) -> set[str]:
    """Who of these reads a card, at the address that everybody has."""
    found = {who: signed_in(it).get(f"/playbook/{card}/") for who, it in people.items()}
    assert {it.status_code for it in found.values()} <= {200, 404}
    return {who for who, it in found.items() if it.status_code == 200}


# -- writing -----------------------------------------------------------------------------------------------


def test_a_member_writes_a_card_and_the_hub_reads_it(place):
    card = place.write()
    page = told(place.leads, f"{place.address}{card}/")
    assert all(
        it in page for it in (SAID["does"], SAID["why"], SAID["how_we_know"], "11 to 30 sites · schools")
    )
    assert "only your hub" in page
    listed = told(place.belongs, place.address)
    assert SAID["does"] in listed
    assert "norms" in listed.casefold()
    assert ("Ben", "wrote a strategy card") in trail(network=place.valley.id)


def test_for_everybody_else_a_new_card_is_not_there(place):
    card = place.write()
    people = around(place) | {"member": place.ben}
    assert readers(place, card, people) == {"member"}
    for who, person in around_only(place, people).items():
        device = signed_in(person)
        pages = ("", "change/", "versions/", "reach/")
        assert [device.get(f"{place.address}{card}/{it}").status_code for it in pages] == [404] * 4, who


def around_only(place, people):
    return {who: it for who, it in people.items() if it != place.ben}


def test_a_form_sent_twice_is_one_card(place):
    once = secrets.token_hex(16)
    assert place.write(once=once) == place.write(once=once)
    assert Card.everywhere.count() == CardVersion.everywhere.count() == 1


def test_what_is_missing_is_said_and_nothing_is_lost(place):
    sent = {"once": "a" * 32, "look_for": "", "does": "", "why": "Because."}
    answer = place.belongs.post(f"{place.address}write/", sent)
    assert answer.status_code == 422 and says(answer, "Because.")
    assert says(answer, "Choose the look-for that this is for.")
    assert says(answer, "Write what you do, in a sentence or two.")
    answer = place.belongs.post(f"{place.address}write/", sent | {"look_for": "x/y/z/w", "does": "We meet."})
    assert answer.status_code == 422 and not Card.everywhere.exists()


def test_a_look_for_leads_to_its_card(place):
    page = told(place.belongs, f"{hub_address(place.hub)}framework/{LOOK_FOR}/")
    assert "Your hub has none for it yet." in page
    place.write()
    page = told(place.belongs, f"{hub_address(place.hub)}framework/{LOOK_FOR}/")
    assert "Your hub has 1 card for it." in page
    assert "Playbook · 1 strategy card" in told(place.belongs, hub_address(place.hub))
    assert says(place.belongs.get("/search/?q=norm"), f"{place.address}{Card.everywhere.get().id}/")


# -- versions ----------------------------------------------------------------------------------------------


def test_each_saving_is_a_version_and_what_changed_is_shown(place):
    card = place.write()
    answer = place.send(
        place.belongs,
        card,
        "change/",
        **SAID | {"does": "We end every meeting with one norm."},
        changed="When.",
    )
    assert answer.status_code == 302
    assert [it.does for it in CardVersion.everywhere.order_by("number")] == [
        "We open every meeting with one norm.",
        "We end every meeting with one norm.",
    ]
    page = place.belongs.get(f"{place.address}{card}/versions/").content.decode()
    assert "<del>open</del><ins>end</ins>" in page.replace("> <", "><") and "When." in page
    place.send(place.belongs, card, "change/", **SAID | {"does": "We end every meeting with one norm."})
    assert CardVersion.everywhere.count() == 2, "nothing changed"


def test_who_writes_beside_somebody_else_is_told_and_loses_nothing(place):
    card = place.write()
    was = place.was(place.belongs, f"{place.address}{card}/change/")
    place.send(place.leads, card, "change/", **SAID | {"does": "Rosa’s words."})
    sent = SAID | {"was": was, "does": "Ben’s words."}
    answer = place.belongs.post(f"{place.address}{card}/change/", sent)
    assert answer.status_code == 409 and says(answer, "Ben’s words.") and says(answer, "Rosa’s words.")
    now = re.search(r'name="was" value="([^"]*)"', answer.content.decode())[1]
    assert place.belongs.post(f"{place.address}{card}/change/", sent | {"was": now}).status_code == 302
    assert CardVersion.everywhere.get(number=3).does == "Ben’s words."


def test_who_writes_is_told_where_more_people_would_read_it_now(place):
    card = place.write()
    was = place.was(place.belongs, f"{place.address}{card}/change/")
    place.open(card)
    sent = SAID | {"was": was, "does": "Our secret."}
    answer = place.belongs.post(f"{place.address}{card}/change/", sent)
    assert answer.status_code == 409 and says(answer, "More people would read this now")
    assert CardVersion.everywhere.count() == 1


# -- who reads it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reach", "who"),
    [
        ("team", set()),
        ("network", {"network lead", "coach", "hub beside"}),
        ("initiative", {"network lead", "coach", "hub beside", "researcher"}),
        ("everyone", {"network lead", "coach", "hub beside", "researcher", "hub elsewhere"}),
    ],
)
def test_a_card_is_read_by_whom_its_leader_opens_it_for(place, reach, who):
    card = place.write()
    people = around(place)
    place.open(card, "everyone")
    assert readers(place, card, people) == set(people) - {"nobody"}
    place.open(card, reach)
    assert readers(place, card, people) == who
    assert readers(place, card, {"member": place.ben}) == {"member"}
    device = signed_in(place.elsa)
    assert device.get(f"{place.address}{card}/").status_code == 404, "what its people do with it stays theirs"


def test_only_its_leader_opens_it_and_says_for_whom(place):
    card = place.write()
    page = told(place.leads, f"{place.address}{card}/reach/")
    assert "Everybody with a role in your network reads this card, with your hub’s name." in page
    assert place.send(place.belongs, card, "reach/", reach="everyone").status_code == 403
    assert Card.everywhere.get().reach == "team"
    place.open(card)
    assert Card.everywhere.get().reach == "everyone"
    assert ("Rosa", "opened a strategy card") in trail(network=place.valley.id)


def test_others_read_it_from_the_version_that_was_opened_on(place):
    card = place.write(does="Ask Marta about it first.")
    place.send(place.belongs, card, "change/", **SAID)
    place.open(card)
    place.send(place.belongs, card, "change/", **SAID | {"why": "We tried it long."})
    device = signed_in(place.cora)
    page = told(device, f"/playbook/{card}/versions/")
    assert "We tried it long." in page and SAID["does"] in page and "Marta" not in page
    assert "Marta" not in told(device, f"/playbook/{card}/")
    assert "Ask Marta about it first." in told(place.belongs, f"{place.address}{card}/versions/")


def test_who_wrote_it_only_its_hub_reads(place):
    card = place.write()
    place.open(card)
    assert "Ben" in told(place.leads, f"{place.address}{card}/versions/")
    for path in ("", "versions/"):
        assert "Ben" not in told(signed_in(place.cora), f"/playbook/{card}/{path}")


# -- looking after it --------------------------------------------------------------------------------------


def test_a_card_asks_to_be_looked_at_and_one_press_is_enough(place):
    card = place.write()
    place.open(card)
    day = timezone.now().date()
    Card.everywhere.update(review_on=day - timedelta(days=9))
    assert "Is it still so?" in told(place.belongs, place.address)
    assert "1 card wants to be looked at again." in told(place.belongs, hub_address(place.hub))
    assert "Its hub has not looked at it since" in told(signed_in(place.cora), f"/playbook/{card}/")
    again = (day + timedelta(days=200)).isoformat()
    assert place.send(place.belongs, card, "review/", review_on=again).status_code == 302
    assert Card.everywhere.get().review_on.isoformat() == again
    assert "Is it still so?" not in told(place.belongs, place.address)
    assert "Its hub has not looked at it since" not in told(signed_in(place.cora), f"/playbook/{card}/")


def test_a_retired_card_stays_to_be_read_with_the_reason(place):
    card = place.write()
    place.open(card)
    answer = place.send(place.belongs, card, "retire/")
    assert answer.status_code == 422 and says(answer, "Say why, in a sentence")
    assert place.send(place.belongs, card, "retire/", **{"retire-why": "It tired us."}).status_code == 302
    page = told(signed_in(place.cora), f"/playbook/{card}/")
    assert "Not used any more since" in page and "It tired us." in page and "Try this" not in page
    assert "Not used any more" in told(place.belongs, place.address)
    assert place.send(place.belongs, card, "retire/", do="back").status_code == 302
    page = told(signed_in(place.cora), f"/playbook/{card}/")
    assert "It tired us." not in page and "Try this" in page


def test_whom_to_ask_is_named_once_they_agree_and_as_long_as_they_want(place):
    card = place.write()
    place.open(card)
    cora = signed_in(place.cora)

    def names() -> list[str]:
        pages = (told(place.leads, f"{place.address}{card}/"), told(cora, f"/playbook/{card}/"))
        return ["Whom to ask" in it and "Ben" in it.partition("Whom to ask")[2][:40] for it in pages]

    place.send(place.leads, card, "contact/", person=place.ben.id)
    assert names() == [True, False]
    assert place.leads.post(f"{place.address}{card}/contact/", {"do": "agree"}).status_code == 403
    assert "You are asked whether others may come to you" in told(place.belongs, hub_address(place.hub))
    assert place.belongs.post(f"{place.address}{card}/contact/", {"do": "agree"}).status_code == 302
    assert names() == [True, True]
    assert "ben@example.org" not in cora.get(f"/playbook/{card}/").content.decode()
    place.belongs.post(f"{place.address}{card}/contact/", {"do": "nobody"})
    assert names() == [False, False]
    place.belongs.post(f"{place.address}{card}/contact/", {"person": place.ben.id})
    assert names() == [True, True], "who names themselves agrees"
    assert place.belongs.post(f"{place.address}{card}/contact/", {"person": place.cora.id}).status_code == 422


def test_taken_away_nobody_reads_it_and_it_comes_back_as_it_was(place):
    card = place.write()
    place.open(card)
    people = around(place)
    assert place.belongs.post(f"{place.address}taken-away/card/{card}/").status_code == 302
    assert readers(place, card, people) == set()
    assert place.belongs.get(f"{place.address}{card}/").status_code == 404
    assert SAID["does"] in told(place.belongs, f"{place.address}taken-away/")
    assert signed_in(place.elsa).post(f"{place.address}taken-away/card/{card}/back/").status_code == 404
    assert place.belongs.post(f"{place.address}taken-away/card/{card}/back/").status_code == 302
    assert readers(place, card, people) == set(people) - {"nobody"}


def test_after_thirty_days_it_is_gone(place):
    card = place.write()
    more = {"by": viewer_of(place.ben), "hub": place.hub, "kind": "card", "row_id": card}
    now = timezone.now()
    keeping.take_away(**more, at=now - timedelta(days=29))
    keeping.put_back(**more, at=now)
    keeping.take_away(**more, at=now - timedelta(days=31))
    with pytest.raises(NotThere):
        keeping.put_back(**more, at=now)


def test_only_the_hub_does_any_of_it(place):
    card = place.write()
    place.open(card)
    for person in (place.elsa, place.cora):
        device = signed_in(person)
        acts = ("change/", "reach/", "review/", "retire/", "contact/")
        assert [device.post(f"{place.address}{card}/{it}", {"reach": "team"}).status_code for it in acts] == [
            404
        ] * 5
        assert device.post(f"{place.address}taken-away/card/{card}/").status_code == 404
    assert place.send(place.belongs, card, "contact/", person=place.ben.id).status_code == 302
    with pytest.raises(Refused):
        keeping.agree(by=viewer_of(place.rosa), hub=place.hub, card_id=card, at=timezone.now())
