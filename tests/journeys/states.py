"""Every state a page can be in, reached as people reach it: built once, looked at often."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from tests.journeys.people import Person, Room

RIVERBEND = {
    "AM": "33333333434",
    "BO": "44433443444",
    "DP": "33333333243",
    "EJ": "33333444344",
    "JR": "32333123333",
    "KM": "3433312?233",
    "SV": "44443444144",
    "TL": "2322312?233",
}
NORTH_SHORE = {
    "AR": "22312233322",
    "CW": "23322123322",
    "FI": "2241223322-",
    "NB": "32232?33322",
    "PQ": "22322333222",
}


@dataclass
class State:
    """One page as one person sees it; `prepare` brings an opened page into the state."""

    name: str
    person: Person
    path: str
    prepare: Callable | None = None
    status: int = 200
    leave: Callable | None = None


def submit(page, action: str, **fields) -> None:
    """Send a form that an older page of ours would send."""
    with page.expect_navigation():
        page.evaluate(
            """([action, fields]) => {
                const form = Object.assign(document.createElement("form"), {method: "post", action});
                for (const [name, value] of Object.entries(fields))
                    form.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
                document.body.append(form);
                form.submit();
            }""",
            [action, fields],
        )


def sit_all(person, room: Room, lines: dict[str, str], team: str) -> list[Person]:
    return [room.sit(person(), initials, team) for initials in lines]


def place_all(room: Room, people: list[Person], lines: dict[str, str]) -> None:
    for one, line in zip(people, lines.values(), strict=True):
        room.place(one, line)


def build(person, start) -> list[State]:
    """All rooms, all people, all states."""
    stranger = person()
    states = [
        State("home", stranger, "/"),
        State("help", stranger, "/help/"),
        State("a page of help", stranger, "/help/lead/"),
        State("start", stranger, "/start/"),
        State("start with errors", stranger, "/start/", start_with_errors, 422),
        State("code", stranger, "/join/"),
        State("code wrong", stranger, "/join/", partial(type_code, code="K7M 4XQW"), 422),
        State("404", stranger, "/r/nowhere/", status=404),
        *doors(person, start),
        *lobby(person, start),
        *anonymous(person, start),
        *spring(person, start),
        *workshop(person, start),
        *writing(person, start),
    ]
    # The brake holds everyone at this address for a minute, so it comes last.
    states.append(State("429", stranger, "/join/", too_many_codes, 429))
    return states


def start_with_errors(page):
    page.locator(".start-more > summary").click()
    page.locator("#planned_size").fill("many")
    page.get_by_role("button", name="Start the room").click()
    page.locator("[data-focus]").wait_for()


def type_code(page, code: str):
    page.locator("#code").fill(code)
    page.get_by_role("button", name="Come in").click()
    page.locator("#code-error").wait_for()


def too_many_codes(page):
    # The brake lets go by itself, on a slow machine before the page has asked: then once more.
    for _attempt in range(8):
        for _ in range(400):
            answer = page.request.post(
                page.url, form={"code": "K7M 4XQW"}, headers={"Origin": page.url.removesuffix("/join/")}
            )
            if answer.status == 429:
                break
        submit(page, "/join/", code="K7M 4XQW")
        if page.get_by_role("heading", level=1).inner_text().startswith("Too many tries"):
            break


def doors(person, start) -> list[State]:
    """Rooms one can't come into."""
    locked, full, closed = (
        start(title="A locked room"),
        start(title="A full room", size="1"),
        start(title="A closed room"),
    )
    locked.lead.send(f"{locked.base}lead/lock/")
    # Twice the plan, and ten more in any case: all on one device, which goes round.
    table = full.sit(person(), "AM", "Riverbend hub")
    for number in range(10):
        table.send(f"{full.base}pass/", initials=f"B{number}")
    closed.begin()
    closed.lead.send(f"{closed.base}lead/closure/")
    return [
        State("join locked", person(), locked.join_path),
        State("join full", person(), full.join_path),
        State("join closed", person(), closed.join_path, status=0),
        State("lead closed", closed.lead, f"{closed.base}lead/"),
    ]


def lobby(person, start) -> list[State]:
    """A room before it begins."""
    room = start(teams=["Riverbend hub", "North Shore hub"], size="30")
    for initials, team in (("AM", "Riverbend hub"), ("BO", "Riverbend hub"), ("CP", "")):
        one = room.sit(person(), initials, team)
    newcomer = person()

    def near(page):
        page.locator("#initials").fill("EJ")
        page.get_by_label("Another team").check()
        page.locator("#other_team").fill("Riverband")
        page.get_by_role("button", name="Come in").click()
        page.get_by_text("Is it one of these?").wait_for()

    def empty(page):
        page.get_by_role("button", name="Come in").click()
        page.locator("[data-focus]").wait_for()

    wall = person()
    return [
        State("lead lobby", room.lead, f"{room.base}lead/"),
        State("projector lobby", wall, projector_path(room)),
        State("join", newcomer, room.join_path),
        State("join with errors", newcomer, room.join_path, empty, 422),
        State("join near-match", newcomer, room.join_path, near, 422),
        State("lobby", room.sit(person(), "JR", "Riverbend hub"), f"{room.base}lobby/"),
        State("lobby alone", one, f"{room.base}lobby/"),
        State("403", one, f"{room.base}lobby/", lambda page: submit(page, f"{room.base}marks/"), 403),
    ]


def projector_path(room: Room) -> str:
    html = room.lead.read(f"{room.base}lead/")
    return html.split('top-projector" href="')[1].split('"')[0]


def anonymous(person, start) -> list[State]:
    """Ballots: three are too few to be counted, six are not."""
    room = start(rung="anonymous")
    few = {it: RIVERBEND[it] for it in ("AM", "BO", "DP")}
    many = {it: RIVERBEND[it] for it in ("AM", "BO", "DP", "EJ", "JR", "KM")}
    three, six = sit_all(person, room, few, "Delta hub"), sit_all(person, room, many, "Riverbend hub")
    room.begin()
    place_all(room, three, few)
    place_all(room, six, many)
    states = [State("team ready anonymous", six[1], f"{room.base}team/")]
    room.open_board(three[0])
    states.append(State("board anonymous withheld", three[0], f"{room.base}board/"))
    seventh = start(rung="anonymous")
    others = sit_all(person, seventh, many, "Riverbend hub")
    seventh.begin()
    place_all(seventh, others, many)
    seventh.open_board(others[0])
    states.append(State("board anonymous counts", others[0], f"{seventh.base}board/"))
    return states


def spring(person, start) -> list[State]:
    """A convening at work: boards that are open, teams that place their initials, people who come late."""
    room = start(
        teams=["Riverbend hub", "North Shore hub", "Delta Literacy hub", "Lakeside hub", "Hilltop hub"],
        size="30",
    )
    small = {it: RIVERBEND[it] for it in ("KM", "SV", "TL")}
    eight = sit_all(person, room, RIVERBEND, "Riverbend hub")
    five = sit_all(person, room, NORTH_SHORE, "North Shore hub")
    three = sit_all(person, room, small, "Lakeside hub")
    two = sit_all(person, room, dict(list(small.items())[:2]), "Hilltop hub")
    delta = [room.sit(person(), it, "Delta Literacy hub") for it in ("GH", "HA", "LK", "MO")]
    alone = room.sit(person(), "CP")
    passed = room.sit(person(), "WX", "Delta Literacy hub")
    passed.send(f"{room.base}pass/", initials="YZ")
    room.begin()
    for people, lines in ((eight, RIVERBEND), (five, NORTH_SHORE), (three, small)):
        place_all(room, people, lines)
    place_all(room, two, dict(list(small.items())[:2]))
    room.place(delta[1], "43434343433")
    room.place(delta[2], "3..........")
    room.place(alone, "33223333233")
    five[2].send(f"{room.base}wish/")
    three[2].send(f"{room.base}wish/")
    for people in (eight, five, three):
        room.open_board(people[0])
    room.place(eight[2], "........3..", "after")
    room.place(eight[7], ".....2.....", "after")
    late, waiting = (room.sit(person(), it, "Riverbend hub") for it in ("ZZ", "QQ"))
    html = room.lead.read(f"{room.base}lead/")
    late_id = html.split("ZZ came late")[0].rsplit("lead/asking/", 1)[1].split("/")[0]
    room.lead.send(f"{room.base}lead/asking/{late_id}/", answer="yes")
    room.place(late, "44443444144")
    other_phone = person()
    teams = room.find_teams(other_phone)
    other_phone.send(f"{room.base}join/", initials="GH", team=teams["Delta Literacy hub"], claim="yes")
    first = f"{room.base}look-fors/1/"

    def choose(page):
        page.locator(".look-for:not([hidden]) .level").nth(3).click()
        page.locator("[data-status][data-state=saved]").wait_for()

    def choose_offline(page):
        page.context.set_offline(True)
        page.locator(".look-for:not([hidden]) .level").nth(1).click()
        page.locator("[data-status][data-state=waiting]").wait_for()

    def online(page):
        page.context.set_offline(False)

    return [
        State("rate one empty", delta[3], first),
        State("rate one answered", delta[2], first),
        State("rate one saved", delta[2], first, choose),
        State("rate one offline waiting", delta[0], first, choose_offline, leave=online),
        State("rate all", delta[3], f"{room.base}look-fors/"),
        State("rate all answered", delta[1], f"{room.base}look-fors/"),
        State("team waiting", delta[1], f"{room.base}team/"),
        State("team ready", two[0], f"{room.base}team/"),
        State(
            "409",
            two[0],
            f"{room.base}team/",
            lambda page: submit(page, f"{room.base}reveal/", roster="old"),
            409,
        ),
        State("board initials", eight[0], f"{room.base}board/"),
        State("board dots", five[0], f"{room.base}board/"),
        State("board own", three[0], f"{room.base}board/"),
        State("board alone", alone, f"{room.base}board/"),
        State("move", eight[0], first),
        State("late choice", late, f"{room.base}late/"),
        State("waiting to be let in", waiting, f"{room.base}lobby/"),
        State("seat", delta[3], f"{room.base}seat/"),
        State("pass cover", passed, f"{room.base}pass/"),
        State("pass turn", passed, f"{room.base}pass/?turn"),
        State("lead asking", room.lead, f"{room.base}lead/"),
        State("lead team", room.lead, f"{room.base}lead/teams/{teams['Delta Literacy hub']}/"),
        State("projector open", person(), projector_path(room)),
    ]


def once_of(person: Person, path: str) -> str:
    """The number of a form."""
    return re.search(r'name="once" value="(\w+)"', person.read(path))[1]


def next_year() -> str:
    """A day that a promise may name whenever this runs."""
    return f"{date.today().year + 1}-01-15"


def next_session(room: Room) -> Room:
    """The room in which the same teams meet again."""
    room_id = room.lead.send(f"{room.base}lead/again/").headers["location"].split("/")[2]
    code = re.search(r'qr-card-code">([^<]+)<', room.lead.read(f"/r/{room_id}/lead/"))[1]
    return replace(room, id=room_id, code=code, join_path=f"/r/{room_id}/join/")


def sit_by_code(person: Person, room: Room, initials: str, team: str) -> Person:
    """They type the code from the screen and sit down."""
    assert person.send("/join/", code=room.code).status == 302
    return room.sit(person, initials, team)


def writing(person, start) -> list[State]:
    """Strategies and next steps as they are written and read, and what was promised at the next session."""
    room = start(script="workshop", teams=["Riverbend hub"])
    lines = {it: RIVERBEND[it] for it in ("AM", "BO", "EJ")}
    first, second, third = sit_all(person, room, lines, "Riverbend hub")
    alone = room.sit(person(), "CP")
    room.begin()
    room.lead.send(f"{room.base}lead/step/", position="10")
    place_all(room, [first, second, third], lines)
    room.open_board(first)
    room.lead.send(f"{room.base}lead/step/", position="12")
    for one, number in ((first, 9), (second, 9), (second, 4)):
        path = f"{room.base}look-fors/{number}/strategy/"
        told = "Everybody who joins has a buddy for three cycles. " * 4
        one.send(path, once=once_of(one, path), words=told, how_we_know="They stay.")
    plan = f"{room.base}next-steps/"
    for one, whose in ((first, "mine"), (second, "team"), (alone, "mine")):
        fields = {"words": "Ask who joined last.", "owner": "AM", "due_on": next_year(), "whose": whose}
        one.send(plan, once=once_of(one, plan), **fields)
    strategy = re.search(r"strategies/\w{32}/", second.read(f"{room.base}step/"))[0]
    step = re.search(r"next-steps/\w{32}/", second.read(f"{room.base}team-page/"))[0]
    following = next_session(room)
    member = sit_by_code(person(), following, "BO", "Riverbend hub")
    following.begin()

    def too_long(page):
        page.locator("#words").fill("word " * 400)
        page.get_by_role("button", name="Share this strategy").click()
        page.locator("[data-focus]").wait_for()

    return [
        State("strategies written", first, f"{room.base}step/"),
        State("strategies of others", third, f"{room.base}step/"),
        State("write strategy", third, f"{room.base}look-fors/9/strategy/"),
        State("write strategy too long", third, f"{room.base}look-fors/8/strategy/", too_long, 422),
        State("change strategy", second, f"{room.base}{strategy}"),
        State("write next step", third, plan),
        State("change next step", third, f"{room.base}{step}"),
        State("settle next step", third, f"{room.base}{step}settlement/"),
        State("team page", third, f"{room.base}team-page/"),
        State("team page alone", alone, f"{room.base}team-page/"),
        State("opening with promises", member, f"{following.base}step/"),
    ]


def workshop(person, start) -> list[State]:
    """Sessions that follow a script, each at another step, as everybody in them sees it."""
    waiting = start(script="workshop", teams=["Riverbend hub"])
    states = [
        State("lead script lobby", waiting.lead, f"{waiting.base}lead/"),
        State("projector script lobby", person(), projector_path(waiting)),
    ]
    for name, position in (
        ("talk", 0),
        ("read", 5),
        ("choice", 6),
        ("rubric", 10),
        ("strategies", 12),
        ("hear", 14),
        ("plan", 15),
        ("feedback", 16),
        ("end", 17),
    ):
        room = start(script="workshop", teams=["Riverbend hub"])
        sitting = sit_all(person, room, {it: RIVERBEND[it] for it in ("AM", "BO")}, "Riverbend hub")
        alone = room.sit(person(), "CP")
        room.begin()
        if position > 10:
            room.lead.send(f"{room.base}lead/step/", position="10")
            room.place(sitting[0], RIVERBEND["AM"])
            room.place(alone, RIVERBEND["BO"])
        room.lead.send(f"{room.base}lead/step/", position=str(position))
        if name == "hear":
            room.lead.send(f"{room.base}lead/step/longer/", position=str(position), minutes="60")
            room.lead.send(f"{room.base}lead/pause/")
        states += [
            State(f"lead {name}", room.lead, f"{room.base}lead/"),
            State(f"projector {name}", person(), projector_path(room)),
        ]
        if name != "rubric":
            states += [
                State(f"step {name}", sitting[0], f"{room.base}step/"),
                State(f"step {name} alone", alone, f"{room.base}step/"),
            ]
        if name == "read":
            states.append(State("step read one", sitting[1], f"{room.base}step/?page=domain-2"))
        if name == "hear":
            states.append(State("answers while the room is further", sitting[1], f"{room.base}look-fors/"))
    return states
