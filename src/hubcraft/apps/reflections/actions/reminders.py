"""Reminding those who asked for it: three mails at most, to an address that stands apart from every answer."""

from datetime import datetime

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.notices import actions as notices
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import ReflectionSession, Reminder
from hubcraft.apps.reflections.queries.days import (
    find_reminder,
    is_last_morning,
    is_soon,
    near,
    slip_for,
)
from hubcraft.apps.reflections.queries.doors import Place, place_of_seat
from hubcraft.apps.rooms.models import Room
from hubcraft.apps.rooms.queries import count_seats
from hubcraft.domain.mailing import one_line
from hubcraft.domain.verdict import Refused, insist, refuse
from hubcraft.web.writer import writes

# Enough to correct a slip of the pen; not enough to send strangers mail from here.
MOST_TIMES = 3


@writes
def remind_me(*, by: Viewer, seat_id: str, address: str, at: datetime) -> None:
    """Somebody leaves an address: they are told so at once, and what is still to come by then comes too."""
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_be_reminded(by, place.session, place.seat, place.room))
    kept = find_reminder(place) or new_reminder(place)
    if kept.address == address:
        return
    if kept.times_given >= MOST_TIMES:
        raise Refused(refuse(_("You have left an address three times already. It stays as it is.")))
    kept.address, kept.language = address, place.seat.language
    kept.times_given += 1
    kept.is_told_soon = kept.is_told_soon or is_soon(place.session, at)
    kept.is_told_last = kept.is_told_last or is_last_morning(place.session, at)
    kept.save()
    write(kept, place.session, first_words(), at)


def new_reminder(place: Place) -> Reminder:
    """A row for this person: by their seat, or under the anonymous rung by a slip that only their device can make."""
    if not place.rung.is_ballot:
        return Reminder(session=place.session, seat=place.seat)
    slip = slip_for(place)
    if not slip:
        raise Refused(
            refuse(_("This device has lost the key to your answers. Join again with your initials."))
        )
    # A device that makes itself new keys is still one of so many people.
    Room.objects.select_for_update().get(id=place.room.id)
    if Reminder.objects.filter(session=place.session).count() >= count_seats(place.room.id):
        raise Refused(refuse(_("As many addresses were left as there are people here.")))
    return Reminder(session=place.session, slip=slip)


@writes
def forget_me(*, by: Viewer, seat_id: str, at: datetime) -> None:
    """No more mails, said on the page."""
    place = place_of_seat(by, seat_id, is_locked=True)
    found = find_reminder(place)
    if found is not None:
        Reminder.objects.filter(id=found.id).update(address="")


@writes
def stop_mails(*, key: str, at: datetime) -> None:
    """No more mails, said from one of them: whoever has it may. Nothing happens where there is nothing to stop."""
    Reminder.objects.filter(id=key).update(address="")


def remind(*, at: datetime) -> int:
    """Write to those who asked for it, two days before the end and on the last morning. May run twice."""
    return sum(send_reminders(session_id=it.id, at=at) for it in near(at) if to_tell(it, at).exists())


def to_tell(session: ReflectionSession, at: datetime):
    """Who has still to be told; who has left, or was taken out, is not."""
    untold = (
        Q(is_told_last=False) if is_last_morning(session, at) else Q(is_told_soon=False, is_told_last=False)
    )
    there = Q(seat=None) | Q(seat__removed_at=None) | Q(seat__removed_by="merge")
    return Reminder.objects.filter(untold, there, session=session).exclude(address="")


@writes
def send_reminders(*, session_id: str, at: datetime) -> int:
    """One mail to each address, whether its person has finished or not: nothing here knows that."""
    session = ReflectionSession.objects.select_related("room").get(id=session_id)
    if not (session.is_over_days and is_soon(session, at)):
        return 0
    told = list(to_tell(session, at).select_for_update(of=("self",)).order_by("id"))
    is_last = is_last_morning(session, at)
    # Who left one address in two seats is written to once.
    for it in {it.address.lower(): it for it in told}.values():
        with translation.override(it.language):
            write(it, session, last_words() if is_last else soon_words(), at)
    done = {"is_told_soon": True, "is_told_last": True} if is_last else {"is_told_soon": True}
    Reminder.objects.filter(session=session, id__in=[it.id for it in told]).update(**done)
    return len(told)


def first_words() -> str:
    return _(
        "You asked to be reminded of “{title}”. We write twice more at most: two days before its end, and on the "
        "last morning."
    )


def soon_words() -> str:
    return _("“{title}” ends soon.")


def last_words() -> str:
    return _("“{title}” ends today.")


def write(reminder: Reminder, session: ReflectionSession, beginning: str, at: datetime) -> None:
    """A mail with the way in and the way out, in the language of whoever reads it."""
    room, day = session.room, policy.day_words(session.until_on)
    with translation.override(reminder.language):
        title = one_line(room.title)
        words = "\n\n".join(
            (
                beginning.format(title=title),
                _(
                    "It is open until {day}; fill it in when it suits you. On the device you used you go on where "
                    "you stopped:\n\n{link}"
                ).format(day=day, link=f"{room.address}/j/{room.join_token}/"),
                _(
                    "This mail goes to everybody who left an address, finished or not: it knows nothing of answers."
                ),
                _("No more of these mails:\n\n{link}").format(
                    link=f"{room.address}/no-more-mails/{reminder.id}/"
                ),
            )
        )
        notices.promise_mail(
            to=reminder.address, subject=_("Open until {day}").format(day=day), words=words, at=at
        )
