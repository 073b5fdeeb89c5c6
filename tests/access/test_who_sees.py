"""Whatever happens to roles, networks and what is shared, in any order: everybody sees what thirty lines say, now.

Roles are given, taken and left, invitations accepted and taken back; hubs share and take back, and share again; a
network is put into another initiative. After every act the doors answer as the oracle does, and at the end of each
story the pages.
"""

import re
import secrets
from dataclasses import dataclass, field

import pytest
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

from hubcraft.apps.insights.actions import sharing
from hubcraft.apps.insights.models import Release
from hubcraft.apps.insights.queries import above, hubs
from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.notices.models import OutboxMail
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
WORDS = "We meet on Mondays."
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


class World:
    """Two networks, each in an initiative of its own, each with a hub that has one strategy to share."""

    def __init__(self):
        self.admin = administrator("Root")
        self.initiatives = [
            places.make_initiative(by=viewer(self.admin), name=name, at=NOW)
            for name in ("Literacy", "Numeracy")
        ]
        self.networks = [network(self.admin, f"Network {it.name}", it.id) for it in self.initiatives]
        self.hubs = [team(self.admin, it, f"Hub of {it.name}") for it in self.networks]
        self.people = {name: person(name) for name in NAMES}
        self.devices = {name: device(it) for name, it in self.people.items()}
        hall = convening("revealed")
        hall.reveal(NORTH_SHORE)
        for name in ("Gale", "Lea"):
            assert hall.people[name].seat.team_id == hall.team(RIVERBEND)
        first = name_strategy(hall.cleo, WORDS)
        other = convening("revealed")
        second = name_strategy(other.cleo, WORDS)
        self.strategies = [first.id, second.id]
        for hub, there in zip(self.hubs, (hall, other), strict=True):
            held = roles.hold(person=self.admin, to=hub, role=Role.MEMBER, at=NOW)
            keep(self.admin, there.cleo, hub)
            Membership.objects.filter(person=self.admin, id=held.id).update(ended_at=NOW)

    def place(self, role: str, number: int):
        return {"hub": self.hubs, "network": self.networks, "initiative": self.initiatives}[ROLES[role]][
            number
        ]


@dataclass
class Oracle:
    """Who may see what, from nothing but what was done."""

    held: set[tuple[str, str, int]] = field(default_factory=set)
    # Which initiative each network is in; with which initiative, if any, each hub shares its strategy.
    within: list[int] = field(default_factory=lambda: [0, 1])
    shared: dict[int, int | None] = field(default_factory=dict)

    def is_any(self, who: str, hub: int, *roles: str) -> bool:
        return any((who, role, hub) in self.held for role in roles)

    def hub(self, who: str, hub: int) -> bool:
        return self.is_any(who, hub, Role.MEMBER, Role.HUB_LEADER)

    def network(self, who: str, number: int) -> bool:
        return self.is_any(who, number, Role.NETWORK_LEAD, Role.COACH)

    def initiative(self, who: str, number: int) -> bool:
        return self.is_any(who, number, Role.INITIATIVE_LEAD, Role.RESEARCHER)

    def network_hub(self, who: str, hub: int) -> bool:
        return self.network(who, hub) and hub in self.shared

    def initiative_hub(self, who: str, initiative: int, hub: int) -> bool:
        meant = self.shared.get(hub) == initiative == self.within[hub]
        return self.is_any(who, initiative, Role.INITIATIVE_LEAD) and meant


class Story(RuleBasedStateMachine):
    """One story; `world` is made once, and every story undone at its end."""

    world: World

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.oracle = Oracle()
        self.links: dict[str, tuple[str, str, int]] = {}

    def teardown(self):
        try:
            self.pages_answer_as_well()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    @property
    def admin(self):
        return viewer(self.world.admin)

    # -- what happens ------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(NAMES), held=HELD)
    def give(self, who, held):
        self.give_as(who, *held)

    def give_as(self, who, role, number):
        to, email = self.world.place(role, number), self.world.people[who].email
        roles.give_role(by=self.admin, to=to, role=role, email=email, name=who, language="en", at=NOW)
        self.oracle.held.add((who, role, number))

    @precondition(lambda self: self.oracle.held)
    @rule(pick=st.randoms(use_true_random=False), leaves=st.booleans())
    def take(self, pick, leaves):
        who, role, number = pick.choice(sorted(self.oracle.held))
        one = self.world.people[who]
        held = next(
            it
            for it in Membership.objects.filter(person=one, role=role, ended_at=None)
            if (it.team or it.network or it.initiative) == self.world.place(role, number)
        )
        roles.take_role(by=account(one) if leaves else self.admin, membership_id=held.id, at=NOW)
        self.oracle.held.remove((who, role, number))

    @rule(who=st.sampled_from(NAMES), held=HELD)
    def invite(self, who, held):
        role, number = held
        email = self.world.people[who].email
        invitations.invite(
            by=self.admin,
            to=self.world.place(role, number),
            role=role,
            people=[Invited(email, who)],
            once=secrets.token_hex(16),
            address="http://testserver",
            at=NOW,
        )
        self.links = {key: it for key, it in self.links.items() if it != (who, role, number)}
        key = re.search(r"/invitation/([^/\s]+)", OutboxMail.objects.filter(to=email).latest("id").words)[1]
        self.links[key] = (who, role, number)

    @precondition(lambda self: self.links)
    @rule(pick=st.randoms(use_true_random=False))
    def accept(self, pick):
        key = pick.choice(sorted(self.links))
        invitations.accept(key=key, name="", language="en", at=NOW)
        self.oracle.held.add(self.links.pop(key))
        with pytest.raises(NotThere):
            invitations.accept(key=key, name="", language="en", at=NOW)

    @precondition(lambda self: self.links)
    @rule(pick=st.randoms(use_true_random=False))
    def uninvite(self, pick):
        key = pick.choice(sorted(self.links))
        who, role, number = self.links.pop(key)
        place = self.world.place(role, number)
        asked = Invitation.everywhere.filter(email=self.world.people[who].email, role=role, ended_at=None)
        one = next(it for it in asked if it.place == place)
        invitations.take_back(by=self.admin, invitation_id=one.id, at=NOW)
        with pytest.raises(NotThere):
            invitations.accept(key=key, name="", language="en", at=NOW)

    @rule(who=st.sampled_from(NAMES), hub=st.integers(0, 1), reach=st.sampled_from(["network", "initiative"]))
    def share(self, who, hub, reach):
        here = Team.objects.select_related("network__initiative").get(id=self.world.hubs[hub].id)
        more = {"by": account(self.world.people[who]), "who": who, "hub": here, "at": NOW}
        if not self.oracle.is_any(who, hub, Role.HUB_LEADER):
            with pytest.raises(Refused):
                sharing.share(source=self.world.strategies[hub], reach=reach, **more)
            return
        sharing.share(source=self.world.strategies[hub], reach=reach, **more)
        self.oracle.shared[hub] = self.oracle.within[hub] if reach == "initiative" else None

    @precondition(lambda self: self.oracle.shared)
    @rule(who=st.sampled_from(NAMES), pick=st.randoms(use_true_random=False))
    def take_back(self, who, pick):
        hub = pick.choice(sorted(self.oracle.shared))
        release = Release.objects.get(team=self.world.hubs[hub], revoked_at=None)
        more = {"by": account(self.world.people[who]), "who": who, "hub": self.world.hubs[hub], "at": NOW}
        if not self.oracle.is_any(who, hub, Role.HUB_LEADER):
            with pytest.raises(Refused):
                sharing.take_back(release_id=release.id, **more)
            return
        sharing.take_back(release_id=release.id, **more)
        del self.oracle.shared[hub]

    @rule(number=st.integers(0, 1), into=st.integers(0, 1))
    def move(self, number, into):
        here = self.world.networks[number]
        places.change_network(
            by=self.admin,
            network_id=here.id,
            name=here.name,
            time_zone=here.time_zone,
            initiative_id=self.world.initiatives[into].id,
            at=NOW,
        )
        self.oracle.within[number] = into

    # -- who sees what -----------------------------------------------------------------------------------------

    @invariant()
    def doors_answer_as_the_oracle(self):
        for who, one in self.world.people.items():
            looks = account(one)
            for hub, here in enumerate(self.world.hubs):
                assert opens(hubs.get_hub, looks, here.network_id, here.id) == self.oracle.hub(who, hub), who
                assert opens(above.get_network, looks, here.network_id) == self.oracle.network(who, hub), who
                seen = opens(shared_in_network, looks, here)
                assert seen == self.oracle.network_hub(who, hub), who
            for number, initiative in enumerate(self.world.initiatives):
                assert opens(above.get_initiative, looks, initiative.id) == self.oracle.initiative(
                    who, number
                )
                for hub, here in enumerate(self.world.hubs):
                    seen = opens(shared_in_initiative, looks, initiative, here)
                    assert seen == self.oracle.initiative_hub(who, number, hub), who

    def pages_answer_as_well(self):
        for who, one in self.world.people.items():
            laptop = device(one)
            for hub, here in enumerate(self.world.hubs):
                home = f"/n/{here.network_id}/teams/{here.id}/"
                assert tells(laptop, home) == self.oracle.hub(who, hub), (who, home)
                seen = f"/n/{here.network_id}/hubs/{here.id}/"
                assert tells(laptop, seen) == self.oracle.network_hub(who, hub), (who, seen)
                for number, initiative in enumerate(self.world.initiatives):
                    seen = f"/i/{initiative.id}/hubs/{here.id}/"
                    assert tells(laptop, seen) == self.oracle.initiative_hub(who, number, hub), (who, seen)


def opens(door, *key) -> bool:
    try:
        door(*key)
    except NotThere:
        return False
    return True


def shared_in_network(looks, hub):
    above.get_network_hub(looks, hub.network_id, hub.id)


def shared_in_initiative(looks, initiative, hub):
    above.get_initiative_hub(looks, initiative.id, hub.id)


def tells(laptop: Device, address: str) -> bool:
    """Whether the strategy stands on a page; where it doesn't there is no page."""
    page = laptop.get(address)
    assert (page.status_code == 200) == says(page, WORDS), address
    return page.status_code == 200


def tell(stories: int, acts: int) -> None:
    Story.world = World()
    settled = settings(
        max_examples=stories,
        stateful_step_count=acts,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Story, settings=settled)


def test_everybody_sees_what_they_may_after_whatever_was_done():
    tell(stories=10, acts=12)


@pytest.mark.slow
def test_everybody_sees_what_they_may_after_long_stories():
    tell(stories=200, acts=50)
