"""Whatever happens to cards, hubs, networks and people, in any order: everybody reads what an independent model says, now.

The model knows no query: it keeps, act by act, for whom each card was opened and who was there. After every act all
people are asked for all cards, their versions and stories; and what nobody opened, nobody reads who did not before.
"""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hubcraft.apps.cards.actions import cards, keeping, opening
from hubcraft.apps.cards.actions.trying import try_card
from hubcraft.apps.cards.models import Card, Try
from hubcraft.apps.cards.queries.reading import was_of_card
from hubcraft.apps.cards.queries.sight import get_card, versions_for
from hubcraft.apps.cards.queries.tries import standing_tries, stories_for
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.insights.actions.merging import unite
from hubcraft.apps.insights.actions.moving import move_team
from hubcraft.apps.networks.models import Membership, Network, Role, Team
from hubcraft.apps.people.models import Person
from hubcraft.apps.records.actions.erasure import take_out
from hubcraft.domain.verdict import NotThere, Refused
from tests.apps.cards.place import LOOK_FOR, TODAY, tell
from tests.homes import account, make_account, make_hub, make_initiative, make_network
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
# Acts after which somebody may read what they did not: all say so to whoever presses them.
OPENS = {"write", "change", "open", "put back", "make", "tell", "join", "initiative"}


@dataclass
class Kept:
    """A card or a try as the model knows it: of which hub, and whose people of then read it where hubs became one."""

    hub: str
    only: set[str] | None = None
    is_away: bool = False


@dataclass
class CardKept(Kept):
    words: list[str] = field(default_factory=list)
    scope: str = ""
    since: int = 1
    bound: str = "everyone"
    is_retired: bool = False
    credit: str = ""


@dataclass
class TryKept(Kept):
    card: str = ""
    words: str = ""
    told_for: str = ""


class World:
    """Four hubs in three networks of two initiatives, with a leader and a member each, and who stands above them."""

    def __init__(self):
        self.initiatives = [make_initiative(it) for it in ("Literacy", "Numeracy")]
        above = (self.initiatives[0], self.initiatives[0], self.initiatives[1])
        self.networks = [make_network(name, initiative=it) for name, it in zip("NMO", above, strict=True)]
        self.initiative_of = {n.id: it.id for n, it in zip(self.networks, above, strict=True)}
        places = {"A": 0, "B": 0, "C": 1, "D": 2}
        self.hubs = {name: make_hub(self.networks[at], name) for name, at in places.items()}
        self.network_of = {self.hubs[name].id: self.networks[at].id for name, at in places.items()}
        self.into: dict[str, str] = {}
        self.names = {it.id: name for name, it in self.hubs.items()}
        self.people: dict[str, Person] = {}
        self.members: dict[str, set[str]] = {it.id: set() for it in self.hubs.values()}
        self.above: dict[str, tuple[str, str]] = {}
        for name, hub in self.hubs.items():
            for who, role in ((f"{name} leader", Role.HUB_LEADER), (f"{name} member", Role.MEMBER)):
                self.people[who] = make_account(who.replace(" ", "-"), hub=hub, role=role)
                self.members[hub.id].add(who)
        for who, role in (("lead", Role.NETWORK_LEAD), ("coach", Role.COACH)):
            self.people[who] = make_account(who, network=self.networks[0], role=role)
            self.above[who] = ("network", self.networks[0].id)
        self.people["researcher"] = make_account(
            "researcher", initiative=self.initiatives[0], role=Role.RESEARCHER
        )
        self.above["researcher"] = ("initiative", self.initiatives[0].id)
        self.people["nobody"] = make_account("nobody")
        admin = make_account("admin")
        Person.objects.filter(id=admin.id).update(is_administrator=True)
        self.admin = Person.objects.get(id=admin.id)
        self.cards: dict[str, CardKept] = {}
        self.tries: dict[str, TryKept] = {}
        self.count = 0
        self.at = NOW

    # -- what the model says -------------------------------------------------------------------------------

    def now(self, hub: str) -> str:
        """The hub that goes on for one."""
        while hub in self.into:
            hub = self.into[hub]
        return hub

    def scopes(self, who: str) -> set[str]:
        """Everything this person is within, by roles alone."""
        networks = {self.network_of[hub] for hub, people in self.members.items() if who in people}
        initiatives = set()
        kind, place = self.above.get(who, ("", ""))
        networks |= {place} if kind == "network" else set()
        initiatives |= {place} if kind == "initiative" else set()
        initiatives |= {self.initiative_of[it] for it in networks}
        found = {f"network {it}" for it in networks} | {f"initiative {it}" for it in initiatives}
        return found | {"everyone"} if found else set()

    def is_of(self, who: str, row: Kept) -> bool:
        return who in self.members[self.now(row.hub)] and (row.only is None or who in row.only)

    def reads(self, who: str, card: CardKept) -> bool:
        return not card.is_away and (self.is_of(who, card) or card.scope in self.scopes(who))

    def versions(self, who: str, card: CardKept) -> list[str]:
        return card.words if self.is_of(who, card) else card.words[card.since - 1 :]

    def stories(self, who: str, key: str) -> set[str]:
        """What this person reads on a card of what it came to."""
        own, scopes = self.is_of(who, self.cards[key]), self.scopes(who)
        told = (it for it in self.tries.values() if it.card == key and it.told_for and not it.is_away)
        return {it.words for it in told if own or it.told_for in scopes}

    # -- acts ----------------------------------------------------------------------------------------------

    def viewer(self, who: str):
        return account(Person.objects.get(id=self.people[who].id))

    def hub(self, name: str) -> Team:
        return Team.everywhere.select_related("network").get(id=self.hubs[name].id)

    def do(self, act: str, name: str, pick: int) -> None:
        """One act of a hub; what can't be done at this moment is refused, and changes nothing."""
        self.at += timedelta(minutes=1)
        hub = self.hub(name)
        if hub.removed_at is not None:
            return
        who = sorted(self.members[hub.id])
        leads = [it for it in who if it.endswith("leader")]
        if who:
            # Opening is tried by others too, and mostly by who may.
            chosen = leads if act == "open" and leads and pick % 4 else who
            getattr(self, act.replace(" ", "_"))(hub, chosen[pick % len(chosen)], pick)

    def word(self) -> str:
        self.count += 1
        return f"Words number {self.count}."

    def own(self, hub: Team, who: str, pick: int) -> tuple[str, CardKept] | None:
        found = [
            (key, it) for key, it in self.cards.items() if self.now(it.hub) == hub.id and self.is_of(who, it)
        ]
        return found[pick % len(found)] if found else None

    def readable(self, who: str, pick: int) -> tuple[str, CardKept] | None:
        found = [(key, it) for key, it in self.cards.items() if self.reads(who, it)]
        return found[pick % len(found)] if found else None

    def write(self, hub: Team, who: str, pick: int) -> None:
        words, once = self.word(), secrets.token_hex(16)
        said = cards.Said(does=words)
        cards.write_card(by=self.viewer(who), hub=hub, once=once, look_for=LOOK_FOR, said=said, at=self.at)
        self.cards[once] = CardKept(hub.id, words=[words])

    def change(self, hub: Team, who: str, pick: int) -> None:
        if (found := self.own(hub, who, pick)) and not found[1].is_away:
            key, kept = found
            words = self.word()
            more = {"by": self.viewer(who), "hub": hub, "card_id": key, "at": self.at, "changed": ""}
            cards.change_card(**more, was=self.was(key), said=cards.Said(does=words))
            kept.words = [*kept.words, words]

    def was(self, key: str) -> str:
        return was_of_card(Card.everywhere.get(id=key))

    def open(self, hub: Team, who: str, pick: int) -> None:
        leads = self.viewer(who).is_in_team(hub.id, Role.HUB_LEADER)
        if not (found := self.own(hub, who, pick)) or found[1].is_away:
            return
        key, kept = found
        reach = ("team", "network", "initiative", "everyone")[pick // 5 % 4]
        network = self.network_of[hub.id]
        scope = {
            "network": f"network {network}",
            "initiative": f"initiative {self.initiative_of[network]}",
        }.get(reach, reach)
        scope = "" if reach == "team" else scope
        fits = kept.bound in ("everyone", scope) or not scope
        fits = fits or (reach == "network" and kept.bound == f"initiative {self.initiative_of[network]}")
        more = {"by": self.viewer(who), "hub": hub, "card_id": key, "at": self.at}
        try:
            opening.open_card(**more, reach=reach, was=self.was(key))
        except Refused:
            assert not (leads and fits)
            return
        assert leads and fits
        if kept.scope != scope:
            kept.scope, kept.since = scope, len(kept.words)

    def may_begin(self, hub: Team, kept: CardKept) -> bool:
        """Whether everybody of a hub reads a card by the hub alone."""
        network = self.network_of[hub.id]
        scopes = ("everyone", f"network {network}", f"initiative {self.initiative_of[network]}")
        return kept.scope in scopes or (kept.hub == hub.id and kept.only is None)

    def begin(self, hub: Team, who: str, pick: int) -> None:
        if not (found := self.readable(who, pick)):
            return
        key, kept = found
        once = secrets.token_hex(16)
        more = {"by": self.viewer(who), "hub": hub, "card_id": key, "once": once, "at": self.at}
        try:
            try_card(**more, how="adopt", what_changed="", began_on=TODAY)
        except (NotThere, Refused):
            assert kept.is_retired or not self.may_begin(hub, kept)
            return
        assert not kept.is_retired and self.may_begin(hub, kept)
        self.tries[once] = TryKept(hub.id, card=key)

    def tell(self, hub: Team, who: str, pick: int) -> None:
        found = [key for key, it in self.tries.items() if self.now(it.hub) == hub.id and self.is_of(who, it)]
        if not found:
            return
        key = found[pick % len(found)]
        kept, words = self.tries[key], self.word()
        card = self.cards[kept.card]
        tell(self.viewer(who), hub, Try.everywhere.select_related("card").get(id=key), happened=words)
        kept.words, kept.told_for = words, card.scope or "its hub"
        kept.told_for = "" if card.is_away else kept.told_for

    def make(self, hub: Team, who: str, pick: int) -> None:
        if not (found := self.readable(who, pick)):
            return
        key, kept = found
        words, once = self.word(), secrets.token_hex(16)
        more = {"by": self.viewer(who), "hub": hub, "once": once, "look_for": "", "at": self.at, "card": key}
        try:
            cards.write_card(**more, said=cards.Said(does=words))
        except (NotThere, Refused):
            assert kept.is_retired or kept.hub == hub.id or not self.may_begin(hub, kept)
            return
        assert not kept.is_retired and kept.hub != hub.id and self.may_begin(hub, kept)
        network = Network.objects.get(id=self.network_of[kept.hub]).name
        credit = f"{self.names[kept.hub]}, {network}"
        self.cards[once] = CardKept(hub.id, words=[words], bound=kept.scope, credit=credit)

    def retire(self, hub: Team, who: str, pick: int) -> None:
        if (found := self.own(hub, who, pick)) and not found[1].is_away:
            key, kept = found
            more = {"by": self.viewer(who), "hub": hub, "card_id": key, "at": self.at}
            keeping.retire(**more, was=self.was(key), why="It tired us.")
            kept.is_retired = True

    def take_away(self, hub: Team, who: str, pick: int) -> None:
        if found := self.own(hub, who, pick):
            more = {"by": self.viewer(who), "hub": hub, "kind": "card", "row_id": found[0], "at": self.at}
            keeping.take_away(**more)
            found[1].is_away = True

    def put_back(self, hub: Team, who: str, pick: int) -> None:
        if found := self.own(hub, who, pick):
            more = {"by": self.viewer(who), "hub": hub, "kind": "card", "row_id": found[0], "at": self.at}
            keeping.put_back(**more)
            found[1].is_away = False

    def join(self, hub: Team, who: str, pick: int) -> None:
        """Somebody of anywhere becomes a member."""
        new = sorted(self.people)[pick % len(self.people)]
        if (
            new in self.members[hub.id]
            or not Person.objects.filter(id=self.people[new].id, removed_at=None).exists()
        ):
            return
        Membership.objects.create(
            person=self.people[new],
            role=Role.MEMBER,
            network_id=self.network_of[hub.id],
            team=hub,
            made_at=self.at,
        )
        self.members[hub.id].add(new)

    def move(self, hub: Team, who: str, pick: int) -> None:
        to = self.networks[pick % 3].id
        if to == self.network_of[hub.id]:
            return
        by = account(self.admin)
        move_team(by=by, network_id=hub.network_id, team_id=hub.id, to=to, at=self.at)
        self.network_of[hub.id] = to
        for kept in self.cards.values():
            if kept.hub == hub.id and kept.scope != "everyone":
                kept.scope = ""

    def merge(self, hub: Team, who: str, pick: int) -> None:
        others = [it for it in self.hubs.values() if it.id != hub.id and it.id not in self.into]
        others = [it for it in others if self.network_of[it.id] == self.network_of[hub.id]]
        if not others:
            return
        part = others[pick % len(others)]
        unite(hub, self.hub(self.names[part.id]), self.at)
        for row in (*self.cards.values(), *self.tries.values()):
            if self.now(row.hub) in (hub.id, part.id):
                of_then = self.members[self.now(row.hub)]
                row.only = set(of_then) if row.only is None else row.only & of_then
        self.into[part.id] = hub.id
        self.members[hub.id] |= self.members[part.id]
        self.members[part.id] = set()

    def erase(self, hub: Team, who: str, pick: int) -> None:
        take_out(Person.objects.get(id=self.people[who].id), self.at)
        for people in self.members.values():
            people.discard(who)
        self.above.pop(who, None)

    def initiative(self, hub: Team, who: str, pick: int) -> None:
        """A network is put into another initiative."""
        network, to = self.networks[pick % 3].id, self.initiatives[pick // 3 % 2].id
        Network.objects.filter(id=network).update(initiative=to)
        self.initiative_of[network] = to

    # -- asking --------------------------------------------------------------------------------------------

    def seen(self) -> dict[tuple[str, str], tuple]:
        """Who reads which card: its versions, and the stories on it, as the doors say."""
        found = {}
        for who in self.people:
            viewer = self.viewer(who)
            for key in self.cards:
                try:
                    card = get_card(viewer, key)
                except NotThere:
                    continue
                stories = stories_for(viewer, card, standing_tries([key]).get(key, ()))
                said = [it.does for it in reversed(versions_for(viewer, card))]
                assert card.credit == self.cards[key].credit, "provenance is never lost"
                found[who, key] = (said, {it.happened for it in stories})
        return found

    def expected(self) -> dict[tuple[str, str], tuple]:
        return {
            (who, key): (self.versions(who, kept), self.stories(who, key))
            for who in self.people
            for key, kept in self.cards.items()
            if self.reads(who, kept)
        }


ACTS = (
    *("write", "open", "begin", "tell", "change", "make") * 2,
    *("retire", "take away", "put back", "join", "move", "merge", "erase", "initiative"),
)


# By network, initiative and everyone: which reach and which card a pick means, World.open says.
OPEN = {"A": 6, "B": 10, "C": 17}
WIDER = ("open", "A", 18)


# A story is told for a network, and the card then opened for all; a hub moves away from those it opened a card for; one
# makes a card of another's and would open it further; two become one, and others come later; one is changed and then opened,
# taken away and put back.
@example(acts=[("begin", "B", 0), ("tell", "B", 0), WIDER])
@example(acts=[("begin", "B", 0), ("tell", "B", 1), ("move", "A", 2), ("open", "A", 6)])
@example(acts=[("make", "B", 0), ("open", "B", 38), ("open", "B", 26), ("change", "B", 2)])
@example(
    acts=[("merge", "A", 0), ("join", "A", 6), ("write", "A", 0), ("begin", "A", 4), ("tell", "A", 0), WIDER]
)
@example(
    acts=[
        ("change", "A", 0),
        WIDER,
        ("take away", "A", 0),
        ("put back", "A", 0),
        ("retire", "A", 0),
        ("begin", "C", 0),
    ]
)
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(ACTS), st.sampled_from("AABBCD"), st.integers(0, 59)),
        min_size=8,
        max_size=14,
    )
)
def test_nothing_is_read_that_nobody_opened(db, acts):
    with transaction.atomic():
        install_shipped_packs(at=NOW)
        world = World()
        # So that something is there to be read.
        for name in "ABC":
            for pick in (0, 1):
                world.do("write", name, pick)
            world.do("open", name, OPEN[name])
        before = world.seen()
        assert before == world.expected()
        for act, name, pick in acts:
            world.do(act, name, pick)
            seen = world.seen()
            assert seen == world.expected(), (act, name, pick)
            if act not in OPENS:
                more = {it for it in seen if it not in before}
                assert more == set(), (act, name, pick)
            before = seen
        transaction.set_rollback(True)
