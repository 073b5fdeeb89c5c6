"""What a hub keeps about itself when two hubs become one, move, or have a second merge behind them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hubcraft.apps.insights.actions import merging, moving
from hubcraft.apps.lifecycle.actions import charters, problems
from hubcraft.apps.lifecycle.models import KINDS
from hubcraft.apps.lifecycle.queries.charters import charter_now, version_now
from hubcraft.apps.lifecycle.queries.rows import standing
from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.people.models import Person
from hubcraft.domain.ids import new_id
from tests.apps.lifecycle.place import keep_one_of_each, make_home
from tests.apps.roles.people import administrator
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BEFORE, AT, AFTER = NOW - timedelta(days=9), NOW - timedelta(days=8), NOW - timedelta(days=7)


def write(person: Person, hub: Team, words: str, at) -> None:
    """A version of the charter, in one sentence."""
    was = version_now(account(person), hub)
    more = {"who": "", "decisions": "", "agreements": "", "review_on": None, "at": at}
    charters.write_charter(by=account(person), hub=hub, once=new_id(), was=was, purpose=words, **more)


def log(person: Person, hub: Team, words: str, at) -> None:
    more = {"noticed_on": at.date(), "whose": "", "is_urgent": False, "domains": []}
    problems.log_problem(by=account(person), hub=hub, once=new_id(), words=words, **more, at=at)


def unite(asks: Person, hub: Team, agrees: Person, into: Team, at) -> None:
    merge = merging.ask(by=account(asks), hub=hub, email=agrees.email, address="", at=at)
    merging.answer(by=account(agrees), hub=into, merge_id=merge.id, agrees=True, at=at)


def reads(person: Person, hub: Team) -> tuple[str, set[str]]:
    """The charter that holds for somebody, and the problems they read."""
    charter = charter_now(account(person), hub)
    found = standing(KINDS["problem"], account(person), hub)
    return charter.purpose if charter else "", {it.words for it in found}


def test_what_was_written_before_stays_with_its_people_and_what_comes_after_is_everybodys():
    home = make_home()
    hill = make_hub(home.network, "Hillside")
    olaf = make_account("Olaf", hub=hill, role=Role.HUB_LEADER)
    for person, hub, word in ((home.rosa, home.hub, "ours"), (olaf, hill, "theirs")):
        write(person, hub, word, BEFORE)
        log(person, hub, f"a problem of {word}", BEFORE)
    assert reads(home.ben, home.hub) == ("ours", {"a problem of ours"})
    unite(home.rosa, home.hub, olaf, hill, AT)
    assert reads(home.ben, hill) == ("ours", {"a problem of ours"})
    assert reads(olaf, hill) == ("theirs", {"a problem of theirs"})
    nina = make_account("Nina", hub=hill)
    assert reads(nina, hill) == ("", set())

    write(olaf, hill, "of both", AFTER)
    log(home.ben, hill, "a problem of both", AFTER)
    assert reads(home.ben, hill) == ("of both", {"a problem of ours", "a problem of both"})
    assert reads(olaf, hill) == ("of both", {"a problem of theirs", "a problem of both"})
    assert reads(nina, hill) == ("of both", {"a problem of both"})


def test_a_second_merge_shows_nobody_more_either():
    home = make_home()
    hill, lake = make_hub(home.network, "Hillside"), make_hub(home.network, "Lakeside")
    olaf = make_account("Olaf", hub=hill, role=Role.HUB_LEADER)
    lea = make_account("Lea", hub=lake, role=Role.HUB_LEADER)
    for person, hub in ((home.rosa, home.hub), (olaf, hill), (lea, lake)):
        log(person, hub, f"of {hub.name}", BEFORE)
    unite(home.rosa, home.hub, olaf, hill, AT)
    log(olaf, hill, "of two", AT + timedelta(hours=1))
    unite(olaf, hill, lea, lake, AFTER)
    log(lea, lake, "of three", NOW)
    assert reads(home.ben, lake)[1] == {"of Riverbend", "of two", "of three"}
    assert reads(olaf, lake)[1] == {"of Hillside", "of two", "of three"}
    assert reads(lea, lake)[1] == {"of Lakeside", "of three"}


def test_all_of_it_goes_along_to_another_network_and_nobody_there_reads_it():
    home = make_home()
    kept = keep_one_of_each(account(home.rosa), home.hub)
    gamma = make_network("Gamma")
    lead = make_account("Gil", network=gamma, role=Role.NETWORK_LEAD)
    beside = make_account("Gus", hub=make_hub(gamma, "Gamma hub"), role=Role.HUB_LEADER)
    moving.move_team(
        by=account(administrator()), network_id=home.network.id, team_id=home.hub.id, to=gamma.id, at=NOW
    )
    hub = Team.objects.get(id=home.hub.id)
    assert kept.keys() == KINDS.keys()
    for kind, row in kept.items():
        read = standing(KINDS[kind], account(home.ben), hub).filter(id=row.id)
        assert [it.network_id for it in read] == [gamma.id], kind
    people = (home.ben, lead, beside)
    for path in ("charter/", "life-cycle/", "routines/", "roster/", "problems/"):
        answers = [signed_in(it).get(f"{hub_address(hub)}{path}").status_code for it in people]
        assert answers == [200, 404, 404], path
    assert Membership.objects.filter(team=hub, ended_at=None).count() == 2
