"""Promising next steps, changing them, telling what became of them."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.improvement import policy
from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.improvement.queries import (
    get_my_next_step,
    get_team_next_step,
    is_own,
    own_next_step,
    shared_next_step,
    widening_of,
)
from hubcraft.apps.networks.models import new_id
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.actions import day_of, moment_kept
from hubcraft.apps.playbook.queries import is_from_before, slip_of
from hubcraft.apps.reflections.policy import rung_of
from hubcraft.apps.reflections.queries.doors import Place, place_of_seat
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import Room, RoomTeam
from hubcraft.apps.rooms.queries import open_rooms_of_team
from hubcraft.domain.verdict import insist, refuse
from hubcraft.domain.writing import language_of
from hubcraft.web.writer import writes

State = NextStep.State


@writes
def promise(
    *,
    by: Viewer,
    seat_id: str,
    once: str,
    is_shared: bool,
    words: str,
    owner: str,
    due_on: date | None,
    look_for: str,
    at: datetime,
    size: str = "",
) -> NextStep:
    """Say what one will do next, or what the team will. `once` is the form's own number: sent twice it is one."""
    # Held until the end: the team's one step is written once, also where two members write it at this moment.
    place = place_of_seat(by, seat_id, is_locked=True)
    hold_rooms(place)
    there = NextStep.everywhere.filter(id=once).first()
    if there is not None:
        is_mine = is_own(place, there) or (there.is_shared and there.team_id == place.seat.team_id)
        if not is_mine or there.session_id != place.session.id or there.removed_at:
            insist(refuse(_("This form was sent before. Open it anew and send it once more.")))
        return rewrite(
            place, there, at, words=words, owner=owner, due_on=due_on, size=size, look_for=look_for
        )
    found = shared_next_step(place) if is_shared else own_next_step(place)
    insist(policy.can_promise(by, place.seat, place.room, is_shared=is_shared, is_there=found is not None))
    check(place, look_for)
    has_slip = place.rung.is_ballot and not is_shared
    slip = slip_of(place, once) if has_slip else ""
    if has_slip and not slip:
        insist(refuse(_("This device has lost the key to your answers. Join again with your initials.")))
    step = NextStep.objects.create(
        id=once,
        network_id=place.seat.network_id,
        team_id=place.seat.team_id,
        session=place.session,
        seat=None if is_shared or place.rung.is_ballot else place.seat,
        slip=slip,
        is_shared=is_shared,
        words=words,
        owner=owner,
        due_on=due_on,
        size=size,
        look_for=look_for,
        language=language_of(words, otherwise=place.room.language),
        made_at=moment_kept(place, at),
        changed_at=moment_kept(place, at),
    )
    note(place, step, "promised a next step", at)
    tell(place, step, at)
    return step


@writes
def change_promise(
    *,
    by: Viewer,
    seat_id: str,
    step_id: str,
    words: str,
    owner: str,
    due_on: date | None,
    look_for: str,
    at: datetime,
    size: str = "",
) -> NextStep:
    """Say it otherwise; where it is the team's, the last words stand."""
    place = place_of_seat(by, seat_id, is_locked=True)
    step = get_my_next_step(place, step_id)
    return rewrite(place, step, at, words=words, owner=owner, due_on=due_on, size=size, look_for=look_for)


def rewrite(place: Place, step: NextStep, at: datetime, **new) -> NextStep:
    """Other words for a step that this person may change; the same words change nothing."""
    is_told_now = is_from_before(place, step)
    if not is_told_now and all(getattr(step, name) == value for name, value in new.items()):
        return step
    insist(policy.can_change_promise(place.viewer, place.seat, place.room, step))
    check(place, new["look_for"])
    for name, value in new.items():
        setattr(step, name, value)
    step.language = language_of(new["words"], otherwise=place.room.language)
    step.changed_at = moment_kept(place, at)
    if is_told_now:
        step.team_id, step.network_id = place.seat.team_id, place.seat.network_id
    step.save(update_fields=[*new, "language", "changed_at", "team", "network"])
    note(place, step, "changed a next step", at)
    tell(place, step, at)
    return step


def hold_rooms(place: Place) -> None:
    """Hold every room of this team until the end, in one order everywhere: two who tell each other's rooms never
    wait for each other, and the team's one step is written once, also where two members write it at this moment."""
    of_team = RoomTeam.objects.filter(team=place.seat.team_id).values("room")
    held = Room.objects.select_for_update().filter(Q(id=place.room.id) | Q(id__in=of_team)).order_by("id")
    place.room.state = {room.id: room for room in held}[place.room.id].state


def check(place: Place, look_for: str) -> None:
    """A step may be for one look-for of this rubric, or for none."""
    if look_for and look_for not in place.rubric.keys:
        insist(refuse(_("This look-for is not on this rubric. Reload the page.")))


@writes
def take_back(*, by: Viewer, seat_id: str, step_id: str, at: datetime) -> None:
    """Take a next step back, as if it had not been promised; it is deleted after thirty days."""
    place = place_of_seat(by, seat_id, is_locked=True)
    step = get_my_next_step(place, step_id)
    insist(policy.can_change_promise(by, place.seat, place.room, step))
    step.removed_at = moment_kept(place, at)
    step.save(update_fields=["removed_at"])
    if step.carried_from_id:
        # What it was carried on from waits for a word again.
        earlier = NextStep.objects.filter(id=step.carried_from_id, state=State.CARRIED)
        if earlier.update(state=State.OPEN, settled_at=None):
            bring_raised(step.id, step.carried_from)
    # What was never promised was never raised.
    Raising.everywhere.filter(step=step).delete()
    note(place, step, "took a next step back", at)
    tell(place, step, at)


@writes
def settle(
    *,
    by: Viewer,
    seat_id: str,
    step_id: str,
    was: str,
    state: str,
    reason: str,
    readers: str = "",
    at: datetime,
) -> NextStep:
    """Say what became of a step: done and what happened, dropped and why, or carried on into this session.

    `was` is what the person who tells it saw: had somebody told it meanwhile, that stands and is shown first.
    `readers` marks who their page said will read it, should that be more people once it is carried on.
    """
    place = place_of_seat(by, seat_id, is_locked=True)
    hold_rooms(place)
    step = get_team_next_step(place, step_id)
    if (step.state, step.reason) == (state, reason):
        return step
    insist(policy.can_settle(by, place.seat, step))
    insist(policy.is_still(step, was))
    insist(policy.has_reason(state, reason))
    if state == State.CARRIED:
        widening = widening_of(step, place.reflection)
        insist(policy.knows_readers(widening.mark if widening else "", readers))
        carry(place, step, at)
    step.state, step.settled_at = state, moment_kept(place, at)
    step.reason, step.reason_language = reason, language_of(reason, otherwise=place.room.language)
    step.save(update_fields=["state", "reason", "reason_language", "settled_at"])
    note(place, step, "told what became of a next step", at)
    tell(place, step, at)
    return step


def carry(place: Place, step: NextStep, at: datetime) -> NextStep:
    """The same step once more as one of this session's, pointing back; every member can change it."""
    if step.session_id == place.session.id:
        insist(refuse(_("This step is of this session already.")))
    if place.room.is_closed:
        insist(refuse(_("The room is closed. A step can be carried on in the next session.")))
    carried = NextStep.objects.create(
        id=new_id(),
        network_id=place.seat.network_id,
        team_id=place.seat.team_id,
        session=place.session,
        seat=None,
        is_shared=True,
        words=step.words,
        owner=step.owner,
        due_on=step.due_on,
        size=step.size,
        look_for=step.look_for,
        carried_from=step,
        is_carried=True,
        language=step.language,
        made_at=moment_kept(place, at),
        changed_at=moment_kept(place, at),
    )
    bring_raised(step.id, carried)
    return carried


def bring_raised(from_id: str, to: NextStep) -> None:
    """What was raised goes on with the step that goes on."""
    Raising.everywhere.filter(step=from_id).update(step=to)


def settle_step(*, step: NextStep, who: str, was: str, state: str, reason: str, at: datetime) -> NextStep:
    """The same without a seat, for somebody whose right to it was asked before; inside the caller's transaction."""
    rooms = Room.objects.filter(id__in=RoomTeam.objects.filter(team=step.team_id).values("room"))
    list(rooms.select_for_update().order_by("id"))
    step.refresh_from_db(fields=["state", "reason"])
    if (step.state, step.reason) == (state, reason):
        return step
    insist(policy.is_still(step, was))
    insist(policy.has_reason(state, reason))
    session = step.session
    is_ballot = session is not None and rung_of(session).is_ballot
    step.state, step.settled_at = state, day_of(at) if is_ballot else at
    step.reason, step.reason_language = reason, language_of(reason, otherwise=step.language)
    step.save(update_fields=["state", "reason", "reason_language", "settled_at"])
    if not is_ballot:
        audit.record(
            who=who,
            did="told what became of a next step",
            thing=f"next step {step.id}",
            room=session.room_id if session is not None else "",
            network=step.network_id,
            at=at,
        )
    tell_rooms(step, {}, at)
    return step


def note(place: Place, step: NextStep, did: str, at: datetime) -> None:
    """The trail, where it names nobody who must not be named."""
    if place.rung.is_ballot:
        return
    audit.record(
        who=place.seat.in_trail,
        did=did,
        thing=f"next step {step.id}",
        room=place.room.id,
        network=step.network_id,
        at=at,
    )


def tell(place: Place, step: NextStep, at: datetime) -> None:
    """The team sees it at once: here, where it was promised, and wherever else it meets just now."""
    tell_rooms(step, {place.room.id: place.room}, at)


def tell_rooms(step: NextStep, here: dict[str, Room], at: datetime) -> None:
    """The same for the rooms that are at hand, and all others of the team."""
    elsewhere = {room.id: room for room in open_rooms_of_team(step.team_id)}
    if step.session is not None:
        elsewhere[step.session.room_id] = step.session.room
    for _id, room in sorted((here | elsewhere).items()):
        changed(room, topics.of(step.team_id, topics.NEXT_STEPS, topics.PROMISES), at=at)


def delete_next_steps(*, session_id: str) -> None:
    """Delete everything that was promised in a session for practice, inside the caller's transaction."""
    NextStep.objects.filter(session=session_id).delete()
