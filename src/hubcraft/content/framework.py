"""Frameworks, their domains, practices, look-fors and scales as they are once read; their plain form.

Whose words they are is said line by line. What a pack has none of is left out of its plain form, so that a pack
that was stored before the program knew of it keeps its digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hubcraft.content.text import DRAFT, PUBLISHED, Text, text_of, with_emphasis, without_emphasis, words_of
from hubcraft.domain import rating

RUBRIC: Final = "domain"
LOG: Final = "log"
STAGE: Final = "stage"
HEALTH: Final = "health"
PRACTICE: Final = "practice"
LIFE_CYCLE: Final = "life-cycle"
# The kinds of domain in each kind of framework: leadership, life cycle and health are never mixed.
DOMAINS_OF: Final = {PRACTICE: (RUBRIC, LOG), LIFE_CYCLE: (STAGE,), HEALTH: (HEALTH,)}

Plain = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """What words of ours draw on: its title in its own language, and where it is found, if that has an address."""

    key: str
    title: str
    address: str = ""


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
    """What to look for; `source` is as written, with `*emphasis*`.

    `status` says whose words, `sources` what they draw on (keys of the pack's sources); `origin` is the whole key
    of the look-for these words were taken over from, "" where they were not.
    """

    key: str
    source: Text
    status: str = DRAFT
    sources: tuple[str, ...] = ()
    origin: str = ""

    @property
    def text(self) -> Text:
        """The plain words."""
        return self.source.each(without_emphasis)

    @property
    def html(self) -> Text:
        """The words as safe HTML; nothing but `<u>` in it is markup."""
        return self.source.each(with_emphasis)


@dataclass(frozen=True)
class Evidence:
    """What shows that a work of a stage is in place."""

    key: str
    text: Text
    status: str = DRAFT
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Practice:
    """One kind of work inside a domain; it may have no look-fors (yet). `status` and `sources` are its title's.

    In a stage it has `evidence` instead, and `belongs`: whole keys of look-fors or practices, of this pack or of
    another, that are part of this work. `origin` is the whole key of the practice it was taken over from, or "".
    """

    key: str
    title: Text
    look_fors: tuple[LookFor, ...]
    status: str = DRAFT
    sources: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    belongs: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True)
class Domain:
    """A domain of a framework, by `kind`: domain, log (what is written down as it comes up), stage or health.

    `heading` is the title of its rubric, `goal` what it is for or means, `how_to` how it is used, `prompts` are for
    the talk at the board, `credit` whose words these are. `name_status` is its name's, `goal_status` its goal's,
    `status` that of all words that have none of their own.
    """

    key: str
    kind: str
    number: int | None
    name: Text
    name_status: str
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
    sources: tuple[str, ...] = ()
    goal_status: str = ""

    def __post_init__(self) -> None:
        """A goal that says nothing itself is as the rest of its domain."""
        object.__setattr__(self, "goal_status", self.goal_status or self.status)

    @property
    def look_fors(self) -> tuple[LookFor, ...]:
        """Every look-for of every practice, in the order of the poster."""
        return tuple(look_for for practice in self.practices for look_for in practice.look_fors)

    @property
    def has_rubric(self) -> bool:
        """Whether a team can rate it: a domain with look-fors; a log, a stage, a part of health never."""
        return self.kind == RUBRIC and bool(self.look_fors)


@dataclass(frozen=True)
class Framework:
    """Domains that belong together; two frameworks are never merged. `text` is what is to be said of the whole."""

    key: str
    name: Text
    domains: tuple[Domain, ...]
    kind: str = PRACTICE
    text: Text | None = None
    text_status: str = DRAFT


def whose(*statuses: str) -> str:
    """Whose words something is that says nothing itself: ours, or a hub's, where anything around it is."""
    return next((it for it in statuses if it != PUBLISHED), PUBLISHED)


def if_any(key: str, plain: Any) -> Plain:
    """What later versions of the program added is left out where a pack has none of it: its digest stays."""
    return {key: plain} if plain else {}


def unless(usual: str, key: str, plain: str) -> Plain:
    """What is as usual is left out, for the same reason."""
    return {} if plain == usual else {key: plain}


def plain_source(source: Source) -> Plain:
    """The source as a plain dict."""
    return {"key": source.key, "title": source.title, **if_any("address", source.address)}


def plain_scale(scale: Scale) -> Plain:
    """The scale as plain dicts, lists, strings and numbers."""
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


def plain_framework(framework: Framework) -> Plain:
    """The framework as plain dicts, lists, strings and numbers."""
    return {
        "key": framework.key,
        "name": words_of(framework.name),
        **unless(PRACTICE, "kind", framework.kind),
        **if_any("text", words_of(framework.text)),
        **unless(DRAFT, "text_status", framework.text_status),
        "domains": [_plain_domain(domain) for domain in framework.domains],
    }


def _plain_domain(domain: Domain) -> Plain:
    return {
        "key": domain.key,
        "kind": domain.kind,
        "number": domain.number,
        "name": words_of(domain.name),
        **unless(domain.status, "name_status", domain.name_status),
        "aliases": [words_of(alias) for alias in domain.aliases],
        "heading": words_of(domain.heading),
        "goal": words_of(domain.goal),
        **unless(domain.status, "goal_status", domain.goal_status),
        "instruction": words_of(domain.instruction),
        **if_any("how_to", [words_of(line) for line in domain.how_to]),
        "prompts": [words_of(prompt) for prompt in domain.prompts],
        "scale": None if domain.scale is None else domain.scale.key,
        "status": domain.status,
        "credit": words_of(domain.credit),
        **if_any("sources", list(domain.sources)),
        "practices": [_plain_practice(practice, domain.status) for practice in domain.practices],
    }


def _plain_practice(practice: Practice, around: str) -> Plain:
    usual = whose(around, practice.status)
    return {
        "key": practice.key,
        "title": words_of(practice.title),
        **unless(around, "status", practice.status),
        **if_any("sources", list(practice.sources)),
        **if_any("belongs", list(practice.belongs)),
        **if_any("origin", practice.origin),
        **if_any(
            "evidence",
            [
                {
                    "key": one.key,
                    "text": words_of(one.text),
                    **unless(usual, "status", one.status),
                    **if_any("sources", list(one.sources)),
                }
                for one in practice.evidence
            ],
        ),
        "look_fors": [
            {
                "key": one.key,
                "text": words_of(one.source),
                **unless(usual, "status", one.status),
                **if_any("sources", list(one.sources)),
                **if_any("origin", one.origin),
            }
            for one in practice.look_fors
        ],
    }


def source_from(plain: Plain) -> Source:
    """The source that was stored."""
    return Source(plain["key"], plain["title"], plain.get("address", ""))


def scale_from(plain: Plain, default: str) -> Scale:
    """The scale that was stored; `default` is the language its pack falls back to."""
    return Scale(
        key=plain["key"],
        strategy_prompt=text_of(plain["strategy_prompt"], default),
        levels=tuple(
            LevelText(
                key=level["key"],
                label=Text(dict(level["label"]), default),
                short=Text(dict(level["short"]), default),
                short_status=level["short_status"],
                fill=level["fill"],
                names_strategy=level["names_strategy"],
            )
            for level in plain["levels"]
        ),
    )


def framework_from(plain: Plain, scales: Mapping[str, Scale], default: str) -> Framework:
    """The framework that was stored."""
    return Framework(
        key=plain["key"],
        name=Text(dict(plain["name"]), default),
        domains=tuple(_domain_from(one, scales, default) for one in plain["domains"]),
        kind=plain.get("kind", PRACTICE),
        text=text_of(plain.get("text"), default),
        text_status=plain.get("text_status", DRAFT),
    )


def _domain_from(plain: Plain, scales: Mapping[str, Scale], default: str) -> Domain:
    def texts(many: list[dict[str, str]]) -> tuple[Text, ...]:
        return tuple(Text(dict(one), default) for one in many)

    return Domain(
        key=plain["key"],
        kind=plain["kind"],
        number=plain["number"],
        name=Text(dict(plain["name"]), default),
        name_status=str(plain.get("name_status", plain["status"])),
        aliases=texts(plain["aliases"]),
        heading=text_of(plain["heading"], default),
        goal=text_of(plain["goal"], default),
        instruction=text_of(plain["instruction"], default),
        how_to=texts(plain.get("how_to", [])),
        prompts=texts(plain["prompts"]),
        practices=tuple(_practice_from(one, plain["status"], default) for one in plain["practices"]),
        scale=None if plain["scale"] is None else scales[plain["scale"]],
        status=plain["status"],
        credit=Text(dict(plain["credit"]), default),
        sources=tuple(plain.get("sources", ())),
        goal_status=str(plain.get("goal_status", plain["status"])),
    )


def _practice_from(plain: Plain, around: str, default: str) -> Practice:
    status = plain.get("status", around)
    usual = whose(around, status)
    return Practice(
        key=plain["key"],
        title=Text(dict(plain["title"]), default),
        look_fors=tuple(
            LookFor(
                one["key"],
                Text(dict(one["text"]), default),
                one.get("status", usual),
                tuple(one.get("sources", ())),
                one.get("origin", ""),
            )
            for one in plain["look_fors"]
        ),
        status=status,
        sources=tuple(plain.get("sources", ())),
        evidence=tuple(
            Evidence(
                one["key"],
                Text(dict(one["text"]), default),
                one.get("status", usual),
                tuple(one.get("sources", ())),
            )
            for one in plain.get("evidence", ())
        ),
        belongs=tuple(plain.get("belongs", ())),
        origin=plain.get("origin", ""),
    )
