"""People with devices, and the room they meet in: what every journey is told with."""

import re
import secrets
import sqlite3
from dataclasses import dataclass, field

from playwright.sync_api import Error

from tests import browsers

HEADING = "Where is your hub, at this moment in time?"
# Signs of a line of answers, one a look-for: a level from the lowest to the highest, or one of the ways out.
WAYS_OUT = {"?": "not-sure", "-": "does-not-apply"}


class Person:
    """Somebody with a device of their own.

    `page` is what their browser shows; `send` and `read` do by plain requests of the same device what the story
    only needs around itself.
    """

    def __init__(self, browser, address: str, **options):
        options = {"viewport": browsers.PHONE, "reduced_motion": "reduce", **options}
        self.address = address
        self.context = browser.new_context(base_url=address, **options)
        self.context.set_default_timeout(10_000)
        self.context.add_init_script(
            "document.addEventListener('securitypolicyviolation', event =>"
            " console.error('CSP', event.violatedDirective, event.blockedURI, event.sourceFile))"
        )
        self.faults: list[str] = []
        self._page = None

    @property
    def page(self):
        if self._page is None:
            self._page = self.open_page()
        return self._page

    def open_page(self):
        """One more tab; its console's complaints are kept in `faults`."""
        page = self.context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", self.note)
        return page

    def note(self, said) -> None:
        """Keep what the console complains of; refusals and a lost connection are told by the page itself."""
        is_told = said.text.startswith("Failed to load resource") and (
            "/static/" not in said.location["url"] or "ERR_INTERNET_DISCONNECTED" in said.text
        )
        if said.type == "error" and not is_told:
            self.faults.append(said.text)

    def visit(self, path: str):
        try:
            self.page.goto(path)
        except Error as fault:
            # The page was just turning by itself, and one way ends the other.
            if not any(it in fault.message for it in ("ERR_ABORTED", "interrupted by another navigation")):
                raise
            self.page.wait_for_load_state()
            self.page.goto(path)
        return self.page

    def read(self, path: str) -> str:
        return self.context.request.get(path).text()

    def send(self, path: str, **fields):
        """Send a form; the answer, or the address it sends one to."""
        return self.context.request.post(path, form=fields, headers={"Origin": self.address}, max_redirects=0)

    def close(self) -> None:
        self.context.close()


@dataclass
class Room:
    """A room as its facilitator started it."""

    id: str
    code: str
    join_path: str
    lead: Person
    teams: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"/r/{self.id}/"

    def find_teams(self, person: Person) -> dict[str, str]:
        """The teams on the page where one sits down."""
        html = person.read(self.join_path)
        return {
            name: id for id, name in re.findall(r'name="team" value="(\w{32})".*?<span>([^<]+)</span>', html)
        }

    def sit(self, person: Person, initials: str, team: str = "") -> Person:
        """They follow the QR code and sit down: with a team that is here or is new, or alone."""
        here = self.find_teams(person)
        chosen = here.get(team, "other") if team else "alone"
        answer = person.send(f"{self.base}join/", initials=initials, team=chosen, other_team=team, sure="yes")
        assert answer.status == 302, answer.text()
        return person

    def begin(self) -> None:
        assert self.lead.send(f"{self.base}lead/opening/").status == 302

    def place(self, person: Person, line: str, phase: str = "before") -> dict:
        """Their answers from the first look-for on, all in one message."""
        html = person.read(f"{self.base}look-fors/")
        seat = re.search(r'data-seat="(\w+)" data-phase', html).group(1)
        keys = re.findall(r'data-look-for="([^"]+)"', html)
        first = html.index("<fieldset")
        levels = re.findall(r'type="radio"[^>]* value="([^"]+)"', html[first:])[:4]
        assert len(keys) >= len(line) and len(levels) == 4, html
        operations = [
            {
                "id": secrets.token_hex(16),
                "look_for": key,
                "answer": WAYS_OUT.get(sign) or levels[int(sign) - 1],
                "phase": phase,
            }
            for key, sign in zip(keys, line, strict=False)
            if sign != "."
        ]
        answer = person.context.request.post(
            f"{self.base}marks/",
            data={"seat": seat, "operations": operations},
            headers={"Origin": person.address},
        )
        assert answer.ok, answer.text()
        receipt = answer.json()
        assert not receipt["refused"], receipt
        assert len(receipt["taken"]) == len(operations), receipt
        return receipt

    def open_board(self, person: Person):
        """One of the team says that this is everyone."""
        html = person.read(f"{self.base}team/")
        found = re.search(r'name="roster" value="(\w+)"', html)
        assert found, html
        mark = found.group(1)
        answer = person.send(f"{self.base}reveal/", roster=mark)
        assert answer.status == 302, answer.text()

    def open_board_as_lead(self, team: str):
        """The facilitator opens a board with those it has."""
        html = self.lead.read(f"{self.base}lead/")
        team_id = self.find_teams(self.lead)[team]
        mark = re.search(rf'teams/{team_id}/reveal/".*?name="roster" value="(\w+)"', html, re.S).group(1)
        assert self.lead.send(f"{self.base}lead/teams/{team_id}/reveal/", roster=mark).status == 302


def start_room(
    lead: Person,
    served,
    *,
    teams=(),
    rung="initials",
    is_open_board=False,
    title="Spring convening",
    size="",
    script="",
):
    """The facilitator starts a room by the form; with a script or with the rubric alone."""
    html = lead.read("/start/")
    domain = re.search(r'name="domain" value="([^"]+)"', html).group(1)
    fields = {"domain": domain, "rung": rung, "teams": "\n".join(teams), "title": title, "planned_size": size}
    fields["script"] = script
    if is_open_board:
        fields["is_open_board"] = "on"
    answer = lead.send("/start/", **fields)
    assert answer.status == 302, answer.text()
    return room_of(lead, served, answer.headers["location"].split("/")[2])


def room_of(lead: Person, served, room_id: str) -> Room:
    code, token = rows(served, "select code, join_token from rooms_room where id = ?", room_id)[0]
    return Room(room_id, code, f"/j/{token}/", lead)


def rows(served, question: str, *values) -> list[tuple]:
    """What the product's own database says; looked at, never changed."""
    database = next(served.data.glob("*.sqlite3"))
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(question, values).fetchall()
    finally:
        connection.close()
