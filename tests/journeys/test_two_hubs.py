"""Two hubs become one, and the one is handed over, by keyboard: two yeses each time, and nobody sees more of before."""

import re

from tests.browsers import axe
from tests.journeys.home_states import (
    HOUSE,
    give,
    keep,
    mailed,
    send,
    set_up_app,
    sign_in,
)
from tests.journeys.people import Person, Room
from tests.journeys.states import NORTH_SHORE, RIVERBEND, next_year, once_of, place_all, sit_all
from tests.journeys.test_keyboard import press, tab_to

LAPTOP = {"width": 1280, "height": 900}
BUDDY, CALLS = "Whoever joins has a buddy.", "We call every family."
PAGE, VISIT = "Agree on who decides what, on one page.", "Visit the library."


def make_places(ada: Person, product) -> tuple[str, list[str]]:
    """A network with two hubs, and who is what in them; how the two stand in addresses."""
    send(ada, re.search(r"/welcome/\S+", product.log)[0], name="Ada Moss", email="ada@example.org")
    set_up_app(ada)
    zone = {"time_zone": "America/Chicago"}
    network = send(ada, f"{HOUSE}networks/", name="Delta network", **zone).split("/")[3]
    for name in ("Riverbend", "Hillside"):
        send(ada, f"{HOUSE}networks/{network}/teams/", name=name)
    listed = re.findall(
        r"teams/(\w+)/roles/.*?(Riverbend|Hillside)", ada.read(f"{HOUSE}networks/{network}/"), re.S
    )
    by_name = {name: team for team, name in listed}
    hubs = [by_name["Riverbend"], by_name["Hillside"]]
    for hub, leader, member in zip(hubs, ("Rosa Diaz", "Olaf Lund"), ("Mia Ruiz", "Hal Berg"), strict=True):
        # Whoever leads a team goes on leading it when another one is chosen to be the network's hub.
        send(ada, f"{HOUSE}networks/{network}/teams/{hub}/hub/")
        give(ada, f"networks/{network}/teams/{hub}", "hub-leader", leader)
        give(ada, f"networks/{network}/teams/{hub}", "member", member)
    return network, hubs


def reflect(person, start) -> tuple[Room, list[Person], list[Person]]:
    """Both hubs in one room: what each names and promises is its own."""
    teams = {
        "Riverbend hub": dict(list(RIVERBEND.items())[:5]),
        "Hillside hub": dict(list(NORTH_SHORE.items())[:2]),
    }
    room = start(teams=[*teams], title="Spring convening")
    sitting = [sit_all(person, room, lines, team) for team, lines in teams.items()]
    room.begin()
    for people, lines, strategy, promise in zip(
        sitting, teams.values(), (BUDDY, CALLS), (PAGE, VISIT), strict=True
    ):
        place_all(room, people, lines)
        room.open_board(people[0])
        path, plan = f"{room.base}look-fors/1/strategy/", f"{room.base}next-steps/"
        send(people[0], path, once=once_of(people[0], path), words=strategy)
        send(people[0], plan, once=once_of(people[0], plan), whose="team", words=promise, due_on=next_year())
    return room, *sitting


def reads(page, *words: str) -> list[bool]:
    return [page.get_by_text(it).count() > 0 for it in words]


def test_two_hubs_become_one_and_the_one_is_handed_over(person, start, product):
    network, (riverbend, hillside) = make_places(person(viewport=LAPTOP), product)
    room, (rosa, *_others), (olaf, *_more) = reflect(person, start)
    people = {"rosa": rosa, "olaf": olaf, "mia": person(), "hal": person()}
    for name, one in people.items():
        sign_in(one, product, f"{name}@example.org")
    mia, hal = people["mia"], people["hal"]
    home, there = (f"/n/{network}/teams/{it}/" for it in (riverbend, hillside))
    assert [keep(rosa, room, riverbend), keep(olaf, room, hillside)] == [home, there]
    strategy = re.search(rf'{BUDDY}.*?name="source" value="(\w+)"', rosa.read(f"{home}sharing/"), re.S)[1]
    send(rosa, f"{home}sharing/", source=strategy, reach="network")
    boards = [
        re.search(rf"{hub}boards/(\w+)/", one.read(hub))[1] for one, hub in ((rosa, home), (olaf, there))
    ]

    # One asks; the other reads nothing but their name and their hub.
    page = rosa.visit(home)
    press(page, "^Make two hubs one")
    page.get_by_role("heading", name="Make two hubs one", exact=True).wait_for()
    assert axe(page) == []
    tab_to(page, "Their mail address")
    page.keyboard.type("olaf@example.org")
    press(page, "^Ask$")
    page.get_by_role("heading", name="You asked, and there is no answer yet").wait_for()
    mailed(product, "olaf@example.org", r"(asks that Riverbend becomes part)")
    page = olaf.visit(there)
    assert reads(page, "Somebody asks you to make two hubs one.", CALLS, BUDDY) == [True, True, False]
    press(page, "Read and answer")
    page.get_by_role("heading", name="Somebody asks you").wait_for()
    press(page, "^Read and answer")
    page.get_by_role("heading", name="Make two hubs one?").wait_for()
    assert reads(page, "Rosa Diaz, who leads Riverbend", "Mia", BUDDY) == [True, False, False]
    assert axe(page) == []
    assert hal.visit(home).url.endswith(home) and reads(hal.page, "Spring convening") == [False]

    # The other agrees, and there is one hub: each sees in full what they saw, of the other what is shared.
    press(page, "^Yes, make them one")
    page.get_by_role("heading", name="Hillside", exact=True).wait_for()
    assert rosa.visit(home).url.endswith(there)
    for one, own, other in ((mia, boards[0], boards[1]), (hal, boards[1], boards[0])):
        page = one.visit(there)
        is_of_one = one is mia
        assert reads(page, "kept for Riverbend", "kept for Hillside") == [True, True]
        assert reads(page, BUDDY, PAGE, CALLS, VISIT) == [True, is_of_one, not is_of_one, not is_of_one]
        assert axe(page) == []
        assert page.goto(f"{there}boards/{own}/").status == 200
        assert page.goto(f"{there}boards/{other}/").status == 404

    # Offered to somebody who was not there yet; until they accept, nothing changes.
    page = olaf.visit(there)
    press(page, "^Hand this hub over")
    tab_to(page, "Hal Berg|Mia Ruiz|Rosa Diaz")
    assert axe(page) == []
    page.keyboard.press("ArrowUp")
    tab_to(page, "Mail address of somebody else")
    page.keyboard.type("nia@example.org")
    tab_to(page, "I stay as a member|I leave this hub")
    page.keyboard.press("Space")
    press(page, "^Look it over")
    page.get_by_role("heading", name="Ask nia@example.org to take Hillside over?").wait_for()
    assert reads(page, "You stay as a member", "Rosa Diaz") == [True, True]
    assert axe(page) == []
    press(page, "^Send the mail")
    page.get_by_role("heading", name="Asked, not answered yet").wait_for()
    assert reads(olaf.visit(there), "Invite people", "Hand this hub over") == [True, True]
    nia = person()
    page = nia.visit(mailed(product, "nia@example.org", r"http://[^/]+(/invitation/\S+)"))
    page.get_by_role("heading", name="Olaf Lund asks you to take Hillside over").wait_for()
    assert axe(page) == []
    tab_to(page, "Your name")
    page.keyboard.type("Nia Lopez")
    press(page, "^Accept")
    page.wait_for_url("**/home/")

    # Accepted: she leads, he does not; of what was before, she reads what is shared.
    page = nia.visit(there)
    assert reads(page, "Invite people", BUDDY, PAGE, VISIT) == [True, True, False, False]
    page = olaf.visit(there)
    assert reads(page, "Invite people", "Hand this hub over", VISIT) == [False, False, True]
    assert [page.goto(f"{there}{it}/").status for it in ("invitations", "hand-over", "merge")] == [404] * 3
    assert nia.visit(f"{there}merge/").get_by_role("heading", name="Make two hubs one").count() == 1
    assert [one.faults for one in (*people.values(), nia)] == [[]] * 5
