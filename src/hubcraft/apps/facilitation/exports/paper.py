"""What is printed: the rubric and a session's prompts, described word by word for the writer of PDFs.

Nothing of a person or a team is read here. A sheet holds the pack's words, the minutes of the session, and the way
into its room; the steps and the title are those that everybody in the room sees.
"""

import html
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hubcraft.apps.facilitation.queries.runs import run_of
from hubcraft.apps.frameworks.queries import Rubric, StepView, list_scripts, pack_of, rubric_of
from hubcraft.apps.reflections.queries.domains import domains_in
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms.models import Room
from hubcraft.apps.rooms.queries import RoomView, room_view
from hubcraft.content import domain_at
from hubcraft.content.rubric import PARTLY
from hubcraft.content.text import DRAFT
from hubcraft.domain.verdict import NotThere
from hubcraft.exporting.pdf import write_pdf

Told = dict[str, Any]

# The page a person writes on, and what hangs on the wall, each in the two sizes of the world.
SIZES: Final = {"a4": ("a4", "a3"), "letter": ("us-letter", "us-tabloid")}
UNDERLINED: Final = re.compile(r"<u>(.*?)</u>")
# Ours, beside words that are the authors'.
OURS: Final = "°"
# Beside a hub's own words.
THEIR_OWN: Final = "‡"


@dataclass(frozen=True)
class ScriptOnPaper:
    """A session as it is printed: a script, with the minutes and the order it is held in."""

    key: str
    name: str
    purpose: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True)
class Paper:
    """Which rubric and which session are printed, in which language and size, and for which room, if for one."""

    pack: str
    domain: str
    language: str
    size: str
    script: ScriptOnPaper | None = None
    room: RoomView | None = None
    rung: str = "initials"


@dataclass(frozen=True)
class SheetChoice:
    """One sheet to download, and what it is good for."""

    key: str
    name: str
    words: str


def paper_of_room(room: Room, *, domain: str, language: str, size: str) -> Paper:
    """What can be printed for this room: a rubric of its teams, and its session as it was arranged."""
    session = session_of(room)
    domains = domains_in(session)
    domain = domain if domain in domains else domains[0]
    language = known_language(session.pack_id, language or room.language)
    with translation.override(language):
        run = run_of(session, language, domain)
    chosen = next(
        (it for it in list_scripts(session.pack_id, language) if run and it.key == run.script), None
    )
    return Paper(
        pack=session.pack_id,
        domain=domain,
        language=language,
        size=size,
        script=ScriptOnPaper(run.script, run.name, chosen.purpose if chosen else "", run.steps)
        if run
        else None,
        # The code of a room that has closed may lead to another by now.
        room=None if room.is_closed else room_view(room),
        rung=session.rung,
    )


def paper_of_pack(pack: str, domain: str, *, language: str, size: str, script: str = "") -> Paper:
    """What can be printed without a room."""
    language = known_language(pack, language)
    scripts = list_scripts(pack, language)
    chosen = next((it for it in scripts if it.key == script), scripts[0] if scripts else None)
    return Paper(
        pack=pack,
        domain=domain,
        language=language,
        size=size,
        script=ScriptOnPaper(chosen.key, chosen.name, chosen.purpose, chosen.steps) if chosen else None,
    )


def known_language(pack: str, language: str) -> str:
    """This language, its base, or the pack's own: one that the pack has words in."""
    languages = pack_of(pack).languages
    return next((tag for tag in (language, language.partition("-")[0]) if tag in languages), languages[0])


def list_sheets(paper: Paper) -> tuple[SheetChoice, ...]:
    """The sheets there are, the rubric's first."""
    is_ballot = paper.rung == "anonymous"
    sheets = [
        SheetChoice(
            "poster",
            _("Poster"),
            _(
                "For the wall, with boxes for everyone’s initials. This room is anonymous: use it to look at, not to sign."
            )
            if is_ballot
            else _("For the wall, with boxes for everyone’s initials. Print it as large as you can."),
        ),
        SheetChoice(
            "person",
            _("A page for each person"),
            _("Circles to tick, without a name: collect the pages face down.")
            if is_ballot
            else _("Circles to tick or to initial, quietly; then the team lays its pages side by side."),
        ),
        SheetChoice("large-type", _("Large type"), _("The same in 18 point, one work practice a page.")),
    ]
    if paper.script is not None:
        sheets += [
            SheetChoice(
                "prompts",
                _("Prompts for the tables"),
                _("What to talk about, one page for each part of the session."),
            ),
            SheetChoice(
                "run-sheet",
                _("The facilitator’s run sheet"),
                _("When each step begins, and what you might say. It carries you if the screen fails."),
            ),
        ]
    return tuple(sheets)


def write_sheet(paper: Paper, key: str) -> bytes:
    """One sheet as PDF."""
    if key not in {it.key for it in list_sheets(paper)}:
        raise NotThere
    with translation.override(paper.language):
        describe = rubric_told if key in ("poster", "person", "large-type") else session_told
        return write_pdf(key, describe(paper))


def rubric_told(paper: Paper) -> Told:
    """The rubric, word by word."""
    rubric = rubric_of(paper.pack, paper.domain, paper.language)
    prompt = rubric.strategy_prompt
    named = " · ".join(it.label for it in rubric.levels if it.names_strategy)
    bare = [title for title, look_fors in rubric.practices if not look_fors]
    hint = pgettext(
        "paper",
        "Not sure, or it doesn’t apply to your team? Write that beside the look-for; it counts as an answer.",
    )
    also = pgettext("paper", "Also in this domain, without published look-fors so far: {practices}.").format(
        practices="; ".join(bare)
    )
    return shared_told(paper, rubric.title, rubric) | {
        "goal": rubric.goal,
        "instruction": rubric.instruction,
        "levels": [
            {"label": it.label, "fill": it.fill, "strategy": prompt if it.names_strategy else ""}
            for it in rubric.levels
        ],
        "practices": [
            {"title": title, "look_fors": [runs_of(signed(it.html, it)) for it in look_fors]}
            for title, look_fors in rubric.practices
            if look_fors
        ],
        "strategy": f"{named}: {prompt}" if prompt else "",
        "asides": [pgettext("paper", "Not sure"), pgettext("paper", "Doesn’t apply to us")],
        "blanks": blanks(paper),
        "hint": hint,
        "notes": [*sign_words(rubric.look_fors), *([also] if bare else [])],
    }


def blanks(paper: Paper) -> list[str]:
    """What to write at the top of one's own page; where the room is anonymous, only the team."""
    who = {"initials": [pgettext("paper", "Your initials")], "alias": [pgettext("paper", "Your alias")]}.get(
        paper.rung, []
    )
    return [*who, pgettext("paper", "Team")]


def runs_of(words: str) -> list[tuple[str, bool]]:
    """A look-for in parts, each with whether it is emphasised."""
    parts = UNDERLINED.split(words)
    return [(html.unescape(part), bool(at % 2)) for at, part in enumerate(parts) if part]


def session_told(paper: Paper) -> Told:
    """The session, step by step."""
    script = paper.script
    if script is None:
        raise NotThere
    rubric = rubric_of(paper.pack, paper.domain, paper.language)
    told_movements = movements_told(paper, script)
    ours = pgettext(
        "paper", "{sign} our words, draft. The order, the minutes and what you might say are ours too."
    )
    return shared_told(paper, script.name, rubric) | {
        "script": script.name,
        "purpose": script.purpose,
        "whole": pgettext("paper", "{minutes} minutes in all. Times count from the moment you begin.").format(
            minutes=sum(step.minutes for step in script.steps)
        ),
        "movements": told_movements,
        "notes": [ours.format(sign=OURS)],
    }


def movements_told(paper: Paper, script: ScriptOnPaper) -> list[Told]:
    """The movements in the order of the session, each with its steps."""
    movements: list[Told] = []
    is_ours, begins = whose_words(paper, script), 0
    for step in script.steps:
        if not movements or movements[-1]["title"] != step.movement_title:
            movements.append({"title": step.movement_title, "steps": [], "sum": 0})
        movements[-1]["steps"].append(step_told(step, begins, is_ours))
        movements[-1]["sum"] += step.minutes
        begins += step.minutes
    return [{**it, "minutes": minutes_words(it.pop("sum"))} for it in movements]


def step_told(step: StepView, begins: int, is_ours: Callable[[str, int], bool]) -> Told:
    """One step. What is left to write on paper is what the phones would have asked for."""

    def marked(words: str, at: int) -> str:
        return f"{words} {OURS}" if words and is_ours(step.key, at) else words

    return {
        "title": step.title,
        "question": marked(step.question, -1),
        "asks": "" if step.question == step.title else marked(step.question, -1),
        "advice": step.advice,
        "say": step.say,
        "prompts": [marked(words, at) for at, words in enumerate(step.prompts)],
        "minutes": minutes_words(step.minutes),
        "begins": f"{begins // 60}:{begins % 60:02}",
        "protected": pgettext("paper", "Keep this time") if step.is_protected else "",
        "pages": " · ".join(it.title for it in step.pages),
        "blanks": [pgettext("paper", "What"), pgettext("paper", "Who"), pgettext("paper", "By when")]
        if step.kind == "plan"
        else [],
    }


def whose_words(paper: Paper, script: ScriptOnPaper) -> Callable[[str, int], bool]:
    """Says of a step's question (-1) or of one of its prompts whether the words are ours, not the authors'."""
    pack = pack_of(paper.pack)
    domain = domain_at(pack, paper.domain)
    ours: set[tuple[str, int]] = set()
    for step in pack.script(script.key).steps:
        statuses = [it.status for it in pack.prompts_of(step, domain)]
        question = step.question_status if step.question else step.status
        ours |= {(step.key, at) for at, status in enumerate([*statuses, question]) if status == DRAFT}
        # A question is counted last, and asked for as -1.
        if (step.key, len(statuses)) in ours:
            ours = (ours - {(step.key, len(statuses))}) | {(step.key, -1)}
    return lambda key, at: (key, at) in ours


def shared_told(paper: Paper, title: str, rubric: Rubric) -> Told:
    """What every sheet says: its title, whose words these are, and the way into the room."""
    pack = pack_of(paper.pack)
    page, poster = SIZES[paper.size]
    return {
        "title": title,
        "language": paper.language,
        "paper": page,
        "poster": poster,
        "credit": rubric.credit,
        "status": " · ".join(status_words(rubric, f"{pack.id} {pack.version}")),
        "foot": paper.room.title if paper.room else pack.name.in_(paper.language),
        "room": {"code": paper.room.code, "address": paper.room.join_address, "qr": paper.room.qr}
        if paper.room
        else None,
        "words": {
            "goal": pgettext("paper", "Goal"),
            "code": pgettext("paper", "Room code"),
            "qr": pgettext("paper", "QR code that leads into the room"),
            "practice": pgettext("paper", "Work practice"),
            "look_for": pgettext("paper", "Look-for"),
            "page": pgettext("paper", "{page} of {pages}"),
        },
    }


class Whose(Protocol):
    """Something in words that are the framework's authors', a draft of ours, or a hub's own."""

    @property
    def is_draft(self) -> bool: ...

    @property
    def is_own(self) -> bool: ...


def signed(words: str, it: Whose) -> str:
    """These words, with the sign of whose they are where they are not the authors'."""
    sign = OURS if it.is_draft else THEIR_OWN if it.is_own else ""
    return f"{words} {sign}".rstrip()


def sign_words(rows: Collection[Whose]) -> list[str]:
    """What the signs on these rows mean; only those that are on them."""
    told = [draft_words()] if any(it.is_draft for it in rows) else []
    own = _("{sign} your hub’s own words, not the framework’s authors’.").format(sign=THEIR_OWN)
    return [*told, own] if any(it.is_own for it in rows) else told


def draft_words() -> str:
    """What the sign beside a look-for means."""
    return _("{sign} draft: ours, not the framework’s authors’; we invite them to replace it.").format(
        sign=OURS
    )


def status_words(rubric: Rubric, version: str) -> Iterable[str]:
    """How final the rubric's words are, and in which version."""
    yield {
        DRAFT: pgettext("paper", "Draft"),
        PARTLY: pgettext("paper", "Rubric as published by its authors, with drafts of ours"),
    }.get(rubric.status, pgettext("paper", "Rubric as published by its authors"))
    if rubric.is_our_translation:
        yield pgettext("paper", "this translation is ours, a draft")
    yield version


def minutes_words(minutes: int) -> str:
    """A length, short enough for a margin."""
    return pgettext("paper", "{minutes} min").format(minutes=minutes)
