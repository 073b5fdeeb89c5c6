"""Whoever is signed in, by what they are: every address of accounts, roles, hubs and those above, as in accounts.toml."""

import json
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse

from hubcraft.apps.cards.queries.reading import was_of_card
from hubcraft.apps.cards.queries.tries import was_of_try
from hubcraft.apps.facilitation.actions.making import ask_for_file
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights.actions import claims, merging, promising, raising, sharing
from hubcraft.apps.lifecycle.queries.rows import was_of
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.roles.actions import places
from hubcraft.apps.roles.models import Invitation
from tests.access.addresses import LOOK_FOR, fill, promise, routes
from tests.apps.cards.place import LOOK_FOR as FOR
from tests.apps.cards.place import SAID, keep_card, keep_try
from tests.apps.facilitation.test_wording import asking, five_say
from tests.apps.frameworks.own_home import keep_own_framework
from tests.apps.lifecycle.place import keep_one_of_each
from tests.apps.roles.people import administrator, device, give, network, person, team, viewer
from tests.cast import convening
from tests.device import Device
from tests.make import NOW, RIVERBEND

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
TABLE = Path(__file__).parent / "accounts.toml"
# Every page that asks who is signed in, and what leads there.
BESIDE = (
    "hubcraft.apps.people.pages.account",
    "hubcraft.apps.people.pages.second_step",
    "hubcraft.apps.people.pages.tokens",
    "hubcraft.apps.networks.pages.tokens",
    "hubcraft.apps.roles.pages",
)
# What forms send that they take.
FIELDS = {
    "account": {"name": "Ada", "language": "en"},
    "administrators": {"email": "gus@example.org"},
    "administration-networks": {"name": "Omega", "time_zone": "UTC"},
    "administration-network-name": {"name": "Omega", "time_zone": "UTC"},
    "administration-initiative-roles": {"email": "gus@example.org", "role": "researcher"},
    "administration-network-roles": {"email": "gus@example.org", "role": "coach"},
    "administration-team-roles": {"email": "gus@example.org", "role": "member"},
    "initiative-invitations": {"people": "gus@example.org", "role": "coach", "once": "a" * 32},
    "network-invitations": {"people": "gus@example.org", "role": "network-lead", "once": "a" * 32},
    "hub-merge": {"email": "gus@example.org"},
    "hub-merge-answer": {"answer": "no"},
    "hub-hand-over": {"to": "somebody-else", "email": "gus@example.org", "then": "stays", "once": "a" * 32},
    "team-invitations": {"people": "gus@example.org", "role": "member", "once": "a" * 32},
}
NAMED = {"name": "Omega"}
ONCE = {"once": "d" * 32}


class Accounts:
    """One hub in a network in an initiative, everybody who may stand around it, and who stands elsewhere."""

    def __init__(self):
        admin = administrator()
        initiative = places.make_initiative(by=viewer(admin), name="Literacy", at=NOW)
        elsewhere = places.make_initiative(by=viewer(admin), name="Numeracy", at=NOW)
        delta = network(admin, "Delta", initiative.id)
        gamma = network(admin, "Gamma", elsewhere.id)
        hub, sibling = team(admin, delta, "Core"), team(admin, delta, "Elm Street")
        other = team(admin, gamma, "Gamma hub")
        roles = {
            "initiative lead": (initiative, Role.INITIATIVE_LEAD),
            "network lead": (delta, Role.NETWORK_LEAD),
            "hub leader": (hub, Role.HUB_LEADER),
            "member": (hub, Role.MEMBER),
            "coach": (delta, Role.COACH),
            "researcher": (initiative, Role.RESEARCHER),
            "sibling team": (sibling, Role.MEMBER),
            "other hub leader": (other, Role.HUB_LEADER),
            "other network lead": (gamma, Role.NETWORK_LEAD),
            "other initiative lead": (elsewhere, Role.INITIATIVE_LEAD),
        }
        people = {
            who: give(admin, where, role, who.replace(" ", "-")) for who, (where, role) in roles.items()
        }
        people |= {"administrator": admin, "nobody anywhere": person("Nemo")}
        self.people = people
        leaves = give(admin, hub, Role.MEMBER, "Gale")
        devices = {who: device(it) for who, it in people.items()}
        sent = {"people": "hal@example.org", "role": "member", "once": "b" * 32, "send": "yes"}
        here = f"/n/{delta.id}/teams/{hub.id}/invitations/"
        assert devices["hub leader"].post(here, sent).status_code == 302
        self.devices: dict[str, Device] = {**devices, "signed out": Device()}
        self.filled = {
            "initiative_id": initiative.id,
            "network_id": delta.id,
            "team_id": hub.id,
            "membership_id": Membership.objects.get(person=leaves).id,
            "invitation_id": Invitation.everywhere.get().id,
            "person_id": admin.id,
            "handle": "nobody-s",
            "token_id": "nobody-s",
            "key": "nobody-s-key",
            **LOOK_FOR,
        }
        self.fields = FIELDS | {"administration-move": {"network_id": gamma.id}}
        self.keep_a_board(hub, people["hub leader"])
        self.ask_to_merge(hub, people["hub leader"], sibling)
        self.ask_for_a_file(hub, people["hub leader"])
        self.make_a_framework_its_own(hub)
        self.keep_house(hub, people["hub leader"])
        self.keep_cards(hub, people["hub leader"], sibling)
        self.say_of_wording()

    def keep_a_board(self, hub, leader) -> None:
        """Riverbend's board of a room is the hub's, which shares it with its network and the initiative."""
        hall = convening("revealed")
        step = promise(hall)
        NextStep.everywhere.filter(id=step.id).update(due_on=NOW.date())
        account, ben = viewer_of(leader), hall.ben
        claims.claim_team(
            by=ben.viewer, account=account, who="Ada", seat_id=ben.seat_id, hub_id=hub.id, at=NOW
        )
        board = hall.board(RIVERBEND).id
        release = sharing.share(by=account, who="Ada", hub=hub, source=board, reach="initiative", at=NOW)
        said = {"words": "Find a coach.", "owner": "", "due_on": None}
        asked = promising.promise(by=account, hub=hub, once="a" * 32, at=NOW, **said)
        raised = raising.raise_step(by=account, hub=hub, step_id=asked.id, asked="Who has done this?", at=NOW)
        self.filled["raising_id"] = raised.id
        self.filled |= {"chart": "agreement", "as_file": "csv"}
        self.filled |= {"kind": "docx", "hub_id": hub.id, "reflection_id": board, "step_id": step.id}
        self.fields |= {
            "hub-next-step": {"was": "open", "state": "done", "reason": "We met."},
            "hub-raise": {"asked": "Who has done this?"},
            "network-raised": {"was": "", "answer": "will", "words": "We look."},
            "hub-sharing": {"source": step.id, "reach": "network"},
            "hub-sharing-end": {"release": release.id},
        }

    def ask_to_merge(self, hub, leader, sibling) -> None:
        """Whoever leads the hub asks somebody, and is asked by who leads the team beside it."""
        pia = person("Pia")
        Membership.objects.create(
            person=pia, role=Role.HUB_LEADER, network=sibling.network, team=sibling, made_at=NOW
        )
        more = {"address": "", "at": NOW}
        merging.ask(by=viewer_of(leader), hub=hub, email="gus@example.org", **more)
        asked = merging.ask(by=viewer_of(pia), hub=sibling, email=leader.email, **more)
        self.filled["merge_id"] = asked.id

    def keep_house(self, hub, leader) -> None:
        """What the hub keeps about itself: one of each, written by its leader."""
        kept = keep_one_of_each(viewer_of(leader), hub)
        self.filled |= {f"{kind}_id": row.id for kind, row in kept.items() if kind in ("charter", "routine")}
        self.filled |= {"stage": "initiate", "work": "build-the-vision", "piece": "written-aim"}
        self.filled |= {"problem_id": kept["problem"].id, "entry_id": kept["roster"].id}
        self.filled |= {"member_id": leader.id, "what": "routine", "row_id": kept["routine"].id}
        # Over everywhere on earth.
        today = (NOW - timedelta(days=2)).date().isoformat()
        was = {kind: {"was": was_of(viewer_of(leader), hub, row)} for kind, row in kept.items()}
        charter = {"was": kept["charter"].id, "purpose": "To read."}
        problem = {"words": "No numbers.", "noticed_on": today, "closed_on": today}
        self.fields |= {
            "hub-charter-write": ONCE | charter,
            "hub-charter-review": ONCE | charter,
            "hub-stage": ONCE | {"stage": kept["stage"].stage, "since_on": today},
            "hub-evidence": ONCE | was["evidence"] | {"since_on": today},
            "hub-evidence-end": was["evidence"] | {"ended_on": today},
            "hub-routine-write": ONCE | NAMED,
            "hub-roster-write": ONCE | NAMED,
            "hub-problem-write": ONCE | problem,
            "hub-problem-change": was["problem"] | problem,
            "hub-routine": was["routine"] | NAMED,
            "hub-roster-person": was["roster"] | NAMED,
            "hub-problem-step": ONCE | problem,
        }

    def keep_cards(self, hub, leader, sibling) -> None:
        """A strategy card that its network reads, and one of the hub's tries of it; the team beside it may try it too."""
        by = viewer_of(leader)
        card = keep_card(by, hub, "network", contact=leader.id)
        row = keep_try(by, hub, card)
        self.filled |= {"card_id": card.id, "try_id": row.id, "kept": "card", "kept_id": card.id}
        was, day = {"was": was_of_card(card)}, (NOW - timedelta(days=2)).date().isoformat()
        self.fields |= {
            "hub-card-write": ONCE | SAID | {"look_for": FOR},
            "hub-card-change": was | SAID,
            "hub-card-reach": was | {"reach": "team"},
            "hub-card-review": was | {"review_on": (NOW + timedelta(days=300)).date().isoformat()},
            "hub-card-retire": {"retire-was": was["was"], "retire-why": "It tired us."},
            "hub-card-contact": {"do": "agree"},
            "card-try": ONCE | {"hub": sibling.id, "how": "adopt", "began_on": day},
            "hub-try": {
                "was": was_of_try(by, hub, row),
                "came_of": "mixed",
                "happened": "It did.",
                "shows": "count",
            },
        }

    def make_a_framework_its_own(self, hub) -> None:
        """One version of it and a change since; one line to reword, and to add a practice to."""
        own, version, _brought = keep_own_framework(hub)
        self.filled |= {"line": "domain-1", "installed_id": version.id}
        words = ONCE | {"words-en": "Ours."}
        self.fields |= {
            "hub-own-domain": ONCE | {"line": "domain-1", "do": "put-back"},
            "hub-own-words": words,
            "hub-own-add": words,
            "hub-own-name": words,
            "hub-own-undo": {"change": own.changes[-1]["id"]},
            "hub-own-publish": {"changes": "1"},
            "hub-own-end": {"pack": own.pack},
            "hub-own-bring": ONCE | {"do": "leave"},
        }

    def say_of_wording(self) -> None:
        """Five in a room of anybody's said something of the framework's words."""
        hall = asking()
        five_say(hall)
        self.filled["pack_id"] = hall.session.pack_id

    def ask_for_a_file(self, hub, leader) -> None:
        """A long one that only they see, on its way."""
        asked = {"of": "hub", "place": hub.id, "whose": leader.in_trail}
        self.filled["file_id"] = ask_for_file(**asked, kind="docx", size="a4", language="en", at=NOW)

    def ask(self, name: str, method: str, who: str) -> HttpResponse:
        address = fill(name, self.filled)
        client = self.devices[who].client
        return client.get(address) if method == "GET" else client.post(address, self.fields.get(name, NAMED))


def told() -> dict[str, dict[str, list[str]]]:
    """Every address with its method: who gets which answer."""
    accounts = Accounts()
    table: dict[str, dict[str, list[str]]] = {}
    for name, it in sorted(routes().items()):
        is_for_people = getattr(it.callback, "is_for_people", False)
        if not (is_for_people or it.callback.__module__.startswith(BESIDE)):
            continue
        for method in sorted(set(it.callback.methods) - {"HEAD"}):
            if f"{method} {it.whole}" in table:
                continue  # one page by two names
            row = table.setdefault(f"{method} {it.whole}", {})
            for who in accounts.devices:
                client = accounts.devices[who].client
                cookies = client.cookies.copy()
                with transaction.atomic():
                    status = str(accounts.ask(name, method, who).status_code)
                    transaction.set_rollback(True)
                client.cookies = cookies
                row.setdefault(status, []).append(who)
    return table


def test_everybody_who_is_signed_in_comes_where_they_may():
    expected = tomllib.loads(TABLE.read_text())
    found = told()
    changed = [
        written(row, found[row]) for row in found if by_person(found[row]) != by_person(expected.get(row, {}))
    ]
    gone = [f"{row}: no such address any more, take its table out" for row in expected.keys() - found.keys()]
    if changed or gone:
        says = "Is this as it should be? Then tests/access/accounts.toml says:"
        pytest.fail("\n\n".join((says, *changed, *gone)), pytrace=False)


def by_person(answers: dict[str, list[str]]) -> dict[str, str]:
    """The answer each gets."""
    return {who: status for status, people in answers.items() for who in people}


def written(row: str, answers: dict[str, list[str]]) -> str:
    """What was answered, as its table stands in accounts.toml."""
    return "\n".join(
        [f'["{row}"]', *(f"{status} = {json.dumps(people)}" for status, people in answers.items())]
    )
