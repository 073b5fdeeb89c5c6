"""Operations as a device sends them, and what is typed in from paper."""

import json
import re
import secrets
from collections.abc import Iterator, Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hubcraft.apps.frameworks.queries import LookForView, Rubric
from hubcraft.apps.reflections.actions.marks import Operation
from hubcraft.apps.reflections.actions.typing_in import Typed
from hubcraft.domain import names
from hubcraft.domain.names import Mistake, Mistyped
from hubcraft.domain.verdict import Refused, refuse

MOST_OPERATIONS = 200
OPERATION_ID = re.compile(r"[0-9a-f]{32}")
SEAT_KEY = re.compile(r"[a-z0-9]{0,12}")


class ReminderForm(forms.Form):
    """Where to remind somebody."""

    address = forms.EmailField(
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("This is not a mail address. One looks like name@school.org."),
            "required": gettext_lazy("Write your mail address."),
            "max_length": gettext_lazy("This is too long for a mail address."),
        },
    )


def read_operations(body: bytes) -> tuple[str, list[Operation]]:
    """The key of a seat and its operations, from what a device's queue sends. Raises Refused for anything else."""
    try:
        sent = json.loads(body)
        seat_key, operations = sent["seat"], [read_operation(it) for it in sent["operations"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(
            refuse(_("This page is too old for the server. Reload it; nothing you chose is lost."))
        ) from None
    if not (isinstance(seat_key, str) and SEAT_KEY.fullmatch(seat_key)) or len(operations) > MOST_OPERATIONS:
        raise Refused(refuse(_("This page is too old for the server. Reload it; nothing you chose is lost.")))
    return seat_key, operations


def read_operation(sent: dict) -> Operation:
    """One operation. Raises ValueError where it is not of the agreed form."""
    operation = Operation(sent["id"], sent["look_for"], sent["answer"], sent["phase"])
    if not (isinstance(operation.id, str) and OPERATION_ID.fullmatch(operation.id)):
        raise ValueError("an operation's id is 32 hexadecimal digits")
    if not (isinstance(operation.look_for, str) and isinstance(operation.answer, str)):
        raise ValueError("look-for and answer are text")
    if operation.phase not in ("before", "after"):
        raise ValueError("a phase is before or after the reveal")
    return operation


def read_plain_form(fields, answers_now: dict[str, str]) -> tuple[str, list[Operation]]:
    """The same from a form that was sent without JavaScript: only what differs from what the page showed.

    A page that has been open for long must not take back what its person has answered elsewhere since.
    """
    phase = "after" if fields.get("phase") == "after" else "before"
    wanted = {name.removeprefix("answer-"): fields[name] for name in fields if name.startswith("answer-")}
    if fields.get("clear"):
        wanted[fields["clear"]] = ""
    operations = [
        Operation(secrets.token_hex(16), look_for, answer, phase)
        for look_for, answer in wanted.items()
        if fields.get(f"was-{look_for}", answers_now.get(look_for, "")) != answer
    ]
    return fields.get("seat", ""), operations[:MOST_OPERATIONS]


# More people than any team has; whoever types three digits meant two.
MOST_PEOPLE = 99
MOST_IN_A_BOX = 1_000


class TypingForm(forms.Form):
    """A team's paper, box by box: initials (aliases between commas), or how many where nobody is named."""

    # The form's own number, and that of the form whose words it takes the place of.
    once = forms.CharField(required=False)
    replaces = forms.CharField(required=False)

    def __init__(self, *args, rubric: Rubric, is_named: bool, is_alias: bool, may_be_empty: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.rubric, self.is_named, self.may_be_empty = rubric, is_named, may_be_empty
        self.is_alias = is_alias
        for look_for in rubric.look_fors:
            for answer in rubric.scale.answers:
                self.fields[box_name(look_for, answer)] = forms.CharField(required=False)

    def clean_once(self) -> str:
        once = self.cleaned_data["once"]
        return once if OPERATION_ID.fullmatch(once) else secrets.token_hex(16)

    def clean(self) -> dict:
        """Read line by line; every mistake is told with the look-for it stands at, as the sheet numbers them."""
        cleaned = super().clean()
        lines = {it.key: self.read_line(it, cleaned) for it in self.rubric.look_fors}
        cleaned["typed"] = Typed(names=turned(lines)) if self.is_named else Typed(counts=lines)
        if not self.errors and not cleaned["typed"].people and not self.may_be_empty:
            self.add_error(None, _("Nothing is typed in yet. Begin with the first line of the paper."))
        return cleaned

    def read_line(self, look_for: LookForView, cleaned: Mapping[str, str]) -> dict:
        """One look-for: {initials: answer}, or {answer: people}."""
        read_box = self.read_names if self.is_named else self.read_count
        line: dict = {}
        for answer in self.rubric.scale.answers:
            name = box_name(look_for, answer)
            for sentence in read_box(cleaned.get(name, ""), answer, line):
                words = _("Look-for {number}: {sentence}").format(number=look_for.number, sentence=sentence)
                self.add_error(name, words)
        return line

    def read_names(self, text: str, answer: str, line: dict[str, str]) -> Iterator[str]:
        """Everybody in one box; nobody stands twice on a line. Says what can't be read."""
        if len(text) > MOST_IN_A_BOX:
            yield _("this is too much for one box.")
            return
        known = {name.casefold() for name in line}
        for word in re.split(r"[,;\r\n]" if self.is_alias else r"[\s,;]+", text):
            if not word.strip():
                continue
            try:
                name = (names.read_alias if self.is_alias else names.read_initials)(word)
            except Mistyped as mistyped:
                yield mistyped_words(shortened(word.strip()), mistyped.mistake)
                continue
            if name.casefold() in known:
                yield twice_words(name, is_alias=self.is_alias)
            known.add(name.casefold())
            line[name] = answer

    def read_count(self, text: str, answer: str, line: dict[str, int]) -> Iterator[str]:
        """How many stand in one box; an empty one is nobody. Says what is no such number."""
        if text and not text.isdecimal():
            yield _("“{text}” is no number.").format(text=shortened(text))
        elif len(text) > MOST_IN_A_BOX or int(text or 0) > MOST_PEOPLE:
            yield _("{text} is more than a team has. Write {most} at most.").format(
                text=shortened(text), most=MOST_PEOPLE
            )
        elif text:
            line[answer] = int(text)


def box_name(look_for: LookForView, answer: str) -> str:
    """The field of one box: `box-3-not-sure`."""
    return f"box-{look_for.number}-{answer}"


def turned(lines: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """{look-for: {name: answer}} as {name: {look-for: answer}}; the first spelling of a name is kept."""
    spelling: dict[str, str] = {}
    people: dict[str, dict[str, str]] = {}
    for look_for, line in lines.items():
        for name, answer in line.items():
            people.setdefault(spelling.setdefault(name.casefold(), name), {})[look_for] = answer
    return people


def mistyped_words(word: str, mistake: Mistake) -> str:
    """What is wrong with what stands in a box."""
    match mistake:
        case Mistake.INITIALS_TOO_LONG:
            words = _("“{word}” is more than four letters. Put a space or a comma between two people.")
        case Mistake.ALIAS_TOO_LONG:
            words = _("“{word}” is more than twenty characters. Put a comma between two people.")
        case Mistake.INITIALS_NOT_LETTERS | Mistake.INITIALS_MISSING:
            words = _("“{word}” is not initials. Use letters or digits only.")
        case _unreadable:
            words = _("“{word}” has nothing that everybody can read.")
    return words.format(word=word)


def twice_words(name: str, *, is_alias: bool) -> str:
    """What to do where one name stands twice on a line."""
    if is_alias:
        return _("{name} stands here twice. Keep one of them.").format(name=name)
    return _(
        "{name} stands here twice. Keep one; if they are two people, type {name}2 for one of them on every line."
    ).format(name=name)


def shortened(text: str) -> str:
    """Enough of what was typed to find it again."""
    return text if len(text) <= 24 else f"{text[:23]}…"
