"""What was said in a room, in every state: chosen, heard, offered, answered, harvested."""

import secrets
from urllib.parse import urlencode

from tests.journeys.people import Person, Room
from tests.journeys.states import NORTH_SHORE, RIVERBEND, State, place_all, projector_path, sit_all

CHOICE, RUBRIC, HEAR, FEEDBACK = "6", "10", "14", "16"
TEAMS = ("Riverbend hub", "North Shore hub", "Lakeside hub")
SAID = (
    ("We open every meeting with what we learned since the last one.", "on"),
    ("Unbreakable" * 20, "on"),
    ("We are afraid of the budget talk in March.", ""),
)


def go(room: Room, position: str) -> None:
    """The facilitator takes everybody to a step."""
    assert room.lead.send(f"{room.base}lead/step/", position=position).status == 302


def choose(room: Room, one: Person, know: int, learn: int) -> None:
    fields = {"know": f"hub-leadership/domain-{know}", "learn": f"hub-leadership/domain-{learn}"}
    assert one.send(f"{room.base}choice/", **fields).status == 302


def give_feedback(room: Room, one: Person, words: str, *good_at: int) -> None:
    fields = [("answer-1", f"hub-leadership/domain-{it}") for it in good_at] + [("answer-3", words)]
    headers = {"Origin": one.address, "Content-Type": "application/x-www-form-urlencoded"}
    answer = one.context.request.post(
        f"{room.base}feedback/", data=urlencode(fields), headers=headers, max_redirects=0
    )
    assert answer.status == 302, answer.text()


def name_strategy(room: Room, one: Person) -> None:
    path = f"{room.base}look-fors/1/strategy/"
    assert one.send(path, once=secrets.token_hex(16), words="Everybody who joins has a buddy.").status == 302


def full_room(person, start) -> tuple[Room, list[Person]]:
    """Three teams of five that have opened their boards."""
    room = start(script="workshop", teams=TEAMS)
    lines = (dict(list(RIVERBEND.items())[:5]), NORTH_SHORE, dict(list(RIVERBEND.items())[3:]))
    people = [sit_all(person, room, line, team) for line, team in zip(lines, TEAMS, strict=True)]
    room.begin()
    go(room, RUBRIC)
    for team, line in zip(people, lines, strict=True):
        place_all(room, team, line)
        room.open_board(team[0])
    return room, [one for team in people for one in team]


def nothing_chosen(page):
    page.get_by_role("button", name="Save what I chose").click()
    page.locator("[data-focus]").wait_for()


def too_long(page):
    page.locator("#answer-3").fill("word " * 500)
    page.get_by_role("button", name="Send without my name").click()
    page.locator("[data-focus]").wait_for()


def said(person, start) -> list[State]:
    """Rooms that have much to show, each left at another step; one where nothing has been said."""
    room, people = full_room(person, start)
    base, wall, harvest = room.base, projector_path(room), f"{room.base}lead/harvest/"
    go(room, CHOICE)
    for at, one in enumerate(people[:13]):
        choose(room, one, at % 5 + 1, at % 3 + 4)
    states = [
        State("choice made", people[0], f"{base}step/"),
        State("choice changed", people[0], f"{base}step/?change"),
        State("choice refused", people[13], f"{base}step/", nothing_chosen, 422),
        State("lead picture", room.lead, f"{base}lead/"),
        State("projector picture", person(), wall),
    ]
    hearing, speakers = full_room(person, start)
    name_strategy(hearing, speakers[0])
    go(hearing, HEAR)
    for words, agrees in SAID:
        fields = {"words": words} | ({"may_project": agrees} if agrees else {})
        assert hearing.lead.send(f"{hearing.base}lead/heard/", **fields).status == 302
    lead, written = hearing.lead, f"{hearing.base}lead/heard/"
    line = lead.read(written).split("/lead/heard/")[2].split("/")[0]

    def nothing_said(page):
        page.get_by_role("button", name="Write it down").click()
        page.locator("[data-focus]").wait_for()

    states += [
        State("heard", speakers[1], f"{hearing.base}step/"),
        State("heard, with something to offer", speakers[0], f"{hearing.base}step/"),
        State("lead heard", lead, f"{hearing.base}lead/"),
        State("projector heard", person(), projector_path(hearing)),
        State("scribe", lead, written),
        State("scribe refused", lead, written, nothing_said, 422),
        State("scribe line", lead, f"{written}{line}/"),
    ]
    asked, answering = full_room(person, start)
    go(asked, FEEDBACK)
    for at, one in enumerate(answering[:9]):
        give_feedback(asked, one, f"What helped, said by number {at}.", at % 3 + 1, at % 2 + 3)
    assert asked.lead.send(f"{asked.base}lead/harvest/count/").status == 302
    states += [
        State("feedback given", answering[0], f"{asked.base}step/"),
        State("feedback too long", answering[13], f"{asked.base}step/", too_long, 422),
        State("harvest", asked.lead, f"{asked.base}lead/harvest/"),
        State("paper", asked.lead, f"{asked.base}lead/paper/"),
        State("paper without a room", asked.lead, "/paper/"),
        State("harvest of nothing", room.lead, harvest),
    ]
    return states
