"""A whole workshop: everybody answers at every step, whatever happens to the facilitator, the server and one phone."""

import asyncio
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

import psutil
import pytest

from tests.faults import reckoning
from tests.faults.ageing import let_pass
from tests.faults.phones import FORM, LEVELS, Answer, Gone, Line, Phone, Room, gather
from tests.faults.test_kill import servers
from tests.faults.test_marks import torn
from tests.faults.workshop import PATIENCE, Said

TEAM = 8
AWAY = 10  # minutes
AT_ONCE = 40
CHOICE, SENSEMAKING, RUBRIC, TALK, STRATEGIES, HEAR, PLAN, FEEDBACK, END = 6, 7, 10, 11, 12, 14, 15, 16, 17
pytestmark = pytest.mark.timeout(3600)


@dataclass
class Workshop:
    """The room, whoever leads it just now, and what everybody was told."""

    product: object
    room: Room
    chance: Random
    lead: Line
    said: Said = field(default_factory=Said)
    # Whether the power goes and the server is killed; and how many seconds somebody thinks before each mark, at most.
    is_rough: bool = True
    thinks: float = 0.0

    async def post(self, path: str, **fields: object) -> Answer:
        """The facilitator presses a button."""
        address = f"/r/{self.room.id}/lead/{path}"
        self.lead.close()  # no press meets a line that the server is just hanging up
        return await self.lead.ask("POST", address, self.room.lead, urlencode(fields).encode(), FORM)

    async def read(self, path: str = "") -> str:
        """A page of the facilitator's."""
        self.lead.close()
        answer = await self.lead.ask("GET", f"/r/{self.room.id}/lead/{path}", self.room.lead)
        assert answer.status == 200, (path, answer.status)
        return answer.text

    async def go_to(self, position: int) -> None:
        assert (await self.post("step/", position=position)).status == 302

    async def everybody(self, act: Callable[[Phone], Awaitable], phones: list[Phone] | None = None) -> list:
        """All at once, as far as one address lets so many in."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(phone: Phone):
            async with gate:
                return await act(phone)

        return await asyncio.gather(*(one(it) for it in phones or self.room.phones))

    async def follow(self, phones: list[Phone]) -> list[str]:
        """Everybody opens the room and is led where it is; the pages."""
        return await self.everybody(lambda phone: page_of(phone, ""), phones)


async def page_of(phone: Phone, path: str) -> str:
    """A page of the room, wherever it leads."""
    address = f"/r/{phone.room}/{path}"
    for _hop in range(6):
        try:
            answer = await phone.line.ask("GET", address, phone.cookies)
        except Gone:  # hung up on after half a minute of silence: a browser asks again, too
            continue
        if answer.status != 302:
            break
        address = answer.headers["location"]
    assert answer.status == 200, (address, answer.status)
    return answer.text


def test_every_answer_of_a_whole_workshop_is_there_once(served, workshop_size):
    assert asyncio.run(hold(served, workshop_size, seed=3)) == []


async def hold(product, people: int, seed: int) -> list[str]:
    """From hello to goodbye; everything that is not as it was promised."""
    room = await gather(product.port, people, team_of=TEAM, script="workshop")
    return await play(Workshop(product, room, Random(seed), Line(product.port)))


async def play(workshop: Workshop) -> list[str]:
    """The whole script in a room that is full; everything that is not as it was promised."""
    product, room = workshop.product, workshop.room
    far, near = room.phones[0], room.phones[1:]
    for position in range(CHOICE):
        await workshop.go_to(position)
        await workshop.follow(room.phones)
    await choose(workshop)
    await hand_over(workshop)
    await workshop.go_to(SENSEMAKING)
    await workshop.follow(room.phones)
    waiting = await rate(workshop, far, near)
    await reveal(workshop)
    await talk(workshop, near)
    await come_back(workshop, far, waiting)
    await name_strategies(workshop)
    await workshop.go_to(STRATEGIES + 1)
    await workshop.follow(room.phones)
    await hear(workshop)
    await promise(workshop)
    await give_feedback(workshop)
    await workshop.go_to(END)
    await workshop.everybody(lambda phone: finds_its_own(workshop, phone))
    room.close()
    workshop.lead.close()
    marks = reckoning.list_faults(room.history, reckoning.read(product, room.id))
    return [*room.history.faults, *marks, *workshop.said.list_faults(product, room.id)]


async def choose(workshop: Workshop) -> None:
    """One domain to tell of, one to learn more about."""
    await workshop.go_to(CHOICE)
    domains = re.findall(r'name="know"[^>]*value="([^"]+)"', await page_of(workshop.room.phones[0], ""))
    assert len(domains) == 6, domains

    async def one(phone: Phone) -> None:
        know, learn = workshop.chance.sample(domains, 2)
        fields = {"know": know, "learn": learn}
        lines = [("choice", (phone.seat, which, domain)) for which, domain in fields.items()]
        await workshop.said.say(phone, "choice/", fields, workshop.chance, *lines)

    await workshop.everybody(one)


async def hand_over(workshop: Workshop) -> None:
    """Ada lets Bea in and hands the room over: her own key ends, Bea leads from now on."""
    room = workshop.room
    await workshop.post("facilitators/name/", name="Ada")
    invited = await workshop.post("facilitators/", once=secrets.token_hex(16))
    link = re.search(rf"/r/{room.id}/lead/\?key=\w+", invited.text).group()
    bea = (await workshop.lead.ask("GET", link)).cookies
    ada, room.lead = room.lead, bea
    await workshop.post("facilitators/name/", first="on", name="Bea")
    room.lead = ada
    key = re.search(r"facilitators/(\w+)/handover/", await workshop.read("facilitators/")).group(1)
    assert (await workshop.post(f"facilitators/{key}/handover/")).status == 200
    assert (await workshop.lead.ask("GET", f"/r/{room.id}/lead/", ada)).status == 404
    room.lead = bea
    await workshop.read()


async def rate(workshop: Workshop, far: Phone, near: list[Phone]) -> list:
    """Everybody rates; in the middle of it the power goes, ten minutes pass, and one phone is not heard of.

    What that phone has waiting is the answer.
    """
    room, chance = workshop.room, workshop.chance
    await workshop.go_to(RUBRIC)
    rubric = await page_of(far, "look-fors/")
    room.look_fors = list(dict.fromkeys(re.findall(r'data-look-for="([^"]+)"', rubric)))
    room.levels = list(dict.fromkeys(re.findall(r'type="radio"[^>]*value="([^"]+)"', rubric)))[:LEVELS]
    waiting = room.answers(chance)
    far.line.close()
    room.history.note(far.seat, waiting)
    until = time.monotonic() + 2 * PATIENCE
    half = asyncio.Event()

    async def one(phone: Phone) -> None:
        own = Random(chance.random())
        for operation in room.answers(chance):
            await asyncio.sleep(own.uniform(0, workshop.thinks))
            room.history.note(phone.seat, [operation])
            await phone.deliver([operation], own, until=until)
            if len(room.history.acknowledged) > len(near) * len(room.look_fors) // 2:
                half.set()

    rating = [asyncio.create_task(one(it)) for it in near]
    await half.wait()
    if workshop.is_rough:
        await asyncio.to_thread(lose_power, workshop.product)
    await asyncio.gather(*rating)
    return waiting


def lose_power(product) -> None:
    """Nothing says goodbye; ten minutes later it is started again."""
    everybody = psutil.Process(product.process.pid).children(recursive=True)
    product.kill()
    for child in everybody:
        if child.is_running():
            child.kill()
    psutil.wait_procs(everybody, 5)
    let_pass(product, AWAY)
    product.start()


async def reveal(workshop: Workshop) -> None:
    """Bea opens every board with those she has: one of a team is still out of reach."""
    opening = r'teams/(\w{32})/reveal/".*?name="roster" value="(\w+)"'
    teams = dict(re.findall(opening, await workshop.read(), re.S))
    assert len(teams) == -(-len(workshop.room.phones) // TEAM)
    for team, roster in teams.items():
        assert (await workshop.post(f"teams/{team}/reveal/", roster=roster)).status == 302
    await workshop.go_to(TALK)


async def talk(workshop: Workshop, near: list[Phone]) -> None:
    """Everybody looks at their board; one in three moves their initials afterwards."""
    room, chance = workshop.room, workshop.chance

    async def one(phone: Phone) -> None:
        assert "board-row" in await page_of(phone, "")
        if chance.random() < 1 / 3:
            moved = room.operation(chance, chance.choice(room.look_fors), "after")
            room.history.note(phone.seat, [moved])
            await phone.deliver([moved], chance, until=time.monotonic() + PATIENCE)

    await workshop.everybody(one, near)


async def come_back(workshop: Workshop, far: Phone, waiting: list) -> None:
    """The phone that was away sends what it has, torn to pieces; its owner adds it to the board, late."""
    until = time.monotonic() + PATIENCE
    await far.deliver(torn(workshop.chance, waiting), workshop.chance, until=until)
    assert {it.id for it in waiting} <= workshop.room.history.acknowledged
    await workshop.said.say(far, "late/", {"late": "add"}, workshop.chance)


async def name_strategies(workshop: Workshop) -> None:
    """A strategy or two from everybody, while the server process is killed once more and comes back by itself."""
    room, chance = workshop.room, workshop.chance
    await workshop.go_to(STRATEGIES)

    async def one(phone: Phone) -> None:
        for number in chance.sample(range(1, 12), chance.choice((1, 2))):
            words = f"What {phone.seat} does for number {number}."
            fields = {"once": secrets.token_hex(16), "words": words, "how_we_know": "They stay."}
            line = "strategy", (phone.seat, room.look_fors[number - 1], words)
            await workshop.said.say(phone, f"look-fors/{number}/strategy/", fields, chance, line)

    writing = asyncio.create_task(workshop.everybody(one))
    while len(workshop.said.lines) < 2.5 * len(room.phones):
        await asyncio.sleep(0.01)
    if workshop.is_rough:
        for server in servers(workshop.product):
            server.kill()
    await writing


async def hear(workshop: Workshop) -> None:
    """What was said is written down, and stands on every phone."""
    await workshop.go_to(HEAR)
    answer = await workshop.post("heard/", words="We open with what we learned.", may_project="on")
    assert answer.status == 302
    for page in await workshop.follow(workshop.room.phones):
        assert "We open with what we learned." in page


async def promise(workshop: Workshop) -> None:
    """A next step from everybody, and one for each team."""
    chance = workshop.chance
    await workshop.go_to(PLAN)
    speakers = {phone.team: phone for phone in workshop.room.phones}

    async def write(phone: Phone, whose: str, words: str, kind: str, *line: str) -> None:
        fields = {"once": secrets.token_hex(16), "whose": whose, "words": words}
        await workshop.said.say(phone, "next-steps/", fields, chance, (kind, (*line, words)))

    async def one(phone: Phone) -> None:
        await write(phone, "mine", f"What {phone.seat} will do.", "next step", phone.seat)
        if speakers[phone.team] is phone:
            await write(phone, "team", f"What {phone.team} will do.", "team's next step", phone.team)

    await workshop.everybody(one)


async def give_feedback(workshop: Workshop) -> None:
    """Two answers from everybody, without a name."""
    await workshop.go_to(FEEDBACK)

    async def one(phone: Phone) -> None:
        slips = [secrets.token_hex(8) for _ in range(2)]
        fields = {"answer-3": slips[0], "answer-7": slips[1]}
        lines = [("feedback", (it,)) for it in slips]
        await workshop.said.say(phone, "feedback/", fields, workshop.chance, *lines)

    await workshop.everybody(one)


async def finds_its_own(workshop: Workshop, phone: Phone) -> None:
    """What somebody keeps of the session has their own words in it."""
    page = await page_of(phone, "team-page/")
    for kind, line in workshop.said.lines:
        if kind in ("strategy", "next step") and line[0] == phone.seat:
            assert page.count(f">{line[-1]}<") == 1, line
