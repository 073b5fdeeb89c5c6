"""Promise a mail; send what is due."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail

from hubcraft.apps.notices.models import OutboxMail
from hubcraft.web.writer import writes

log = logging.getLogger("hubcraft.notices")

MOST_TRIES = 8


def promise_mail(*, to: str, subject: str, words: str, at: datetime) -> OutboxMail:
    """Put a mail in the outbox, inside the transaction of the act that promises it."""
    # One line, whatever a room is called: a subject over two lines could say who else it goes to.
    return OutboxMail.objects.create(to=to, subject=" ".join(subject.split()), words=words, due_at=at)


def send_due(*, at: datetime) -> int:
    """Send what is due and say how many went out. May run twice: a mail is taken before it is sent."""
    sent = 0
    if given_up(at).exists():
        give_up(at=at)
    for mail_id in list(due(at).values_list("id", flat=True)[:50]):
        mail = take_mail(mail_id=mail_id, at=at)
        if mail is None:
            continue
        try:
            send_mail(mail.subject, mail.words, settings.DEFAULT_FROM_EMAIL, [mail.to])
        except OSError as fault:
            log.warning("mail %s could not be sent yet: %s", mail.pk, type(fault).__name__)
            continue
        mark_sent(mail_id=mail.pk, at=at)
        sent += 1
    return sent


def given_up(at: datetime):
    """Mails that were tried often enough, and whose last pause is over."""
    return OutboxMail.objects.filter(sent_at=None, due_at__lte=at, tries__gte=MOST_TRIES).exclude(to="")


@writes
def give_up(*, at: datetime) -> None:
    """Forget what can't be sent: a link that is a key must not lie about for ever."""
    given_up(at).update(words="", subject="", to="")


def due(at: datetime):
    """Mails whose moment has come and that are not given up."""
    return OutboxMail.objects.filter(sent_at=None, due_at__lte=at, tries__lt=MOST_TRIES).order_by("due_at")


@writes
def take_mail(*, mail_id: int, at: datetime) -> OutboxMail | None:
    """Move the next try into the future, so that two workers never send one mail at once."""
    mail = OutboxMail.objects.get(pk=mail_id)
    pause = timedelta(minutes=2**mail.tries)
    taken = due(at).filter(pk=mail_id).update(tries=mail.tries + 1, due_at=at + pause)
    return mail if taken else None


@writes
def mark_sent(*, mail_id: int, at: datetime) -> None:
    """Note that it went out, and forget what it said and to whom."""
    OutboxMail.objects.filter(pk=mail_id).update(sent_at=at, words="", subject="", to="")
