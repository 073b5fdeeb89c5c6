"""A hub with its leader and a member, who keep things about themselves; and those around them who see nothing of it."""

import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.lifecycle.actions import charters, problems, rosters, routines, stages
from hubcraft.apps.lifecycle.models import Kept
from hubcraft.apps.lifecycle.queries.rows import was_of
from hubcraft.apps.lifecycle.queries.stages import LIFE_CYCLE
from hubcraft.apps.networks.models import Network, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.domain.ids import new_id
from tests.device import Device
from tests.homes import hub_address, make_account, make_hub, make_network, signed_in
from tests.make import NOW

CHARTER = {
    "purpose": "Every child reads by grade three.",
    "who": "Twelve schools of the valley.",
    "decisions": "The hub decides, after hearing every school.",
    "agreements": "We say what did not work.",
    "review_on": "2031-06-01",
}
PROBLEM = {"words": "Two schools sent no numbers.", "whose": "Ben", "is_urgent": "on"}


@dataclass
class Home:
    """One hub, who leads it, who belongs to it, and a device of each."""

    network: Network
    hub: Team
    rosa: Person
    ben: Person

    @property
    def address(self) -> str:
        return hub_address(self.hub)

    @property
    def leads(self) -> Device:
        return signed_in(self.rosa)

    @property
    def belongs(self) -> Device:
        return signed_in(self.ben)

    def send(self, device: Device, path: str, **fields):
        """A form, with a number of its own where it has none."""
        return device.post(f"{self.address}{path}", {"once": secrets.token_hex(16), **fields})

    def write_charter(self, device: Device | None = None, **fields):
        """A version, sent from the page as it stands now."""
        device = device or self.leads
        may = device.get(f"{self.address}charter/write/").status_code == 200
        was = self.was(device, "charter/write/") if may else ""
        return self.send(device, "charter/write/", was=was, **(CHARTER | fields))

    def was(self, device: Device, path: str, *, of: int = 0) -> str:
        """What a form of this page carries along; a page may have a second one."""
        page = device.get(f"{self.address}{path}").content.decode()
        return re.findall(r'name="was" value="([^"]*)"', page)[of]

    def log_problem(self, device: Device | None = None, **fields) -> str:
        """Something that came up; its key."""
        sent = PROBLEM | {"noticed_on": date.today().isoformat()} | fields
        answer = self.send(device or self.belongs, "problems/write/", **sent)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"].split("/")[-2]


def make_home() -> Home:
    install_shipped_packs(at=NOW)
    network = make_network()
    hub = make_hub(network)
    rosa = make_account("Rosa", hub=hub, role=Role.HUB_LEADER)
    return Home(network, hub, rosa, make_account("Ben", hub=hub))


def around(home: Home) -> dict[str, Person]:
    """Who stands around a hub, and reads nothing of what it keeps about itself."""
    network = home.network
    return {
        "coach of the hub": make_account("Cory", hub=home.hub, role=Role.COACH),
        "coach of the network": make_account("Cara", network=network, role=Role.COACH),
        "network lead": make_account("Nell", network=network, role=Role.NETWORK_LEAD),
        "researcher": make_account("Remy", network=network, role=Role.RESEARCHER),
        "other hub": make_account("Otto", hub=make_hub(network, "Elm Street"), role=Role.HUB_LEADER),
        "nobody": make_account("Nemo"),
    }


def keep_one_of_each(by: Viewer, hub: Team) -> dict[str, Kept]:
    """What a hub keeps about itself, with something in every part; its problem is closed and nothing came of it yet."""
    more = {"by": by, "hub": hub, "at": NOW}
    # Over everywhere on earth.
    today = (NOW - timedelta(days=2)).date()
    problem = problems.log_problem(
        **more, once=new_id(), words="No numbers.", noticed_on=today, whose="Ben", is_urgent=True, domains=[]
    )
    problem = problems.change_problem(
        **more,
        problem_id=problem.id,
        was=was_of(by, hub, problem),
        words="No numbers.",
        noticed_on=today,
        whose="Ben",
        is_urgent=True,
        domains=[],
        decision="We call.",
        decided_by="Ada",
        told="All",
        closed_on=today,
    )
    piece = f"{LIFE_CYCLE}/initiate/build-the-vision/written-aim"
    return {
        "stage": stages.say_stage(
            **more, once=new_id(), stage=f"{LIFE_CYCLE}/develop", since_on=today, why="We have launched."
        ),
        "evidence": stages.say_in_place(
            **more,
            once=new_id(),
            piece=piece,
            was="",
            # Over everywhere on earth, so that a test may end it today.
            since_on=today - timedelta(days=2),
            where="On the wall.",
            link="https://example.org/aim",
        ),
        "charter": charters.write_charter(
            **more,
            once=new_id(),
            was="",
            purpose="To read.",
            who="All schools.",
            decisions="Together.",
            agreements="We say what failed.",
            review_on=today + timedelta(days=9),
        ),
        "routine": routines.write_routine(
            **more,
            once=new_id(),
            name="Mondays",
            purpose="To look ahead.",
            rhythm="weekly",
            who="All",
            agenda="What next?",
        ),
        "roster": rosters.add_person(
            **more,
            once=new_id(),
            name="Cleo",
            does="Numbers",
            since_on=today,
            left_on=today,
            hand_over="Ask Ben.",
        ),
        "problem": problem,
    }
