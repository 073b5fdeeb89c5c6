"""Questions about rooms, and the doors to them."""

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import segno
from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe

from hubcraft.apps.networks.viewer import NOBODY, Viewer
from hubcraft.apps.rooms import policy
from hubcraft.apps.rooms.models import Brake, DeviceRequest, LeadKey, Presence, Room, RoomTeam, Seat
from hubcraft.domain import names
from hubcraft.domain.verdict import NotThere
from hubcraft.web.prepared import Prepared


@dataclass(frozen=True)
class Keys:
    """What a device holds for one room: plain text from its cookies, not yet believed."""

    seats: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    projector: str = ""
    door: str = ""
    ballot: str = ""


@dataclass(frozen=True)
class RoomView:
    """A room as a page shows it."""

    id: str
    title: str
    code: str
    join_address: str
    join_link: str
    qr: SafeString
    state: str
    is_locked: bool
    planned_size: int | None
    here: int
    sequence: int
    language: str
    may_add_teams: bool
    is_rehearsal: bool


@dataclass(frozen=True)
class MeView:
    """The person at this device, as they are told about themselves."""

    seat_key: str
    label: str
    team_name: str | None
    is_alone: bool
    kind: str
    helper: str
    is_waiting: bool
    is_late: bool
    is_remote: bool
    others_on_device: tuple[str, ...]
    other_keys: tuple[str, ...]


@dataclass(frozen=True)
class TeamChoice:
    """A team one may join."""

    id: str
    name: str
    here: int


def hashed(secret: str) -> str:
    """What we keep of a secret: enough to know it again, not enough to use it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_same(shown: str, kept: str) -> bool:
    """Whether a device shows the key we keep, in the same time whatever it shows."""
    return bool(shown) and hmac.compare_digest(hashed(shown), hashed(kept))


def key_of_form(once: str) -> str:
    """The key to the room that the form of this number makes."""
    return salted_hmac("hubcraft.room", once, algorithm="sha256").hexdigest()[:32]


def made_before(once: str) -> tuple[Room, str] | None:
    """The room that this form has made already, and its key; None where it has not been sent yet."""
    key = key_of_form(once)
    room = Room.objects.filter(lead_keys__secret=hashed(key)).first() if once else None
    return (room, key) if room else None


def projector_key(room: Room) -> str:
    """The projector's key follows from the room and the server's secret, so it is stored nowhere."""
    return key_to_project(room.id, room.join_token)


def key_to_project(room_id: str, join_token: str) -> str:
    return salted_hmac("hubcraft.projector", room_id + join_token, algorithm="sha256").hexdigest()[:32]


class Held(NamedTuple):
    """A seat that a device may hold, with what its room's other keys are compared with."""

    id: str
    team: str
    key: str
    secret: str
    is_waiting: bool
    join_token: str


SEATS_HELD = Prepared(
    lambda room, seats: Seat.objects.filter(room=room, id__in=seats, removed_at=None).values_list(
        "id", "team_id", "key", "secret", "is_waiting", "room__join_token"
    )
)
TOKEN_OF_ROOM = Prepared(lambda room: Room.objects.filter(id=room).values_list("join_token"))
LEAD_HELD = Prepared(
    lambda room, secret: LeadKey.objects.filter(room=room, secret=secret, revoked_at=None).values_list(
        "id", "name"
    )
)


def viewer_with(room_id: str, keys: Keys) -> Viewer:
    """Who this device is in this room: every key is checked, a wrong one simply counts for nothing."""
    seats = held_seats(room_id, keys)
    doors = [(seats[0].join_token,)] if seats else TOKEN_OF_ROOM(room=room_id)
    if not doors:
        return NOBODY
    ((join_token,),) = doors
    # Most people hold no such key, and are not asked about.
    held = LEAD_HELD(room=room_id, secret=hashed(keys.lead)) if keys.lead else []
    lead_key, lead_name = held[0] if held else ("", "")
    return Viewer(
        room=room_id,
        seat=seats[0].id if seats else "",
        team=seats[0].team if seats else "",
        others=tuple(seat.id for seat in seats[1:]),
        seat_keys=tuple(seat.key for seat in seats),
        leads=bool(held),
        lead_key=lead_key,
        lead_name=lead_name,
        projects=bool(keys.projector) and is_same(keys.projector, key_to_project(room_id, join_token)),
        is_at_door=is_same(keys.door, join_token),
        is_waiting=bool(seats) and seats[0].is_waiting,
        ballot_secret=keys.ballot,
    )


def held_seats(room_id: str, keys: Keys) -> list[Held]:
    """The seats whose secrets this device holds, in the order in which it holds them."""
    asked = SEATS_HELD(room=room_id, seats=[seat_id for seat_id, _ in keys.seats])
    found = {row[0]: Held(*row) for row in asked}
    return [
        found[seat_id]
        for seat_id, secret in keys.seats
        if seat_id in found and hmac.compare_digest(hashed(secret), found[seat_id].secret)
    ]


def get_room(viewer: Viewer, room_id: str) -> Room:
    """The door to a room: for whoever holds a key to it; for everybody else it is not there."""
    room = Room.objects.filter(id=room_id).first()
    if room is None or not policy.can_know_of(viewer, room):
        raise NotThere
    return room


def get_room_to_lead(viewer: Viewer, room_id: str) -> Room:
    """The door to the facilitator's page: without that key it is not there, even for people in the room."""
    room = get_room(viewer, room_id)
    if not policy.can_lead(viewer, room).is_allowed:
        raise NotThere
    return room


def get_room_to_project(viewer: Viewer, room_id: str) -> Room:
    """The door to the projector's page."""
    room = get_room(viewer, room_id)
    if not policy.can_project(viewer, room).is_allowed:
        raise NotThere
    return room


def get_seat(viewer: Viewer, seat_id: str) -> Seat:
    """A seat in the viewer's room, for those who may change it or let it in."""
    seat = (
        Seat.objects.select_related("room", "team")
        .filter(id=seat_id, room_id=viewer.room, removed_at=None)
        .first()
    )
    if seat is None:
        raise NotThere
    if not (policy.can_change_seat(viewer, seat).is_allowed or policy.can_let_in(viewer, seat).is_allowed):
        raise NotThere
    return seat


def get_my_seat_with_key(viewer: Viewer, key: str) -> str:
    """The id of the seat on this device that has this key on its chip."""
    held = dict(zip(viewer.seat_keys, (viewer.seat, *viewer.others), strict=False))
    if key not in held:
        raise NotThere
    return held[key]


def get_device_request(viewer: Viewer, request_id: str) -> DeviceRequest:
    """A request that the facilitator may answer."""
    request = (
        DeviceRequest.objects.select_related("room", "seat__team")
        .filter(id=request_id, room_id=viewer.room, answered_at=None)
        .first()
    )
    if request is None or not viewer.leads:
        raise NotThere
    return request


def was_answered(viewer: Viewer, asking_id: str) -> bool:
    """Whether a phone or a person that asked has had an answer since a page showed them."""
    devices = DeviceRequest.objects.filter(id=asking_id, room_id=viewer.room).exclude(answered_at=None)
    return (
        devices.exists() or Seat.objects.filter(id=asking_id, room_id=viewer.room, is_waiting=False).exists()
    )


def get_team_in_room(room_id: str, team_id: str) -> RoomTeam:
    """A team that is in this room and has not been merged away."""
    room_team = (
        RoomTeam.objects.select_related("team")
        .filter(room_id=room_id, team_id=team_id, merged_into=None)
        .first()
    )
    if room_team is None:
        raise NotThere
    return room_team


# The fewer codes work, the less a guess finds; people who sit together use theirs within the hour.
CODE_RESTS = timedelta(hours=4)


def find_by_code(code: str, at: datetime) -> Room | None:
    """The room that is open under this code; after some idle hours only its link and QR code lead there."""
    return (
        Room.objects.exclude(state=Room.State.CLOSED).filter(code=code, active_at__gt=at - CODE_RESTS).first()
    )


def find_by_token(token: str) -> Room | None:
    """The room that this link or QR code leads to, open or closed."""
    return Room.objects.filter(join_token=token).first() if token else None


def language_of(room_id: str) -> str:
    """The language of a room's own pages."""
    return Room.objects.values_list("language", flat=True).get(id=room_id)


def count_seats(room_id: str) -> int:
    """How many seats are taken, for the size of the room."""
    return Seat.objects.filter(room_id=room_id, removed_at=None).count()


PEOPLE_IN = Prepared(
    lambda room: (
        Seat.objects.filter(room=room, removed_at=None, is_waiting=False)
        .exclude(kind=Seat.Kind.INTERPRETING)
        .values("room")
        .annotate(people=Count("person", distinct=True))
        .values_list("people", flat=True)
    )
)


def count_here(room_id: str) -> int:
    """How many people are in: a person with two seats counts once, an interpreter does not."""
    return sum(PEOPLE_IN(room=room_id))


def list_teams(room_id: str) -> tuple[TeamChoice, ...]:
    """The teams of a room in the order in which they came, without people who are here alone."""
    counted = dict(
        Seat.objects.filter(room_id=room_id, removed_at=None)
        .values("team_id")
        .annotate(here=Count("id"))
        .values_list("team_id", "here")
    )
    room_teams = (
        RoomTeam.objects.filter(room_id=room_id, merged_into=None, team__is_alone=False)
        .select_related("team")
        .order_by("added_at", "id")
    )
    return tuple(TeamChoice(it.team_id, it.team.name, counted.get(it.team_id, 0)) for it in room_teams)


def open_rooms_of_team(team_id: str) -> list[Room]:
    """Where a team meets just now; more than one room where its next session was started before this one is closed."""
    rooms = Room.objects.exclude(state=Room.State.CLOSED)
    return list(rooms.filter(room_teams__team=team_id, room_teams__merged_into=None).order_by("id"))


# Every page of a room asks for one of these.
SEATS_OF_ROOM = Prepared(lambda room: Seat.objects.filter(room=room, removed_at=None).select_related("team"))
SEATS_OF_TEAM = Prepared(
    lambda room, team: Seat.objects.filter(room=room, team=team, removed_at=None).select_related("team")
)
SEATS_ELSEWHERE = Prepared(
    lambda room: Seat.objects.filter(room=room, removed_at=None, is_remote=True).select_related("team")
)


def list_seats(room_id: str, team_id: str | None = None) -> list[Seat]:
    """The seats of a room or of one team, by label, so that the order tells nothing about who did what when."""
    seats = SEATS_OF_ROOM(room=room_id) if team_id is None else SEATS_OF_TEAM(room=room_id, team=team_id)
    return sorted(seats, key=lambda seat: (seat.label, seat.key))


def list_seats_elsewhere(room_id: str) -> list[Seat]:
    """The seats of those who take part from elsewhere, in the order in which they said so."""
    return sorted(SEATS_ELSEWHERE(room=room_id), key=lambda seat: (seat.remote_at, seat.key))


def list_lead_keys(room_id: str) -> list[LeadKey]:
    """The keys that lead this room now, in the order in which they were made."""
    return list(LeadKey.objects.filter(room_id=room_id, revoked_at=None).order_by("made_at", "id"))


def get_lead_key(viewer: Viewer, key_id: str) -> LeadKey:
    """A key to the viewer's room, for those who lead it."""
    key = LeadKey.objects.filter(id=key_id, room_id=viewer.room, revoked_at=None).first()
    if key is None or not viewer.leads:
        raise NotThere
    return key


def list_asking_devices(room_id: str) -> list[DeviceRequest]:
    """Phones that wait for the facilitator's yes."""
    return list(
        DeviceRequest.objects.filter(room_id=room_id, answered_at=None, seat__removed_at=None)
        .select_related("seat__team")
        .order_by("asked_at")
    )


def list_present(room_id: str) -> set[str]:
    """The watchers whose page is open, as of the last batch."""
    return set(Presence.objects.filter(room_id=room_id).values_list("watcher", flat=True))


def room_view(room: Room) -> RoomView:
    """A room as a page shows it."""
    link = f"{room.address}/j/{room.join_token}/"
    return RoomView(
        id=room.id,
        title=room.title,
        code=names.show_code(room.code),
        join_address=room.address.split("://", 1)[-1] + "/join",
        join_link=link,
        qr=qr_svg(link),
        state=room.state,
        is_locked=room.is_locked,
        planned_size=room.planned_size,
        here=count_here(room.id),
        sequence=room.sequence,
        language=room.language,
        may_add_teams=room.may_add_teams,
        is_rehearsal=room.is_rehearsal,
    )


@lru_cache(maxsize=512)
def qr_svg(link: str) -> SafeString:
    """The link as a QR code that takes the colour of the text around it; drawn once, since it takes milliseconds."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(
        border=0, omitsize=True, svgclass="qr", lineclass=None
    )
    named = drawn.replace("#000", "currentColor").replace("<svg", '<svg role="img" aria-label="QR"', 1)
    return mark_safe(named)  # noqa: S308  (segno draws it from a link of ours; nobody's text is in it)


def me_view(viewer: Viewer, seat: Seat) -> MeView:
    """What the person at this device is told about their own seat."""
    others = Seat.objects.filter(id__in=viewer.others, removed_at=None).values_list("label", flat=True)
    return MeView(
        seat_key=seat.key,
        label=seat.label,
        team_name=None if seat.team.is_alone else seat.team.name,
        is_alone=seat.team.is_alone,
        kind=seat.kind,
        helper=seat.helper,
        is_waiting=seat.is_waiting,
        is_late=seat.is_late,
        is_remote=seat.is_remote,
        others_on_device=tuple(others) if viewer.others else (),
        other_keys=viewer.seat_keys[1:],
    )


# Wrong codes a minute before a door stops listening. An address may stand for a whole school, so it gets many;
# at the global brake, chance finds one of a hundred open rooms once in three hundred days (reliability.md T6).
MISSES_A_MINUTE = {"all": 600.0, "address": 60.0}


def misses_left(name: str, kind: str, at: datetime) -> float:
    """How many more wrong codes this bucket takes just now."""
    brake = Brake.objects.filter(name=name).first()
    if brake is None:
        return MISSES_A_MINUTE[kind]
    return MISSES_A_MINUTE[kind] - leaked(brake.misses, brake.at, kind, at)


def leaked(misses: float, since: datetime, kind: str, at: datetime) -> float:
    """What is left of the misses after the bucket has been leaking since then."""
    return max(0.0, misses - MISSES_A_MINUTE[kind] * max(0.0, (at - since).total_seconds()) / 60)


def is_braked(address: str, at: datetime) -> bool:
    """Whether codes from this address, or from anywhere, are not looked at for a moment."""
    return misses_left("all", "all", at) < 1 or misses_left(f"address:{address}", "address", at) < 1


def sequences(room_ids: Collection[str]) -> dict[str, tuple[int, int]]:
    """Each room's sequence and epoch."""
    rows = Room.objects.filter(id__in=room_ids).values_list("id", "sequence", "epoch")
    return {room_id: (sequence, epoch) for room_id, sequence, epoch in rows}


# What higher rooms know of rooms in which something is still to come, each a question for their ids.
_awaited: list[Callable[[], QuerySet]] = []


def await_rooms(ask: Callable[[], QuerySet]) -> None:
    """From now on these rooms are not idle, however long nobody touches them."""
    if ask not in _awaited:
        _awaited.append(ask)


def idle_rooms(at: datetime):
    """Rooms nobody has touched for so long that their code is given back."""
    idle = Room.objects.filter(~Q(state=Room.State.CLOSED), active_at__lt=at - timedelta(hours=72))
    for ask in _awaited:
        idle = idle.exclude(id__in=ask())
    return idle


def list_labels_elsewhere(room_id: str, held: Mapping[str, str]) -> list[str]:
    """The seats this device once held that another device was given since; asking for one does not count."""
    given = DeviceRequest.objects.filter(
        room_id=room_id, seat__in=held, is_granted=True, seat__removed_at=None
    )
    seats = {it.seat_id: it.seat for it in given.select_related("seat")}
    return sorted(seat.label for seat in seats.values() if not is_same(hashed(held[seat.id]), seat.secret))


@dataclass(frozen=True)
class SeatOption:
    """Another seat on this device."""

    key: str
    label: str


def list_others(viewer: Viewer) -> tuple[SeatOption, ...]:
    """The other seats on this device, by label."""
    seats = Seat.objects.filter(id__in=viewer.others, removed_at=None).values_list("label", "key")
    return tuple(SeatOption(key, label) for label, key in sorted(seats))
