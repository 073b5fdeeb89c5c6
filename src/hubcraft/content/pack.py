"""A content pack as it is once read: frameworks, domains, practices, look-fors, scales, scripts; its plain form.

Keys are stable and begin with the pack's id: `hub-leadership/domain-1/establish-the-hub-team/diverse-members`.
The plain form (`to_json`) is what a database stores; key order in it means nothing, list order does.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from hubcraft.content.mistakes import Mistake, PackError
from hubcraft.content.script import OF_RUBRIC, Part, Prompt, ReadPage, Script, Step, plain_script, script_from
from hubcraft.content.text import DRAFT, Text, text_of, with_emphasis, without_emphasis, words_of
from hubcraft.domain import rating

RUBRIC: Final = "domain"
LOG: Final = "log"

Plain = dict[str, Any]


@dataclass(frozen=True)
class LevelText:
    """A level in words. `short_status` says whether the short form is the authors' or still ours."""

    key: str
    label: Text
    short: Text
    short_status: str
    fill: int
    names_strategy: bool


@dataclass(frozen=True)
class Scale:
    """The levels, lowest first, and what to ask for where a level names a strategy."""

    key: str
    levels: tuple[LevelText, ...]
    strategy_prompt: Text | None

    @property
    def rating(self) -> rating.Scale:
        """The same scale as the rules know it, without words."""
        return rating.Scale(
            tuple(rating.Level(level.key, level.fill, level.names_strategy) for level in self.levels)
        )


@dataclass(frozen=True)
class LookFor:
    """What to look for; `source` is as written, with `*emphasis*`."""

    key: str
    source: Text

    @property
    def text(self) -> Text:
        """The plain words."""
        return self.source.each(without_emphasis)

    @property
    def html(self) -> Text:
        """The words as safe HTML; nothing but `<u>` in it is markup."""
        return self.source.each(with_emphasis)


@dataclass(frozen=True)
class Practice:
    """One kind of work inside a domain; it may have no look-fors (yet)."""

    key: str
    title: Text
    look_fors: tuple[LookFor, ...]


@dataclass(frozen=True)
class Domain:
    """A domain of a framework; `kind` is "domain", or "log" for what is written down as it comes up.

    `heading` is the title of its rubric, `how_to` how it is used, `prompts` are for the talk at the board,
    `credit` whose words these are.
    """

    key: str
    kind: str
    number: int | None
    name: Text
    aliases: tuple[Text, ...]
    heading: Text | None
    goal: Text | None
    instruction: Text | None
    how_to: tuple[Text, ...]
    prompts: tuple[Text, ...]
    practices: tuple[Practice, ...]
    scale: Scale | None
    status: str
    credit: Text

    @property
    def look_fors(self) -> tuple[LookFor, ...]:
        """Every look-for of every practice, in the order of the poster."""
        return tuple(look_for for practice in self.practices for look_for in practice.look_fors)

    @property
    def has_rubric(self) -> bool:
        """Whether a team can rate it; a domain without look-fors can't be chosen for a rubric."""
        return bool(self.look_fors)


@dataclass(frozen=True)
class Framework:
    """Domains that belong together; two frameworks are never merged."""

    key: str
    name: Text
    domains: tuple[Domain, ...]


@dataclass(frozen=True)
class Pack:
    """A content pack: what a network may change without changing the program.

    `translations` says of each language but the first whose translation it is; ours, where it says nothing.
    """

    id: str
    version: str
    name: Text
    authors: tuple[str, ...]
    licence: str
    credit: Text
    languages: tuple[str, ...]
    scales: tuple[Scale, ...]
    frameworks: tuple[Framework, ...]
    scripts: tuple[Script, ...] = ()
    translations: Mapping[str, str] = field(default_factory=dict)

    @property
    def domains(self) -> tuple[Domain, ...]:
        """Every domain of every framework."""
        return tuple(domain for framework in self.frameworks for domain in framework.domains)

    def domain(self, key: str) -> Domain:
        """The domain with this key, `hub-leadership/domain-1`. Raises KeyError."""
        return {domain.key: domain for domain in self.domains}[key]

    def is_our_translation(self, language: str) -> bool:
        """Whether somebody who reads in this language reads our translation, not the authors' own words."""
        for tag in (language, language.partition("-")[0]):
            if tag in self.languages:
                return tag != self.languages[0] and self.translations.get(tag, DRAFT) == DRAFT
        return False

    def script(self, key: str) -> Script:
        """The script with this key, `workshop`. Raises KeyError."""
        return {script.key: script for script in self.scripts}[key]

    def prompts_of(self, step: Step, domain: Domain | None) -> tuple[Prompt, ...]:
        """The prompts of a step where the session is about this domain: the domain's own, if the step asks so."""
        if step.prompts_of is None or domain is None:
            return step.prompts
        own = domain.how_to if step.prompts_of == OF_RUBRIC else domain.prompts
        return tuple(Prompt(text, domain.status) for text in own) or step.prompts

    def pages_of(self, step: Step, domain: Domain | None) -> tuple[ReadPage, ...]:
        """The pages of a step where the session is about this domain: the step's, then a look at the domain."""
        closer = (_closer_look(domain),) if step.shows_domain and domain is not None else ()
        return step.pages + closer

    @property
    def digest(self) -> str:
        """SHA-256 of the content in hexadecimal: equal for equal content, however it was stored."""
        return _digest(_content(self))

    def to_json(self) -> Plain:
        """The pack as plain dicts, lists, strings and numbers, with its digest."""
        content = _content(self)
        return {**content, "digest": _digest(content)}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Pack":
        """The pack that was stored. Raises PackError if it is no longer what its digest says."""
        content = {key: value for key, value in plain.items() if key != "digest"}
        if plain.get("digest") != _digest(content):
            raise PackError(
                [
                    Mistake(
                        str(plain.get("id", "pack")),
                        None,
                        "The stored pack is not what was installed.",
                        "Install it again from its folder.",
                    )
                ]
            )
        return _pack(content)


def _closer_look(domain: Domain) -> ReadPage:
    goal = Part(domain.status, None, domain.goal, tuple(practice.title for practice in domain.practices))
    return ReadPage(
        key=domain.key.rpartition("/")[2],
        status=domain.status,
        title=domain.heading or domain.name,
        parts=(goal,),
        credit=domain.credit,
    )


def _digest(content: Plain) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _content(pack: Pack) -> Plain:
    return {
        "id": pack.id,
        "version": pack.version,
        "name": words_of(pack.name),
        "authors": list(pack.authors),
        "licence": pack.licence,
        "credit": words_of(pack.credit),
        "languages": list(pack.languages),
        "scales": [_plain_scale(scale) for scale in pack.scales],
        "frameworks": [
            {
                "key": framework.key,
                "name": words_of(framework.name),
                "domains": [_plain_domain(domain) for domain in framework.domains],
            }
            for framework in pack.frameworks
        ],
        **_if_any("scripts", [plain_script(script) for script in pack.scripts]),
        **_if_any("translations", dict(pack.translations)),
    }


def _if_any(key: str, plain: list[Any] | Plain) -> Plain:
    """What later versions of the program added is left out where a pack has none of it: its digest stays."""
    return {key: plain} if plain else {}


def _plain_scale(scale: Scale) -> Plain:
    return {
        "key": scale.key,
        "strategy_prompt": words_of(scale.strategy_prompt),
        "levels": [
            {
                "key": level.key,
                "label": words_of(level.label),
                "short": words_of(level.short),
                "short_status": level.short_status,
                "fill": level.fill,
                "names_strategy": level.names_strategy,
            }
            for level in scale.levels
        ],
    }


def _plain_domain(domain: Domain) -> Plain:
    return {
        "key": domain.key,
        "kind": domain.kind,
        "number": domain.number,
        "name": words_of(domain.name),
        "aliases": [words_of(alias) for alias in domain.aliases],
        "heading": words_of(domain.heading),
        "goal": words_of(domain.goal),
        "instruction": words_of(domain.instruction),
        **_if_any("how_to", [words_of(line) for line in domain.how_to]),
        "prompts": [words_of(prompt) for prompt in domain.prompts],
        "scale": None if domain.scale is None else domain.scale.key,
        "status": domain.status,
        "credit": words_of(domain.credit),
        "practices": [
            {
                "key": practice.key,
                "title": words_of(practice.title),
                "look_fors": [
                    {"key": look_for.key, "text": words_of(look_for.source)}
                    for look_for in practice.look_fors
                ],
            }
            for practice in domain.practices
        ],
    }


def _pack(content: Plain) -> Pack:
    default = content["languages"][0]

    def text(words: Mapping[str, str]) -> Text:
        return Text(dict(words), default)

    def text_or_none(words: Mapping[str, str] | None) -> Text | None:
        return text_of(words, default)

    scales = {
        scale["key"]: Scale(
            key=scale["key"],
            strategy_prompt=text_or_none(scale["strategy_prompt"]),
            levels=tuple(
                LevelText(
                    key=level["key"],
                    label=text(level["label"]),
                    short=text(level["short"]),
                    short_status=level["short_status"],
                    fill=level["fill"],
                    names_strategy=level["names_strategy"],
                )
                for level in scale["levels"]
            ),
        )
        for scale in content["scales"]
    }

    def practice(plain: Plain) -> Practice:
        look_fors = tuple(LookFor(one["key"], text(one["text"])) for one in plain["look_fors"])
        return Practice(plain["key"], text(plain["title"]), look_fors)

    def domain(plain: Plain) -> Domain:
        return Domain(
            key=plain["key"],
            kind=plain["kind"],
            number=plain["number"],
            name=text(plain["name"]),
            aliases=tuple(text(alias) for alias in plain["aliases"]),
            heading=text_or_none(plain["heading"]),
            goal=text_or_none(plain["goal"]),
            instruction=text_or_none(plain["instruction"]),
            how_to=tuple(text(line) for line in plain.get("how_to", ())),
            prompts=tuple(text(prompt) for prompt in plain["prompts"]),
            practices=tuple(practice(one) for one in plain["practices"]),
            scale=None if plain["scale"] is None else scales[plain["scale"]],
            status=plain["status"],
            credit=text(plain["credit"]),
        )

    return Pack(
        id=content["id"],
        version=content["version"],
        name=text(content["name"]),
        authors=tuple(content["authors"]),
        licence=content["licence"],
        credit=text(content["credit"]),
        languages=tuple(content["languages"]),
        scales=tuple(scales.values()),
        frameworks=tuple(
            Framework(one["key"], text(one["name"]), tuple(domain(plain) for plain in one["domains"]))
            for one in content["frameworks"]
        ),
        scripts=tuple(script_from(one, default) for one in content.get("scripts", ())),
        translations=dict(content.get("translations", {})),
    )
