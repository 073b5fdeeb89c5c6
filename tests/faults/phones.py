"""Phones as cheap as they come: one kept-open connection each, and the very requests the product's pages send."""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
LEVELS = 4
WORDS = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}


class Gone(Exception):
    """The server did not answer: not there, or cut off in the middle."""


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took from the first byte sent."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Line:
    """One connection to the server, opened when it is needed and kept."""

    port: int
    patience: float = 60
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        if self.reader is not None and self.reader.at_eof():
            self.close()  # the server hangs up on who says nothing for half a minute
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(
        self,
        method: str,
        path: str,
        cookies: dict[str, str] | None = None,
        body: bytes = b"",
        kind: str = "",
        more: dict[str, str] | None = None,
    ) -> Answer:
        """One request and its answer; `more` are headers. Raises Gone when none comes."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in (WORDS | (more or {})).items()]
        if cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
        if method == "POST":
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        request = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
        begun = time.monotonic()
        try:
            async with asyncio.timeout(self.patience):
                await self.open()
                self.writer.write(request)
                status, headers, kept, content = await self.read()
        except (OSError, EOFError, TimeoutError) as fault:
            self.close()
            raise Gone(str(fault)) from None
        return Answer(status, headers, kept, content, time.monotonic() - begun)

    async def read(self) -> tuple[int, dict[str, str], dict[str, str], bytes]:
        first, *rest = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers, cookies = {}, {}
        for line in filter(None, rest):
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, value = value.partition(";")[0].partition("=")
                cookies[cookie] = value
            else:
                headers[name.lower()] = value
        body = b""
        if "content-length" in headers:
            body = await self.reader.readexactly(int(headers["content-length"]))
        elif headers.get("transfer-encoding") == "chunked":
            # An end in the middle is an EOFError here; readline would give what there is.
            while size := int(await self.reader.readuntil(b"\r\n"), 16):
                body += (await self.reader.readexactly(size + 2))[:-2]
            await self.reader.readuntil(b"\r\n")
        return int(first.split(" ")[1]), headers, cookies, body

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclass(frozen=True)
class Operation:
    """One thing somebody did on their phone."""

    id: str
    look_for: str
    answer: str
    phase: str = "before"


@dataclass
class Told:
    """What one phone knows of one of its operations."""

    operation: Operation
    seat: str
    acknowledged: bool = False
    refused: str = ""
    times: int = 0


@dataclass
class History:
    """Everything that all the phones did and were told, in the order in which they did it."""

    told: dict[str, Told] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def note(self, seat: str, operations: list[Operation]) -> None:
        for operation in operations:
            self.told.setdefault(operation.id, Told(operation, seat))

    @property
    def acknowledged(self) -> set[str]:
        return {it.operation.id for it in self.told.values() if it.acknowledged}

    @property
    def refused(self) -> list[str]:
        return [it.refused for it in self.told.values() if it.refused]

    def percentile(self, share: float) -> float:
        """How long the answers took, in seconds; all but `1 - share` of them were quicker."""
        waits = sorted(self.waits)
        return waits[min(len(waits) - 1, round(share * len(waits)))] if waits else 0.0


@dataclass
class Phone:
    """Somebody in their seat."""

    line: Line
    room: str
    cookies: dict[str, str]
    seat: str
    history: History
    team: str = ""

    async def post(self, operations: list[Operation]) -> Answer:
        """Send what the queue of the page would send, and believe the answer. Raises Gone."""
        self.history.note(self.seat, operations)
        for operation in operations:
            self.history.told[operation.id].times += 1
        answer = await self.line.ask(
            "POST", f"/r/{self.room}/marks/", self.cookies, body_of(self.seat, operations), "application/json"
        )
        if answer.status == 200:
            self.history.waits.append(answer.seconds)
            receipt = json.loads(answer.body)
            for one in [*receipt["taken"], *receipt["late"]]:
                self.history.told[one].acknowledged = True
            for one in receipt["refused"]:
                self.history.told[one["id"]].refused = one["sentence"]
        else:
            self.history.faults.append(f"{answer.status} {answer.text[:300]}")
        return answer

    async def deliver(self, operations: list[Operation], chance: Random, *, until: float) -> None:
        """Send until all of it is acknowledged, as the page does, however often the server goes away."""
        while time.monotonic() < until:
            waiting = [it for it in operations if not self.history.told[it.id].acknowledged]
            if not waiting:
                return
            try:
                answer = await self.post(waiting)
                if answer.status == 200:
                    continue
            except Gone:
                pass
            await asyncio.sleep(chance.uniform(0.02, 0.2))

    async def get(self, path: str = "") -> Answer:
        return await self.line.ask("GET", f"/r/{self.room}/{path}", self.cookies)


def body_of(seat: str, operations: list[Operation]) -> bytes:
    return json.dumps(
        {
            "seat": seat,
            "operations": [
                {"id": it.id, "look_for": it.look_for, "answer": it.answer, "phase": it.phase}
                for it in operations
            ],
        }
    ).encode()


@dataclass
class Room:
    """A room in which everybody has a seat and may begin."""

    id: str
    port: int
    lead: dict[str, str]
    phones: list[Phone]
    look_fors: list[str]
    levels: list[str]
    history: History

    def answers(self, chance: Random) -> list[Operation]:
        """One person's whole rubric."""
        return [self.operation(chance, look_for) for look_for in self.look_fors]

    def operation(self, chance: Random, look_for: str, phase: str = "before") -> Operation:
        return Operation(f"{chance.getrandbits(128):032x}", look_for, chance.choice(self.levels), phase)

    async def open_lines(self) -> None:
        for phone in self.phones:
            await phone.line.open()

    def close(self) -> None:
        for phone in self.phones:
            phone.line.close()


async def gather(
    port: int, people: int, *, team_of: int = 8, rung: str = "initials", script: str = ""
) -> Room:
    """Start a room over HTTP, let everybody in with their initials, and let them begin; with a script at its first step."""
    line = Line(port)
    teams = [f"Hub {number}" for number in range(1, -(-people // team_of) + 1)]
    fields = {
        "domain": await domain(line),
        "rung": rung,
        "teams": "\n".join(teams),
        "title": "Spring",
        "planned_size": str(people),
        "script": script,
    }
    started = await line.ask("POST", "/start/", None, urlencode(fields).encode(), FORM)
    assert started.status == 302, started.text
    room = started.headers["location"].split("/")[2]
    lead = started.cookies
    door = await find_door(line, room, lead)
    choices = re.findall(
        r'name="team"[^>]*value="([^"]+)"', (await line.ask("GET", f"/r/{room}/join/", door)).text
    )
    ids = [it for it in choices if it not in ("other", "alone")]
    history = History()
    phones = []

    async def come(number: int) -> None:
        own = Line(port)
        fields = {"initials": f"P{number % 1000}", "team": ids[number // team_of]}
        joined = await own.ask("POST", f"/r/{room}/join/", door, urlencode(fields).encode(), FORM)
        assert joined.status == 302, joined.text
        cookies = {name: value for name, value in joined.cookies.items() if value}
        mine = await own.ask("GET", f"/r/{room}/mine.css", cookies)
        seat = re.search(r'data-seat="?([a-z0-9]+)', mine.text).group(1)
        phones.append(Phone(own, room, cookies, seat, history, fields["team"]))

    for begin in range(0, people, 20):
        await asyncio.gather(*(come(number) for number in range(begin, min(people, begin + 20))))
    opened = await line.ask("POST", f"/r/{room}/lead/opening/", lead, b"", FORM)
    assert opened.status == 302, opened.text
    if script:
        line.close()
        return Room(room, port, lead, phones, [], [], history)
    rubric = (await phones[0].get("look-fors/")).text
    look_fors = list(dict.fromkeys(re.findall(r'data-look-for="([^"]+)"', rubric)))
    levels = list(dict.fromkeys(re.findall(r'type="radio"[^>]*value="([^"]+)"', rubric)))[:LEVELS]
    assert len(look_fors) == 11, look_fors
    assert len(levels) == LEVELS, levels
    line.close()
    return Room(room, port, lead, phones, look_fors, levels, history)


async def domain(line: Line) -> str:
    page = (await line.ask("GET", "/start/")).text
    return re.search(r'name="domain"[^>]*value="([^"]+)"', page).group(1)


async def find_door(line: Line, room: str, lead: dict[str, str]) -> dict[str, str]:
    """The cookie that everybody gets who types the code from the screen."""
    page = await line.ask("GET", f"/r/{room}/lead/", lead)
    link = re.search(rf"/r/{room}/projector/\?key=\w+", page.text).group()
    screen = (await line.ask("GET", link)).cookies
    shown = (await line.ask("GET", f"/r/{room}/projector/", screen)).text
    code = re.search(r"\b([2-9A-Z]{3}) ?([2-9A-Z]{4})\b", re.sub(r"<[^>]+>", " ", shown))
    typed = urlencode({"code": "".join(code.groups())}).encode()
    return (await line.ask("POST", "/join/", None, typed, FORM)).cookies
