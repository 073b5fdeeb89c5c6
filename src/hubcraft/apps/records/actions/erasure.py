"""Erasing a person: what says who they are goes; what belongs to a team stays, and names nobody."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, models

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.cards.models import Card
from hubcraft.apps.facilitation.models import MadeFile
from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.insights.models import Merge, SeatClaim
from hubcraft.apps.lifecycle.models import Charter, Problem, RosterEntry, Routine
from hubcraft.apps.networks.models import Membership, Role
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import Person, SignedIn
from hubcraft.apps.people.queries import list_administrators
from hubcraft.apps.records import policy
from hubcraft.apps.records.actions import ledger
from hubcraft.apps.records.queries.ledger import Erased, hashed, read_ledger
from hubcraft.apps.reflections.models import Reminder
from hubcraft.apps.roles.actions.telling import tell_if_nobody_leads
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import DeviceRequest, Seat
from hubcraft.domain.names import next_label, without_names
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.web.writer import writes

# What stands on a chip whose person was erased.
NAMELESS = "–"


@writes
def erase(*, by: Viewer, person_id: str, at: datetime) -> None:
    """Somebody is erased, by themselves or by the administrator, for good: also from backups once they are restored."""
    # All administrators are held, so that two who erase each other can't both be last.
    administrators = list(list_administrators().select_for_update())
    person = Person.objects.select_for_update().filter(id=person_id, removed_at=None).first()
    if person is None or not policy.is_theirs_to_erase(by, person_id):
        raise NotThere
    insist(policy.can_erase(person, len(administrators)))
    address = person.email
    take_out(person, at)
    did = "erased their account" if by.person == person_id else f"erased {person.in_trail}"
    audit.record(who=by.in_trail, did=did, thing=f"person {person_id}", at=at)
    # Last, so that a refusal above leaves no line; before the commit, so that no crash can forget it.
    ledger.enter([Erased(person_id, at, hashed(address))])


def take_out(person: Person, at: datetime) -> None:
    """Everything that says who somebody is, inside the caller's transaction."""
    with written_over():
        name_no_more(
            [it.seat for it in SeatClaim.objects.filter(person=person).select_related("seat__room")],
            person,
            at,
        )
        forget_address(person.email)
        no_files_of(person)
        see_to_nothing(person)
        ask_no_longer(person)
        stand_nowhere(person)
        be_asked_no_more(person)
        end_roles(person, at)
        let_go(person)
        forget_half_way(person)
        person.email = person.name = person.initials = ""
        person.is_administrator, person.last_login, person.removed_at = False, None, at
        person.set_unusable_password()
        person.save()


class written_over:  # noqa: N801
    """What SQLite deletes meanwhile is written over with zeros, not only given free."""

    def __enter__(self):
        self.set("ON")

    def __exit__(self, *_fault):
        self.set("OFF")

    def set(self, word: str) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA secure_delete={word}")


def name_no_more(seats: Iterable[Seat], person: Person, at: datetime) -> None:
    """Seats they said were theirs: what was answered there stays with the team, without a name."""
    names, others = (person.name, person.email), names_beside(person)
    for seat in seats:
        called = {it.casefold() for it in (seat.label, seat.initials, person.name, person.email) if it}
        others = Seat.objects.filter(room=seat.room_id, team=seat.team_id, removed_at=None).exclude(
            id=seat.id
        )
        label = next_label(NAMELESS, set(others.values_list("label", flat=True)))
        Seat.objects.filter(id=seat.id).update(initials=NAMELESS, label=label, helper="", secret="")
        DeviceRequest.objects.filter(seat=seat.id).delete()
        Reminder.objects.filter(seat=seat.id).delete()
        for step in NextStep.objects.filter(team=seat.team_id).exclude(owner=""):
            owner = "" if step.owner.casefold() in called else without_names(step.owner, names, others)
            if owner != step.owner:
                NextStep.objects.filter(id=step.id).update(owner=owner)
        changed(seat.room, topics.WHOLE, recheck=True, at=at)


def see_to_nothing(person: Person) -> None:
    """Next steps that a hub promised without a session: who sees to them is nobody by this name any more."""
    names, others = (person.name, person.email), names_beside(person)
    for step in NextStep.objects.filter(team__in=places_of(person)).exclude(owner=""):
        owner = without_names(step.owner, names, others)
        if owner != step.owner:
            NextStep.objects.filter(id=step.id).update(owner=owner)


def ask_no_longer(person: Person) -> None:
    """What they raised in words that were theirs alone: nobody else can say for them that it may be read above."""
    Raising.everywhere.filter(person=person, is_of_one=True).delete()


# Where a hub writes people down by name: lines of names, and a text in which such lines may stand.
LINES_OF_NAMES = (
    (Problem, ("whose", "decided_by", "told")),
    (RosterEntry, ("name",)),
    (Routine, ("who",)),
)
TEXTS_OF_NAMES = ((Charter, ("who",)),)


def stand_nowhere(person: Person) -> None:
    """Where a hub wrote them down by name: as whose a problem is, who decided it or was told, who comes, who is in it."""
    names, others = (person.name, person.email), names_beside(person)
    for kinds, is_text in ((LINES_OF_NAMES, False), (TEXTS_OF_NAMES, True)):
        for model, fields in kinds:
            for row in model.objects.filter(team__in=places_of(person)):
                now = {
                    it: without_names(getattr(row, it), names, others, only_in_lists=is_text) for it in fields
                }
                if any(getattr(row, name) != words for name, words in now.items()):
                    model.objects.filter(id=row.id).update(**now)


def be_asked_no_more(person: Person) -> None:
    """Strategy cards about which others might come to them: whoever is proposed later has to agree themselves."""
    Card.everywhere.filter(contact=person).update(contact=None, contact_agreed_at=None)


def names_beside(person: Person) -> set[str]:
    """What others are called who are or were of the same hubs: their names stay, also where they hold this one."""
    held = Membership.objects.filter(team__in=places_of(person)).exclude(person=person)
    return set(held.values_list("person__name", flat=True)) - {""}


def no_files_of(person: Person) -> None:
    """Long files that they asked for, and those of others in which they may stand: these can be asked for again."""
    rooms = SeatClaim.objects.filter(person=person).values("seat__room")
    about = models.Q(place__in=places_of(person)) | models.Q(place__in=rooms)
    MadeFile.objects.filter(about | models.Q(whose=person.in_trail)).delete()


def places_of(person: Person):
    """Hubs that they were ever in, and what these are part of by now."""
    return Membership.objects.filter(person=person).exclude(team=None).values("team")


def forget_address(address: str, before: datetime | None = None) -> None:
    """Where their address stands by itself: they were invited, are to be reminded, a mail waits for them."""
    if not address:
        return
    invited, mails = Invitation.everywhere.filter(email=address), OutboxMail.objects.filter(to=address)
    asked = Merge.everywhere.filter(email=address)
    if before is not None:
        invited, mails = invited.filter(made_at__lt=before), mails.filter(due_at__lt=before)
        asked = asked.filter(made_at__lt=before)
    invited.delete(), mails.delete(), asked.delete()
    Reminder.everywhere.filter(address=address).delete()


def end_roles(person: Person, at: datetime) -> None:
    """They are nothing anywhere; a hub that is left without a leader is told above."""
    held = Membership.objects.filter(person=person, ended_at=None)
    led = [it.team for it in held.filter(role=Role.HUB_LEADER).select_related("team__network")]
    held.update(ended_at=at)
    for hub in led:
        tell_if_nobody_leads(hub, at=at)


def forget_half_way(person: Person) -> None:
    """Sessions on whose device they began to sign in and did not end: these are nobody's yet, but hold their address."""
    for session in SignedIn.objects.filter(person=None):
        kept = json.dumps(session.get_decoded(), default=str)
        if person.id in kept or (person.email and person.email in kept):
            session.delete()


def let_go(person: Person) -> None:
    """Whatever points at them, of every app: gone where it is theirs, nameless where it only says by whom.

    Roles they held stay, as those of somebody who was erased: a hub's history says that somebody led it.
    """
    relations = (
        it for it in Person._meta.get_fields(include_hidden=True) if it.auto_created and not it.concrete
    )
    for relation in relations:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: person})
        if relation.on_delete is models.SET_NULL:
            rows.update(**{relation.field.name: None})
        elif relation.related_model is not Membership:
            rows.delete()


def replay(*, at: datetime) -> int:
    """Erase again who was erased and has come back with an older database, inside the caller's transaction.

    Says how many they were. Who is erased in this database and not in the ledger yet, is entered.
    """
    lines = {it.person: it for it in read_ledger()}
    count = 0
    for person in Person.objects.filter(id__in=list(lines), removed_at=None):
        take_out(person, lines[person.id].at)
        audit.record(
            who="the house", did=f"erased {person.in_trail} again", thing=f"person {person.id}", at=at
        )
        count += 1
    moments = {it.address: it.at for it in lines.values() if it.address}
    told = {
        *Invitation.everywhere.values_list("email", flat=True),
        *OutboxMail.objects.values_list("to", flat=True),
        *Merge.everywhere.values_list("email", flat=True),
    }
    for address in told:
        if hashed(address) in moments:
            forget_address(address, before=moments[hashed(address)])
    gone = Person.objects.filter(email="").exclude(removed_at=None).exclude(id__in=list(lines))
    ledger.enter(Erased(it.id, it.removed_at, "") for it in gone)
    return count


@writes
def replay_now(*, at: datetime) -> int:
    """The same at every start: a database may have come back past `hubcraft restore`."""
    return replay(at=at)
