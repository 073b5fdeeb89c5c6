"""The pages of people with accounts, in every state: from the first run to what is seen from above, and erased."""

import email
import email.policy
import re
import secrets
import time
from dataclasses import dataclass
from functools import partial

from tests.journeys.people import Person, Room
from tests.journeys.said_states import TEAMS, full_room
from tests.journeys.states import State, next_year, once_of
from tests.passkeys import codes_of

HOUSE = "/administration/"
# Each network with the hub that leads it, and who leads that.
NETWORKS = (
    ("Delta network", "Riverbend", "Rosa Diaz"),
    ("Hill Country network", "North Shore", "Noor Khan"),
    ("Coast network", "Lakeside", "Lea Brandt"),
)


@dataclass
class Homes:
    """An initiative, three networks in it whose hubs share, and whoever stands around the first of them."""

    initiative: str
    # The networks and their hubs, as they stand in addresses.
    networks: list[str]
    hubs: list[str]
    people: dict[str, Person]
    # The room whose boards they keep.
    room: Room


def mails_to(product, to: str) -> list[str]:
    """Every mail to somebody, the oldest first; mails wait as files where none are sent."""
    files = sorted((product.data / "mailbox").glob("*"), key=lambda file: file.stat().st_mtime_ns)
    parts = [part for file in files for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")]
    read = [email.message_from_bytes(part, policy=email.policy.default) for part in parts if part.strip()]
    return [it.get_body(("plain",)).get_content() for it in read if it["To"] == to]


def mailed(product, to: str, pattern: str, after: int = 0, patience: float = 30) -> str:
    """What the last mail to somebody says where the pattern has its group."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for mail in mails_to(product, to)[after:][::-1]:
            if found := re.search(pattern, mail):
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"No mail to {to} says {pattern}: {mails_to(product, to)}")


def send(one: Person, path: str, **fields) -> str:
    """Send a form that is taken; where it leads."""
    answer = one.send(path, **fields)
    assert answer.status == 302, (path, answer.status, answer.text())
    return answer.headers["location"]


def sign_in(one: Person, product, to: str) -> Person:
    """Somebody signs in with the code that comes by mail."""
    before = len(mails_to(product, to))
    code_at = send(one, "/sign-in/", email=to)
    send(one, code_at, code=mailed(product, to, r"\b(\d{6})\b", before))
    return one


def set_up_app(one: Person) -> Person:
    """Who sees much has an app that makes codes."""
    letters = re.search(r'app-letters">([^<]+)<', one.read("/account/app/"))[1]
    send(one, "/account/app/", code=codes_of(letters)[1])
    return one


def give(ada: Person, place: str, role: str, name: str) -> str:
    """The administrator gives a role; the address of who has it."""
    to = f"{name.split()[0].lower()}@example.org"
    send(ada, f"{HOUSE}{place}/roles/", email=to, name=name, role=role)
    return to


def keep(one: Person, room: Room, hub: str) -> str:
    """Whoever sat in the team keeps its board for their hub; where that stands."""
    seat = re.search(r'name="seat" value="(\w+)"', one.read(f"{room.base}claim/"))[1]
    send(one, f"{room.base}claim/seat/", seat=seat)
    return send(one, f"{room.base}claim/", seat=seat, hub=hub)


def share_all(one: Person, hub: str, reach: str) -> None:
    """The hub's leader shares everything that may leave."""
    sources = re.findall(r'name="source" value="(\w+)"', one.read(f"{hub}sharing/"))
    assert sources, one.read(f"{hub}sharing/")
    for source in dict.fromkeys(sources):
        send(one, f"{hub}sharing/", source=source, reach=reach)


def write_down(room: Room, one: Person) -> None:
    """A strategy and a promise of the team."""
    path = f"{room.base}look-fors/1/strategy/"
    send(one, path, once=once_of(one, path), words="Whoever joins has a buddy.", how_we_know="They stay.")
    plan = f"{room.base}next-steps/"
    words = {"words": "Agree on who decides what, on one page.", "owner": "AM", "due_on": next_year()}
    send(one, plan, once=once_of(one, plan), whose="team", **words)


def make_homes(person, start, product) -> Homes:
    """Everything as it is made by people: the administrator's forms, mails, claims, shares."""
    wide = {"viewport": {"width": 1280, "height": 900}}
    ada = person(**wide)
    send(ada, re.search(r"/welcome/\S+", product.log)[0], name="Ada Moss", email="ada@example.org")
    set_up_app(ada)
    initiative = send(ada, f"{HOUSE}initiatives/", name="Literacy across the state").split("/")[3]
    zone = {"time_zone": "America/Chicago", "initiative_id": initiative}
    networks, hubs = [], []
    for name, hub, _leader in NETWORKS:
        networks.append(send(ada, f"{HOUSE}networks/", name=name, **zone).split("/")[3])
        send(ada, f"{HOUSE}networks/{networks[-1]}/teams/", name=hub)
        hubs.append(re.search(r"teams/(\w+)/move/", ada.read(f"{HOUSE}networks/{networks[-1]}/"))[1])
    teams = [f"networks/{it}/teams/{hub}" for it, hub in zip(networks, hubs, strict=True)]
    roles = {
        "lead": (f"networks/{networks[0]}", "network-lead", "Nell Hart"),
        "above": (f"initiatives/{initiative}", "initiative-lead", "Ines Ortega"),
        "researcher": (f"initiatives/{initiative}", "researcher", "Remy Stone"),
        "coach": (teams[0], "coach", "Cory Lane"),
        "member": (teams[0], "member", "Bo Olsen"),
    }
    for number, (_network, _hub, leader) in enumerate(NETWORKS):
        roles[f"leader {number}"] = (teams[number], "hub-leader", leader)
    written = {who: give(ada, *role) for who, role in roles.items()}
    people = {
        who: sign_in(person(), product, to) for who, to in written.items() if not who.startswith("leader")
    }
    for who in ("lead", "above", "researcher"):
        set_up_app(people[who])

    room, sitting = full_room(person, start)
    write_down(room, sitting[0])
    for number in range(len(TEAMS)):
        leader = sign_in(sitting[5 * number], product, written[f"leader {number}"])
        hub = keep(leader, room, hubs[number])
        share_all(leader, hub, "initiative")
        people[f"leader {number}"] = leader
    people |= {"administrator": ada, "guest": person(), "colleague": sitting[1]}
    return Homes(initiative, networks, hubs, people, room)


def invited(product, leader: Person, hub: str, network: str) -> str:
    """Where an invitation leads that is not answered yet."""
    path = f"/n/{network}/teams/{hub}/invitations/"
    more = {"people": "wei@example.org, Wei Chen", "role": "member", "send": "yes"}
    send(leader, path, once=secrets.token_hex(16), **more)
    return mailed(product, "wei@example.org", r"http://[^/]+(/invitation/\S+)")


def fill(page, button: str, **fields) -> None:
    """Type into a form, send it, and wait for what is answered."""
    for name, words in fields.items():
        page.locator(f"#{name}").fill(words)
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


NORMS = "hub-leadership/domain-1/develop-the-hub-as-a-team/norms/"


def list_with_errors(page) -> None:
    page.get_by_label("team member").check()
    fill(page, "Look it over", people="wei@example.org, Wei Chen\nnot an address\nbo@\nzoe@example.org")


def list_to_look_over(page) -> None:
    page.get_by_label("team member").check()
    fill(page, "Look it over", people="wei@example.org, Wei Chen\nzoe@example.org")


def name_token(page) -> None:
    fill(page, "Make the token", name="Spreadsheet of the network")


def opened(page, name: str) -> None:
    """What a page asks before it does something that can't be taken back."""
    page.locator("summary", has_text=name).first.click()


def wrong_words(page) -> None:
    """Words that no pack may hold."""
    fill(page, "Keep these words", **{"words-en": "<b>Bold</b>"})


def was_on(one: Person, path: str) -> str:
    """What stood there when this form was opened, as the form says it."""
    return re.search(r'name="was" value="(\w+)"', one.read(path))[1]


def keep_house(rosa: Person, hub: str) -> dict[str, str]:
    """What a hub keeps about itself: something of each; where the pages of single things are."""

    def once() -> dict[str, str]:
        return {"once": secrets.token_hex(16)}

    day = {"since_on": "2026-03-01"}
    evidence = "life-cycle/evidence/initiate/build-the-vision/written-aim/"
    send(
        rosa, f"{hub}life-cycle/stage/", **once(), **day, stage="network-life-cycle/develop", why="We began."
    )
    send(rosa, f"{hub}{evidence}", **once(), **day, where="On the wall.", link="https://example.org/aim")
    words = {"purpose": "Every child reads.", "agreements": "We say what failed."}
    send(rosa, f"{hub}charter/write/", **once(), was="", **words)
    was = was_on(rosa, f"{hub}charter/write/")
    send(rosa, f"{hub}charter/write/", **once(), was=was, purpose="Every child reads with ease.", who="All.")
    send(rosa, f"{hub}routines/write/", **once(), name="Mondays", agenda="What next?\nWho is stuck?")
    left = {"left_on": "2026-05-01", "hand_over": "Ask Bo."}
    send(rosa, f"{hub}roster/write/", **once(), name="Cleo Park", does="Numbers", **day, **left)
    told = {"words": "Two schools sent no numbers.", "noticed_on": "2026-04-01", "is_urgent": "on"}
    send(rosa, f"{hub}problems/write/", **once(), **told)
    problem = send(rosa, f"{hub}problems/write/", **once(), **told)
    was = was_on(rosa, f"{problem}change/")
    send(rosa, f"{problem}change/", **told, was=was, decision="We call.", closed_on="2026-04-02")
    version = re.search(r"versions/\w+/", rosa.read(f"{hub}charter/"))[0]
    return {"evidence": f"{hub}{evidence}", "version": f"{hub}charter/{version}", "problem": problem}


def keep_own(rosa: Person, hub: str) -> str:
    """A framework of the hub's own with one line in other words; the line that was changed."""

    def once() -> dict[str, str]:
        return {"once": secrets.token_hex(16)}

    send(rosa, f"{hub}own-framework/", **once(), pack="hub-leadership", **{"words-en": "Our valley’s way"})
    line = NORMS.partition("/")[2]
    send(rosa, f"{hub}own-framework/words/{line}", **once(), **{"words-en": "We keep our word."})
    send(rosa, f"{hub}own-framework/publish/", changes="1")
    send(rosa, f"{hub}own-framework/words/{line}", **once(), **{"words-en": "We keep our word, all of us."})
    return line


def homes(person, start, product) -> list[State]:
    """Every page that asks who somebody is."""
    made = make_homes(person, start, product)
    ada, rosa, guest = (made.people[it] for it in ("administrator", "leader 0", "guest"))
    network, initiative = f"/n/{made.networks[0]}/", f"/i/{made.initiative}/"
    hub, seen = f"{network}teams/{made.hubs[0]}/", f"hubs/{made.hubs[0]}/"
    house = f"{HOUSE}networks/{made.networks[0]}/"
    kept = keep_house(rosa, hub)
    fresh, own, line = made.people["leader 1"], f"{hub}own-framework/", keep_own(rosa, hub)
    board = re.search(rf"{hub}boards/\w+/", rosa.read(hub))[0]
    step = re.search(rf"{hub}next-steps/\w+/", rosa.read(hub))[0]
    door = invited(product, rosa, made.hubs[0], made.networks[0])
    invite, letters, token = f"{hub}invitations/", "/account/letters/", "/account/tokens/new/"
    linked = made.people["leader 1"]
    linked.send("/account/calendar/")
    code = partial(fill, button="Send me a code", email="nobody@example.org")
    return [
        State("sign in", guest, "/sign-in/"),
        State(
            "sign in with an error",
            guest,
            "/sign-in/",
            partial(fill, button="Send me a code", email="ada@example"),
            422,
        ),
        State("code", guest, "/sign-in/", code),
        State("invitation", guest, door),
        State("invitation over", guest, "/invitation/nobody-s/", status=404),
        State("claim signed out", made.people["colleague"], f"{made.room.base}claim/"),
        State("claim kept", rosa, f"{made.room.base}claim/"),
        State("home of a leader", rosa, "/home/"),
        State("home of a member who leaves", made.people["member"], "/home/", partial(opened, name="Leave")),
        State("home of a coach", made.people["coach"], "/home/"),
        State("account", rosa, "/account/"),
        State("account with a second step", ada, "/account/"),
        State("letter and calendar", rosa, letters),
        State("letter and calendar with a link", linked, letters),
        State("link of a calendar", rosa, letters, partial(fill, button="Make a link")),
        State("letter stopped from a mail", guest, "/no-more-letters/nobody-s/"),
        State(
            "letter stopped, done",
            guest,
            "/no-more-letters/nobody-s/",
            partial(fill, button="Send me no more letters"),
        ),
        State("token", rosa, token),
        State("token with errors", rosa, token, partial(fill, button="Make the token"), 422),
        State("token made", rosa, token, name_token),
        State("account with a token", rosa, "/account/", partial(opened, name="Revoke")),
        State("what programs ask for", guest, "/api/v1/"),
        State("second step", rosa, "/account/second-step/"),
        State("app for codes", rosa, "/account/app/"),
        State("recovery codes", ada, "/account/recovery-codes/"),
        State("erase my account", rosa, "/account/erasure/"),
        State("hub", rosa, hub),
        State("hub board", rosa, board),
        State("hub look-fors", rosa, f"{hub}framework/"),
        State("hub look-for", rosa, f"{hub}framework/{NORMS}"),
        State("library", guest, "/framework/"),
        State("library domain", rosa, "/framework/hub-leadership/domain-1/"),
        State("library look-for", rosa, f"/framework/{NORMS}"),
        State("search", rosa, "/search/?q=hub"),
        State("hub settle", rosa, step),
        State("life cycle", rosa, f"{hub}life-cycle/"),
        State("life cycle of a member", made.people["member"], f"{hub}life-cycle/"),
        State("stage to say", rosa, f"{hub}life-cycle/stage/"),
        State("evidence", rosa, kept["evidence"]),
        State("own framework to begin", fresh, f"/n/{made.networks[1]}/teams/{made.hubs[1]}/own-framework/"),
        State("own framework", rosa, own),
        State("own framework of a member", made.people["member"], own),
        State("own domain", rosa, f"{own}domains/domain-1/"),
        State("own words", rosa, f"{own}words/{line}"),
        State("own words with an error", rosa, f"{own}words/{line}", wrong_words, 422),
        State("own line to add", rosa, f"{own}add/{line.rsplit('/', 2)[0]}/"),
        State("own version", rosa, f"{own}publish/"),
        State("own put away", rosa, f"{own}end/"),
        State("own brought in", rosa, f"{own}bring/"),
        State("charter", rosa, f"{hub}charter/"),
        State("charter to write", rosa, f"{hub}charter/write/"),
        State("charter with what changed", rosa, kept["version"]),
        State("routines", rosa, f"{hub}routines/"),
        State("routine of a problem", rosa, f"{hub}routines/write/?problem={kept['problem'].split('/')[-2]}"),
        State("roster of the hub", rosa, f"{hub}roster/"),
        State("somebody without an account", rosa, f"{hub}roster/write/"),
        State("problems", rosa, f"{hub}problems/"),
        State("problem closed", rosa, kept["problem"]),
        State("problem to change", rosa, f"{kept['problem']}change/"),
        State("problem with a next step", rosa, f"{kept['problem']}next-step/"),
        State("what was taken away", rosa, f"{hub}taken-away/"),
        State("hub sharing", rosa, f"{hub}sharing/"),
        State("hub trail", rosa, f"{hub}trail/"),
        State("invite", rosa, invite),
        State("invite with errors", rosa, invite, list_with_errors, 422),
        State("invite looked over", rosa, invite, list_to_look_over),
        State("hand over", rosa, f"{hub}hand-over/"),
        State("merge", rosa, f"{hub}merge/"),
        State("network", made.people["lead"], network),
        State("network hub", made.people["lead"], f"{network}{seen}"),
        State("initiative", made.people["above"], initiative),
        State("coach's hub", made.people["coach"], f"{network}{seen}"),
        State("researcher's initiative", made.people["researcher"], initiative),
        State("administration", ada, HOUSE),
        State("administration people", ada, f"{HOUSE}people/"),
        State("administration network", ada, house),
        State("administration role", ada, f"{house}roles/"),
        State("administration move", ada, f"{house}teams/{made.hubs[0]}/move/"),
        State("administration trail", ada, f"{HOUSE}trail/"),
    ]
