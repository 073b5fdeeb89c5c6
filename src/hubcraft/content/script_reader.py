"""Reads the scripts of a pack, scripts/<key>.toml, and the pages their steps show, pages/<key>.toml."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hubcraft.content import limits
from hubcraft.content.folder import Folder
from hubcraft.content.framework import Domain
from hubcraft.content.script import (
    CHOICE,
    DOMAINS,
    KINDS,
    OF_DOMAIN,
    OF_RUBRIC,
    RATES,
    READ,
    WORDS,
    Movement,
    Part,
    Prompt,
    ReadPage,
    Script,
    Step,
)
from hubcraft.content.table import Table
from hubcraft.content.text import DRAFT, PUBLISHED, Text

CHOICES: Final = 2

_STATUS: Final = (PUBLISHED, DRAFT)
_PAGES: Final = ("pages", "shows_domain")


def read_scripts(folder: Folder, pack: Table, domains: Sequence[Domain]) -> tuple[Script, ...]:
    """The scripts that pack.toml lists, in its order."""
    pages = _Pages(folder, {domain.key.rpartition("/")[2]: domain for domain in domains})
    listed = pack.names("scripts")
    tables = [(key, folder.table(f"scripts/{key}.toml", pack.languages)) for key in listed]
    scripts = tuple(_read_script(table, key, pages) for key, table in tables if table is not None)
    folder.unlisted(
        "scripts",
        set(listed),
        "pack.toml doesn't list this script.",
        'Add "{}" to the scripts in pack.toml, or remove the file.',
    )
    if len(scripts) == len(tables):
        folder.unlisted(
            "pages",
            pages.named,
            "No step shows this page.",
            'Add "{}" to the pages of a step, or remove the file.',
        )
    else:
        # A script that can't be read may show any of them.
        folder.asked.update(file for file in folder.files if file.startswith("pages/"))
    return scripts


@dataclass
class _Pages:
    """The pages that steps name; one that several steps show is read once."""

    folder: Folder
    domains: dict[str, Domain]
    named: set[str] = field(default_factory=set)
    read: dict[str, ReadPage] = field(default_factory=dict)
    shown: int = 0

    def of(self, step: Table) -> tuple[ReadPage, ...]:
        """The pages this step shows, those that can be read."""
        keys = step.names("pages")
        self.shown += len(keys)
        if self.shown > limits.SHOWN_PAGES:
            step.wrong(
                "Very many pages are shown.",
                f"All steps together show at most {limits.SHOWN_PAGES} pages.",
                "pages",
            )
            return ()
        for key in keys:
            if key not in self.named:
                self.named.add(key)
                table = self.folder.table(f"pages/{key}.toml", step.languages, limits.PAGE)
                if table is not None:
                    self.read[key] = _read_page(table, key, self.domains)
        return tuple(self.read[key] for key in keys if key in self.read)


def _read_script(table: Table, key: str, pages: _Pages) -> Script:
    script_status, name, purpose = _status(table), table.text("name"), table.text("purpose")
    rates = table.choice_or_none("rates", RATES) or ""
    movement_tables = table.tables("movements")
    movements, step_tables = [], list[Table]()
    for movement in movement_tables:
        movement_key, title = movement.key(), movement.text("title")
        tables = movement.tables("steps")
        if not tables:
            movement.wrong("This movement has no steps.", "Begin each with [[movements.steps]].")
        movements.append(Movement(movement_key, title, tuple(_read_step(one, pages) for one in tables)))
        step_tables.extend(tables)
        movement.done()
    script = Script(key, script_status, name, purpose, tuple(movements), rates)
    if not movements:
        table.wrong("This script has no movements.", "Begin each with [[movements]].")
    table.distinct(movement_tables, [movement.key for movement in movements], "movement")
    table.distinct(step_tables, [step.key for step in script.steps], "step of the script")
    table.done()
    return script


def _read_step(table: Table, pages: _Pages) -> Step:
    status = _status(table)
    step = Step(
        key=table.key(),
        kind=table.choice("kind", KINDS),
        status=status,
        title=table.text("title"),
        question=table.text_or_none("question"),
        question_status=_status(table, "question_status", status),
        advice=table.text_or_none("advice"),
        advice_status=_status(table, "advice_status"),
        say=table.text_or_none("say"),
        prompts=tuple(_read_prompt(one) for one in table.tables("prompts")),
        prompts_of=table.choice_or_none("prompts_of", (OF_DOMAIN, OF_RUBRIC)),
        minutes=table.count("minutes"),
        is_protected=table.boolean("is_protected", otherwise=False),
        pages=pages.of(table),
        shows_domain=table.boolean("shows_domain", otherwise=False),
    )
    _check_step(table, step)
    table.done()
    return step


def _check_step(table: Table, step: Step) -> None:
    if step.kind == READ and not (table.content.keys() & {*_PAGES, "prompts"}):
        table.wrong(
            "This step has nothing to read.",
            'Add pages = ["…"], each a file in the folder pages, or shows_domain = true, or prompts.',
        )
    for key in _PAGES:
        if step.kind != READ and key in table.content:
            table.wrong("Only a step to read has pages.", f'Remove it, or write kind = "{READ}".', key)
    if step.kind == CHOICE and len(step.prompts) != CHOICES:
        table.wrong(
            f"A choice asks two questions, not {len(step.prompts)}.",
            "Write two prompts: what one knows a lot about, then what one would like to learn more about.",
            "prompts",
        )
    if step.prompts_of is not None and not step.prompts:
        table.wrong(
            "There are no prompts for a domain that has none of its own.",
            "Add prompts that suit any domain.",
            "prompts_of",
        )
    for of, is_given in (("question", step.question), ("advice", step.advice)):
        if is_given is None and f"{of}_status" in table.content:
            table.wrong(f"There is no {of} to say this of.", f"Add {of}, or remove it.", f"{of}_status")


def _read_prompt(table: Table) -> Prompt:
    prompt = Prompt(table.text("text"), _status(table), table.choice("asks", (WORDS, DOMAINS), WORDS))
    table.done()
    return prompt


def _read_page(table: Table, key: str, domains: dict[str, Domain]) -> ReadPage:
    status, title = _read_title(table, domains)
    parts = tuple(_read_part(one) for one in table.tables("parts"))
    if not parts:
        table.wrong("This page has nothing to read.", "Begin each part with [[parts]].")
    page = ReadPage(key, status, title, parts, table.text("credit"))
    table.done()
    return page


def _read_title(table: Table, domains: dict[str, Domain]) -> tuple[str, Text]:
    """A page about a domain is called what the domain is called; any other has a title of its own."""
    if "domain" not in table.content:
        table.asked.add("domain")
        return _status(table), table.text("title")
    key = table.key("domain")
    if key in domains:
        return domains[key].name_status, domains[key].name
    table.wrong(f'There is no domain "{key}".', f"Domains in pack.toml: {', '.join(domains)}.", "domain")
    default = table.languages[0]
    return DRAFT, Text({default: ""}, default)


def _read_part(table: Table) -> Part:
    part = Part(
        status=_status(table),
        heading=table.text_or_none("heading"),
        text=table.text_or_none("text"),
        points=table.texts("points"),
    )
    if part == Part(part.status, None, None, ()):
        table.wrong("This part is empty.", "Add heading, text or points.")
    table.done()
    return part


def _status(table: Table, key: str = "status", otherwise: str = DRAFT) -> str:
    """Whose words; ours unless it is said, so that nobody's words are claimed for the authors by mistake."""
    return table.choice(key, _STATUS, otherwise)
