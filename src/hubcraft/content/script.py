"""A script: the steps of a session in their movements, with the words for the room and for its facilitator.

Whose words they are is said text by text: `published` are the authors', everything else is `draft`, ours.
What the facilitator might say, the minutes and the order are always ours.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hubcraft.content.text import Text, text_of, words_of

KINDS: Final = (
    "read",
    "turn-and-talk",
    "choice",
    "rubric",
    "talk",
    "strategies",
    "hear",
    "plan",
    "feedback",
    "break",
    "stay-connected",
    "slides",
)
READ: Final = "read"
CHOICE: Final = "choice"
OF_DOMAIN: Final = "domain"
OF_RUBRIC: Final = "rubric"
# What a script rates, if it is not whatever its session is about.
PRACTICES: Final = "practices"
ONE_LOOK_FOR: Final = "look-for"
RATES: Final = (PRACTICES, ONE_LOOK_FOR)
WORDS: Final = "words"
DOMAINS: Final = "domains"

Plain = dict[str, Any]


@dataclass(frozen=True)
class Prompt:
    """A question to talk about or to answer; `asks` says with what: in words, or by choosing domains."""

    text: Text
    status: str
    asks: str = WORDS


@dataclass(frozen=True)
class Part:
    """A part of a page: a heading, a paragraph, a list, each if it has one."""

    status: str
    heading: Text | None
    text: Text | None
    points: tuple[Text, ...]

    def html_in(self, language: str) -> str:
        """The part as safe HTML: every word is escaped, the tags are from here."""
        tags = []
        if self.heading is not None:
            tags.append(f"<h3>{_escaped(self.heading, language)}</h3>")
        if self.text is not None:
            tags.append(f"<p>{_escaped(self.text, language)}</p>")
        if self.points:
            points = "".join(f"<li>{_escaped(point, language)}</li>" for point in self.points)
            tags.append(f"<ul>{points}</ul>")
        return "".join(tags)


@dataclass(frozen=True)
class ReadPage:
    """A short page to read; `status` is its title's, each part has its own."""

    key: str
    status: str
    title: Text
    parts: tuple[Part, ...]
    credit: Text

    @property
    def body(self) -> Text:
        """The parts as safe HTML, in each language the title has."""
        return Text(
            {
                language: "".join(part.html_in(language) for part in self.parts)
                for language in self.title.words
            },
            self.title.default,
        )


@dataclass(frozen=True)
class Step:
    """One step: what the road says, what the room sees, what the facilitator might say, how long it takes.

    `status` is the title's. With `prompts_of` the prompts are the domain's own, where it has some; with
    `shows_domain` its goal and its practices are a page to read.
    """

    key: str
    kind: str
    status: str
    title: Text
    question: Text | None
    question_status: str
    advice: Text | None
    advice_status: str
    say: Text | None
    prompts: tuple[Prompt, ...]
    prompts_of: str | None
    minutes: int
    is_protected: bool
    pages: tuple[ReadPage, ...]
    shows_domain: bool

    @property
    def headline(self) -> Text:
        """What stands largest on phone and projector."""
        return self.question or self.title


@dataclass(frozen=True)
class Movement:
    """Steps that belong together: Learn, Reflect, Share, Plan."""

    key: str
    title: Text
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Script:
    """The steps of a session; `status` is of its name and purpose.

    `rates` says what it is made for: the work practices of all domains, or one look-for; "" where that is open.
    """

    key: str
    status: str
    name: Text
    purpose: Text
    movements: tuple[Movement, ...]
    rates: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of every movement, in order."""
        return tuple(step for movement in self.movements for step in movement.steps)

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(step.minutes for step in self.steps)


def plain_script(script: Script) -> Plain:
    """The script as plain dicts, lists, strings and numbers."""
    return {
        "key": script.key,
        "status": script.status,
        "name": words_of(script.name),
        "purpose": words_of(script.purpose),
        "movements": [
            {
                "key": movement.key,
                "title": words_of(movement.title),
                "steps": [_plain_step(step) for step in movement.steps],
            }
            for movement in script.movements
        ],
        **({"rates": script.rates} if script.rates else {}),
    }


def _plain_step(step: Step) -> Plain:
    return {
        "key": step.key,
        "kind": step.kind,
        "status": step.status,
        "title": words_of(step.title),
        "question": words_of(step.question),
        "question_status": step.question_status,
        "advice": words_of(step.advice),
        "advice_status": step.advice_status,
        "say": words_of(step.say),
        "prompts": [
            {"text": words_of(prompt.text), "status": prompt.status, "asks": prompt.asks}
            for prompt in step.prompts
        ],
        "prompts_of": step.prompts_of,
        "minutes": step.minutes,
        "is_protected": step.is_protected,
        "pages": [_plain_page(page) for page in step.pages],
        "shows_domain": step.shows_domain,
    }


def _plain_page(page: ReadPage) -> Plain:
    return {
        "key": page.key,
        "status": page.status,
        "title": words_of(page.title),
        "credit": words_of(page.credit),
        "parts": [
            {
                "status": part.status,
                "heading": words_of(part.heading),
                "text": words_of(part.text),
                "points": [words_of(point) for point in part.points],
            }
            for part in page.parts
        ],
    }


def script_from(plain: Mapping[str, Any], default: str) -> Script:
    """The script that was stored; `default` is the language its pack falls back to."""
    return Script(
        key=plain["key"],
        status=plain["status"],
        name=Text(dict(plain["name"]), default),
        purpose=Text(dict(plain["purpose"]), default),
        movements=tuple(
            Movement(
                key=movement["key"],
                title=Text(dict(movement["title"]), default),
                steps=tuple(_step_from(step, default) for step in movement["steps"]),
            )
            for movement in plain["movements"]
        ),
        rates=plain.get("rates", ""),
    )


def _step_from(plain: Mapping[str, Any], default: str) -> Step:
    return Step(
        key=plain["key"],
        kind=plain["kind"],
        status=plain["status"],
        title=Text(dict(plain["title"]), default),
        question=text_of(plain["question"], default),
        question_status=plain["question_status"],
        advice=text_of(plain["advice"], default),
        advice_status=plain["advice_status"],
        say=text_of(plain["say"], default),
        prompts=tuple(
            Prompt(Text(dict(one["text"]), default), one["status"], one.get("asks", WORDS))
            for one in plain["prompts"]
        ),
        prompts_of=plain["prompts_of"],
        minutes=plain["minutes"],
        is_protected=plain["is_protected"],
        pages=tuple(_page_from(page, default) for page in plain["pages"]),
        shows_domain=plain["shows_domain"],
    )


def _page_from(plain: Mapping[str, Any], default: str) -> ReadPage:
    return ReadPage(
        key=plain["key"],
        status=plain["status"],
        title=Text(dict(plain["title"]), default),
        parts=tuple(
            Part(
                status=part["status"],
                heading=text_of(part["heading"], default),
                text=text_of(part["text"], default),
                points=tuple(Text(dict(point), default) for point in part["points"]),
            )
            for part in plain["parts"]
        ),
        credit=Text(dict(plain["credit"]), default),
    )


def _escaped(text: Text, language: str) -> str:
    return html.escape(text.in_(language), quote=False)
