"""Who leads a room, as those who lead it are told."""

from dataclasses import dataclass
from datetime import datetime

from hubcraft.apps.facilitation import policy
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.rooms import queries as rooms
from hubcraft.apps.rooms.models import LeadKey, Room


@dataclass(frozen=True)
class Leader:
    """Somebody who leads, or a link that nobody has opened yet; `why_not` says why one can't hand over to them."""

    id: str
    name: str
    made_at: datetime
    is_me: bool
    is_here: bool
    why_not: str


@dataclass(frozen=True)
class LeadersPage:
    """Everybody who leads a room, to hand over to or to take a key from."""

    room: rooms.RoomView
    me: Leader
    others: tuple[Leader, ...]
    may_invite: bool
    why_not: str


@dataclass(frozen=True)
class InvitedPage:
    """A link for one more facilitator, shown once."""

    room: rooms.RoomView
    link: str
    qr: str


def leaders_page(viewer: Viewer, room: Room) -> LeadersPage:
    """Who leads this room now."""
    keys = rooms.list_lead_keys(room.id)
    here = rooms.list_present(room.id)
    leaders = [leader_of(viewer, room, it, here) for it in keys]
    me = next(it for it in leaders if it.is_me)
    invite = policy.can_invite(viewer, room, len(keys), me.name)
    return LeadersPage(
        room=rooms.room_view(room),
        me=me,
        others=tuple(it for it in leaders if not it.is_me),
        may_invite=invite.is_allowed,
        why_not=invite.sentence,
    )


def leader_of(viewer: Viewer, room: Room, key: LeadKey, here: set[str]) -> Leader:
    """One of them."""
    return Leader(
        id=key.id,
        name=key.name,
        made_at=key.made_at,
        is_me=key.id == viewer.lead_key,
        is_here=key.id in here,
        why_not=policy.can_hand_over(viewer, room, viewer.lead_key, key).sentence,
    )


def invited_page(room: Room, secret: str) -> InvitedPage:
    """The link behind a new key, and the same as a QR code."""
    link = f"{room.address}/r/{room.id}/lead/?key={secret}"
    return InvitedPage(room=rooms.room_view(room), link=link, qr=rooms.qr_svg(link))


def list_leaders(room_id: str) -> tuple[str, ...]:
    """The names of those who lead, for everybody who leads; who never said theirs is left out."""
    return tuple(it.name for it in rooms.list_lead_keys(room_id) if it.name)
