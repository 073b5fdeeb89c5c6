"""The scribe line: what is said is written down, and shown only if the speaker agrees."""

from datetime import datetime, timedelta

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import Heard
from hubcraft.apps.facilitation.queries.heard import get_heard, list_look_fors
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import Room
from hubcraft.apps.rooms.queries import get_team_in_room
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes

# As long as a seat that was removed; `docs/host/retention.toml` says the same.
KEPT_AFTER_REMOVAL = timedelta(days=30)
SHOWN = (topics.HEARD,)


@writes
def hear(
    *, by: Viewer, room: Room, words: str, team_id: str, look_for: str, may_project: bool, at: datetime
) -> Heard:
    """Write down what somebody said; `team_id` and `look_for` may be empty."""
    insist(policy.can_hear(by, room))
    session = session_of(room)
    line = Heard.objects.create(
        session=session,
        words=words,
        language=room.language,
        may_project=may_project,
        made_at=at,
        **about(room, team_id, look_for),
    )
    audit.record(
        who="the facilitator", did="wrote down what was said", thing=f"heard {line.id}", room=room.id, at=at
    )
    changed(room, [topics.LEAD_HEARD, *(SHOWN if may_project else ())], at=at)
    return line


@writes
def change_heard(
    *,
    by: Viewer,
    room: Room,
    heard_id: str,
    words: str,
    team_id: str,
    look_for: str,
    may_project: bool,
    at: datetime,
) -> None:
    """Correct a line, or take it from the screen or put it there."""
    insist(policy.can_hear(by, room))
    line = get_heard(by, room, heard_id)
    Heard.objects.filter(id=line.id).update(
        words=words, may_project=may_project, **about(room, team_id, look_for)
    )
    audit.record(
        who="the facilitator", did="changed what was written", thing=f"heard {line.id}", room=room.id, at=at
    )
    is_seen = may_project or line.may_project
    changed(room, [topics.LEAD_HEARD, *(SHOWN if is_seen else ())], at=at)


@writes
def remove_heard(*, by: Viewer, room: Room, heard_id: str, at: datetime) -> None:
    """Take a line away; it is deleted after thirty days."""
    insist(policy.can_hear(by, room))
    line = get_heard(by, room, heard_id)
    Heard.objects.filter(id=line.id).update(removed_at=at)
    audit.record(
        who="the facilitator", did="took away what was written", thing=f"heard {line.id}", room=room.id, at=at
    )
    changed(room, [topics.LEAD_HEARD, *(SHOWN if line.may_project else ())], at=at)


@writes
def purge_heard(*, at: datetime) -> int:
    """Delete what was taken away thirty days ago. May run twice."""
    gone = Heard.everywhere.filter(removed_at__lt=at - KEPT_AFTER_REMOVAL)
    count = gone.count()
    if count:
        gone.delete()
        audit.record(who="the house", did="deleted what was removed", thing=f"{count} heard", at=at)
    return count


def about(room: Room, team_id: str, look_for: str) -> dict[str, object]:
    """Whose hub and which look-for a line is about: of this room and its rubric, or nobody's and none."""
    if look_for and look_for not in {it.key for it in list_look_fors(session_of(room))}:
        raise NotThere
    if not team_id:
        return {"team": None, "network": None, "look_for": look_for}
    team = get_team_in_room(room.id, team_id).team
    if team.is_alone:
        raise NotThere
    return {"team": team, "network_id": team.network_id, "look_for": look_for}
