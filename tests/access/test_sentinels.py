"""What was written in one hub's home is found by those who may see it, and by nobody else, anywhere.

No address is named here: everybody opens every address there is and all that these lead to, sends every form, and
watches every stream, while the log and the outbox are kept. Whose eyes found which mark is compared with sentinels.toml.
"""

import tomllib
from itertools import chain
from pathlib import Path

import pytest
from django.db import transaction

from hubcraft.apps.notices.models import OutboxMail
from tests.access.addresses import mutating, routes
from tests.access.sentinels import MARK, World, filled, mark_everything, text_fields, text_in
from tests.access.test_accounts import FIELDS

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
TABLE = tomllib.loads((Path(__file__).parent / "sentinels.toml").read_text())
WITHOUT = list(chain.from_iterable(TABLE["without"].values()))
FOUND = {name: set(people) for name, people in TABLE["found"].items()}
NOBODY = set(chain.from_iterable(TABLE["nobody"].values()))


class Crawl:
    """Everybody's way through the house; `found` holds by each mark's name who was sent it."""

    def __init__(self, world: World):
        self.world = world
        self.names = mark_everything(world, set(WITHOUT))
        self.secrets = [it for it in self.names if not MARK.fullmatch(it)]
        self.found: dict[str, dict[str, str]] = {name: {} for name in self.names.values()}
        self.mails = OutboxMail.objects.latest("id").id
        self.faults: list[tuple[str, str]] = []
        # What programs were answered, so that a crawl which is turned away everywhere is seen.
        self.told: dict[str, set[int]] = {}
        for who in world.devices:
            self.open_everything(who)
            self.send_everything(who)
            self.call_everything(who)

    def read(self, who: str, where: str, text: str) -> None:
        marks = {it.lower() for it in MARK.findall(text)} | {it for it in self.secrets if it in text}
        for mark in marks & self.names.keys():
            self.found[self.names[mark]].setdefault(who, where)

    def open_everything(self, who: str) -> None:
        for address, response in self.world.walk(who):
            self.read(who, f"GET {address}", text_in(response))
            if getattr(response, "status_code", 200) >= 500:
                self.faults.append((who, address))

    def call_everything(self, who: str) -> None:
        """What a program of theirs is told; also one without a token."""
        told = set()
        for call, response in self.world.call(who):
            self.read(who, call, text_in(response))
            told.add(response.status_code)
            if response.status_code >= 500:
                self.faults.append((who, call))
        self.told[who] = told

    def send_everything(self, who: str) -> None:
        """Every form, once as it takes it and once empty, so that refusals and complaints are read as well."""
        home, client = self.world.places()[0], self.world.devices[who].client
        is_signed_in = who in self.world.people
        for name in mutating():
            if is_signed_in and "room_id" in routes()[name].whole:
                continue  # They hold no seat there; test_matrix.py has those who don't.
            address = filled(routes()[name].whole, home)
            sent = FIELDS.get(name, {}) | self.world.visit.fields_for(name, who) | {"code": "AAAAAAA"}
            for fields in (sent, {}):
                cookies = client.cookies.copy()
                with transaction.atomic():
                    self.read(who, f"POST {address}", text_in(client.post(address, fields)))
                    for mail in OutboxMail.objects.filter(id__gt=self.mails):
                        self.read("a mail", address, f"{mail.subject} {mail.words}")
                    transaction.set_rollback(True)
                client.cookies = cookies


def test_every_text_has_a_mark_or_a_reason_why_not():
    world = World()
    of_rows = {f"{model._meta.label}.{it.name}" for model in world.rows() for it in model._meta.local_fields}
    assert len(WITHOUT) == len(set(WITHOUT))
    assert set(WITHOUT) - text_fields().keys() == set(), "sentinels.toml names fields that are gone"
    assert text_fields().keys() - of_rows - set(WITHOUT) == set(), (
        "a row of World.rows, or a reason in the table"
    )
    names = mark_everything(world, set(WITHOUT)).values()
    marked = {(it.split(".")[0], it.split(".")[-1]) for it in names}
    wanted = {(it.split(".")[1], it.split(".")[2]) for it in text_fields().keys() - set(WITHOUT)}
    assert wanted - marked == set(), "these are empty in every row"


def test_everybody_finds_what_they_may(caplog):
    crawl = Crawl(World())
    crawl.read("the log", "", caplog.text)
    assert crawl.faults == []
    assert {who for who, told in crawl.told.items() if 200 in told} == crawl.world.keys.keys()
    assert not any(429 in told for told in crawl.told.values())
    found = {name: set(where) for name, where in crawl.found.items()}
    differs = {name: where for name, where in crawl.found.items() if found[name] != FOUND.get(name, set())}
    assert differs == {}
    assert found.keys() == FOUND.keys() | NOBODY
    assert not FOUND.keys() & NOBODY
    assert all(FOUND.values()), "each has an owner who finds it, or nobody is meant to"


@pytest.mark.slow
@pytest.mark.parametrize("rung", ["initials", "alias", "anonymous"])
@pytest.mark.parametrize(
    "step", ["choice", "rubric", "talk", "strategies", "plan", "feedback", "stay-connected"]
)
def test_nobody_finds_more_elsewhere_on_the_way(step, rung, caplog):
    crawl = Crawl(World(step, rung))
    crawl.read("the log", "", caplog.text)
    assert crawl.faults == []
    more = {
        name: {who: at for who, at in where.items() if who not in FOUND.get(name, ())}
        for name, where in crawl.found.items()
    }
    assert {name: where for name, where in more.items() if where} == {}
