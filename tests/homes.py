"""People with accounts and the places they belong to, for tests: two networks of one initiative, and their hubs."""

import json

from allauth.mfa.models import Authenticator

from hubcraft.apps.audit import queries as audit
from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.networks.models import Initiative, Membership, Network, Role, Team
from hubcraft.apps.networks.policy import must_show_second_step
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people import actions as people
from hubcraft.apps.people.models import Person
from hubcraft.apps.rooms.models import Seat
from tests.device import Device
from tests.make import NOW
from tests.passkeys import Passkey


def make_initiative(name: str = "State initiative") -> Initiative:
    return Initiative.objects.create(name=name, made_at=NOW)


def make_network(name: str = "Valley network", initiative: Initiative | None = None) -> Network:
    return Network.objects.create(name=name, initiative=initiative, is_provisional=False, made_at=NOW)


def make_hub(network: Network, name: str = "Riverbend") -> Team:
    return Team.objects.create(network=network, name=name, made_at=NOW)


def make_account(
    name: str,
    *,
    hub: Team | None = None,
    network: Network | None = None,
    initiative: Initiative | None = None,
    role: str = Role.MEMBER,
) -> Person:
    """Somebody with an account, and one role where one is named."""
    person = people.make_person(email=f"{name.lower()}@example.org", name=name, at=NOW)
    if hub or network or initiative:
        place = {"team": hub, "network": hub.network if hub else network, "initiative": initiative}
        Membership.objects.create(person=person, role=role, made_at=NOW, **place)
    return person


def account(person: Person) -> Viewer:
    """Who is signed in."""
    return viewer_of(person)


def signed_in(person: Person, device: Device | None = None) -> Device:
    """A device on which this person is signed in."""
    device = device or Device()
    device.client.force_login(person)
    if shown := second_step_of(person):
        session = device.client.session
        session.update(shown)
        session.save()
    return device


def second_step_of(person: Person) -> dict[str, object]:
    """What a session holds once somebody whose role asks for it has shown a passkey; they have one from now on."""
    if not must_show_second_step(viewer_of(Person.objects.get(id=person.id))):
        return {}
    if not Authenticator.objects.filter(user=person).exists():
        asked = {"rp": {"id": "testserver"}, "user": {"id": person.pk}, "challenge": "AA"}
        passkey = {"name": "Laptop", "credential": json.loads(Passkey().make(asked))}
        Authenticator.objects.create(user=person, type="webauthn", data=passkey)
    return {
        "account_authentication_methods": [{"method": "mfa", "at": NOW.timestamp()}],
        "account_authentication_methods_user": person.pk,
    }


def hub_address(hub: Team) -> str:
    return f"/n/{hub.network_id}/teams/{hub.id}/"


def trail(**which: str) -> list[tuple[str, str]]:
    """Who did what, with names for those who stand there by key."""
    names = {it.id: str(it) for it in Person.objects.all()} | {
        it.id: it.label for it in Seat.everywhere.all()
    }
    lines = TrailEntry.objects.filter(**which).order_by("id")
    return [(audit.named(it.who, names, "?"), audit.named(it.did, names, "?")) for it in lines]
