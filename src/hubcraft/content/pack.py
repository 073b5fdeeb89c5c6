"""A content pack as it is once read: frameworks, domains, practices, look-fors, scales; and its plain form.

Keys are stable and begin with the pack's id: `hub-leadership/domain-1/establish-the-hub-team/diverse-members`.
The plain form (`to_json`) is what a database stores; key order in it means nothing, list order does.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hubcraft.content.mistakes import Mistake, PackError
from hubcraft.content.text import Text, with_emphasis, without_emphasis
from hubcraft.domain import rating

PUBLISHED: Final = "published"
DRAFT: Final = "draft"
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

    `heading` is the title of its rubric, `prompts` are for the talk at the board, `credit` whose words these are.
    """

    key: str
    kind: str
    number: int | None
    name: Text
    aliases: tuple[Text, ...]
    heading: Text | None
    goal: Text | None
    instruction: Text | None
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
    """A content pack: what a network may change without changing the program."""

    id: str
    version: str
    name: Text
    authors: tuple[str, ...]
    licence: str
    credit: Text
    languages: tuple[str, ...]
    scales: tuple[Scale, ...]
    frameworks: tuple[Framework, ...]

    @property
    def domains(self) -> tuple[Domain, ...]:
        """Every domain of every framework."""
        return tuple(domain for framework in self.frameworks for domain in framework.domains)

    def domain(self, key: str) -> Domain:
        """The domain with this key, `hub-leadership/domain-1`. Raises KeyError."""
        return {domain.key: domain for domain in self.domains}[key]

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


def _digest(content: Plain) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _content(pack: Pack) -> Plain:
    return {
        "id": pack.id,
        "version": pack.version,
        "name": _words(pack.name),
        "authors": list(pack.authors),
        "licence": pack.licence,
        "credit": _words(pack.credit),
        "languages": list(pack.languages),
        "scales": [_plain_scale(scale) for scale in pack.scales],
        "frameworks": [
            {
                "key": framework.key,
                "name": _words(framework.name),
                "domains": [_plain_domain(domain) for domain in framework.domains],
            }
            for framework in pack.frameworks
        ],
    }


def _words(text: Text | None) -> dict[str, str] | None:
    return None if text is None else dict(text.words)


def _plain_scale(scale: Scale) -> Plain:
    return {
        "key": scale.key,
        "strategy_prompt": _words(scale.strategy_prompt),
        "levels": [
            {
                "key": level.key,
                "label": _words(level.label),
                "short": _words(level.short),
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
        "name": _words(domain.name),
        "aliases": [_words(alias) for alias in domain.aliases],
        "heading": _words(domain.heading),
        "goal": _words(domain.goal),
        "instruction": _words(domain.instruction),
        "prompts": [_words(prompt) for prompt in domain.prompts],
        "scale": None if domain.scale is None else domain.scale.key,
        "status": domain.status,
        "credit": _words(domain.credit),
        "practices": [
            {
                "key": practice.key,
                "title": _words(practice.title),
                "look_fors": [
                    {"key": look_for.key, "text": _words(look_for.source)} for look_for in practice.look_fors
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
        return None if words is None else text(words)

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
    )
