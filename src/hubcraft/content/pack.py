"""A content pack as it is once read: scales, frameworks, scripts, sources; its plain form.

Keys are stable and begin with the pack's id: `hub-leadership/domain-1/establish-the-hub-team/diverse-members`.
The plain form (`to_json`) is what a database stores; key order in it means nothing, list order does.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hubcraft.content.crosswalk import Crosswalk, crosswalk_from, plain_crosswalk
from hubcraft.content.framework import (
    Domain,
    Framework,
    Scale,
    Source,
    framework_from,
    if_any,
    plain_framework,
    plain_scale,
    plain_source,
    scale_from,
    source_from,
    whose,
)
from hubcraft.content.mistakes import Mistake, PackError
from hubcraft.content.script import OF_RUBRIC, Part, Prompt, ReadPage, Script, Step, plain_script, script_from
from hubcraft.content.table import numbers_of
from hubcraft.content.text import DRAFT, Text, words_of

Plain = dict[str, Any]


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
    sources: tuple[Source, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The version so that it compares."""
        return numbers_of(self.version)

    @property
    def domains(self) -> tuple[Domain, ...]:
        """Every domain of every framework."""
        return tuple(domain for framework in self.frameworks for domain in framework.domains)

    def domain(self, key: str) -> Domain:
        """The domain with this key, `hub-leadership/domain-1`. Raises KeyError."""
        return {domain.key: domain for domain in self.domains}[key]

    def source(self, key: str) -> Source:
        """The source with this key, `rel-2017264`. Raises KeyError."""
        return {source.key: source for source in self.sources}[key]

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


def sealed(content: Plain) -> Plain:
    """Content that was changed in its plain form, with the digest it has now; whoever reads it trusts nobody else."""
    content = {key: value for key, value in content.items() if key != "digest"}
    return {**content, "digest": _digest(content)}


def _closer_look(domain: Domain) -> ReadPage:
    status = whose(domain.status, *(practice.status for practice in domain.practices))
    goal = Part(
        whose(status, domain.goal_status),
        None,
        domain.goal,
        tuple(practice.title for practice in domain.practices),
    )
    return ReadPage(
        key=domain.key.rpartition("/")[2],
        status=domain.status if domain.heading else domain.name_status,
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
        "scales": [plain_scale(scale) for scale in pack.scales],
        "frameworks": [plain_framework(framework) for framework in pack.frameworks],
        **if_any("scripts", [plain_script(script) for script in pack.scripts]),
        **if_any("translations", dict(pack.translations)),
        **if_any("sources", [plain_source(source) for source in pack.sources]),
        **if_any("crosswalk", [plain_crosswalk(crosswalk) for crosswalk in pack.crosswalks]),
    }


def _pack(content: Plain) -> Pack:
    default = content["languages"][0]
    scales = {plain["key"]: scale_from(plain, default) for plain in content["scales"]}
    return Pack(
        id=content["id"],
        version=content["version"],
        name=Text(dict(content["name"]), default),
        authors=tuple(content["authors"]),
        licence=content["licence"],
        credit=Text(dict(content["credit"]), default),
        languages=tuple(content["languages"]),
        scales=tuple(scales.values()),
        frameworks=tuple(framework_from(one, scales, default) for one in content["frameworks"]),
        scripts=tuple(script_from(one, default) for one in content.get("scripts", ())),
        translations=dict(content.get("translations", {})),
        sources=tuple(source_from(one) for one in content.get("sources", ())),
        crosswalks=tuple(crosswalk_from(one) for one in content.get("crosswalk", ())),
    )
