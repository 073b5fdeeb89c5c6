"""What a mail says: its text from a template, and beside it the same set for reading with colours and letters."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import translation

from hubcraft.domain.mailing import one_line, passages

# A mail can't ask for a stylesheet, so each part brings its look along; the colours are those of the pages by day.
LOOK = {
    "page": "margin:0;padding:0;background-color:#fbf8f1;color:#1c2230;",
    "sheet": "max-width:600px;width:100%;background-color:#fffdf8;border:1px solid #ddd5c3;border-radius:12px;",
    "inside": "padding:28px 24px;font-family:'Source Sans 3',system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;"
    "font-size:17px;line-height:1.5;color:#1c2230;",
    "name": "margin:0 0 20px;font-size:15px;color:#595f6d;",
    "subject": "margin:0 0 16px;font-family:'Source Serif 4',Georgia,serif;font-size:25px;line-height:1.25;"
    "font-weight:600;color:#1c2230;overflow-wrap:anywhere;",
    "title": "margin:28px 0 8px;font-family:'Source Serif 4',Georgia,serif;font-size:20px;line-height:1.3;"
    "font-weight:600;color:#1c2230;",
    "text": "margin:0 0 16px;overflow-wrap:anywhere;",
    "list": "margin:0 0 16px;padding:0 0 0 22px;",
    "point": "margin:0 0 12px;overflow-wrap:anywhere;white-space:pre-line;",
    "code": "margin:0 0 16px;padding:12px 16px;background-color:#f2efe3;border-radius:6px;"
    "font-family:ui-monospace,Consolas,monospace;font-size:15px;color:#1c2230;overflow-wrap:anywhere;",
    "digits": "margin:0 0 16px;padding:12px 16px;background-color:#f2efe3;border-radius:6px;"
    "font-family:ui-monospace,Consolas,monospace;font-size:30px;letter-spacing:4px;color:#1c2230;",
    "button": "display:inline-block;padding:12px 22px;background-color:#0f2f5c;color:#fffdf8;border-radius:12px;"
    "font-weight:600;text-decoration:none;",
    "address": "margin:0 0 16px;font-size:15px;line-height:1.4;color:#595f6d;overflow-wrap:anywhere;",
    "link": "color:#0f2f5c;text-decoration:underline;overflow-wrap:anywhere;",
}
# By night, where a mail's reader can be told; elsewhere it turns the colours by itself or leaves them as they are.
NIGHT = (
    ":root{color-scheme:light dark}"
    "@media (prefers-color-scheme: dark){"
    ".page{background-color:#14171d!important}"
    ".sheet{background-color:#1d2027!important;border-color:#3c4047!important}"
    ".ink{color:#efebe2!important}.soft{color:#b6b0a6!important}"
    ".wash{background-color:#2d2a24!important;color:#efebe2!important}"
    ".main{background-color:#99c1f4!important;color:#121720!important}"
    ".link{color:#99c1f4!important}}"
)


@dataclass(frozen=True)
class Written:
    """A mail before it is sent; `headers` are what its reader's program acts upon."""

    subject: str
    words: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Named:
    """A row of a table as a mail calls it."""

    key: str
    name: str

    def __str__(self) -> str:
        return self.name


# Who writes a mail at the moment it is sent, by kind; each app that has such a kind puts its own in.
WRITERS: dict[str, Callable[[str, datetime], Written | None]] = {}


def write(template: str, context: dict[str, object]) -> Written:
    """A mail from its template, whose first line is the subject; what people are called stays on one line."""
    words = render_to_string(template, {name: quoted(it) for name, it in context.items()})
    subject, _line, body = words.partition("\n")
    return Written(one_line(subject), body.strip() + "\n")


def quoted(it: object) -> object:
    """What people typed, so that in a mail it can be neither a paragraph, nor a title, nor an address of its own."""
    if isinstance(it, Model):
        return Named(str(it.pk), one_line(str(it)))
    return one_line(it) if isinstance(it, str) else it


def set_for_reading(subject: str, words: str, language: str) -> str:
    """The same text as HTML: nothing more in it, nothing less, and nothing that is fetched from anywhere."""
    told = list(passages(words))
    # The first address is what the mail is about, unless there is a list of them: then that is.
    has_list = any(it.kind == "list" for it in told)
    main = None if has_list else next((at for at, it in enumerate(told) if it.kind == "link"), None)
    if main is not None:
        told[main] = replace(told[main], kind="button")
    context = {"subject": subject, "passages": told, "language": language, "look": LOOK, "night": NIGHT}
    with translation.override(language):
        return render_to_string("notices/mail/frame.html", context)
