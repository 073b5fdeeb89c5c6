"""A world in which every text that anybody wrote, and every secret, is known by a mark of its own.

Riverbend's people keep their board for the hub Core of the network Delta of the initiative Literacy, North Shore's for
Elm Street beside it; others stand in another network of another initiative. `marks` finds what was written at home, row
by row; whoever walks around may then be asked which marks they were sent.
"""

import io
import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponse
from pypdf import PdfReader

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.cards.actions.keeping import agree, retire
from hubcraft.apps.cards.actions.opening import open_card
from hubcraft.apps.cards.models import Card, CardVersion, Try
from hubcraft.apps.cards.queries.reading import was_of_card
from hubcraft.apps.facilitation.actions import runs
from hubcraft.apps.facilitation.actions.choices import choose
from hubcraft.apps.facilitation.actions.feedback import give_feedback
from hubcraft.apps.facilitation.models import FeedbackBox, Heard, Run
from hubcraft.apps.facilitation.queries.feedback import slip_key
from hubcraft.apps.frameworks.models import BroughtPack, OwnFramework
from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.insights.actions import claims, raising, sharing
from hubcraft.apps.insights.models import Merge, Release
from hubcraft.apps.networks.models import Initiative, Network, Role, Team
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import OneTimeKey, Person, SignedIn, Token
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.reflections.models import Reflection, Reminder
from hubcraft.apps.roles.actions import places
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.rooms.models import DeviceRequest, LeadKey, Room, Seat
from hubcraft.apps.rooms.queries import projector_key
from hubcraft.content.adapting import line_at
from hubcraft.content.pack import sealed
from hubcraft.domain.names import show_code
from hubcraft.live.source import served
from tests.access.addresses import STREAMS, WHO, Visit, hear, promise, routes
from tests.api.examples import BODIES, OPERATIONS
from tests.api.programs import ROOT, Program, make_token
from tests.apps.cards.place import keep_card, keep_try, version
from tests.apps.frameworks.own_home import keep_own_framework
from tests.apps.lifecycle.place import keep_one_of_each
from tests.apps.roles.people import administrator, device, give, network, person, team, viewer
from tests.cast import convening
from tests.device import Device
from tests.make import NORTH_SHORE, NOW, RIVERBEND

MARK = re.compile(r"zq\d{4}qz", re.IGNORECASE)
TEXTS = (models.CharField, models.TextField, models.JSONField)
HREF = re.compile(r'(?:href|src|action|hx-get|data-href)="(/[^"#]*)')
UNVISITED = re.compile(r"^/static/|^/look/|/stream/|part=live")
WORDED = "feedback/wording"
IN_ROOM = ("lobby", "team", "board", "late", "lead", "projector", "look-fors", "step")


class World:
    """Everybody with everything there is to see; `devices` by what each of them is."""

    def __init__(self, step: str = "hear", rung: str = "initials"):
        self.hall = hall = convening("revealed", script="workshop", rung=rung)
        hall.reveal(NORTH_SHORE)
        for kind in ("strategies", "feedback", step):
            hall.go_to(kind)
        self.visit = Visit(hall)
        self.people = self.make_people()
        self.devices: dict[str, Device] = {word: self.visit.devices[who] for who, word in WHO.items()}
        self.devices |= {who: device(it) for who, it in self.people.items()} | {"signed out": Device()}
        self.write_in_the_room()
        self.keep_boards()
        self.share()
        self.ask_the_network()
        self.invite()
        self.ask_to_merge()
        self.kept = keep_one_of_each(self.account("hub leader"), self.core)
        self.keep_cards()
        self.own, self.version, self.brought = keep_own_framework(self.core)
        self.keys = {who: make_token(it)[1] for who, it in self.people.items()}
        self.leave_nothing_empty()

    def make_people(self) -> dict[str, Person]:
        admin = administrator()
        self.literacy = places.make_initiative(by=viewer(admin), name="Literacy", at=NOW)
        numeracy = places.make_initiative(by=viewer(admin), name="Numeracy", at=NOW)
        self.delta = network(admin, "Delta", self.literacy.id)
        gamma = network(admin, "Gamma", numeracy.id)
        self.core, self.elm = team(admin, self.delta, "Core"), team(admin, self.delta, "Elm Street")
        self.elsewhere = {"initiative_id": numeracy.id, "network_id": gamma.id}
        self.other_hub = team(admin, gamma, "Gamma hub")
        roles = {
            "hub leader": (self.core, Role.HUB_LEADER),
            "member": (self.core, Role.MEMBER),
            "network lead": (self.delta, Role.NETWORK_LEAD),
            "initiative lead": (self.literacy, Role.INITIATIVE_LEAD),
            "coach": (self.delta, Role.COACH),
            "researcher": (self.literacy, Role.RESEARCHER),
            "sibling hub": (self.elm, Role.MEMBER),
            "other hub": (self.other_hub, Role.HUB_LEADER),
            "other network": (gamma, Role.NETWORK_LEAD),
            "other initiative": (numeracy, Role.INITIATIVE_LEAD),
        }
        people = {
            who: give(admin, where, role, who.replace(" ", "-")) for who, (where, role) in roles.items()
        }
        return people | {"administrator": admin, "nobody anywhere": person("Nemo")}

    def account(self, who: str):
        return viewer_of(Person.objects.get(id=self.people[who].id))

    def write_in_the_room(self) -> None:
        hall, ben = self.hall, self.hall.ben
        runs.add_step(
            by=hall.leader, room=hall.room, after=None, kind="break", title="Break", minutes=5, at=NOW
        )
        self.devices["colleague"] = self.visit.devices["Eli"]
        Seat.objects.filter(id=hall.eli.seat_id).update(kind=Seat.Kind.HELPED, helper="CL")
        unsaid = hear(hall)
        Heard.objects.filter(session=hall.session, id=unsaid.id).update(may_project=False)
        self.unsaid = unsaid
        domain = hall.session.domain
        choose(by=ben.viewer, seat_id=ben.seat_id, domains={"know": domain}, at=NOW)
        for name in ("Ben", "Cleo", "Dara", "Eli", "Hana"):
            one = hall.people[name]
            said = {"words": f"From {name}.", "language": "en"}
            answers = {"feedback/3": said, WORDED: said | {"look_for": hall.look_fors[0]}}
            give_feedback(by=one.viewer, seat_id=one.seat_id, answers=answers, at=NOW)
        Reminder.objects.create(session=hall.session, seat=ben.seat, address="b@example.org", language="en")
        shared = promise(hall, is_shared=True)
        settled = promise(hall, hall.cleo)
        more = {"by": hall.cleo.viewer, "seat_id": hall.cleo.seat_id, "step_id": settled.id, "was": "open"}
        improvement.settle(**more, state="done", reason="We met.", at=NOW)
        self.steps = {"own": NextStep.everywhere.get(id=self.visit.filled["step_id"]), "team's": shared}
        self.steps["settled"] = NextStep.everywhere.get(id=settled.id)

    def keep_boards(self) -> None:
        kept = {"hub leader": (self.hall.ben, self.core), "sibling hub": (self.hall.ivo, self.elm)}
        for who, (seat, hub) in kept.items():
            account = self.account(who)
            more = {"by": seat.viewer, "account": account, "who": who, "seat_id": seat.seat_id, "at": NOW}
            claims.claim_seat(**more)
            claims.claim_team(**more, hub_id=hub.id)

    def share(self) -> None:
        """The board as counts with all above, a strategy with the network only; the next step stays."""
        by, hub = self.account("hub leader"), self.core
        board, strategy = self.hall.board(RIVERBEND).id, self.visit.filled["strategy_id"]
        for source, reach in ((board, "initiative"), (strategy, "network")):
            last = sharing.share(by=by, who="Ada", hub=hub, source=source, reach=reach, at=NOW)
        self.release = last

    def ask_the_network(self) -> None:
        """Its hub asks for help with the team's step, and is answered."""
        by, step = self.account("hub leader"), self.steps["team's"]
        it = raising.raise_step(by=by, hub=self.core, step_id=step.id, asked="Who has done this?", at=NOW)
        told = {"network_id": self.delta.id, "raising_id": it.id, "was": "", "at": NOW}
        by = self.account("network lead")
        self.raised = raising.answer(by=by, answer="who", words="Talk to Elm Street.", **told)

    def invite(self) -> None:
        sent = {"people": "hal@example.org", "role": "member", "once": "b" * 32, "send": "yes"}
        address = f"/n/{self.delta.id}/teams/{self.core.id}/invitations/"
        assert self.devices["hub leader"].post(address, sent).status_code == 302

    def ask_to_merge(self) -> None:
        asks = f"/n/{self.delta.id}/teams/{self.core.id}/merge/"
        assert self.devices["hub leader"].post(asks, {"email": "ina@example.org"}).status_code == 302

    def keep_cards(self) -> None:
        """A card at each reach, whose first version was the hub's alone; and tries told for some, for all and for none."""
        leader, beside, other = (self.account(it) for it in ("hub leader", "sibling hub", "other hub"))
        # Whom others may ask about the network's card; about everybody's they have not said yes.
        self.quinn = quinn = give(self.people["administrator"], self.core, Role.MEMBER, "quinn")
        self.cards = {it: keep_card(leader, self.core, it) for it in ("team", "initiative")}
        self.cards["network"] = keep_card(leader, self.core, "network", contact=quinn.id)
        agree(by=viewer_of(quinn), hub=self.core, card_id=self.cards["network"].id, at=NOW)
        self.cards["everyone"] = card = keep_card(leader, self.core, "everyone", contact=quinn.id)
        self.tries = {
            "named": keep_try(beside, self.elm, card),
            "nameless": keep_try(other, self.other_hub, card, is_named=False),
            "counted": keep_try(beside, self.elm, card, is_shown=False),
            "own": keep_try(leader, self.core, self.cards["team"]),
        }
        # Told for the network while the card was open for that alone; in use no more since.
        self.cards["retired"] = card = keep_card(leader, self.core, "network")
        self.tries["before"] = keep_try(beside, self.elm, card)
        more = {"by": leader, "hub": self.core, "card_id": card.id, "was": was_of_card(card), "at": NOW}
        self.cards["retired"] = open_card(**more, reach="everyone")
        more["was"] = was_of_card(self.cards["retired"])
        self.cards["retired"] = retire(**more, why="It tired us.")
        Card.everywhere.filter(id=card.id).update(credit="Elm Street")

    def leave_nothing_empty(self) -> None:
        """What some people fill in and others don't: here everybody has."""
        Person.objects.update(initials="AL")
        Strategy.everywhere.update(how_we_know="Everyone comes.")
        NextStep.everywhere.update(owner="Ben")
        Invitation.everywhere.update(name="Hal")
        # Signed in as by a code, so that their devices are listed.
        here = SignedIn.objects.filter(session_key=self.devices["hub leader"].cookie("signed-in"))
        here.update(person=self.people["hub leader"], handle="f" * 32, device="Safari", begun_at=NOW)

    # -- whose rows are marked -----------------------------------------------------------------------------

    def rows(self) -> dict[type[models.Model], dict[str, models.Model]]:
        """Of each model that holds text the rows of this home, each by a name."""
        hall = self.hall
        seats = {name: hall.people[name].seat for name in ("Ben", "Eli", "Gale", "Max", "Ivo")}
        leader = self.people["hub leader"]
        return {
            Initiative: {"": self.literacy},
            Network: {"": self.delta},
            Team: {"hub": self.core, "room": Team.objects.get(id=hall.team(RIVERBEND))},
            Person: {"leader": leader, "lead": self.people["network lead"], "quinn": self.quinn},
            SignedIn: {"": SignedIn.objects.get(session_key=self.devices["hub leader"].cookie("signed-in"))},
            Token: {"": Token.objects.get(person=leader)},
            OneTimeKey: {"": OneTimeKey.objects.earliest("until")},
            Invitation: {"": Invitation.everywhere.get()},
            OutboxMail: {"": OutboxMail.objects.earliest("id")},
            TrailEntry: {
                "room": TrailEntry.objects.filter(room=hall.id).earliest("id"),
                "network": TrailEntry.objects.filter(network=self.delta.id).earliest("id"),
            },
            Room: {"": hall.room},
            LeadKey: {"": LeadKey.everywhere.get(id=self.visit.filled["key_id"])},
            Seat: seats,
            DeviceRequest: {"": DeviceRequest.everywhere.filter(room_id=hall.id).get()},
            Reflection: {"": hall.board(RIVERBEND)},
            Reminder: {"": Reminder.everywhere.get()},
            Strategy: {"": Strategy.everywhere.get()},
            NextStep: self.steps,
            Run: {"": hall.run},
            Heard: {
                "shown": Heard.everywhere.get(id=self.visit.filled["heard_id"]),
                "kept": self.unsaid,
            },
            FeedbackBox: {
                name: FeedbackBox.everywhere.get(session=hall.session, question=question)
                for name, question in (("", "feedback/3"), ("wording", WORDED))
            },
            Release: {"": self.release},
            Raising: {"": self.raised},
            Merge: {"": Merge.everywhere.get()},
            **{type(row): {"": row} for row in self.kept.values()},
            Card: {"retired": self.cards["retired"]},
            CardVersion: {
                f"{reach} {number}": version(card, number)
                for reach, card in self.cards.items()
                for number in (1, 2)
            },
            Try: self.tries,
            OwnFramework: {"": self.own},
            BroughtPack: {"": self.brought},
        }

    def secrets(self) -> dict[str, str]:
        """What only a device holds, and what lets somebody in."""
        hall, room = self.hall, self.hall.room
        return {
            hall.ben.secret: "secret.seat",
            hall.ben.ballot: "secret.ballot",
            hall.key: "secret.facilitator",
            projector_key(room): "secret.projector",
            room.join_token: "secret.link",
            show_code(room.code): "secret.code",
            self.devices["hub leader"].cookie("signed-in"): "secret.session",
            self.keys["hub leader"]: "secret.token",
        }

    # -- walking -------------------------------------------------------------------------------------------

    def places(self) -> list[dict[str, str]]:
        """What fills addresses: what is marked, and what stands beside it."""
        home = self.visit.filled | {
            "initiative_id": self.literacy.id,
            "network_id": self.delta.id,
            "hub_id": self.core.id,
            "raising_id": self.raised.id,
            "invitation_id": Invitation.everywhere.get().id,
            "token": "nobody-s-token",
            "stage": "initiate",
            "work": "build-the-vision",
            "piece": "written-aim",
            "charter_id": self.kept["charter"].id,
            "routine_id": self.kept["routine"].id,
            "entry_id": self.kept["roster"].id,
            "problem_id": self.kept["problem"].id,
            "member_id": self.people["hub leader"].id,
            "row_id": self.kept["routine"].id,
            "card_id": self.cards["team"].id,
            "try_id": self.tries["own"].id,
            "kept": "card",
            "kept_id": self.cards["team"].id,
            "installed_id": self.version.id,
            "pack_id": self.hall.session.pack_id,
            "line": "domain-1",
        }
        north = self.hall.team(NORTH_SHORE)
        beside = home | {
            "hub_id": self.elm.id,
            "team_id": north,
            "reflection_id": self.hall.board(NORTH_SHORE).id,
        }
        return [
            home,
            home | {"team_id": self.core.id},
            beside,
            *(home | {"card_id": it.id} for it in self.cards.values()),
            home | self.elsewhere | {"hub_id": self.other_hub.id},
        ]

    def addresses(self) -> list[str]:
        """Every address that can be opened, filled with every place; and the live parts of pages."""
        opened = [it.whole for it in routes().values() if "GET" in it.callback.methods]
        found = {filled(it, place) for it in opened for place in self.places()}
        found |= {f"/r/{self.hall.id}/{page}/?part=live" for page in IN_ROOM}
        return sorted(it for it in found if not it.startswith(("/look/", "/ready", "/live")))

    def call(self, who: str) -> Iterator[tuple[str, HttpResponse]]:
        """Everything that a program of one of them may ask for or make, filled with every place."""
        caller = Program(self.keys[who]) if who in self.keys else Program()
        for name, it in OPERATIONS.items():
            for path in sorted({it.path.format(**place) for place in self.places()}):
                with transaction.atomic():
                    yield f"{it.method} {ROOT}{path}", caller.ask(it.method, path, BODIES.get(name))
                    transaction.set_rollback(True)

    def walk(self, who: str) -> Iterator[tuple[str, HttpResponse | bytes]]:
        """Everything there is for one of them to open: every address, and whatever those lead to; and their streams."""
        here, seen = self.addresses(), set()
        while here:
            address = here.pop()
            seen.add(address)
            response = self.devices[who].client.get(address)
            yield address, response
            led = [*HREF.findall(text_in(response)), response.get("Location", "")]
            led = [it.replace("&amp;", "&").removeprefix("http://testserver") for it in led]
            here += sorted(
                {it for it in led if it.startswith("/") and not UNVISITED.search(it)} - seen - set(here)
            )
        for path in STREAMS.values():
            admission = served().admit(path.replace("<room_id>", self.hall.id), self.devices[who].cookies, {})
            if admission:
                yield path, repr(served().render(self.hall.id, admission.audience, None)).encode()


def filled(whole: str, place: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: place[found[1]], whole)


def text_in(response: HttpResponse | bytes) -> str:
    """All that an answer says, its head included."""
    if isinstance(response, bytes):
        return response.decode()
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    head += "\n".join(morsel.OutputString() for morsel in response.cookies.values())
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "").startswith("application/pdf"):
        return head + "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return head + content.decode(errors="replace")


# -- marking -----------------------------------------------------------------------------------------------


def text_fields() -> dict[str, models.Field]:
    """Every field of every model of the house that can hold text, by the name the table of marks has for it."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models()
        if model.__module__.startswith("hubcraft.")
        for field in model._meta.local_fields
        if isinstance(field, TEXTS) and not field.choices
    }


def mark_everything(world: World, without: set[str]) -> dict[str, str]:
    """Put a mark into every text of every row of this home; the answer is each mark's name by the mark.

    `without` are the fields that hold nothing of anybody's; what is empty stays so. Secrets are their own marks.
    """
    names = world.secrets()
    for model, rows in world.rows().items():
        for name, row in rows.items():
            row.refresh_from_db()
            written = {}
            for field in model._meta.local_fields:
                label = f"{model._meta.label}.{field.name}"
                value = getattr(row, field.name)
                if value and label in text_fields() and label not in without:
                    mark = f"zq{len(names):04d}qz"
                    names[mark] = ".".join(filter(None, (model.__name__, name, field.name)))
                    written[field.name] = marked(world, field, value, mark)
            if model is TrailEntry:  # Written once, and never changed: one line more.
                audit.record(at=NOW, room=row.room, network=row.network, **written)
            else:
                model._base_manager.filter(pk=row.pk).update(**written)
    return names


def marked(world: World, field: models.Field, value: object, mark: str) -> object:
    """What stands in a field once this mark is in it."""
    if isinstance(field, models.EmailField):
        return f"{mark}@example.org"
    if not isinstance(field, models.JSONField):
        return mark
    if field.model is FeedbackBox:
        ben = world.hall.ben
        about = {"look_for": world.hall.look_fors[0]} if "look_for" in str(value) else {}
        key = slip_key(ben.ballot, ben.seat.person, WORDED if about else "feedback/3")
        return value | {key: {"words": mark, "language": "en", **about}}
    if field.model is BroughtPack:
        return sealed(value | {"name": {"en": mark}})
    if field.name == "changes":
        return [{**change, "words": {"en": mark}} for change in value]
    if field.model is OwnFramework:
        line_at(value, f"{value['id']}/domain-1").plain["goal"] = {"en": mark}
        return value
    if field.model is Run:
        return [{**step, "title": mark} if step.get("title") else step for step in value]
    return value | {"words": mark, "how_we_know": mark}
