"""People with an account, each signed in on a device of their own."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from hubcraft.apps.networks.models import Network, Team
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people import actions
from hubcraft.apps.people.models import Person
from hubcraft.apps.people.pages.account import BACKEND
from hubcraft.apps.people.session_store import SessionStore
from hubcraft.apps.roles.actions import places, roles
from tests.device import Device
from tests.homes import second_step_of
from tests.make import NOW


def person(name: str) -> Person:
    """Somebody with an account."""
    return actions.make_person(email=f"{name.lower()}@example.org", name=name, at=NOW)


def administrator(name: str = "Ada") -> Person:
    """Whoever opened the first-run link."""
    key = actions.make_key(person=None, at=NOW)
    return actions.use_key(key=key, email=f"{name.lower()}@example.org", name=name, language="en", at=NOW)


def viewer(person: Person) -> Viewer:
    """As they are now."""
    return viewer_of(Person.objects.get(id=person.id))


def device(person: Person, *, has_shown: bool = True) -> Device:
    """One more device on which they are signed in, with their second step if their role asks for one."""
    kept = SessionStore()
    if has_shown:
        kept.update(second_step_of(person))
    kept[SESSION_KEY] = person.pk
    kept[BACKEND_SESSION_KEY] = BACKEND
    kept[HASH_SESSION_KEY] = Person.objects.get(id=person.id).get_session_auth_hash()
    kept.save()
    return Device(signed_in=kept.session_key)


def network(by: Person, name: str = "Delta network", initiative: str = "") -> Network:
    """A network of somebody’s."""
    return places.make_network(
        by=viewer(by), name=name, time_zone="America/Chicago", initiative_id=initiative, at=NOW
    )


def team(by: Person, network: Network, name: str = "Delta hub") -> Team:
    """A team in it; the first is the hub."""
    return places.make_team(by=viewer(by), network_id=network.id, name=name, at=NOW)


def give(by: Person, to, role: str, who: str) -> Person:
    """Somebody gets a role."""
    address = f"{who.lower()}@example.org"
    held = roles.give_role(by=viewer(by), to=to, role=role, email=address, name=who, language="en", at=NOW)
    return held.person
