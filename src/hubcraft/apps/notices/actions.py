"""Promise a mail; send what is due."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.notices.writing import WRITERS, Written, set_for_reading, write
from hubcraft.domain.mailing import one_line
from hubcraft.web.writer import writes

log = logging.getLogger("hubcraft.notices")

MOST_TRIES = 8


def promise_mail(*, to: str, subject: str, words: str, at: datetime) -> OutboxMail:
    """Put a mail in the outbox, inside the transaction of the act that promises it; in the language of this moment."""
    # One line, whatever a room is called: a subject over two lines could say who else it goes to.
    line, language = one_line(subject)[:200], translation.get_language() or "en"
    return OutboxMail.objects.create(to=to, subject=line, words=words, language=language, due_at=at)


def promise_written(*, to: str, template: str, language: str, at: datetime, **context: object) -> OutboxMail:
    """The same from a template, in the language of whoever reads it."""
    with translation.override(language):
        written = write(template, context)
        return promise_mail(to=to, subject=written.subject, words=written.words, at=at)


def promise_to_write(*, to: str, kind: str, about: str, language: str, at: datetime) -> OutboxMail:
    """A mail that is written as it is sent: until then nothing of what it will say lies anywhere."""
    return OutboxMail.objects.create(to=to, kind=kind, about=about, language=language, due_at=at)


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
            sent += send(mail, at)
        except (OSError, ValueError) as fault:
            # One that no server would take must not keep the others from being sent.
            log.warning("mail %s could not be sent yet: %s", mail.pk, type(fault).__name__)
            continue
        mark_sent(mail_id=mail.pk, at=at)
    return sent


def send(mail: OutboxMail, at: datetime) -> bool:
    """Text first, and beside it the same set for reading; nothing where there is nothing to say any more."""
    written = written_now(mail, at)
    if written is None:
        return False
    letter = EmailMultiAlternatives(
        written.subject, written.words, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=dict(written.headers)
    )
    letter.attach_alternative(set_for_reading(written.subject, written.words, mail.language), "text/html")
    letter.send()
    return True


def written_now(mail: OutboxMail, at: datetime) -> Written | None:
    """What it says at this moment."""
    if not mail.kind:
        return Written(mail.subject, mail.words)
    with translation.override(mail.language):
        return WRITERS[mail.kind](mail.about, at)


def given_up(at: datetime):
    """Mails that were tried often enough, and whose last pause is over."""
    return OutboxMail.objects.filter(sent_at=None, due_at__lte=at, tries__gte=MOST_TRIES).exclude(to="")


@writes
def give_up(*, at: datetime) -> None:
    """Forget what can't be sent: a link that is a key must not lie about for ever."""
    given_up(at).update(words="", subject="", to="", about="")


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
    OutboxMail.objects.filter(pk=mail_id).update(sent_at=at, words="", subject="", to="", about="")
