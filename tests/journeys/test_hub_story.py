"""From the first run to a network that sees what a hub shared: everybody by their own browser, mails from the mailbox."""

import re

from playwright.sync_api import expect

from tests import browsers
from tests.journeys.home_states import mailed, mails_to
from tests.journeys.states import RIVERBEND, next_session, place_all, sit_by_code
from tests.passkeys import codes_of

LAPTOP = {"width": 1280, "height": 900}
TEAM = "Riverbend hub"
FIVE = ("AM", "BO", "DP", "EJ", "JR")


def sign_in(one, product, to: str):
    """Somebody signs in with the code that comes by mail."""
    before = len(mails_to(product, to))
    page = one.visit("/sign-in/?next=/home/")
    page.get_by_label("Your mail address").fill(to)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code").fill(mailed(product, to, r"\b(\d{6})\b", before))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/home/$"))
    return page


def set_up_app(page) -> None:
    """Who sees much is asked for a second step; here, where there is no HTTPS, for an app that makes codes."""
    expect(page.get_by_role("heading", name="One more step, once")).to_be_visible()
    page.get_by_role("link", name="Set up an app for codes").click()
    page.get_by_label("The code that the app shows now").fill(
        codes_of(page.locator(".app-letters").inner_text())[1]
    )
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(re.compile("/home/$"))


def first_run(one, product):
    """Whoever installed it opens the link that `serve` prints, and looks after the place."""
    page = one.visit(re.search(r"/welcome/\S+", product.log)[0])
    page.get_by_label("Your name").fill("Ada Moss")
    page.get_by_label("Your mail address").fill("ada@example.org")
    page.get_by_role("button", name="Begin").click()
    set_up_app(page)
    return page


def make_places(page) -> None:
    """A network with its hub, and who leads the network."""
    page.goto("/administration/networks/")
    page.get_by_label("Name").fill("Delta network")
    page.get_by_label("Time zone").fill("America/Chicago")
    page.locator("main form button").click()
    page.get_by_role("link", name="Give a role").click()
    page.get_by_label("Their mail address").fill("nell@example.org")
    page.get_by_label("Their name").fill("Nell Hart")
    page.get_by_label(re.compile("^network lead")).check()
    page.locator("main form button").click()
    page.get_by_role("link", name="Make a team").click()
    page.get_by_label("Name").fill("Riverbend")
    page.locator("main form button").click()
    page.get_by_role("link", name=re.compile("Give a role.*Riverbend")).click()
    page.get_by_label("Their mail address").fill("rosa@example.org")
    page.get_by_label("Their name").fill("Rosa Diaz")
    page.get_by_label(re.compile("^hub leader")).check()
    page.locator("main form button").click()
    expect(page.get_by_text("rosa@example.org")).to_be_visible()


def invite(page, people: str) -> None:
    """The hub's leader invites people of her hub, looked over first."""
    page.goto("/home/")
    page.get_by_role("link", name=re.compile("^People.*Riverbend")).click()
    page.get_by_label("One person a line").fill(people)
    page.get_by_label("team member").check()
    page.get_by_role("button", name="Look it over").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Invited, not answered yet")).to_be_visible()


def reflect(room, people, lines) -> None:
    room.begin()
    place_all(room, people, lines)
    room.open_board(people[0])


def keep(one, room) -> None:
    """Whoever sat in the team keeps its board for their hub."""
    page = one.visit(f"{room.base}team-page/")
    page.get_by_role("link", name="Keep it for your hub").click()
    page.get_by_role("button", name="Yes, this seat is mine").click()
    page.get_by_role("button", name="Keep it for Riverbend").click()
    expect(page.get_by_role("heading", name="Your reflections")).to_be_visible()


def test_from_the_first_run_to_what_a_network_sees(person, start, product):
    ada, nell, bo_at_home = person(viewport=LAPTOP), person(viewport=LAPTOP), person(viewport=LAPTOP)
    make_places(first_run(ada, product))
    people = [person() for _ in FIVE]
    rosa = people[0]

    # The leader signs in and invites; who is invited accepts by the link in the mail.
    invite(sign_in(rosa, product, "rosa@example.org"), "bo@example.org, Bo Olsen")
    page = bo_at_home.visit(mailed(product, "bo@example.org", r"http://[^/]+(/invitation/\S+)"))
    page.get_by_label("Your name").fill("Bo Olsen")
    page.get_by_role("button", name="Accept").click()
    expect(bo_at_home.visit("/home/").get_by_role("link", name="Riverbend", exact=True)).to_be_visible()

    # A workshop, without accounts; its board is kept for the hub. A second reflection follows.
    first = start(teams=[TEAM], title="Spring convening")
    lines = {it: RIVERBEND[it] for it in FIVE}
    for one, initials in zip(people, FIVE, strict=True):
        first.sit(one, initials, TEAM)
    reflect(first, people, lines)
    keep(rosa, first)
    page = bo_at_home.visit("/home/")
    page.get_by_role("link", name="Riverbend", exact=True).click()
    expect(page.get_by_text("Spring convening")).to_be_visible()
    second = next_session(first)
    for one, initials in zip(people, FIVE, strict=True):
        sit_by_code(one, second, initials, TEAM)
    reflect(second, people, {**lines, "AM": "44444444444"})
    hub = rosa.visit("/home/")
    hub.get_by_role("link", name="Riverbend", exact=True).click()
    expect(hub.locator("section[aria-labelledby=waves] .written-one")).to_have_count(2)
    assert browsers.axe(hub) == []
    with hub.expect_download() as taken:
        hub.get_by_role("link", name="Word").click()
    assert re.fullmatch(r"riverbend-delta-network-[\d-]{10}\.docx", taken.value.suggested_filename)

    # Nothing has left the hub; then the leader shares one board's counts.
    above = sign_in(nell, product, "nell@example.org")
    set_up_app(above)
    above.get_by_role("link", name="Delta network", exact=True).click()
    expect(above.get_by_text("None yet. Each hub decides on its own page what it shares.")).to_be_visible()
    hub.get_by_role("link", name="What you share, and who looked").click()
    hub.get_by_role("button", name=re.compile("^Share with our network")).first.click()
    expect(hub.get_by_text("Shared with your network")).to_be_visible()

    # The network's lead sees counts and no initials; the hub sees that she looked.
    above.reload()
    above.get_by_role("link", name="Riverbend", exact=True).click()
    expect(above.locator(".counts-row")).to_have_count(11)
    assert [it for it in FIVE if re.search(rf">\s*{it}\s*<", above.content())] == []
    assert browsers.axe(above) == []
    assert above.goto(hub.url).status == 404
    hub.reload()
    looks = hub.locator("section[aria-labelledby=looks]")
    expect(looks.get_by_text("Nell Hart").first).to_be_visible()
    assert browsers.axe(hub) == []
    assert [one.faults for one in (ada, nell, bo_at_home, *people)] == [[]] * 8
