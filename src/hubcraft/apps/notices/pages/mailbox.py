"""The mailbox of a place that sends no mail: every mail, as text and set for reading. Only where debugging is on."""

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import page, show

# Between two mails in one file, as Django's mailbox of files writes it.
BETWEEN = b"\n" + b"-" * 79 + b"\n"
# A mail brings its styles along and has nothing to run: in a box of its own, so that nothing of it reaches the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
MOST = 50


@dataclass(frozen=True)
class MailView:
    """One mail as it was sent."""

    number: int
    to: str
    subject: str
    heads: tuple[str, ...]
    words: str
    html: str


def list_mails() -> list[MailView]:
    """The newest first."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or settings.DATA / "mailbox")
    files = sorted(folder.glob("*.log"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    parts = [part for file in files for part in file.read_bytes().split(BETWEEN) if part.strip()]
    return [mail_view(number, part) for number, part in enumerate(parts)][::-1][:MOST]


def mail_view(number: int, part: bytes) -> MailView:
    mail = email.message_from_bytes(part, policy=email.policy.default)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    return MailView(
        number,
        str(mail["To"]),
        str(mail["Subject"]),
        tuple(f"{name}: {value}" for name, value in mail.items() if name.startswith("List-")),
        text.get_content() if text else "",
        html.get_content() if html else "",
    )


def insist_on_here(request: HttpRequest) -> None:
    """Codes to sign in stand in it: whoever is not at this very machine finds nothing, and nobody where mail is sent."""
    is_here = (
        request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and not settings.HUBCRAFT_TRUSTED_PROXIES
    )
    if settings.HUBCRAFT_CAN_MAIL or not is_here:
        raise NotThere


@page(policy=None)
def mailbox(request: HttpRequest) -> HttpResponse:
    """Both parts of each mail."""
    insist_on_here(request)
    return show(request, "look/mails.html", mails=list_mails())


@page(policy=None)
def set_mail(request: HttpRequest, number: int) -> HttpResponse:
    """One mail, set for reading, in its box."""
    insist_on_here(request)
    found = next((it for it in list_mails() if it.number == number), None)
    if found is None:
        raise NotThere
    response = HttpResponse(found.html)
    response["Content-Security-Policy"] = POLICY
    return response
