"""Where somebody belongs: initiatives, networks, teams."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from hubcraft.apps.networks.models import LEADING, Membership, Role, Team
from hubcraft.apps.networks.viewer import NOBODY, Held, Viewer
from hubcraft.apps.people.models import Person
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class PlaceView:
    """One place in which somebody has a role, what is there for them, and the way to it."""

    name: str
    above: str
    role: str
    sees: str
    address: str
    # The role itself, which its holder may end; and where they invite people, if it is theirs to.
    id: str = ""
    people: str = ""


def viewer_of(person) -> Viewer:
    """Who is signed in, with the roles they hold at this moment; nobody where nobody is."""
    if not person.is_authenticated:
        return NOBODY
    return Viewer(
        person=person.id,
        name=str(person),
        is_administrator=person.is_administrator,
        roles=tuple(
            Held(it.role, it.initiative_id or "", it.network_id or "", it.team_id or "")
            for it in memberships_of(person.id)
        ),
    )


def viewer_in_trail(key: str) -> Viewer:
    """The same for somebody by what the trail calls them. Raises NotThere for who was erased."""
    person = Person.objects.filter(id=key.removeprefix("person:"), removed_at=None).first()
    if person is None:
        raise NotThere
    return viewer_of(person)


def viewer_with_token(token) -> Viewer:
    """Whoever made a token, as far as it reaches: it administers nothing, and holds their roles in its places alone."""
    whole = viewer_of(token.person)
    roles = tuple(it for it in whole.roles if it.place in token.places)
    return replace(whole, is_administrator=False, roles=roles)


def memberships_of(person_id: str):
    """The roles somebody holds in places that are still there."""
    held = Membership.objects.filter(person=person_id, ended_at=None)
    held = held.filter(team__removed_at=None, network__removed_at=None, initiative__removed_at=None)
    return held.select_related("initiative", "network", "team").order_by("made_at", "id")


def own_team(viewer: Viewer, team_id: str) -> Team | None:
    """The team with this key, if this person is of it."""
    if not viewer.is_in_team(team_id, Role.HUB_LEADER, Role.MEMBER):
        return None
    found = Team.objects.filter(id=team_id, removed_at=None, network__removed_at=None)
    return found.select_related("network").first()


def list_places(viewer: Viewer) -> tuple[PlaceView, ...]:
    """Everywhere one belongs, as one's own home shows it."""
    return tuple(map(place_view, memberships_of(viewer.person))) if viewer.person else ()


@dataclass(frozen=True)
class PlaceOption:
    """A place that a token may be for; with all that one is there."""

    key: str
    name: str
    above: str
    role: str


def place_options(viewer: Viewer) -> tuple[PlaceOption, ...]:
    """Everywhere one belongs, each place once."""
    found: dict[str, PlaceOption] = {}
    for it in memberships_of(viewer.person) if viewer.person else ():
        view = place_view(it)
        key = Held(it.role, it.initiative_id or "", it.network_id or "", it.team_id or "").place
        role = f"{found[key].role}, {view.role}" if key in found else view.role
        found[key] = PlaceOption(key, view.name, view.above, role)
    return tuple(found.values())


def place_view(held: Membership) -> PlaceView:
    """A role as its holder reads it."""
    role, base = str(held.get_role_display()), f"/n/{held.network_id}/"
    if held.initiative is not None:
        name, above, address = held.initiative.name, "", f"/i/{held.initiative_id}/"
    elif held.team is not None:
        above = held.network.name if held.network.name != held.team.name else ""
        # A coach sees what the hub shares, not its own page.
        inside = "hubs" if held.role == Role.COACH else "teams"
        name, address = held.team.name, f"{base}{inside}/{held.team_id}/"
    else:
        name, above, address = held.network.name, "", base
    people = f"{address}invitations/" if held.role in LEADING else ""
    return PlaceView(
        name, above, role, sees(held.role, is_team=held.team is not None), address, held.id, people
    )


def sees(role: str, *, is_team: bool) -> str:
    """What somebody finds behind the link to their place."""
    if role == Role.HUB_LEADER:
        return _("Your reflections, what you promised, and what you share with others.")
    if role == Role.MEMBER:
        return _("Your reflections, and what you promised.")
    if role == Role.RESEARCHER:
        return _("Sums over the hubs that share.")
    if is_team:
        return _("What this hub shares.")
    return _("What hubs share, one by one and together.")
