"""Whatever happens to people, hubs, networks and what is shared, in any order: everybody sees what the oracle says, now.

Roles are given, taken and left, invitations accepted and taken back; hubs share and take back, and share again, move to
another network and become one; networks are put into another initiative; people are erased, and an older backup comes
back. After every act the doors answer as the oracle does, and at the end of each story the pages.

A backup is restored as a savepoint to which the database goes back: it is then row by row as it was, on both engines, in
a moment. What a restore does besides, it does here too: nobody stays signed in, and the ledger is read.
"""

import re
import secrets
import sys
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import settings as house
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hubcraft.apps.insights.actions import merging, sharing
from hubcraft.apps.insights.actions.moving import move_team
from hubcraft.apps.insights.models import Release
from hubcraft.apps.insights.queries import above, hubs
from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import Person, SignedIn
from hubcraft.apps.records.actions import erasure
from hubcraft.apps.records.queries.ledger import ledger_file
from hubcraft.apps.roles.actions import invitations, places, roles
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.roles.queries.invitations import Invited
from hubcraft.domain.verdict import NotThere, Refused
from tests.apps.insights.test_hubs import keep, name_strategy
from tests.apps.roles.people import administrator, device, network, person, team, viewer
from tests.cast import convening
from tests.device import Device, says
from tests.homes import account
from tests.make import NORTH_SHORE, NOW, RIVERBEND

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(7200)]
NAMES = ("Ada", "Ben", "Cleo", "Dara")
WORDS = ("We meet on Mondays.", "We call every family.")
# A role, and the kind of place where it is held.
ROLES = {
    Role.HUB_LEADER: "hub",
    Role.MEMBER: "hub",
    Role.NETWORK_LEAD: "network",
    Role.INITIATIVE_LEAD: "initiative",
    Role.COACH: "network",
    Role.RESEARCHER: "initiative",
}
HELD = st.sampled_from([(role, number) for role in ROLES for number in range(2)])
PICK = st.randoms(use_true_random=False)


class World:
    """Two networks, each in an initiative of its own, each with a hub that has one board and one strategy to share."""

    def __init__(self):
        self.admin = administrator("Root")
        self.initiatives = [
            places.make_initiative(by=viewer(self.admin), name=name, at=NOW)
            for name in ("Literacy", "Numeracy")
        ]
        self.networks = [network(self.admin, f"Network {it.name}", it.id) for it in self.initiatives]
        self.hubs = [team(self.admin, it, f"Hub of {it.name}") for it in self.networks]
        self.people = {name: person(name) for name in NAMES}
        hall, other = convening("revealed"), convening("revealed")
        hall.reveal(NORTH_SHORE)
        for name in ("Gale", "Lea"):
            assert hall.people[name].seat.team_id == hall.team(RIVERBEND)
        halls = (hall, other)
        self.strategies = [name_strategy(it.cleo, words).id for it, words in zip(halls, WORDS, strict=True)]
        self.boards = [it.board(RIVERBEND).id for it in halls]
        for hub, there in zip(self.hubs, halls, strict=True):
            held = roles.hold(person=self.admin, to=hub, role=Role.MEMBER, at=NOW)
            keep(self.admin, there.cleo, hub)
            Membership.objects.filter(person=self.admin, id=held.id).update(ended_at=NOW)


@dataclass
class Oracle:
    """Who may see what, from nothing but what was done."""

    held: set[tuple[str, str, int]] = field(default_factory=set)
    # In which network each hub is, and in which initiative each network.
    home: list[int] = field(default_factory=lambda: [0, 1])
    within: list[int] = field(default_factory=lambda: [0, 1])
    # With which initiative, if any, each strategy is shared.
    shared: dict[int, int | None] = field(default_factory=dict)
    # Which hub each strategy is kept in; and who was of a hub when the two became one.
    kept: list[int] = field(default_factory=lambda: [0, 1])
    former: dict[int, set[str]] = field(default_factory=dict)

    @property
    def hubs(self) -> list[int]:
        return sorted(set(self.kept))

    def is_any(self, who: str, number: int, *roles: str) -> bool:
        return any((who, role, number) in self.held for role in roles)

    def hub(self, who: str, hub: int) -> bool:
        return hub in self.hubs and self.is_any(who, hub, Role.MEMBER, Role.HUB_LEADER)

    def leads(self, who: str, hub: int) -> bool:
        return hub in self.hubs and self.is_any(who, hub, Role.HUB_LEADER)

    def in_full(self, who: str, what: int) -> bool:
        """A board, and that it was named there: of what was kept before two became one, its people of then."""
        return self.hub(who, self.kept[what]) and (not self.former or who in self.former[what])

    def in_words(self, who: str, what: int) -> bool:
        return self.in_full(who, what) or (self.hub(who, self.kept[what]) and what in self.shared)

    def network(self, who: str, number: int) -> bool:
        return self.is_any(who, number, Role.NETWORK_LEAD, Role.COACH)

    def initiative(self, who: str, number: int) -> bool:
        return self.is_any(who, number, Role.INITIATIVE_LEAD, Role.RESEARCHER)

    def network_sees(self, who: str, number: int, what: int) -> bool:
        return self.network(who, number) and what in self.shared and self.home[self.kept[what]] == number

    def initiative_sees(self, who: str, number: int, what: int) -> bool:
        meant = self.shared.get(what) == number == self.within[self.home[self.kept[what]]]
        return self.is_any(who, number, Role.INITIATIVE_LEAD) and meant

    def reach(self, what: int) -> int:
        """How far something is shared: not, with its network, or with its initiative as well."""
        if what not in self.shared:
            return 0
        return 2 if self.shared[what] == self.within[self.home[self.kept[what]]] else 1


class Story(RuleBasedStateMachine):
    """One story; `world` is made once, and every story undone at its end."""

    world: World
    # What may not be left out of all the stories together.
    done: Counter[str]

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        ledger_file().unlink(missing_ok=True)
        self.oracle = Oracle()
        # Who was invited to be what; by that and not by key, so that the same story is told the same way again.
        self.links: dict[tuple[str, str, int], str] = {}
        self.people = dict(self.world.people)
        self.at = NOW
        # What a backup holds, and of whom the ledger says more than it by now.
        self.backup: tuple | None = None
        self.erased: set[str] = set()

    def teardown(self):
        self.done["told"] += 1
        if self.done["told"] % 20 == 0:
            print(f"{self.done['told']} stories", file=sys.__stderr__, flush=True)
        try:
            self.pages_answer_as_well()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    @property
    def admin(self):
        return viewer(self.world.admin)

    def place(self, role: str, number: int):
        if ROLES[role] == "hub":
            return self.hub(number)
        found = {"network": self.world.networks, "initiative": self.world.initiatives}[ROLES[role]][number]
        return type(found).objects.get(id=found.id)

    def hub(self, number: int) -> Team:
        """As it is now, in whichever network."""
        return Team.objects.select_related("network__initiative").get(id=self.world.hubs[number].id)

    def is_there(self, role: str, number: int) -> bool:
        return ROLES[role] != "hub" or number in self.oracle.hubs

    def can_be_given(self, role: str, number: int) -> bool:
        """A team that came to another hub's network is led by whoever led it, and nobody is made its leader."""
        return self.is_there(role, number) and (role != Role.HUB_LEADER or self.hub(number).is_hub)

    # -- what happens ------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(NAMES), held=HELD)
    def give(self, who, held):
        role, number = held
        if not self.is_there(role, number):
            return
        more = {"email": f"{who.lower()}@example.org", "name": who, "language": "en", "at": self.at}
        if not self.can_be_given(role, number):
            with pytest.raises(Refused):
                roles.give_role(by=self.admin, to=self.place(role, number), role=role, **more)
            return
        roles.give_role(by=self.admin, to=self.place(role, number), role=role, **more)
        self.oracle.held.add((who, role, number))

    @precondition(lambda self: self.oracle.held)
    @rule(pick=PICK, leaves=st.booleans())
    def take(self, pick, leaves):
        who, role, number = pick.choice(sorted(self.oracle.held))
        one = self.people[who]
        held = next(
            it
            for it in Membership.objects.filter(person=one, role=role, ended_at=None)
            if (it.team or it.network or it.initiative) == self.place(role, number)
        )
        by = account(one) if leaves or not self.can_be_given(role, number) else self.admin
        roles.take_role(by=by, membership_id=held.id, at=self.at)
        self.oracle.held.remove((who, role, number))

    @rule(who=st.sampled_from(NAMES), held=HELD)
    def invite(self, who, held):
        role, number = held
        if not self.can_be_given(role, number):
            return
        email = self.people[who].email
        invitations.invite(
            by=self.admin,
            to=self.place(role, number),
            role=role,
            people=[Invited(email, who)],
            once=secrets.token_hex(16),
            address="http://testserver",
            at=self.at,
        )
        words = OutboxMail.objects.filter(to=email).latest("id").words
        self.links[who, role, number] = re.search(r"/invitation/([^/\s]+)", words)[1]

    def forget_links(self, which) -> None:
        self.links = {it: key for it, key in self.links.items() if not which(it)}

    @precondition(lambda self: self.links)
    @rule(pick=PICK)
    def accept(self, pick):
        asked = pick.choice(sorted(self.links))
        key, (_who, role, number) = self.links[asked], asked
        if not self.can_be_given(role, number):
            # It sleeps for as long as nobody can be this there.
            with pytest.raises(NotThere):
                invitations.accept(key=key, name="", language="en", at=self.at)
            return
        invitations.accept(key=key, name="", language="en", at=self.at)
        del self.links[asked]
        self.oracle.held.add(asked)
        with pytest.raises(NotThere):
            invitations.accept(key=key, name="", language="en", at=self.at)

    @precondition(lambda self: self.links)
    @rule(pick=PICK)
    def uninvite(self, pick):
        who, role, number = pick.choice(sorted(self.links))
        if not self.can_be_given(role, number):
            return
        key = self.links.pop((who, role, number))
        place = self.place(role, number)
        asked = Invitation.everywhere.filter(email=self.people[who].email, role=role, ended_at=None)
        one = next(it for it in asked if it.place == place)
        invitations.take_back(by=self.admin, invitation_id=one.id, at=self.at)
        with pytest.raises(NotThere):
            invitations.accept(key=key, name="", language="en", at=self.at)

    @rule(
        who=st.sampled_from(NAMES), what=st.integers(0, 1), reach=st.sampled_from(["network", "initiative"])
    )
    def share(self, who, what, reach):
        hub = self.oracle.kept[what]
        more = {"by": account(self.people[who]), "who": who, "hub": self.hub(hub), "at": self.at}
        if not self.oracle.leads(who, hub) or not self.oracle.in_full(who, what):
            with pytest.raises((Refused, NotThere)):
                sharing.share(source=self.world.strategies[what], reach=reach, **more)
            return
        sharing.share(source=self.world.strategies[what], reach=reach, **more)
        above = self.oracle.within[self.oracle.home[hub]]
        self.oracle.shared[what] = above if reach == "initiative" else None

    @precondition(lambda self: self.oracle.shared)
    @rule(who=st.sampled_from(NAMES), pick=PICK)
    def take_back(self, who, pick):
        what = pick.choice(sorted(self.oracle.shared))
        hub = self.oracle.kept[what]
        release = Release.objects.get(team=self.hub(hub), source=self.world.strategies[what], revoked_at=None)
        more = {"by": account(self.people[who]), "who": who, "hub": self.hub(hub), "at": self.at}
        if not self.oracle.leads(who, hub):
            with pytest.raises(Refused):
                sharing.take_back(release_id=release.id, **more)
            return
        sharing.take_back(release_id=release.id, **more)
        del self.oracle.shared[what]

    @rule(number=st.integers(0, 1), into=st.integers(0, 1))
    def put(self, number, into):
        """A network into another initiative."""
        here = self.world.networks[number]
        places.change_network(
            by=self.admin,
            network_id=here.id,
            name=here.name,
            time_zone=here.time_zone,
            initiative_id=self.world.initiatives[into].id,
            at=self.at,
        )
        self.oracle.within[number] = into

    @rule(number=st.integers(0, 1), to=st.integers(0, 1))
    def move(self, number, to):
        """A team to another network: what it shared was meant for the one it leaves."""
        if number not in self.oracle.hubs:
            return
        here, there = self.hub(number), self.world.networks[to]
        more = {"network_id": here.network_id, "team_id": here.id, "to": there.id, "at": self.at}
        if self.oracle.home[number] == to:
            with pytest.raises(NotThere):
                move_team(by=self.admin, **more)
            return
        move_team(by=self.admin, **more)
        self.done["moved"] += 1
        self.oracle.home[number] = to
        self.forget_links(lambda it: ROLES[it[1]] == "hub" and it[2] == number)
        for what in (0, 1):
            if self.oracle.kept[what] == number:
                self.oracle.shared.pop(what, None)

    @precondition(lambda self: len(self.oracle.hubs) == 2)
    @rule(pick=PICK, is_prepared=st.booleans(), part=st.integers(0, 1))
    def merge(self, pick, is_prepared, part):
        """Two hubs become one, where they are in one network and both leaders say yes."""
        into, oracle = 1 - part, self.oracle
        if is_prepared:  # Which hardly ever happens by chance.
            for number in (part, into):
                self.give(pick.choice(NAMES), (Role.HUB_LEADER, number))
            self.move(part, oracle.home[into])
        asks, agrees = (
            pick.choice([who for who in NAMES if is_prepared and oracle.leads(who, it)] or NAMES)
            for it in (part, into)
        )
        here, there = self.hub(part), self.hub(into)
        asker, agreer = account(self.people[asks]), account(self.people[agrees])
        more = {"hub": here, "email": self.people[agrees].email, "address": "", "at": self.at}
        if not oracle.leads(asks, part):
            with pytest.raises(Refused):
                merging.ask(by=asker, **more)
            return
        asked = merging.ask(by=asker, **more)
        yes = {"hub": there, "merge_id": asked.id, "agrees": True, "at": self.at}
        if not oracle.leads(agrees, into) or oracle.home[part] != oracle.home[into]:
            with pytest.raises((Refused, NotThere)):
                merging.answer(by=agreer, **yes)
            return
        self.done["merged"] += 1
        least = min(oracle.reach(0), oracle.reach(1))
        merging.answer(by=agreer, **yes)
        oracle.former = {it: {who for who in NAMES if oracle.hub(who, it)} for it in (0, 1)}
        for what in [it for it in (0, 1) if oracle.reach(it) > least]:
            del oracle.shared[what]
            if least:
                oracle.shared[what] = None
        oracle.kept = [into, into]
        for who, role, number in sorted(oracle.held):
            if ROLES[role] == "hub" and number == part:
                oracle.held.remove((who, role, part))
                oracle.held.add((who, role, into))
        for who in NAMES:
            if oracle.leads(who, into):
                oracle.held.discard((who, Role.MEMBER, into))
        self.forget_links(lambda it: ROLES[it[1]] == "hub" and it[2] == part)

    @rule(who=st.sampled_from(NAMES), by_admin=st.booleans())
    def erase(self, who, by_admin):
        """Somebody is erased; somebody else comes with the same name and address, who is nothing yet."""
        one = self.people[who]
        by = self.admin if by_admin else account(one)
        erasure.erase(by=by, person_id=one.id, at=self.at)
        self.erased.add(who)
        self.is_gone(who)

    def is_gone(self, who: str) -> None:
        self.oracle.held = {it for it in self.oracle.held if it[0] != who}
        for people in self.oracle.former.values():
            people.discard(who)
        self.forget_links(lambda it: it[0] == who)
        assert not Person.objects.filter(email=f"{who.lower()}@example.org").exists()
        self.people[who] = person(who)

    @rule()
    def back_up(self):
        told = deepcopy((self.oracle, self.links))
        self.backup = (transaction.savepoint(), told, dict(self.people))
        self.erased = set()

    @precondition(lambda self: self.backup)
    @rule()
    def restore(self):
        """All is as it was in the backup, but for whom the ledger has."""
        point, told, people = self.backup
        transaction.savepoint_rollback(point)
        SignedIn.objects.all().delete()
        self.done["restored"] += 1
        before = {who: it for who, it in people.items() if who in self.erased}
        self.oracle, self.links = deepcopy(told)
        self.people = dict(people)
        assert erasure.replay(at=self.at) == len(before)
        for who in sorted(before):
            self.done["erased again"] += 1
            self.is_gone(who)

    # -- who sees what -----------------------------------------------------------------------------------------

    @invariant()
    def doors_answer_as_the_oracle(self):
        self.at += timedelta(minutes=1)
        here, oracle = [self.hub(number) for number in (0, 1)], self.oracle
        for who, one in self.people.items():
            looks = account(one)
            for number in (0, 1):
                hub, network = here[number], self.world.networks[number]
                initiative = self.world.initiatives[number]
                assert opens(hubs.get_hub, looks, hub.network_id, hub.id) == oracle.hub(who, number), who
                assert opens(above.get_network, looks, network.id) == oracle.network(who, number), who
                assert opens(above.get_initiative, looks, initiative.id) == oracle.initiative(who, number)
                seen = {it for it in (0, 1) if oracle.network_sees(who, number, it)}
                assert self.shared(above.get_network_hub, looks, network.id) == seen, who
                seen = {it for it in (0, 1) if oracle.initiative_sees(who, number, it)}
                assert self.shared(above.get_initiative_hub, looks, initiative.id) == seen, who
            # Behind the door of a hub; whoever finds that closed comes to no board either.
            for what in (it for it in (0, 1) if oracle.hub(who, oracle.kept[it])):
                hub, board = here[oracle.kept[what]], self.world.boards[what]
                assert opens(hubs.get_reflection, looks, hub, board) == oracle.in_full(who, what), who

    def shared(self, door, looks, above_it: str) -> set[int]:
        """Which strategies are read there, wherever they are kept."""
        found = [opened(door, looks, above_it, hub.id) for hub in self.world.hubs]
        told = {it.source for hub in found if hub is not None for it in hub.releases}
        return {what for what, source in enumerate(self.world.strategies) if source in told}

    def pages_answer_as_well(self):
        for who, one in self.people.items():
            laptop = device(one)
            for what, words in enumerate(WORDS):
                here = self.hub(self.oracle.kept[what])
                home = f"/n/{here.network_id}/teams/{here.id}/"
                assert tells(laptop, home, words) == self.oracle.in_words(who, what), (who, home)
                for number, there in enumerate(self.world.networks):
                    seen = f"/n/{there.id}/hubs/{here.id}/"
                    sees = self.oracle.network_sees(who, number, what)
                    assert tells(laptop, seen, words) == sees, (who, seen)
                for number, initiative in enumerate(self.world.initiatives):
                    seen = f"/i/{initiative.id}/hubs/{here.id}/"
                    sees = self.oracle.initiative_sees(who, number, what)
                    assert tells(laptop, seen, words) == sees, (who, seen)


def opened(door, *key):
    """What is behind a door; nothing where there is none."""
    try:
        return door(*key)
    except NotThere:
        return None


def opens(door, *key) -> bool:
    return opened(door, *key) is not None


def tells(laptop: Device, address: str, words: str) -> bool:
    """Whether a strategy stands on a page that is there."""
    page = laptop.get(address)
    assert page.status_code in (200, 404), address
    return page.status_code == 200 and says(page, words)


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    """A ledger of the stories' own."""
    monkeypatch.setattr(house, "DATA", tmp_path)


def tell(stories: int, acts: int) -> None:
    Story.world, Story.done = World(), Counter()
    settled = settings(
        max_examples=stories,
        stateful_step_count=acts,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Story, settings=settled)


def test_everybody_sees_what_they_may_after_whatever_was_done(ledger):
    tell(stories=10, acts=12)


@pytest.mark.slow
def test_everybody_sees_what_they_may_after_long_stories(ledger):
    tell(stories=200, acts=50)
    assert all(Story.done[it] for it in ("moved", "merged", "restored", "erased again")), Story.done
