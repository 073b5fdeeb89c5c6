"""Who leads a room: a second facilitator, another one in one's place, a key that is taken away."""

from datetime import datetime

from django.utils.crypto import salted_hmac

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.facilitation import policy
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.rooms import queries, topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import LeadKey, Room
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes

# What shows who leads.
NAMED = (topics.LEAD_ROOM,)


def as_they_lead(by: Viewer, room: Room) -> tuple[Room, list[LeadKey], LeadKey]:
    """The room, held, its keys as they are now, and among them one's own: two may take each other's at one moment."""
    room = Room.objects.select_for_update().get(id=room.id)
    keys = queries.list_lead_keys(room.id)
    mine = next((it for it in keys if it.id == by.lead_key), None)
    if mine is None:
        raise NotThere
    return room, keys, mine


def key_of(keys: list[LeadKey], key_id: str) -> LeadKey:
    """One of the keys that lead now."""
    key = next((it for it in keys if it.id == key_id), None)
    if key is None:
        raise NotThere
    return key


@writes
def name_myself(*, by: Viewer, room: Room, name: str, at: datetime) -> None:
    """Say who one is, so that the others who lead know, and the trail."""
    room, _keys, mine = as_they_lead(by, room)
    if mine.name == name:
        return
    LeadKey.objects.filter(id=mine.id, room=room).update(name=name)
    who = f"{name}, facilitator"
    did = "took the name" if mine.name else "leads from now on"
    audit.record(who=who, did=did, thing=f"key {mine.id}", room=room.id, at=at)
    changed(room, NAMED, at=at)


@writes
def invite(*, by: Viewer, room: Room, once: str, at: datetime) -> str:
    """A key for one more facilitator, who names it. It is kept nowhere in clear, so this answer is all there is.

    `once` is the form's own number: pressed twice, it is one key.
    """
    room, keys, mine = as_they_lead(by, room)
    secret = salted_hmac("hubcraft.lead", mine.id + once, algorithm="sha256").hexdigest()[:32]
    if any(it.secret == queries.hashed(secret) for it in keys):
        return secret
    insist(policy.can_invite(by, room, len(keys), mine.name))
    key = LeadKey.objects.create(room=room, secret=queries.hashed(secret), made_at=at)
    audit.record(
        who=by.facilitator, did="made a facilitator's link", thing=f"key {key.id}", room=room.id, at=at
    )
    return secret


@writes
def hand_over(*, by: Viewer, room: Room, to: str, at: datetime) -> str:
    """Somebody else leads from now on, and one's own key ends; answers with their name."""
    room, keys, mine = as_they_lead(by, room)
    other = key_of(keys, to)
    insist(policy.can_hand_over(by, room, mine.id, other))
    end(mine, at)
    audit.record(who=by.facilitator, did="handed over", thing=f"key {other.id}", room=room.id, at=at)
    changed(room, NAMED, recheck=True, at=at)
    return other.name


@writes
def take_key(*, by: Viewer, room: Room, key_id: str, at: datetime) -> None:
    """Take somebody's key away: their pages are not there any more, what they have open ends."""
    room, keys, mine = as_they_lead(by, room)
    other = key_of(keys, key_id)
    insist(policy.can_take_key(by, room, mine.id, other))
    end(other, at)
    audit.record(
        who=by.facilitator, did="took a facilitator's key away", thing=f"key {other.id}", room=room.id, at=at
    )
    changed(room, NAMED, recheck=True, at=at)


def end(key: LeadKey, at: datetime) -> None:
    """A key that is revoked stays as a row, so that the trail's names can be looked up."""
    LeadKey.objects.filter(id=key.id, room_id=key.room_id).update(revoked_at=at)
