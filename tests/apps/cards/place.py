"""Two hubs of one network, a third elsewhere, people around them; and cards that they keep for each other."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from hubcraft.apps.cards.actions import cards, keeping, opening, trying
from hubcraft.apps.cards.models import Card, CardVersion, Try
from hubcraft.apps.cards.queries.reading import was_of_card
from hubcraft.apps.cards.queries.tries import was_of_try
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.networks.models import Network, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.domain.ids import new_id
from tests.device import Device
from tests.homes import account, hub_address, make_account, make_hub, make_initiative, make_network, signed_in
from tests.make import NOW

LOOK_FOR = "hub-leadership/domain-1/develop-the-hub-as-a-team/norms"
SAID = {
    "does": "We open every meeting with one norm.",
    "why": "Norms that are read are kept.",
    "how_we_know": "Nobody is late any more.",
    "size": "up-to-30",
    "sites": "schools",
    "stage": "network-life-cycle/develop",
}
# Over everywhere on earth.
TODAY = (NOW - timedelta(days=2)).date()


@dataclass
class Place:
    """Riverbend, whose Rosa leads and Ben belongs to it; Elm Street beside it; Coast in another network and initiative."""

    valley: Network
    hub: Team
    elm: Team
    coast: Team
    rosa: Person
    ben: Person
    elsa: Person
    cora: Person

    @property
    def address(self) -> str:
        return f"{hub_address(self.hub)}playbook/"

    @property
    def leads(self) -> Device:
        return signed_in(self.rosa)

    @property
    def belongs(self) -> Device:
        return signed_in(self.ben)

    def write(self, device: Device | None = None, hub: Team | None = None, **fields) -> str:
        """A card, sent from its form; its key."""
        sent = {"once": secrets.token_hex(16), "look_for": LOOK_FOR, **SAID, **fields}
        answer = (device or self.belongs).post(f"{hub_address(hub or self.hub)}playbook/write/", sent)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"].split("/")[-2]

    def was(self, device: Device, path: str) -> str:
        """What a form of this page carries along."""
        page = device.get(path).content.decode()
        return re.search(r'name="was" value="([^"]*)"', page)[1]

    def send(self, device: Device, card: str, path: str, **fields):
        """A form of a card, with what its page says it is about."""
        page = f"{self.address}{card}/"
        seen = device.get(f"{page}{path}" if path in ("change/", "reach/") else page)
        was = re.search(r'name="(?:retire-)?was" value="([^"]*)"', seen.content.decode())
        more = {"was": was[1], "retire-was": was[1]} if was else {}
        return device.post(f"{page}{path}", more | fields)

    def open(self, card: str, reach: str = "everyone"):
        """Its leader says who reads it."""
        answer = self.send(self.leads, card, "reach/", reach=reach)
        assert answer.status_code == 302, answer.content.decode()

    def try_it(self, person: Person, card: str, hub: Team, **fields) -> str:
        """A hub tries it; the key of the try."""
        sent = {"once": secrets.token_hex(16), "hub": hub.id, "how": "adopt", "began_on": TODAY.isoformat()}
        answer = signed_in(person).post(f"/playbook/{card}/try/", sent | fields)
        assert answer.status_code == 302, answer.content.decode()
        return Try.everywhere.order_by("-made_at", "-id").filter(team=hub, card=card).first().id

    def tell(self, person: Person, hub: Team, row: str, **fields):
        """What happened."""
        device, page = signed_in(person), f"{hub_address(hub)}playbook/tries/{row}/"
        sent = {"was": self.was(device, page), "came_of": "helped", "happened": "We begin on time."}
        return device.post(page, sent | {"shows": "story"} | fields)


def make_place() -> Place:
    install_shipped_packs(at=NOW)
    valley = make_network(initiative=make_initiative())
    hub, elm = make_hub(valley), make_hub(valley, "Elm Street")
    coast = make_hub(make_network("Coast network", initiative=make_initiative("Numeracy")), "Coast hub")
    return Place(
        valley,
        hub,
        elm,
        coast,
        rosa=make_account("Rosa", hub=hub, role=Role.HUB_LEADER),
        ben=make_account("Ben", hub=hub),
        elsa=make_account("Elsa", hub=elm, role=Role.HUB_LEADER),
        cora=make_account("Cora", hub=coast, role=Role.HUB_LEADER),
    )


def around(place: Place) -> dict[str, Person]:
    """Who else stands around Riverbend, by what they are."""
    valley = place.valley
    return {
        "network lead": make_account("Nell", network=valley, role=Role.NETWORK_LEAD),
        "coach": make_account("Cara", network=valley, role=Role.COACH),
        "researcher": make_account("Remy", initiative=valley.initiative, role=Role.RESEARCHER),
        "hub beside": place.elsa,
        "hub elsewhere": place.cora,
        "nobody": make_account("Nemo"),
    }


def keep_card(by: Viewer, hub: Team, reach: str = "team", contact: str = "") -> Card:
    """A card of two versions, with something in every part, that is open from its second on."""
    more = {"by": by, "hub": hub, "at": NOW}
    card = cards.write_card(**more, once=new_id(), look_for=LOOK_FOR, said=cards.Said(**SAID))
    said = cards.Said(**SAID | {"does": "We begin every meeting with one norm, read aloud."})
    card = cards.change_card(**more, card_id=card.id, was=was_of_card(card), said=said, changed="How.")
    if contact:
        card = keeping.propose_contact(**more, card_id=card.id, person=contact)
    return opening.open_card(**more, card_id=card.id, reach=reach, was=was_of_card(card))


def keep_try(by: Viewer, hub: Team, card: Card, **more) -> Try:
    """A hub tries it changed, and tells what happened."""
    begun = {"card_id": card.id, "once": new_id(), "how": "adapt", "what_changed": "On Mondays."}
    row = trying.try_card(by=by, hub=hub, **begun, began_on=TODAY, at=NOW)
    return tell(by, hub, row, **more)


def version(card: Card, number: int) -> CardVersion:
    return CardVersion.everywhere.get(card=card, number=number)


def tell(by: Viewer, hub: Team, row: Try, **more) -> Try:
    """What happened, for everybody who reads the card."""
    told = {"came_of": "helped", "happened": "We begin on time.", "what_changed": "Only on Mondays."}
    told |= {"is_shown": True, "is_named": True}
    return trying.tell(by=by, hub=hub, try_id=row.id, was=was_of_try(by, hub, row), at=NOW, **(told | more))


def viewer_of(person: Person) -> Viewer:
    return account(Person.objects.get(id=person.id))
