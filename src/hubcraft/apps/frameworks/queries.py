"""Rubrics, read from the very wording they were installed with."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.content import Pack
from hubcraft.domain import rating
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class LevelView:
    """One level, told by its words and a filling circle."""

    key: str
    label: str
    short: str
    fill: int
    names_strategy: bool


@dataclass(frozen=True)
class LookForView:
    """One look-for with the emphasis it was published with."""

    key: str
    number: int
    practice: str
    html: SafeString
    text: str


@dataclass(frozen=True)
class DomainChoice:
    """A domain one can reflect on."""

    key: str
    name: str
    pack: str


@dataclass(frozen=True)
class Rubric:
    """One domain of one installed pack in one language, ready for a page."""

    title: str
    goal: str
    instruction: str
    credit: str
    status: str
    levels: tuple[LevelView, ...]
    look_fors: tuple[LookForView, ...]
    practices: tuple[tuple[str, tuple[LookForView, ...]], ...]
    prompts: tuple[str, ...]
    scale: rating.Scale

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(look_for.key for look_for in self.look_fors)


@lru_cache(maxsize=64)
def pack_of(installed_id: str) -> Pack:
    """The pack behind a row of the table. A row is never edited, so it is read once a process."""
    return Pack.from_json(InstalledPack.objects.get(id=installed_id).content)


@lru_cache(maxsize=256)
def rubric_of(installed_id: str, domain_key: str, language: str) -> Rubric:
    """The rubric of one domain in a reader's language, or in the pack's own where that is missing."""
    domain = pack_of(installed_id).domain(domain_key)
    if domain.scale is None:
        raise NotThere
    look_fors, practices = [], []
    for practice in domain.practices:
        own = []
        for look_for in practice.look_fors:
            own.append(
                LookForView(
                    key=look_for.key,
                    number=len(look_fors) + len(own) + 1,
                    practice=practice.title.in_(language),
                    html=mark_safe(look_for.html.in_(language)),  # noqa: S308  (made by the pack reader from escaped text)
                    text=look_for.text.in_(language),
                )
            )
        look_fors += own
        practices.append((practice.title.in_(language), tuple(own)))
    return Rubric(
        title=(domain.heading or domain.name).in_(language),
        goal=domain.goal.in_(language) if domain.goal else "",
        instruction=domain.instruction.in_(language) if domain.instruction else "",
        credit=domain.credit.in_(language),
        status=domain.status,
        levels=tuple(
            LevelView(it.key, it.label.in_(language), it.short.in_(language), it.fill, it.names_strategy)
            for it in domain.scale.levels
        ),
        look_fors=tuple(look_fors),
        practices=tuple(practices),
        prompts=tuple(prompt.in_(language) for prompt in domain.prompts),
        scale=domain.scale.rating,
    )


def newest_pack(pack: str = "hub-leadership") -> InstalledPack:
    """The wording a new reflection begins with."""
    installed = InstalledPack.objects.filter(pack=pack).order_by("-installed_at", "-version").first()
    if installed is None:
        raise NotThere
    return installed


def list_domains(language: str) -> tuple[DomainChoice, ...]:
    """The domains that have a rubric, in the framework's order."""
    installed = newest_pack()
    return tuple(
        DomainChoice(domain.key, domain.name.in_(language), installed.id)
        for domain in pack_of(installed.id).domains
        if domain.has_rubric
    )
