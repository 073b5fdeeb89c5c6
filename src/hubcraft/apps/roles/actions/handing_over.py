"""A hub's leader hands over: to somebody of the hub at once, to somebody else once they say yes."""

from datetime import datetime

from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.apps.roles.actions.roles import hold, record, sign_out_if_nothing
from hubcraft.apps.roles.actions.telling import tell
from hubcraft.apps.roles.queries.leading import get_my_hub, leads_network, people_of
from hubcraft.domain.verdict import NotThere
from hubcraft.web.writer import writes


@writes
def hand_over(*, by: Viewer, hub: Team, to: str, stays: bool, at: datetime) -> None:
    """Somebody of the hub leads it from now on. Whoever led it stays as a member, or leaves."""
    get_my_hub(by, hub)
    # Held, so that two who hand over to each other can't both be gone.
    Team.objects.select_for_update().get(id=hub.id)
    theirs = Membership.objects.filter(team=hub, ended_at=None).exclude(person=by.person)
    taker = theirs.filter(person=to).select_related("person").first()
    mine = Membership.objects.filter(team=hub, person=by.person, role=Role.HUB_LEADER, ended_at=None)
    giver = mine.select_related("person").first()
    if taker is None or giver is None:
        raise NotThere
    record(by, f"handed {hub} over to {taker.person.in_trail}", hub, at)
    pass_on(hub, giver=giver.person, taker=taker.person, stays=stays, at=at)


def pass_on(hub: Team, *, giver: Person, taker: Person, stays: bool, at: datetime) -> None:
    """One leads instead of the other, inside the caller's transaction; all whom it concerns hear of it."""
    concerned = [*people_of(hub), taker, *leads_network(hub)]
    Membership.objects.filter(team=hub, person=taker, role=Role.MEMBER, ended_at=None).update(ended_at=at)
    hold(person=taker, to=hub, role=Role.HUB_LEADER, at=at)
    held = Membership.objects.filter(team=hub, person=giver, ended_at=None)
    if stays:
        held.filter(role=Role.HUB_LEADER).update(ended_at=at)
        hold(person=giver, to=hub, role=Role.MEMBER, at=at)
    else:
        held.update(ended_at=at)
    tell(concerned, "roles/mail/handed_over.txt", hub=hub, giver=giver, taker=taker, stays=stays, at=at)
    sign_out_if_nothing(giver, by=giver.in_trail, at=at)
