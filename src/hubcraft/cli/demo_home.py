"""The home of one of the demo's hubs: its leader has an account, and two sessions of the past year stand together."""

import secrets
from datetime import datetime, timedelta

from hubcraft.apps.facilitation.actions.again import start_again
from hubcraft.apps.frameworks.queries import list_domains, rubric_of
from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.insights.actions import claims
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people import actions as people
from hubcraft.apps.people.queries import find_person
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.reflections.actions import sessions
from hubcraft.apps.roles.actions import places, roles
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.queries import list_teams
from hubcraft.cli.demo_cards import keep_cards
from hubcraft.cli.demo_kept import keep
from hubcraft.cli.demo_people import open_board, place_line, sit

ADMINISTRATOR = "ada@example.org"
LEADER = "rosa@example.org"
NETWORK, HUB = "Delta network", "Riverbend"
PEOPLE = (
    (LEADER, "Rosa Diaz", "hub-leader"),
    ("ben@example.org", "Ben Olsen", "member"),
    ("cleo@example.org", "Cleo Park", "member"),
)
# Who was there a year ago, and half a year ago: signs as in the demo's room.
LAST_YEAR = {"RD": "22332222323", "BO": "33322322322", "CP": "2232222?122", "EJ": "32322232222"}
HALF_A_YEAR = {
    "RD": "33333333323",
    "BO": "33332333333",
    "CP": "2333323?233",
    "EJ": "33322333333",
    "KM": "33332322233",
}
# Look-for, what they do, how they know.
STRATEGIES = (
    (9, "Whoever joins has a buddy for the first three cycles.", "Nobody who joined since then has left."),
    (4, "One shared thread for what concerns more than two of us.", "We stopped hearing “nobody told me”."),
)
DONE = (
    "Write our norms down, and read them aloud in January.",
    "They hang in the room; we changed two in May.",
)
OPEN = "Agree on who decides what, on one page."


def make_home(address: str, at: datetime) -> str:
    """The key of a link that signs the hub's leader in, once; what it leads to is made the first time."""
    if find_person(LEADER) is None:
        build(address, at)
    leader = find_person(LEADER)
    return people.make_key(person=leader, at=at)


def build(address: str, at: datetime) -> None:
    """A network with a hub, its people, and what they did with each other."""
    began = at - timedelta(days=400)
    people.make_administrator(by=None, email=ADMINISTRATOR, at=began)
    admin = viewer_of(find_person(ADMINISTRATOR))
    network = places.make_network(
        by=admin, name=NETWORK, time_zone="America/Chicago", initiative_id="", at=began
    )
    hub = places.make_team(by=admin, network_id=network.id, name=HUB, at=began)
    for email, name, role in PEOPLE:
        roles.give_role(by=admin, to=hub, role=role, email=email, name=name, language="en", at=began)
    first = at - timedelta(days=370)
    domain = list_domains("en")[0]
    room, _key = sessions.start_session(
        title="Hub retreat",
        domain=domain.key,
        pack_id=domain.pack,
        rung="initials",
        is_open_board=False,
        teams=[HUB],
        may_add_teams=False,
        planned_size=None,
        language="en",
        time_zone="America/Chicago",
        address=address,
        at=first,
    )
    rosa = reflect(room, LAST_YEAR, domain, first)["RD"]
    done = promise(rosa, DONE[0], first)
    leader = viewer_of(find_person(LEADER))
    seat = {"by": rosa, "account": leader, "who": leader.name, "seat_id": rosa.seat, "at": first}
    claims.claim_seat(**seat)
    claims.claim_team(**seat, hub_id=hub.id)

    second = at - timedelta(days=190)
    again, _key = start_again(by=Viewer(room=room.id, leads=True), room=room, address=address, at=second)
    here = reflect(again, HALF_A_YEAR, domain, second)
    improvement.settle(
        by=here["RD"],
        seat_id=here["RD"].seat,
        step_id=done.id,
        was="open",
        state="done",
        reason=DONE[1],
        at=second,
    )
    promise(here["BO"], OPEN, second)
    for number, words, how_we_know in STRATEGIES:
        playbook.name_strategy(
            by=here["EJ"],
            seat_id=here["EJ"].seat,
            once=secrets.token_hex(16),
            look_for=rubric_of(domain.pack, domain.key, "en").look_fors[number - 1].key,
            words=words,
            how_we_know=how_we_know,
            at=second,
        )
    rooms.close_room(by=Viewer(room=again.id, leads=True), room=again, at=second)
    by_name = {name.split()[0]: find_person(email).id for email, name, _role in PEOPLE}
    keep(leader, hub, by_name, at)
    keep_cards(leader, hub, at)


def reflect(room, lines: dict[str, str], domain, at: datetime) -> dict[str, Viewer]:
    """One session of the hub, up to its open board; who was there."""
    leader = Viewer(room=room.id, leads=True)
    team = list_teams(room.id)[0]
    here = {initials: sit(room.id, initials, Placement(team_id=team.id), at) for initials in lines}
    rooms.open_room(by=leader, room=room, at=at)
    rubric = rubric_of(domain.pack, domain.key, "en")
    for initials, line in lines.items():
        place_line(here[initials], rubric, line, at)
    open_board(here["RD"], here["RD"], at)
    return here


def promise(one: Viewer, words: str, at: datetime):
    """What the hub will do next."""
    return improvement.promise(
        by=one,
        seat_id=one.seat,
        once=secrets.token_hex(16),
        is_shared=True,
        words=words,
        owner="RD",
        due_on=(at + timedelta(days=60)).date(),
        look_for="",
        at=at,
    )
