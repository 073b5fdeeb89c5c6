"""One letter a week at most, to those for whom something waits."""

import logging
from datetime import datetime, timedelta

from django.conf import settings

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.letters import policy
from hubcraft.apps.letters.models import WeeklyLetter
from hubcraft.apps.letters.queries.due import what_waits, zone_of
from hubcraft.apps.notices.actions import promise_to_write
from hubcraft.apps.notices.writing import Written, write
from hubcraft.apps.people.models import Person
from hubcraft.domain.days import coming_monday
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes

log = logging.getLogger("hubcraft.letters")
KIND = "weekly letter"
# A worker that was away for longer leaves this week out: a letter for a week that is over helps nobody.
LATE = timedelta(days=3)
AT_ONCE = 100


def write_letters(*, at: datetime) -> int:
    """Promise each letter whose Monday morning has come, where its reader is. May run twice."""
    # Without an address of the house there is no way out to name, and so there is no letter.
    if not settings.HUBCRAFT_ADDRESS:
        return 0
    if Person.objects.filter(removed_at=None, weekly_letter=None).exists():
        begin(at=at)
    due = WeeklyLetter.objects.filter(next_at__lte=at).order_by("next_at", "id").select_related("person")
    return sum(write_one(letter_id=it.id, waits=is_awaited(it, at), at=at) for it in list(due[:AT_ONCE]))


def is_awaited(letter: WeeklyLetter, at: datetime) -> bool:
    """Whether there is something to say: asked before anything is written, so that no phone waits for it meanwhile."""
    if letter.is_off or at - letter.next_at > LATE:
        return False
    try:
        return bool(what_waits(letter.person, at))
    except Exception:
        # One person's letter keeps nobody else's.
        log.exception("The weekly letter of one person could not be made; they are asked again next week.")
        return False


@writes
def begin(*, at: datetime) -> None:
    """Who has come since the last round gets their first look on the coming Monday."""
    new = Person.objects.filter(removed_at=None, weekly_letter=None).order_by("id")[:AT_ONCE]
    for it in new:
        WeeklyLetter.objects.create(person=it, next_at=coming_monday(at, zone_of(it)))


@writes
def write_one(*, letter_id: str, waits: bool, at: datetime) -> int:
    """One person was looked at, once: whoever runs beside this finds that. What the letter says is made as it is sent."""
    letter = (
        WeeklyLetter.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(id=letter_id, next_at__lte=at)
        .first()
    )
    if letter is None:
        return 0
    letter.next_at = coming_monday(at, zone_of(letter.person), after=LATE)
    person, is_wanted = letter.person, waits and not letter.is_off
    if is_wanted:
        letter.sent_at = at
        promise_to_write(to=person.email, kind=KIND, about=letter.id, language=person.language, at=at)
    letter.save(update_fields=["next_at", "sent_at"])
    return int(is_wanted)


def letter_now(letter_id: str, at: datetime) -> Written | None:
    """What it says as it is sent, by the same rules as the pages; nothing where nothing is left, or it is unwanted."""
    letter = WeeklyLetter.objects.select_related("person").filter(id=letter_id, is_off=False).first()
    waits = what_waits(letter.person, at) if letter is not None else None
    if letter is None or not waits:
        return None
    out = f"{settings.HUBCRAFT_ADDRESS}/no-more-letters/{letter.id}/"
    written = write(
        "letters/mail/weekly.txt", {"waits": waits, "address": settings.HUBCRAFT_ADDRESS, "out": out}
    )
    headers = (("List-Unsubscribe", f"<{out}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return Written(written.subject, written.words, headers)


@writes
def choose_letter(*, person: Person, is_on: bool, at: datetime) -> None:
    """Somebody wants it, or no longer."""
    insist(policy.can_choose_letters(person))
    letter, _is_new = WeeklyLetter.objects.get_or_create(
        person=person, defaults={"next_at": coming_monday(at, zone_of(person))}
    )
    turn(letter, not is_on, f"turned the weekly letter {'on' if is_on else 'off'}", at)


@writes
def stop_letter(*, key: str, at: datetime) -> None:
    """No more of them, said from one: whoever has it may. Nothing happens where there is nothing to stop."""
    letter = WeeklyLetter.objects.select_related("person").filter(id=key).first()
    if letter is not None:
        turn(letter, True, "turned the weekly letter off from a letter", at)


def turn(letter: WeeklyLetter, is_off: bool, did: str, at: datetime) -> None:
    """Said twice it is one change."""
    if WeeklyLetter.objects.filter(id=letter.id, is_off=not is_off).update(is_off=is_off):
        audit.record(who=letter.person.in_trail, did=did, thing=f"person {letter.person_id}", at=at)
