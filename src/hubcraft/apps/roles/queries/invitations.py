"""Who is invited, and what stands in a pasted list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from hubcraft.apps.networks.models import Initiative, Membership, Network, Role, Team
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.queries import clean_address, hashed
from hubcraft.apps.roles import policy
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.roles.queries.administration import RoleRow, memberships, role_row
from hubcraft.apps.roles.queries.places import place_of
from hubcraft.domain.verdict import NotThere

MOST_AT_ONCE = 200
Place = Initiative | Network | Team


@dataclass(frozen=True)
class Invited:
    """One line of a list: whom to invite."""

    email: str
    name: str = ""


@dataclass(frozen=True)
class Waiting:
    """An invitation that nobody has accepted yet."""

    id: str
    email: str
    name: str
    role: str
    until: datetime


@dataclass(frozen=True)
class PeoplePage:
    """Who is what in one place, who is asked to be, and what this viewer may give."""

    name: str
    address: str
    people: tuple[RoleRow, ...]
    waiting: tuple[Waiting, ...]


def get_led(viewer: Viewer, place: Place) -> Place:
    """A place that this viewer has a say in; for everybody else there is none."""
    if not policy.roles_to_give(viewer, place_of(place)):
        raise NotThere
    return place


def people_page(viewer: Viewer, place: Place, at: datetime) -> PeoplePage:
    """The people of a place, as those who lead it see them."""
    mine = policy.roles_to_give(viewer, place_of(place))
    held = memberships(Membership.objects.filter(role__in=mine, **own(place)))
    waiting = Invitation.objects.filter(role__in=mine, ended_at=None, until__gt=at, **own(place))
    return PeoplePage(
        place.name,
        address_of(place),
        tuple(map(role_row, held)),
        tuple(
            Waiting(it.id, it.email, it.name, str(Role(it.role).label), it.until)
            for it in waiting.order_by("email", "role")
        ),
    )


def own(place: Place) -> dict[str, object]:
    """What a role or an invitation of exactly this place says of where it is."""
    if isinstance(place, Team):
        return {"network": place.network_id, "team": place}
    if isinstance(place, Network):
        return {"network": place, "team": None}
    return {"initiative": place}


def address_of(place: Place) -> str:
    """Where its people are invited."""
    if isinstance(place, Team):
        return f"/n/{place.network_id}/teams/{place.id}/invitations/"
    return f"/n/{place.id}/invitations/" if isinstance(place, Network) else f"/i/{place.id}/invitations/"


def read_list(words: str, place: Place, role: str) -> tuple[tuple[Invited, ...], tuple[str, ...]]:
    """A pasted list, a line a person: mail address, then a name if there is one; and what is wrong, by line."""
    lines = [(number, line.strip()) for number, line in enumerate(words.splitlines(), 1) if line.strip()]
    if not lines:
        return (), (_("Write at least one mail address."),)
    if len(lines) > MOST_AT_ONCE:
        return (), (_("%(most)s people at a time at most.") % {"most": MOST_AT_ONCE},)
    are = Membership.objects.filter(role=role, ended_at=None, **own(place))
    there = set(are.values_list("person__email", flat=True))
    read: dict[str, tuple[int, Invited]] = {}
    wrong = []
    for number, line in lines:
        one = read_line(line)
        fault = fault_of(one, line, read, there)
        if fault:
            wrong.append(_("Line %(number)s: %(fault)s") % {"number": number, "fault": fault})
        else:
            read[one.email] = (number, one)
    return tuple(one for _number, one in read.values()), tuple(wrong)


def read_line(line: str) -> Invited:
    """`ben@example.org`, `ben@example.org, Ben Okafor` or `Ben Okafor <ben@example.org>`."""
    if line.endswith(">") and "<" in line:
        name, _bracket, email = line[:-1].rpartition("<")
    else:
        email, _gap, name = line.replace("\t", " ").replace(",", " ").replace(";", " ").partition(" ")
    return Invited(clean_address(email), " ".join(name.replace('"', "").strip(" ,;").split()))


def fault_of(one: Invited, line: str, read: dict[str, tuple[int, Invited]], there: set[str]) -> str:
    """What is wrong with a line; empty where nothing is."""
    try:
        validate_email(one.email)
    except ValidationError:
        return _("“%(line)s” doesn’t begin with a mail address.") % {"line": line[:60]}
    if len(one.email) > 254 or len(one.name) > 80:
        return _("this is too long for a name or a mail address.")
    if one.email in read:
        return _("%(email)s stands in line %(number)s already.") % {
            "email": one.email,
            "number": read[one.email][0],
        }
    if one.email in there:
        return _("%(email)s has this role here already.") % {"email": one.email}
    return ""


def list_again(people: Sequence[Invited], place: Place, role: str, at: datetime) -> frozenset[str]:
    """Whose earlier invitation to the same ends when they are invited anew."""
    asked = Invitation.objects.filter(role=role, ended_at=None, until__gt=at, **own(place))
    return frozenset(asked.filter(email__in=[it.email for it in people]).values_list("email", flat=True))


def find_invitation(key: str, at: datetime) -> Invitation | None:
    """An invitation that still means something: its place is there, and whoever made it still may."""
    one = waiting(Invitation.everywhere.filter(key=hashed(key)), at).first()
    return one if one is not None and stands(one) else None


def invitations_to(email: str, at: datetime) -> list[Invitation]:
    """Every invitation of this address that still means something, the oldest first."""
    found = waiting(Invitation.everywhere.filter(email=clean_address(email)), at) if email else ()
    return sorted((it for it in found if stands(it)), key=lambda it: (it.made_at, it.id))


def waiting(found, at: datetime):
    """Those that nobody has answered, in places that are there, of people who are."""
    found = found.filter(ended_at=None, until__gt=at).filter(
        team__removed_at=None, network__removed_at=None, initiative__removed_at=None, made_by__removed_at=None
    )
    return found.select_related("initiative", "network__initiative", "team__network", "made_by")


def stands(one: Invitation) -> bool:
    """Whether who made it may still make it."""
    by, place = viewer_of(one.made_by), place_of(one.place)
    may = policy.can_hand_over(by, place) if one.hands_over else policy.can_give_role(by, place, one.role)
    return bool(may) and not (one.hands_over and one.email == one.made_by.email)
