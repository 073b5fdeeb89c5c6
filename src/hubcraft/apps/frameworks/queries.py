"""Rubrics and scripts, read from the very wording they were installed with."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.content import Domain, Pack, ReadPage, Script, numbers_of
from hubcraft.domain import rating
from hubcraft.domain.verdict import NotThere

# The pack that a session is about where nobody asks for another.
FIRST = "hub-leadership"
# In place of a domain's key, where people are spoken to who reflect on different ones; no key has such signs.
SEVERAL = "*"


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
class PackChoice:
    """A pack one can hold a session with."""

    key: str
    name: str


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
    is_our_translation: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(look_for.key for look_for in self.look_fors)


@dataclass(frozen=True)
class ReadPageView:
    """A short page to read, and whose words it is in."""

    key: str
    title: str
    html: SafeString
    credit: str


@dataclass(frozen=True)
class StepView:
    """One step of a script: `title` is for the road, `question` for phone and projector."""

    key: str
    kind: str
    movement: str
    movement_title: str
    title: str
    question: str
    advice: str
    say: str
    prompts: tuple[str, ...]
    minutes: int
    is_protected: bool
    pages: tuple[ReadPageView, ...]


@dataclass(frozen=True)
class ScriptView:
    """A script in one language, its steps in order."""

    key: str
    name: str
    purpose: str
    minutes: int
    steps: tuple[StepView, ...]
    is_our_translation: bool = False


@lru_cache(maxsize=64)
def pack_of(installed_id: str) -> Pack:
    """The pack behind a row of the table. A row is never edited, so it is read once a process."""
    return Pack.from_json(InstalledPack.objects.get(id=installed_id).content)


@lru_cache(maxsize=256)
def rubric_of(installed_id: str, domain_key: str, language: str) -> Rubric:
    """The rubric of one domain in a reader's language, or in the pack's own where that is missing."""
    domain = pack_of(installed_id).domain(domain_key)
    if domain.scale is None or not domain.has_rubric:
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
        is_our_translation=pack_of(installed_id).is_our_translation(language),
    )


def newest_pack(pack: str = FIRST) -> InstalledPack:
    """The wording a new reflection begins with."""
    rows = _in_time(InstalledPack.objects.filter(pack=pack).defer("content"))
    if not rows:
        raise NotThere
    return rows[-1]


def _in_time(rows: Iterable[InstalledPack]) -> list[InstalledPack]:
    """As they were installed; of those that came at one time, the higher version is the later one."""
    return sorted(rows, key=lambda it: (it.installed_at, numbers_of(it.version)))


def list_packs(language: str) -> tuple[PackChoice, ...]:
    """The packs a new session may be about, in their newest wording; what has no rubric is none of them."""
    newest = {it.pack: it.id for it in _in_time(InstalledPack.objects.defer("content"))}
    return tuple(
        PackChoice(key, pack_of(installed_id).name.in_(language))
        for key, installed_id in sorted(newest.items(), key=lambda it: (it[0] != FIRST, it[0]))
        if any(domain.has_rubric for domain in pack_of(installed_id).domains)
    )


def known_pack(key: str) -> str:
    """This pack, or the first one: one that a session can be about."""
    return key if key in {it.key for it in list_packs("en")} else FIRST


def list_domains(language: str, pack: str = FIRST) -> tuple[DomainChoice, ...]:
    """The domains that a new session may be about."""
    return list_rubrics(newest_pack(pack).id, language)


def list_rubrics(installed_id: str, language: str) -> tuple[DomainChoice, ...]:
    """The domains of one installed pack that have a rubric, in the framework's order."""
    return tuple(
        DomainChoice(domain.key, domain.name.in_(language), installed_id)
        for domain in pack_of(installed_id).domains
        if domain.has_rubric
    )


@lru_cache(maxsize=64)
def list_scripts(installed_id: str, language: str) -> tuple[ScriptView, ...]:
    """The scripts one can hold a session with, in the pack's order; a pack may have none."""
    return tuple(script_of(installed_id, script.key, language) for script in pack_of(installed_id).scripts)


@lru_cache(maxsize=256)
def script_of(installed_id: str, key: str, language: str, domain_key: str = "") -> ScriptView:
    """A script in a reader's language; steps that ask with the domain's own words take those of `domain_key`.

    Without one they take those of the first domain that can be rated, and for several at once their own words.
    """
    pack = pack_of(installed_id)
    try:
        script, domain = pack.script(key), _domain_of(pack, domain_key)
    except KeyError as error:
        raise NotThere from error
    return ScriptView(
        key=script.key,
        name=script.name.in_(language),
        purpose=script.purpose.in_(language),
        minutes=script.minutes,
        steps=_steps_of(pack, script, domain, language),
        is_our_translation=pack.is_our_translation(language),
    )


def _domain_of(pack: Pack, domain_key: str) -> Domain | None:
    if domain_key == SEVERAL:
        return None
    if domain_key:
        return pack.domain(domain_key)
    return next((domain for domain in pack.domains if domain.has_rubric), None)


def _steps_of(pack: Pack, script: Script, domain: Domain | None, language: str) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            key=step.key,
            kind=step.kind,
            movement=movement.key,
            movement_title=movement.title.in_(language),
            title=step.title.in_(language),
            question=step.headline.in_(language),
            advice=step.advice.in_(language) if step.advice else "",
            say=step.say.in_(language) if step.say else "",
            prompts=tuple(prompt.text.in_(language) for prompt in pack.prompts_of(step, domain)),
            minutes=step.minutes,
            is_protected=step.is_protected,
            pages=tuple(_page_in(page, language) for page in pack.pages_of(step, domain)),
        )
        for movement in script.movements
        for step in movement.steps
    )


def _page_in(page: ReadPage, language: str) -> ReadPageView:
    return ReadPageView(
        key=page.key,
        title=page.title.in_(language),
        html=mark_safe(page.body.in_(language)),  # noqa: S308  (made by the pack reader from escaped text)
        credit=page.credit.in_(language),
    )
