"""Coaches see what hubs share, researchers only sums: never more than who leads there; and hubs see that they looked."""

import pytest

from hubcraft.apps.insights.actions import sharing
from hubcraft.apps.insights.models import Look
from hubcraft.apps.insights.queries import above
from hubcraft.apps.insights.queries.sharing import asked_for
from hubcraft.apps.networks.models import Role
from hubcraft.domain.suppression import Published
from hubcraft.domain.verdict import Refused
from tests.apps.insights.test_sharing import Place
from tests.device import says, text_of
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in
from tests.make import NOW

pytestmark = pytest.mark.django_db
ASKED = {"levels": True, "strategies": False, "next_steps": False}


@pytest.fixture
def place():
    return Place()


def test_a_coach_of_a_network_reads_what_its_lead_reads(place):
    cory = make_account("Cory", network=place.network, role=Role.COACH)
    assert signed_in(cory).get(place.seen).status_code == 404
    place.share(place.strategy.id)
    page = signed_in(cory).get(place.seen)
    assert says(page, "We meet on Mondays.")
    assert not says(page, "Call the schools.")
    assert text_of(page) == text_of(signed_in(place.lena).get(place.seen))


def test_a_coach_of_one_hub_sees_what_that_one_shares_and_of_the_network_nothing(place):
    sibling = make_hub(place.network, "Elm Street")
    cory = signed_in(make_account("Cory", hub=place.hub, role=Role.COACH))
    assert says(cory.get("/home/"), "Riverbend")
    assert says(cory.get(place.seen), "It shares nothing yet.")
    place.share(place.strategy.id)
    page = cory.get(place.seen)
    assert says(page, "We meet on Mondays.")
    assert not says(page, "Call the schools.")
    others = [
        place.above,
        f"{place.above}hubs/{sibling.id}/",
        hub_address(place.hub),
        f"/i/{place.initiative.id}/",
    ]
    assert {cory.get(it).status_code for it in others} == {404}


def test_a_coach_of_an_initiative_sees_only_what_is_shared_with_it(place):
    cory = signed_in(make_account("Cory", initiative=place.initiative, role=Role.COACH))
    seen = f"/i/{place.initiative.id}/hubs/{place.hub.id}/"
    place.share(place.strategy.id)
    assert cory.get(seen).status_code == 404
    place.share(place.step.id, "initiative")
    page = cory.get(seen)
    assert says(page, "Call the schools.")
    assert not says(page, "We meet on Mondays.")
    assert {cory.get(it).status_code for it in (place.above, place.seen)} == {404}


def test_whoever_does_research_sees_sums_and_no_hub_by_itself(place):
    remy = make_account("Remy", network=place.network, role=Role.RESEARCHER)
    ivo = make_account("Ivo", initiative=place.initiative, role=Role.RESEARCHER)
    place.share(place.board.id, "initiative")
    place.share(place.strategy.id, "initiative")
    for one, base in ((remy, place.above), (ivo, f"/i/{place.initiative.id}/")):
        lead = signed_in(place.lena if one is remy else place.ines)
        assert says(lead.get(base), "Riverbend")
        assert lead.get(f"{base}hubs/{place.hub.id}/").status_code == 200
        page = signed_in(one).get(base)
        assert says(page, "Hubs together")
        assert not says(page, "Riverbend")
        assert not says(page, "We meet on Mondays.")
        assert signed_in(one).get(f"{base}hubs/{place.hub.id}/").status_code == 404


def test_research_reads_the_register_and_nothing_that_is_not_in_it(place):
    """What its page shows are the sums of whoever leads there, each of them `Published`."""
    remy = account(make_account("Remy", initiative=place.initiative, role=Role.RESEARCHER))
    place.share(place.board.id, "initiative")
    theirs = above.above_page(remy, above.get_initiative(remy, place.initiative.id))
    ines = account(place.ines)
    leads = above.above_page(ines, above.get_initiative(ines, place.initiative.id))
    assert theirs.together == leads.together != ()
    assert (theirs.hubs, theirs.asks) == ((), {})
    assert leads.hubs != ()
    told = [row.told for domain in theirs.together for row in domain.rows]
    assert [it for it in told if isinstance(it, Published)] == []


def test_only_who_leads_says_what_a_network_asks_for(place):
    lena = account(place.lena)
    sharing.ask_for(by=lena, who="Lena", network=place.network, **ASKED, at=NOW)
    before = asked_for(place.network.id)
    for role in (Role.COACH, Role.RESEARCHER):
        one = make_account(f"One-{role}", network=place.network, role=role)
        with pytest.raises(Refused):
            sharing.ask_for(
                by=account(one), who="One", network=place.network, **{**ASKED, "strategies": True}, at=NOW
            )
        assert signed_in(one).post(place.above, {"strategies": "on"}).status_code == 403
        assert not says(signed_in(one).get(place.above), "What you ask your hubs to share")
    assert asked_for(place.network.id) == before == ASKED


def test_the_hub_sees_who_of_them_looked_and_as_what(place):
    cory = make_account("Cory", hub=place.hub, role=Role.COACH)
    place.share(place.strategy.id)
    address = f"{hub_address(place.hub)}sharing/"
    assert says(signed_in(place.rosa).get(address), "Nobody has looked yet.")
    signed_in(cory).get(place.seen)
    page = signed_in(place.rosa).get(address)
    assert says(page, "Cory")
    assert says(page, "coach")
    assert Look.everywhere.get().person == cory
    assert says(signed_in(place.rosa).get(f"{hub_address(place.hub)}trail/?about=looked"), "Cory")


def test_whoever_coaches_or_does_research_elsewhere_finds_nothing(place):
    place.share(place.board.id, "initiative")
    other = make_network("Other")
    for role in (Role.COACH, Role.RESEARCHER):
        at_home = make_account(f"Home-{role}", network=place.network, role=role)
        away = make_account(f"Away-{role}", network=other, role=role)
        assert signed_in(at_home).get(place.above).status_code == 200
        assert signed_in(away).get(place.above).status_code == 404
        assert signed_in(away).get(place.seen).status_code == 404
