"""The life cycle: a hub says where its network stands and what evidence there is; the picture asks and never decides."""

from datetime import date, timedelta

import pytest

from hubcraft.apps.lifecycle.models import Evidence, StageSaid
from hubcraft.apps.lifecycle.queries.picture import life_cycle_page
from hubcraft.apps.lifecycle.queries.stages import LIFE_CYCLE, get_life_cycle
from tests.apps.lifecycle.place import Home, around, make_home
from tests.apps.lifecycle.test_kept import told
from tests.device import says
from tests.homes import account, signed_in

pytestmark = pytest.mark.django_db
PIECE = "initiate/build-the-vision/written-aim"
TODAY = date.today()


@pytest.fixture
def home() -> Home:
    return make_home()


def say(home: Home, slug: str, days: int = 0, device=None):
    since = (TODAY - timedelta(days=days)).isoformat()
    sent = {"stage": f"{LIFE_CYCLE}/{slug}", "since_on": since, "why": f"We think so of {slug}."}
    return home.send(device or home.leads, "life-cycle/stage/", **sent)


def put(home: Home, piece: str = PIECE, device=None, **fields):
    path = f"life-cycle/evidence/{piece}/"
    is_there = home.leads.get(f"{home.address}{path}").status_code == 200
    was = home.was(home.leads, path) if is_there else ""
    return home.send(device or home.leads, path, **({"since_on": "2026-03-01", "was": was} | fields))


def test_its_leader_says_where_it_stands_and_what_was_said_before_stays(home):
    assert say(home, "initiate", device=home.belongs).status_code == 403
    assert say(home, "initiate", 100).status_code == say(home, "develop", 2).status_code == 302
    assert home.send(home.leads, "life-cycle/stage/", stage="x/y", since_on="2026-01-01").status_code == 422
    page = told(home.belongs, f"{home.address}life-cycle/")
    assert "You say: Develop" in page and "After it comes Sustain" in page
    assert page.index("What you said before") < page.index("We think so of initiate.")
    assert StageSaid.everywhere.count() == 2
    assert "Life cycle · Develop" in told(home.belongs, home.address)


def test_evidence_is_in_place_from_a_day_to_a_day_and_stays_as_history(home):
    assert put(home, device=home.belongs).status_code == 403
    assert put(home, where="On the wall.", link="https://example.org/aim").status_code == 302
    assert "In place since March 1, 2026. On the wall." in told(home.belongs, f"{home.address}life-cycle/")
    # Said again while it is in place, it is put right.
    put(home, where="In the hall.")
    assert Evidence.everywhere.get().where == "In the hall."
    end = f"life-cycle/evidence/{PIECE}/end/"
    assert home.send(home.belongs, end, ended_on="2026-05-01").status_code == 403
    was = home.was(home.leads, f"life-cycle/evidence/{PIECE}/", of=1)
    early = home.send(home.leads, end, was=was, ended_on="2026-02-01")
    assert early.status_code == 422 and says(early, "This day is before the first one.")
    assert home.send(home.leads, end, was=was, ended_on="2026-05-01").status_code == 302
    put(home, since_on="2026-06-01")
    page = told(home.belongs, f"{home.address}life-cycle/evidence/{PIECE}/")
    assert "In place since June 1, 2026." in page
    assert "In place from March 1, 2026 until May 1, 2026 In the hall." in page
    assert (
        home.send(home.leads, "life-cycle/evidence/initiate/x/y/end/", ended_on="2026-05-01").status_code
        == 404
    )
    assert put(home, "initiate/x/y").status_code == 404


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/a", "data:text/html,a"])
def test_a_link_leads_to_the_web_or_nowhere(home, link):
    assert put(home, link=link).status_code == 422
    assert not Evidence.everywhere.exists()
    put(home, link="example.org/aim")
    assert Evidence.everywhere.get().link == "https://example.org/aim"


def test_the_picture_asks_where_evidence_and_saying_differ_and_decides_nothing(home):
    say(home, "sustain-spread-scale")
    ask = "You know better than a count."
    assert ask not in told(home.belongs, f"{home.address}life-cycle/")
    pieces = get_life_cycle("en").stages[0].pieces
    for it in pieces[: len(pieces) // 2 + 1]:
        put(home, it.address)
    page = told(home.belongs, f"{home.address}life-cycle/")
    assert "the work at hand is that of “Develop”" in page and "You say: Sustain, Spread, Scale" in page
    say(home, "develop")
    assert ask not in told(home.belongs, f"{home.address}life-cycle/")


def test_what_belongs_to_a_work_is_named_with_a_way_there(home):
    page = life_cycle_page(account(home.ben), home.hub)
    found = [it.belonging for stage in page.stages for work in stage.works for it in work.belongs]
    assert found and all(it.text and it.address for it in found)
    # What opens there is a page.
    assert {home.belongs.get(it.address).status_code for it in found[:3]} == {200}


def test_nobody_around_the_hub_finds_any_of_it(home):
    put(home)
    paths = ["life-cycle/", "life-cycle/stage/", f"life-cycle/evidence/{PIECE}/"]
    assert [home.leads.get(f"{home.address}{it}").status_code for it in paths] == [200] * 3
    for who, person in around(home).items():
        device = signed_in(person)
        assert [device.get(f"{home.address}{it}").status_code for it in paths] == [404] * 3, who
        assert put(home, device=device).status_code == 404, who
