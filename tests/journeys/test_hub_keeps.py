"""What a hub keeps about itself, told in browsers: its life cycle and charter, and a problem that becomes a routine."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.home_states import HOUSE, give, send, set_up_app, sign_in
from tests.journeys.people import Person


@dataclass
class Hub:
    """A hub with its leader and a member, each with a browser."""

    address: str
    rosa: Person
    ben: Person


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    """What the first story makes for all of them."""
    return {}


@pytest.fixture
def hub(person, product, places) -> Hub:
    if not places:
        places |= make_places(person(), product)
    return Hub(
        places["hub"],
        sign_in(person(java_script_enabled=False), product, places["rosa"]),
        sign_in(person(), product, places["ben"]),
    )


def make_places(ada: Person, product) -> dict[str, str]:
    """A network with a hub, and the addresses of its leader and a member."""
    send(ada, re.search(r"/welcome/\S+", product.log)[0], name="Ada Moss", email="ada@example.org")
    set_up_app(ada)
    zone = {"time_zone": "America/Chicago", "initiative_id": ""}
    network = send(ada, f"{HOUSE}networks/", name="Delta network", **zone).split("/")[3]
    send(ada, f"{HOUSE}networks/{network}/teams/", name="Riverbend")
    team = re.search(r"teams/(\w+)/move/", ada.read(f"{HOUSE}networks/{network}/"))[1]
    place = f"networks/{network}/teams/{team}"
    return {
        "hub": f"/n/{network}/teams/{team}/",
        "rosa": give(ada, place, "hub-leader", "Rosa Diaz"),
        "ben": give(ada, place, "member", "Ben Olsen"),
    }


def press(page, name: str) -> None:
    """A button or a link by keyboard alone."""
    found = page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    )
    found.first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_life_cycle_and_charter(hub):
    """Their leader, without scripts and by keyboard: the stage, a piece of evidence, two versions of the charter."""
    page = hub.rosa.visit(hub.address)
    press(page, "Life cycle")
    press(page, "Say where it stands")
    page.get_by_label(re.compile("^Initiate")).focus()
    page.keyboard.press("Space")
    page.get_by_label("Why you think so").fill("We are few, and we have a problem.")
    press(page, "Say it")
    expect(page.locator(".life-said")).to_have_text(re.compile("You say: Initiate, since"))
    expect(page.locator(".life-here .life-name")).to_have_text("Initiate")
    page.locator(".life-piece a").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("Where to find it").fill("First line of our charter.")
    press(page, "It is in place")
    expect(page.locator(".life-piece").first).to_contain_text("In place since")

    page.goto(hub.address)
    press(page, "Charter")
    press(page, "Write the charter")
    page.get_by_label("Purpose").fill("Every child reads by grade three.")
    press(page, "Save this version")
    press(page, "Write a new version")
    page.get_by_label("Purpose").fill("Every child reads with ease by grade three.")
    press(page, "Save this version")
    page.locator(".versions a").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("ins")).to_have_text(" with ease")

    theirs = hub.ben.visit(f"{hub.address}charter/")
    expect(theirs.locator(".charter")).to_contain_text("with ease by grade three.")
    expect(theirs.get_by_role("link", name="Write a new version")).to_have_count(0)
    assert hub.rosa.faults == hub.ben.faults == []


def test_a_problem_logged_and_turned_into_a_routine(hub, axe):
    """A member writes it down and closes it; their leader makes a meeting of it."""
    page = hub.ben.visit(f"{hub.address}problems/")
    press(page, "Write down a problem")
    page.get_by_label("What did you notice?").fill("Two schools sent no numbers.")
    page.get_by_text("In which domains of practice does it lie?").first.click()
    page.get_by_label("Supporting Improvement Activity").check()
    assert axe(page) == []
    press(page, "Write it down")
    press(page, "Tell more, or close it")
    page.get_by_label("What was decided").fill("Call each school on Mondays.")
    page.get_by_label("Closed on").fill(page.get_by_label("On which day").input_value())
    press(page, "Save")
    expect(page.get_by_role("heading", name="It is closed. Should something come of it?")).to_be_visible()
    expect(page.get_by_role("link", name="Make it a routine")).to_have_count(0)
    assert axe(page) == []

    theirs = hub.rosa.visit("/n/" + page.url.partition("/n/")[2])
    press(theirs, "Make it a routine")
    expect(theirs.get_by_label("What stands on every agenda")).to_have_value("Call each school on Mondays.")
    theirs.get_by_label("What it is called").fill("Monday calls")
    press(theirs, "Save")
    expect(theirs.locator(".routine")).to_contain_text("Two schools sent no numbers.")
    page.reload()
    expect(page.locator(".log-became")).to_contain_text("It became a routine")
    page.goto(f"{hub.address}problems/?domain=hub-leadership/domain-3")
    expect(page.locator(".log-domain[aria-current]")).to_contain_text("1")
    assert hub.rosa.faults == hub.ben.faults == []
