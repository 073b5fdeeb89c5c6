"""Who may say who is what where. `docs/host/roles.md` is written from what stands here."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hubcraft.apps.networks.models import Role
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import Verdict, allow, refuse

OF_INITIATIVE = (Role.INITIATIVE_LEAD, Role.COACH, Role.RESEARCHER)
OF_NETWORK = (Role.NETWORK_LEAD, Role.COACH, Role.RESEARCHER)
OF_HUB = (Role.HUB_LEADER, Role.MEMBER, Role.COACH)
OF_TEAM = (Role.MEMBER, Role.COACH)


@dataclass(frozen=True)
class Place:
    """Where a role is held, and what that lies in: a team names its network, a network its initiative if it has one."""

    initiative: str = ""
    network: str = ""
    team: str = ""
    is_hub: bool = False

    @property
    def roles(self) -> tuple[Role, ...]:
        """What somebody can be here."""
        if self.team:
            return OF_HUB if self.is_hub else OF_TEAM
        return OF_NETWORK if self.network else OF_INITIATIVE


def can_give_role(viewer: Viewer, place: Place, role: str) -> Verdict:
    """Leads give the roles of what they lead; whoever leads an initiative also says who leads its networks."""
    if role not in place.roles:
        return refuse(_("Nobody can have this role here."))
    if leads(viewer, place) or (role == Role.NETWORK_LEAD and leads_above(viewer, place)):
        return allow()
    return refuse(_("Somebody who leads this place has to do that."))


def can_take_role(viewer: Viewer, place: Place, role: str, of: str) -> Verdict:
    """Whoever may give a role may take it away; everybody may leave."""
    return allow() if viewer.person and viewer.person == of else can_give_role(viewer, place, role)


def can_hand_over(viewer: Viewer, place: Place) -> Verdict:
    """Whoever leads a hub hands over their own part of it, and nobody does it for them."""
    if place.team and viewer.is_in_team(place.team, Role.HUB_LEADER):
        return allow()
    return refuse(_("Only who leads this hub can hand it over."))


def can_take_invitation_back(viewer: Viewer, place: Place, role: str, *, of: str) -> Verdict:
    """Whoever may give the role; and whoever wanted to hand their hub over, as long as it is theirs."""
    if of and viewer.person == of:
        return can_hand_over(viewer, place)
    return can_give_role(viewer, place, role)


def leads(viewer: Viewer, place: Place) -> bool:
    """Whether this place is theirs to lead: a network's lead leads its teams too, a hub's leader only that team."""
    if viewer.is_administrator:
        return True
    if not place.network:
        return viewer.is_in_initiative(place.initiative, Role.INITIATIVE_LEAD)
    return viewer.is_in_network(place.network, Role.NETWORK_LEAD) or (
        bool(place.team) and viewer.is_in_team(place.team, Role.HUB_LEADER)
    )


def leads_above(viewer: Viewer, place: Place) -> bool:
    """Whether they lead the initiative that a network is in."""
    return not place.team and viewer.is_in_initiative(place.initiative, Role.INITIATIVE_LEAD)


def roles_to_give(viewer: Viewer, place: Place) -> tuple[Role, ...]:
    """The roles of a place that this viewer may give."""
    return tuple(role for role in place.roles if can_give_role(viewer, place, role))
