"""The scribe line: what is said is written down, and shown only if the speaker agrees."""

from datetime import datetime

from django.utils.translation import gettext as _

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import Heard
from hubcraft.apps.facilitation.queries.heard import get_heard, list_look_fors
from hubcraft.apps.facilitation.queries.said import has_been_at
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.playbook.actions import moment_kept
from hubcraft.apps.playbook.queries import get_own_strategy
from hubcraft.apps.reflections.queries.doors import Place, place_of_seat, session_of
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import Room
from hubcraft.apps.rooms.queries import get_team_in_room
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.domain.writing import language_of
from hubcraft.web.writer import writes

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
        language=language_of(words, otherwise=room.language),
        may_project=may_project,
        made_at=at,
        **about(room, team_id, look_for),
    )
    audit.record(
        who=by.facilitator, did="wrote down what was said", thing=f"heard {line.id}", room=room.id, at=at
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
    if may_project:
        insist_it_stands(line)
    Heard.objects.filter(id=line.id).update(
        words=words,
        language=language_of(words, otherwise=room.language),
        may_project=may_project,
        **about(room, team_id, look_for),
    )
    audit.record(
        who=by.facilitator, did="changed what was written", thing=f"heard {line.id}", room=room.id, at=at
    )
    is_seen = may_project or line.may_project
    changed(room, [topics.LEAD_HEARD, *(SHOWN if is_seen else ())], at=at)


@writes
def put_on_screen(*, by: Viewer, room: Room, heard_id: str, is_shown: bool, at: datetime) -> None:
    """Show a line to the room because its speaker agrees, or take it from the screen; the words stay as they are."""
    insist(policy.can_hear(by, room))
    line = get_heard(by, room, heard_id)
    if is_shown:
        insist_it_stands(line)
    if line.may_project == is_shown:
        return
    Heard.objects.filter(id=line.id).update(may_project=is_shown)
    did = "put on the screen what was said" if is_shown else "took from the screen what was said"
    audit.record(who=by.facilitator, did=did, thing=f"heard {line.id}", room=room.id, at=at)
    changed(room, [topics.LEAD_HEARD, *SHOWN], at=at)


def insist_it_stands(line: Heard) -> None:
    """Nothing is shown whose author has taken it back."""
    if line.strategy is not None and line.strategy.removed_at is not None:
        insist(refuse(_("Whoever offered this has taken it back, so it can’t be shown.")))


@writes
def offer_strategy(*, by: Viewer, seat_id: str, strategy_id: str, at: datetime) -> None:
    """Offer a strategy of one's own to the room. Its words are copied; whether they are shown the facilitator decides."""
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_offer(by, place.seat, place.room, has_been_at(place.session, "hear")))
    strategy = get_own_strategy(place, strategy_id)
    there = Heard.objects.filter(session=place.session, strategy=strategy).first()
    if there is not None and there.removed_at is None:
        return
    is_alone = place.seat.team.is_alone
    Heard.objects.update_or_create(
        session=place.session,
        strategy=strategy,
        defaults={
            "words": strategy.words,
            "look_for": strategy.look_for,
            "language": strategy.language,
            "team": None if is_alone else place.seat.team,
            "network_id": None if is_alone else place.seat.network_id,
            "may_project": False,
            "made_at": moment_kept(place, at),
            "removed_at": None,
        },
    )
    changed(place.room, [topics.LEAD_HEARD], at=at)


@writes
def take_back_offer(*, by: Viewer, seat_id: str, strategy_id: str, at: datetime) -> None:
    """Rather not: the offer is gone, from the screen too."""
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_offer(by, place.seat, place.room, has_been_at(place.session, "hear")))
    strategy = get_own_strategy(place, strategy_id)
    withdraw(place, strategy.id, at)


@writes
def take_back_strategy(*, by: Viewer, seat_id: str, strategy_id: str, at: datetime) -> None:
    """Take one's own strategy back, and with it what the room was offered of it: then nobody sees it any more."""
    playbook.take_back_strategy(by=by, seat_id=seat_id, strategy_id=strategy_id, at=at)
    withdraw(place_of_seat(by, seat_id), strategy_id, at)


def withdraw(place: Place, strategy_id: str, at: datetime) -> None:
    """Take an offer away, if there is one."""
    line = Heard.objects.filter(session=place.session, strategy=strategy_id, removed_at=None).first()
    if line is None:
        return
    Heard.objects.filter(id=line.id).update(removed_at=at)
    changed(place.room, [topics.LEAD_HEARD, *(SHOWN if line.may_project else ())], at=at)


@writes
def remove_heard(*, by: Viewer, room: Room, heard_id: str, at: datetime) -> None:
    """Take a line away; it is deleted after thirty days."""
    insist(policy.can_hear(by, room))
    line = get_heard(by, room, heard_id)
    Heard.objects.filter(id=line.id).update(removed_at=at)
    audit.record(
        who=by.facilitator, did="took away what was written", thing=f"heard {line.id}", room=room.id, at=at
    )
    changed(room, [topics.LEAD_HEARD, *(SHOWN if line.may_project else ())], at=at)


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
