"""The demo's world, built by calling actions, so that it cannot drift from the product."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from hubcraft.apps.facilitation.actions import runs
from hubcraft.apps.frameworks.queries import list_domains, list_scripts, rubric_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.actions import marks
from hubcraft.apps.reflections.actions.marks import Operation
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms import queries
from hubcraft.apps.rooms.actions import Placement
from hubcraft.cli.demo_home import make_home
from hubcraft.cli.demo_people import answer_of, open_board, place_line, sit
from hubcraft.cli.demo_said import say
from hubcraft.cli.demo_written import write
from hubcraft.domain.names import show_code

STAGES = ("lobby", "learn", "rate", "reveal", "share", "plan", "after")
# The kind of step at which the script stands in each stage; after that the room is closed.
STANDS_AT = {
    "learn": "choice",
    "rate": "rubric",
    "reveal": "rubric",
    "share": "hear",
    "plan": "plan",
    "after": "stay-connected",
}
# So far into that step.
INTO = timedelta(minutes=2)

# Invented hubs. One line a person, one sign a look-for: 1-4 a level, ? not sure, - doesn't apply, . not yet.
RIVERBEND = {
    "AM": "33333333434",
    "BO": "44433443444",
    "DP": "33333333243",
    "EJ": "33333444344",
    "JR": "3233312333" + "3",
    "KM": "3433312?233",
    "SV": "44443444144",
    "TL": "2322312?" + "233",
}
NORTH_SHORE = {
    "AR": "22312233322",
    "CW": "23322123322",
    "FI": "22412233.22",
    "NB": "32232?33322",
    "PQ": "2232-233322",
}
DELTA = {
    "GH": "34.........",
    "HA": "43434343433",
    "LK": "3..........",
    "MO": "...........",
    "RS": "33343333444",
    "TU": "...........",
}
ALONE = {"CP": "33223333233", "HN": "22222222222", "RW": "44434343344", "YT": "3333333...."}
# Who changes their mind while the team talks: initials, look-for, level.
MOVES = (("DP", 9, "3"),)


@dataclass(frozen=True)
class DemoWorld:
    """What the terminal shows of a room: full links, and the code as people read it aloud."""

    join_link: str
    code: str
    lead_link: str
    projector_link: str
    # Signs the leader of a hub in, whose past sessions stand together; once.
    home_link: str


def build(stage: str, at: datetime, address: str) -> DemoWorld:
    """Start a room and bring it to `stage`; links begin with `address`.

    lobby: people are there and wait. learn: they look at the six domains. rate: everybody is placing initials, some
    have finished. reveal: one hub has opened its board and talks about it. share, plan: all boards are open, the
    room is at these steps. after: it is closed.
    """
    domain = list_domains("en")[0]
    script = list_scripts(domain.pack, "en")[0]
    # What the script takes until the room stands where it shall, so that the clock tells the truth.
    kinds = [step.kind for step in script.steps]
    stands_at = kinds.index(STANDS_AT[stage]) if stage in STANDS_AT else -1
    moments = begins(script.steps, stands_at, at)
    room, key = runs.start_with_script(
        script=script.key,
        title="Spring convening",
        domain=domain.key,
        pack_id=domain.pack,
        rung="initials",
        is_open_board=False,
        teams=["Riverbend hub", "North Shore hub", "Delta Literacy hub"],
        may_add_teams=True,
        planned_size=30,
        language="en",
        time_zone="UTC",
        address=address,
        at=moments[0] - timedelta(minutes=20),
    )
    leader = Viewer(room=room.id, leads=True)
    teams = {team.name: team.id for team in queries.list_teams(room.id)}
    came_at = moments[0] - timedelta(minutes=5)
    here = {
        (name, initials): sit(room.id, initials, Placement(team_id=teams[name]), came_at)
        for name, people in (
            ("Riverbend hub", RIVERBEND),
            ("North Shore hub", NORTH_SHORE),
            ("Delta Literacy hub", DELTA),
        )
        for initials in people
    }
    here |= {("", initials): sit(room.id, initials, Placement(is_alone=True), came_at) for initials in ALONE}
    if stage != "lobby":
        rooms.open_room(by=leader, room=room, at=moments[0])
    rubric = rubric_of(domain.pack, domain.key, "en")
    answers = RIVERBEND | NORTH_SHORE | DELTA | ALONE
    for position in range(stands_at + 1):
        runs.go_to(by=leader, room=room, position=position, at=moments[position])
        if kinds[position] == "rubric":
            for (_team, initials), viewer in here.items():
                place_line(viewer, rubric, answers[initials], moments[position] + timedelta(minutes=1))
            if stage != "rate":
                talk(here, rubric, moments[position] + INTO)
        elif kinds[position] == "talk":
            for initials in ("AR", "GH"):
                open_board(here[team_of(here, initials)], leader, moments[position])
        say(kinds[position], here, teams, leader, moments[position] + INTO)
        write(kinds[position], here, rubric, moments[position] + INTO)
    if stage == "after":
        rooms.close_room(by=leader, room=room, at=at)
    return DemoWorld(
        join_link=f"{address}/j/{room.join_token}/",
        code=show_code(room.code),
        lead_link=f"{address}/r/{room.id}/lead/?key={key}",
        projector_link=f"{address}/r/{room.id}/projector/?key={queries.projector_key(room)}",
        home_link=f"{address}/welcome/{make_home(address, at)}/",
    )


def begins(steps, stands_at: int, at: datetime) -> list[datetime]:
    """When each step up to where the room stands began, if each took what was planned."""
    began = at - INTO
    found = [began]
    for step in reversed(steps[: max(0, stands_at)]):
        began -= timedelta(minutes=step.minutes)
        found.insert(0, began)
    return found


def team_of(here: dict[tuple[str, str], Viewer], initials: str) -> tuple[str, str]:
    """Where somebody sits."""
    return next(it for it in here if it[1] == initials)


def talk(here: dict[tuple[str, str], Viewer], rubric, at: datetime) -> None:
    """Riverbend has opened its board, and two have moved."""
    one = here["Riverbend hub", "AM"]
    open_board(one, one, at)
    for initials, number, sign in MOVES:
        viewer = here["Riverbend hub", initials]
        operation = Operation(
            secrets.token_hex(16), rubric.look_fors[number - 1].key, answer_of(sign, rubric), "after"
        )
        marks.place_marks(by=viewer, seat_id=viewer.seat, operations=[operation], at=at)
