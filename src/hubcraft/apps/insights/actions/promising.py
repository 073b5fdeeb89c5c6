"""Promising a next step for a hub from outside a room: by a program for somebody, or of a problem that came up."""

from datetime import date, datetime

from django.utils.crypto import salted_hmac

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.improvement.actions import tell_rooms
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights import policy
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.domain.writing import language_of
from hubcraft.web.writer import writes


@writes
def promise(
    *,
    by: Viewer,
    hub: Team,
    once: str,
    words: str,
    owner: str,
    due_on: date | None,
    at: datetime,
    size: str = "",
    did: str = "promised a next step through a token",
) -> NextStep:
    """A step of the whole hub, of no session. Sent twice, `once` is one, and stays what it was first."""
    # Held until the end: what is sent twice at this moment is written once.
    held = Team.objects.select_for_update().filter(id=hub.id, network=hub.network_id, removed_at=None).first()
    if held is None:
        raise NotThere
    key = key_of(by, hub, once)
    there = NextStep.objects.filter(team=hub, id=key).first()
    if there is not None:
        return there
    own = NextStep.objects.filter(team=hub, state=NextStep.State.OPEN, removed_at=None)
    insist(policy.can_promise(by, hub.id, own.count()))
    step = NextStep.objects.create(
        id=key,
        network_id=hub.network_id,
        team=hub,
        is_shared=True,
        is_of_hub=True,
        words=words,
        owner=owner,
        due_on=due_on,
        size=size,
        language=language_of(words, otherwise="en"),
        made_at=at,
        changed_at=at,
    )
    audit.record(
        who=by.in_trail,
        did=did,
        thing=f"next step {step.id}",
        network=hub.network_id,
        at=at,
    )
    tell_rooms(step, {}, at)
    return step


def key_of(by: Viewer, hub: Team, once: str) -> str:
    """The step's key: two people whose programs choose the same number have two steps."""
    told = f"{by.person} {hub.id} {once}"
    return salted_hmac("hubcraft.hub-next-step", told, algorithm="sha256").hexdigest()[:32]
