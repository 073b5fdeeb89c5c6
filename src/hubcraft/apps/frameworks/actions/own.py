"""A hub makes a framework its own: takes one over, changes it line by line, and installs what came of it as a version."""

import secrets
import string
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.frameworks import policy
from hubcraft.apps.frameworks.models import BroughtPack, InstalledPack, OwnFramework
from hubcraft.apps.frameworks.queries import newest_pack, pack_of
from hubcraft.apps.frameworks.queries.own import (
    MOST_CHANGES,
    content_of,
    get_own,
    is_ready,
    version_before,
)
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.content import Pack, PackError, Text, adapting, read_pack, rubric_keys
from hubcraft.content.packing import packed
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes

Plain = dict[str, Any]

LETTERS = string.ascii_lowercase + string.digits
# As long as what it is copied from is called, so that no key grows too long.
ID_LENGTH = 10
MADE_FROM = gettext_lazy(
    "A hub’s own framework, made from “{name}”, version {version}. What the hub did not change is as it was there; of that "
    "is said: {credit}"
)


@writes
def begin(*, by: Viewer, hub: Team, pack: str, words: Mapping[str, str], once: str, at: datetime) -> None:
    """Take a framework over, under the name the hub gives it; sent twice it is taken over once."""
    insist(policy.can_adapt(by, hub.id))
    row = newest_pack(pack, (hub.id,))
    if not rubric_keys(pack_of(row.id)):
        raise NotThere
    _begin(by, hub, pack_of(row.id), row, words=words, once=once, at=at)


@writes
def change(*, by: Viewer, hub: Team, change: Plain, at: datetime) -> None:
    """One more change, with the number of its form as its id: sent twice it is made once."""
    insist(policy.can_adapt(by, hub.id))
    own = _held(hub)
    if any(it["id"] == change["id"] for it in own.changes):
        return
    if len(own.changes) - own.done >= MOST_CHANGES:
        insist(refuse(_("That is a great many changes. Make a version of them first.")))
    try:
        adapting.changed(own.base, [*own.changes, change])
    except KeyError:
        raise NotThere from None
    own.changes = [*own.changes, change]
    own.save(update_fields=["changes"])
    _record(by, "changed their own framework", hub, own.pack, at)


@writes
def undo(*, by: Viewer, hub: Team, change_id: str, at: datetime) -> None:
    """Without the last change, if it is still this one; what is in a version stays."""
    insist(policy.can_adapt(by, hub.id))
    own = _held(hub)
    if len(own.changes) <= own.done or own.changes[-1]["id"] != change_id:
        return
    own.changes = own.changes[:-1]
    own.save(update_fields=["changes"])
    _record(by, "undid a change of their own framework", hub, own.pack, at)


@writes
def publish(*, by: Viewer, hub: Team, same: Collection[str], changes: int, at: datetime) -> InstalledPack:
    """Install it as a version, read by the same rules as any pack. `same` are reworded lines that mean what they meant.

    `changes` is how many there were on the page that was read; where there are others by now, it is read again.
    """
    insist(policy.can_adapt(by, hub.id))
    own = _held(hub)
    if own.done == len(own.changes) and own.last is not None and own.last.pack == own.pack:
        return own.last
    if changes != len(own.changes):
        insist(refuse(_("Somebody changed it meanwhile. Read it once more.")))
    insist(is_ready(own))
    pack = _read(own, same)
    row = InstalledPack.objects.create(
        pack=pack.id,
        version=pack.version,
        digest=pack.digest,
        content=pack.to_json(),
        installed_at=at,
        team=hub,
        parent=own.last,
    )
    own.last, own.done = row, len(own.changes)
    own.save(update_fields=["last", "done"])
    _record(by, "made a version of their own framework", hub, f"{pack.id} {pack.version}", at)
    return row


@writes
def discard(*, by: Viewer, hub: Team, pack: str, at: datetime) -> None:
    """Work on it no longer: what is not in a version is gone, the versions stay."""
    insist(policy.can_adapt(by, hub.id))
    own = OwnFramework.objects.filter(team=hub, pack=pack).first()
    if own is not None:
        own.delete()
        _record(by, "put their own framework away", hub, pack, at)


@writes
def bring(*, by: Viewer, hub: Team, brought: bytes, at: datetime) -> None:
    """Read a framework from a file and keep it until it is looked at. Raises PackError; then nothing is kept."""
    insist(policy.can_adapt(by, hub.id))
    pack = read_pack(brought)
    if not rubric_keys(pack):
        insist(refuse(_("There is nothing in it that a team could rate.")))
    BroughtPack.objects.update_or_create(team=hub, defaults={"content": pack.to_json(), "made_at": at})


@writes
def take_brought(*, by: Viewer, hub: Team, once: str, at: datetime) -> None:
    """What was brought in is the hub's own from now on, under an id of its own."""
    insist(policy.can_adapt(by, hub.id))
    brought = BroughtPack.objects.filter(team=hub).first()
    if brought is None:
        return
    pack = Pack.from_json(brought.content)
    _begin(by, hub, pack, None, words=pack.name.words, once=once, at=at)
    brought.delete()


@writes
def leave_brought(*, by: Viewer, hub: Team) -> None:
    """It is not wanted."""
    insist(policy.can_adapt(by, hub.id))
    BroughtPack.objects.filter(team=hub).delete()


def hand_on(part: Team, hub: Team) -> None:
    """Two hubs become one: versions and what is being written go along; whatever was begun first is shown first."""
    InstalledPack.objects.filter(team=part).update(team=hub)
    OwnFramework.objects.filter(team=part).update(team=hub)
    BroughtPack.objects.filter(team=part).delete()


def _begin(
    by: Viewer,
    hub: Team,
    pack: Pack,
    row: InstalledPack | None,
    *,
    words: Mapping[str, str],
    once: str,
    at: datetime,
) -> None:
    list(Team.objects.select_for_update().filter(id=hub.id))
    there = OwnFramework.objects.filter(team=hub)
    if there.filter(once=once).exists():
        return
    if there.exists():
        insist(refuse(_("You are working on one already. Make a version of it, or put it away first.")))
    own_id = adapting.OWN_PREFIX + "".join(secrets.choice(LETTERS) for _each in range(ID_LENGTH))
    base = adapting.taken_over(pack, own_id, partial(_credit, pack)) | {"name": dict(words)}
    own = OwnFramework.objects.create(team=hub, pack=own_id, base=base, last=row, once=once, made_at=at)
    _record(by, "took a framework over", hub, own.pack, at)


def _credit(pack: Pack, text: Text) -> dict[str, str]:
    """Whose words these are, in each language of the pack, as far as we speak it."""
    if adapting.is_own_id(pack.id):
        return dict(text.words)
    told = {}
    for language, credit in text.words.items():
        with translation.override(language):
            told[language] = str(MADE_FROM).format(
                name=pack.name.in_(language), version=pack.version, credit=credit
            )
    return told


def _read(own: OwnFramework, same: Collection[str]) -> Pack:
    """What came of it, read as if it had been brought. Raises Refused with what the reader minds."""
    before = version_before(own)
    version = adapting.next_version(before.version) if before else "1.0.0"
    pack = adapting.as_pack(content_of(own), version)
    if before:
        pack = replace(pack, crosswalks=adapting.crosswalk(before, pack, same))
    try:
        return read_pack(packed(pack), earlier=[before] if before else ())
    except PackError as error:
        insist(refuse(" ".join(map(str, error.mistakes[:3]))))
        raise


def _held(hub: Team) -> OwnFramework:
    """The one that is worked on, held until this is done: changes come one after another."""
    list(OwnFramework.objects.select_for_update().filter(team=hub))
    return get_own(hub)


def _record(by: Viewer, did: str, hub: Team, what: str, at: datetime) -> None:
    audit.record(who=by.in_trail, did=did, thing=f"pack {what}", network=hub.network_id, at=at)
