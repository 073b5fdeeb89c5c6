"""What people do with rooms and seats."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from hubcraft import live
from hubcraft.apps.audit import actions as audit
from hubcraft.apps.networks import actions as networks
from hubcraft.apps.networks.models import Team, new_id
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.notices import actions as notices
from hubcraft.apps.rooms import policy, queries, topics
from hubcraft.apps.rooms.models import Brake, DeviceRequest, LeadKey, Presence, Room, RoomTeam, Seat
from hubcraft.domain import names
from hubcraft.domain.verdict import NotThere, Refused, insist, refuse
from hubcraft.web.writer import writes

# How long a page counts as open after its last sign of life.
PRESENCE_LASTS = timedelta(seconds=50)
# Signs a seat's key is written with on chips; lower case, so that it is never read as initials.
KEY_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Placement:
    """Where someone who joins wants to sit: a team that is here, a new one by name, or alone."""

    team_id: str = ""
    new_team: str = ""
    is_alone: bool = False


NEXT_NUMBER = """
    UPDATE rooms_room SET sequence = sequence + 1, epoch = epoch + %s, active_at = %s WHERE id = %s RETURNING sequence
"""


def changed(room: Room, regions: Iterable[str], *, recheck: bool = False, at: datetime) -> int:
    """Take the room's next number and tell its watchers; the last thing an action does in its transaction."""
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(NEXT_NUMBER, [int(recheck), moment, room.id])
        (sequence,) = cursor.fetchone()
    live.changed(room.id, sequence, regions, recheck=recheck)
    return sequence


def make_room(
    *,
    title: str,
    teams: Iterable[str],
    may_add_teams: bool,
    planned_size: int | None,
    language: str,
    time_zone: str,
    address: str,
    lead_name: str = "",
    once: str = "",
    at: datetime,
) -> tuple[Room, str]:
    """A room and the facilitator's key to it, inside the caller's transaction.

    `once` is the number of the form it was started with: by it, a form that is sent twice finds the room it made.
    """
    key = queries.key_of_form(once) if once else secrets.token_urlsafe(16)
    for _attempt in range(20):
        try:
            with transaction.atomic():
                room = Room.objects.create(
                    title=title,
                    address=address,
                    language=language,
                    time_zone=time_zone,
                    code=names.new_code(secrets.randbelow),
                    may_add_teams=may_add_teams,
                    planned_size=planned_size,
                    made_at=at,
                    active_at=at,
                )
            break
        except IntegrityError:  # the code belongs to another open room
            continue
    else:
        raise RuntimeError("no free code")
    LeadKey.objects.create(room=room, secret=queries.hashed(key), name=lead_name, made_at=at)
    for name in teams:
        place_team(room, name, at)
    audit.record(who="a facilitator", did="started a room", thing=f"room {room.id}", room=room.id, at=at)
    return room, key


def place_team(room: Room, name: str, at: datetime, *, is_alone: bool = False) -> Team:
    """A new provisional team in the room."""
    team = networks.make_provisional_team(name=name, time_zone=room.time_zone, at=at, is_alone=is_alone)
    RoomTeam.objects.create(room=room, team=team, added_at=at)
    return team


def bring_teams(*, room: Room, from_room: Room, at: datetime) -> list[Team]:
    """The teams of one room in another as well, inside the caller's transaction; who was alone comes anew."""
    here = RoomTeam.objects.filter(room=from_room, merged_into=None, team__is_alone=False)
    teams = [it.team for it in here.select_related("team").order_by("added_at", "id")]
    RoomTeam.objects.bulk_create([RoomTeam(room=room, team=team, added_at=at) for team in teams])
    return teams


@writes
def add_team(*, by: Viewer, room: Room, name: str, at: datetime) -> Team:
    """The facilitator names a team that will come; one that is there already stays one."""
    insist(policy.can_lead(by, room))
    room = Room.objects.select_for_update().get(id=room.id)
    there = team_called(room, name)
    if there is not None:
        return there
    team = place_team(room, name, at)
    audit.record(who=by.facilitator, did="added a team", thing=f"team {team.id}", room=room.id, at=at)
    changed(room, [topics.LEAD_TEAMS], at=at)
    return team


def team_called(room: Room, name: str) -> Team | None:
    """The team of this room that is meant by a name, however it is written."""
    wanted = names.name_key(name)
    same = [it for it in queries.list_teams(room.id) if names.name_key(it.name) == wanted]
    return Team.objects.get(id=same[0].id) if same else None


@writes
def rename_team(*, by: Viewer, room: Room, team_id: str, name: str, at: datetime) -> None:
    """The facilitator corrects a team's name."""
    insist(policy.can_lead(by, room))
    room_team = queries.get_team_in_room(room.id, team_id)
    networks.rename_team(team_id=room_team.team_id, name=name)
    audit.record(who=by.facilitator, did="renamed a team", thing=f"team {team_id}", room=room.id, at=at)
    changed(room, topics.room_and(team_id), recheck=True, at=at)


@writes
def take_seat(
    *,
    by: Viewer,
    room_id: str,
    initials: str,
    placement: Placement,
    revealed: Collection[str] = (),
    language: str,
    at: datetime,
    kind: str = Seat.Kind.OWN,
    helper: str = "",
    same_person_as: str = "",
    once: str = "",
) -> tuple[Seat, str]:
    """Someone sits down: a seat and its secret, which only their device will know.

    `revealed` are the teams whose boards are open already: who comes to one waits until somebody lets them in.
    `once` is the form's own number: pressed twice, it is one seat.
    """
    room = Room.objects.select_for_update().get(id=room_id)
    secret = (
        salted_hmac("hubcraft.seat", once, algorithm="sha256").hexdigest()[:32]
        if once
        else secrets.token_hex(16)
    )
    there = Seat.objects.filter(room=room, secret=queries.hashed(secret), removed_at=None).first()
    if there is not None:
        return there, secret
    insist(policy.can_join(by, room, queries.count_seats(room.id)))
    team = team_for(room, placement, initials, at)
    person = Seat.objects.filter(id=same_person_as).values_list("person", flat=True).first() or new_id()
    if Seat.objects.filter(room=room, team=team, person=person, removed_at=None).exists():
        raise Refused(refuse(_("You have a seat in this team already. A second one is for another team.")))
    is_revealed = team.id in revealed
    taken = Seat.objects.filter(room=room, team=team, removed_at=None).values_list("label", flat=True)
    seat = Seat.objects.create(
        room=room,
        network_id=team.network_id,
        team=team,
        key=new_seat_key(),
        person=person,
        initials=initials,
        label=names.next_label(initials, set(taken)),
        kind=kind,
        helper=helper,
        language=language,
        secret=queries.hashed(secret),
        is_waiting=is_revealed,
        is_late=is_revealed,
        joined_at=at,
    )
    audit.record(
        who=seat.in_trail, did="joined", thing=f"seat {seat.id}", room=room.id, network=team.network_id, at=at
    )
    changed(room, topics.room_and(team.id), at=at)
    return seat, secret


def new_seat_key() -> str:
    """What stands on a new seat's chips."""
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(8))


def team_for(room: Room, placement: Placement, initials: str, at: datetime) -> Team:
    """The team someone sits down with, made if it is new; a name typed twice is still one team."""
    if placement.is_alone:
        return place_team(room, initials, at, is_alone=True)
    if not placement.new_team:
        room_team = queries.get_team_in_room(room.id, placement.team_id)
        if room_team.team.is_alone:
            raise NotThere
        return room_team.team
    there = team_called(room, placement.new_team)
    if there is not None:
        return there
    if not room.may_add_teams:
        raise Refused(
            refuse(_("New teams can't be added here. Choose one from the list, or ask the facilitator."))
        )
    return place_team(room, placement.new_team, at)


def as_it_is(seat: Seat) -> Seat:
    """The seat as it is now, held until the transaction ends: between page and queue it may have moved or gone."""
    held = Seat.objects.select_for_update(of=("self",)).select_related("room", "team")
    now = held.filter(id=seat.id, room_id=seat.room_id, removed_at=None).first()
    if now is None:
        raise NotThere
    return now


@writes
def let_in(*, by: Viewer, seat: Seat, at: datetime) -> None:
    """The team or the facilitator lets someone into a team whose board is open; they rate first."""
    seat = as_it_is(seat)
    insist(policy.can_let_in(by, seat))
    Seat.objects.filter(id=seat.id).update(is_waiting=False)
    audit.record(
        who=by.facilitator if by.leads else "the team",
        did="let someone in",
        thing=f"seat {seat.id}",
        room=seat.room_id,
        network=seat.network_id,
        at=at,
    )
    changed(seat.room, topics.room_and(seat.team_id), recheck=True, at=at)


@writes
def ask_for_device(
    *, by: Viewer, room: Room, team_id: str, label: str, at: datetime
) -> tuple[DeviceRequest, str]:
    """Another phone says whose seat it is; nothing is given until the facilitator says yes."""
    insist(policy.can_claim(by, room))
    seats = Seat.objects.filter(room=room, removed_at=None)
    seats = seats.filter(team__is_alone=True) if team_id == "alone" else seats.filter(team_id=team_id)
    # "KM 2" is typed as "KM2", since initials have no spaces.
    meant = [seat for seat in seats if seat.label.replace(" ", "").upper() == label.replace(" ", "").upper()]
    seat = meant[0] if len(meant) == 1 else None
    if seat is None:
        raise Refused(
            refuse(_("Nobody with these initials is in that team. Look at the spelling and the number."))
        )
    # The newest device that asks for a seat is the one that is answered.
    DeviceRequest.objects.filter(room=room, seat=seat, answered_at=None).update(answered_at=at)
    secret = secrets.token_urlsafe(16)
    request = DeviceRequest.objects.create(room=room, seat=seat, secret=queries.hashed(secret), asked_at=at)
    audit.record(who="a device", did="asked for a seat", thing=f"seat {seat.id}", room=room.id, at=at)
    changed(room, [topics.LEAD_ASKING], at=at)
    return request, secret


@writes
def answer_device(*, by: Viewer, request: DeviceRequest, is_granted: bool, at: datetime) -> None:
    """The facilitator decides; with a yes the seat moves to the new device and leaves the old one."""
    insist(policy.can_lead(by, request.room))
    DeviceRequest.objects.filter(id=request.id).update(answered_at=at, is_granted=is_granted)
    if is_granted:
        Seat.objects.filter(id=request.seat_id).update(secret=request.secret)
    audit.record(
        who=by.facilitator,
        did="gave a seat to another device" if is_granted else "refused a device",
        thing=f"seat {request.seat_id}",
        room=request.room_id,
        at=at,
    )
    changed(request.room, [topics.LEAD_ASKING, topics.LEAD_TEAMS], recheck=is_granted, at=at)


@writes
def change_seat(*, by: Viewer, seat: Seat, initials: str, kind: str, helper: str, at: datetime) -> Seat:
    """Correct one's initials; say that the phone is shared, that someone helps, or that one only interprets."""
    seat = as_it_is(seat)
    insist(policy.can_change_seat(by, seat))
    label = seat.label
    if initials != seat.initials:
        others = Seat.objects.filter(room_id=seat.room_id, team_id=seat.team_id, removed_at=None).exclude(
            id=seat.id
        )
        label = names.next_label(initials, set(others.values_list("label", flat=True)))
    Seat.objects.filter(id=seat.id).update(initials=initials, label=label, kind=kind, helper=helper)
    audit.record(
        who=seat.in_trail,
        did="changed their seat",
        thing=f"seat {seat.id}",
        room=seat.room_id,
        network=seat.network_id,
        at=at,
    )
    changed(seat.room, topics.room_and(seat.team_id), recheck=True, at=at)
    return Seat.objects.select_related("room", "team").get(id=seat.id)


@writes
def set_remote(*, by: Viewer, seat: Seat, is_remote: bool, at: datetime) -> None:
    """Say that one takes part from elsewhere, or that one is in the room after all."""
    seat = as_it_is(seat)
    insist(policy.can_change_seat(by, seat))
    if seat.is_remote == is_remote:
        return
    Seat.objects.filter(id=seat.id).update(is_remote=is_remote, remote_at=seat.remote_at or at)
    changed(seat.room, (topics.PAIRS, topics.LEAD_PAIRS), at=at)


@writes
def choose_language(*, by: Viewer, seat: Seat, language: str, at: datetime) -> None:
    """Somebody goes on in another language: their pages change, nobody else's."""
    seat = as_it_is(seat)
    insist(policy.can_change_seat(by, seat))
    Seat.objects.filter(id=seat.id).update(language=language)
    audit.record(
        who=seat.in_trail,
        did="chose a language",
        thing=f"seat {seat.id}",
        room=seat.room_id,
        network=seat.network_id,
        at=at,
    )
    changed(seat.room, (), recheck=True, at=at)


@writes
def remove_seat(*, by: Viewer, seat: Seat, at: datetime) -> None:
    """Someone leaves, or the facilitator takes them out; what they wrote is kept until it is purged."""
    seat = as_it_is(seat)
    insist(policy.can_change_seat(by, seat))
    Seat.objects.filter(id=seat.id).update(
        removed_at=at,
        removed_by="facilitator" if by.leads else "self",
        secret=queries.hashed(secrets.token_hex(16)),
    )
    audit.record(
        who=by.facilitator if by.leads else seat.in_trail,
        did="removed a seat",
        thing=f"seat {seat.id}",
        room=seat.room_id,
        network=seat.network_id,
        at=at,
    )
    # What they offered to the room goes from the screen with them.
    offered = (topics.HEARD, topics.LEAD_HEARD)
    changed(seat.room, (*topics.room_and(seat.team_id), *offered), recheck=True, at=at)


def seat_from_paper(*, room: Room, team: Team, initials: str, is_late: bool, at: datetime) -> Seat:
    """A seat for somebody whose initials stand on paper, inside the caller's transaction; no device holds it."""
    insist(policy.can_seat_from_paper(room, queries.count_seats(room.id)))
    taken = Seat.objects.filter(room=room, team=team, removed_at=None).values_list("label", flat=True)
    return Seat.objects.create(
        room=room,
        network_id=team.network_id,
        team=team,
        key=new_seat_key(),
        initials=initials,
        label=names.next_label(initials, set(taken)),
        kind=Seat.Kind.PAPER,
        language=room.language,
        is_late=is_late,
        joined_at=at,
    )


def put_away_paper(*, seats: Collection[Seat], at: datetime) -> None:
    """These people stand on the paper no more, inside the caller's transaction; what was typed in for them is kept
    until it is purged.
    """
    Seat.objects.filter(id__in=[seat.id for seat in seats]).update(removed_at=at, removed_by="paper")


def join_seats(*, by: Viewer, room: Room, kept: Seat, gone: Seat, at: datetime) -> None:
    """Two seats were one person: the second is put away, inside the caller's transaction."""
    Seat.objects.filter(id=gone.id).update(removed_at=at, removed_by="merge")
    audit.record(who=by.facilitator, did="merged two seats", thing=f"seat {kept.id}", room=room.id, at=at)
    changed(room, topics.room_and(kept.team_id), recheck=True, at=at)


def move_seats(
    *,
    by: Viewer,
    room: Room,
    seats: Collection[Seat],
    team: Team,
    is_late: bool,
    is_waiting: bool,
    at: datetime,
) -> None:
    """Seats go over to another team with labels that are free there, inside the caller's transaction."""
    taken = set(Seat.objects.filter(room=room, team=team, removed_at=None).values_list("label", flat=True))
    for seat in seats:
        label = names.next_label(seat.initials, taken)
        taken.add(label)
        Seat.objects.filter(id=seat.id).update(
            team=team,
            network_id=team.network_id,
            label=label,
            is_late=is_late,
            is_waiting=is_waiting,
        )
    who = by.facilitator if by.leads else next((seat.in_trail for seat in seats), "the team")
    audit.record(who=who, did="went over to another team", thing=f"team {team.id}", room=room.id, at=at)
    changed(room, (*topics.ROOM, *topics.TEAM), recheck=True, at=at)


def join_teams(*, by: Viewer, room: Room, kept: RoomTeam, gone: RoomTeam, at: datetime) -> None:
    """Two names were one team: the second is put away, inside the caller's transaction."""
    RoomTeam.objects.filter(id=gone.id).update(merged_into=kept.team)
    networks.end_team(team_id=gone.team_id, at=at)
    audit.record(
        who=by.facilitator, did="merged two teams", thing=f"team {kept.team_id}", room=room.id, at=at
    )


@writes
def set_lock(*, by: Viewer, room: Room, is_locked: bool, at: datetime) -> None:
    """Lock the door, or unlock it."""
    insist(policy.can_lead(by, room))
    Room.objects.filter(id=room.id).update(is_locked=is_locked)
    did = "locked the room" if is_locked else "unlocked the room"
    audit.record(who=by.facilitator, did=did, thing=f"room {room.id}", room=room.id, at=at)
    changed(room, [topics.LEAD_ROOM, topics.PROJECTOR_ROOM], at=at)


@writes
def plan_size(*, by: Viewer, room: Room, planned_size: int | None, at: datetime) -> None:
    """Say how many people are expected."""
    insist(policy.can_lead(by, room))
    Room.objects.filter(id=room.id).update(planned_size=planned_size)
    audit.record(who=by.facilitator, did="planned the size", thing=f"room {room.id}", room=room.id, at=at)
    changed(room, [topics.LEAD_ROOM], at=at)


@writes
def open_room(*, by: Viewer, room: Room, at: datetime) -> None:
    """Let everyone begin, or open a closed room again under its code if that is still free."""
    insist(policy.can_lead(by, room))
    room = Room.objects.select_for_update().get(id=room.id)
    if room.state == Room.State.OPEN:
        return
    code = room.code
    if (
        room.state == Room.State.CLOSED
        and Room.objects.filter(code=code).exclude(state=Room.State.CLOSED).exists()
    ):
        code = names.new_code(secrets.randbelow)
    Room.objects.filter(id=room.id).update(
        state=Room.State.OPEN, code=code, opened_at=room.opened_at or at, closed_at=None
    )
    audit.record(who=by.facilitator, did="let everyone begin", thing=f"room {room.id}", room=room.id, at=at)
    changed(room, topics.WHOLE, recheck=True, at=at)


@writes
def close_room(*, by: Viewer, room: Room, at: datetime) -> None:
    """Close the room: its code dies; answers that still arrive are kept and offered when it opens again."""
    insist(policy.can_lead(by, room))
    room = Room.objects.select_for_update().get(id=room.id)
    if room.is_closed:
        return
    Room.objects.filter(id=room.id).update(state=Room.State.CLOSED, closed_at=at)
    audit.record(who=by.facilitator, did="closed the room", thing=f"room {room.id}", room=room.id, at=at)
    changed(room, topics.WHOLE, recheck=True, at=at)


@writes
def mail_link(*, by: Viewer, room: Room, to: str, link: str, at: datetime) -> None:
    """Mail the facilitator's own link to themselves; the address is forgotten once it is sent."""
    insist(policy.can_mail(by, room))
    Room.objects.filter(id=room.id).update(mails=F("mails") + 1)
    words = _(
        "This link opens your facilitator's page:\n\n{link}\n\nIt is the key to the room. Keep it to yourself; "
        "open it on another device to go on leading there."
    ).format(link=link)
    notices.promise_mail(to=to, subject=_("The link to your Hubcraft room"), words=words, at=at)
    audit.record(
        who=by.facilitator,
        did="mailed the link to themselves",
        thing=f"room {room.id}",
        room=room.id,
        at=at,
    )


@writes
def note_miss(*, address: str, at: datetime) -> None:
    """Count a wrong code against its address and against everybody."""
    for name, kind in ((f"address:{address}", "address"), ("all", "all")):
        brake = Brake.objects.select_for_update().filter(name=name).first()
        misses = 1 + (queries.leaked(brake.misses, brake.at, kind, at) if brake else 0)
        Brake.objects.update_or_create(name=name, defaults={"misses": misses, "at": at})


@writes
def note_seen(*, watchers: Collection[tuple[str, str]], at: datetime) -> None:
    """Refresh presence for everyone whose page is open, and drop those who have gone, in one batch.

    Of these only the projector is told about: its coming and going changes what a facilitator is offered.
    """
    here = set(watchers)
    known = set(Room.objects.filter(id__in={room for room, _ in here}).values_list("id", flat=True))
    lit = {room for room, watcher in here if watcher == topics.PROJECTOR and room in known}
    were_lit = Presence.everywhere.filter(watcher=topics.PROJECTOR)
    news = lit - set(were_lit.filter(room__in=lit).values_list("room_id", flat=True))
    news |= set(were_lit.filter(until__lt=at).values_list("room_id", flat=True)) - lit
    Presence.objects.bulk_create(
        [
            Presence(room_id=room, watcher=watcher, until=at + PRESENCE_LASTS)
            for room, watcher in here
            if room in known
        ],
        update_conflicts=True,
        unique_fields=["room", "watcher"],
        update_fields=["until"],
    )
    Presence.everywhere.filter(until__lt=at).delete()
    for room in Room.objects.filter(id__in=news).order_by("id"):
        changed(room, [topics.LEAD_ROOM], at=at)


@writes
def close_idle_rooms(*, at: datetime) -> int:
    """Give back the codes of rooms nobody has touched for days."""
    rooms = list(queries.idle_rooms(at))
    for room in rooms:
        Room.objects.filter(id=room.id).update(state=Room.State.CLOSED, closed_at=at)
        audit.record(who="the house", did="closed an idle room", thing=f"room {room.id}", room=room.id, at=at)
        changed(room, topics.WHOLE, recheck=True, at=at)
    return len(rooms)
