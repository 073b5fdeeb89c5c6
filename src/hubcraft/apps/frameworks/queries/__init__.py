"""Rubrics and scripts, read from the very wording they were installed with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.content import (
    Domain,
    Pack,
    ReadPage,
    RubricText,
    Script,
    domain_at,
    followed,
    numbers_of,
    passages_between,
    rubric_at,
    rubric_keys,
)
from hubcraft.content.adapting import is_own_id
from hubcraft.content.crosswalk import Step
from hubcraft.content.rubric import ALL, DOMAIN, GLANCE, LOOK_FOR, PRACTICE, WHOLE
from hubcraft.content.script import ONE_LOOK_FOR, PRACTICES
from hubcraft.content.text import DRAFT, OWN
from hubcraft.domain import rating
from hubcraft.domain.crosswalks import Passage, arriving
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
    """One look-for with the emphasis it was published with; at a glance a work practice, beside its domain's name."""

    key: str
    number: int
    practice: str
    html: SafeString
    text: str
    # Whose words: "published"; "draft" or a hub's "own", which pages say quietly.
    status: str = ""

    @property
    def is_draft(self) -> bool:
        return self.status == DRAFT

    @property
    def is_own(self) -> bool:
        return self.status == OWN


@dataclass(frozen=True)
class DomainChoice:
    """A domain one can reflect on, or a part of one, or all at a glance: whatever has a rubric's key."""

    key: str
    name: str
    pack: str
    reach: str = DOMAIN


@dataclass(frozen=True)
class PackChoice:
    """A pack one can hold a session with."""

    key: str
    name: str


@dataclass(frozen=True)
class Rubric:
    """What is rated under one key of one installed pack in one language, ready for a page."""

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
    reach: str = DOMAIN
    strategy_prompt: str = ""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(look_for.key for look_for in self.look_fors)

    @property
    def is_glance(self) -> bool:
        return self.reach == GLANCE

    @property
    def has_drafts(self) -> bool:
        return any(look_for.is_draft for look_for in self.look_fors)

    @property
    def has_own(self) -> bool:
        return any(look_for.is_own for look_for in self.look_fors)


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
    # What it is made to rate: "practices", "look-for", or whatever the session is about.
    rates: str = ""


@lru_cache(maxsize=64)
def pack_of(installed_id: str) -> Pack:
    """The pack behind a row of the table. A row is never edited, so it is read once a process."""
    return Pack.from_json(InstalledPack.objects.get(id=installed_id).content)


@lru_cache(maxsize=512)
def rubric_of(installed_id: str, rubric_key: str, language: str) -> Rubric:
    """What is rated under this key, in a reader's language, or in the pack's own where that is missing."""
    pack = pack_of(installed_id)
    try:
        told = rubric_at(pack, rubric_key)
    except KeyError as error:
        raise NotThere from error
    look_fors, practices = [], []
    for part in told.parts:
        own = [
            LookForView(
                key=row.key,
                number=number,
                practice=part.title.in_(language),
                html=mark_safe(row.html.in_(language)),  # noqa: S308  (made by the pack reader from escaped text)
                text=row.text.in_(language),
                status=row.status,
            )
            for number, row in enumerate(part.rows, start=len(look_fors) + 1)
        ]
        look_fors += own
        practices.append((part.title.in_(language), tuple(own)))
    domain, prompt = told.domain, told.scale.strategy_prompt
    return Rubric(
        title=rubric_title(told, language),
        goal=domain.goal.in_(language) if domain and domain.goal else "",
        instruction=rubric_instruction(told, language),
        credit=(domain or pack).credit.in_(language),
        status=told.status,
        levels=tuple(
            LevelView(it.key, it.label.in_(language), it.short.in_(language), it.fill, it.names_strategy)
            for it in told.scale.levels
        ),
        look_fors=tuple(look_fors),
        practices=tuple(practices),
        prompts=tuple(it.in_(language) for it in domain.prompts) if domain else (),
        scale=told.scale.rating,
        is_our_translation=pack.is_our_translation(language),
        reach=told.reach,
        strategy_prompt=prompt.in_(language) if prompt else "",
    )


def rubric_title(told: RubricText, language: str) -> str:
    """What a rubric is called on a page of its own."""
    title = told.title.in_(language) if told.title is not None else ""
    with translation.override(language):
        return _rubric_words(told.reach, len(told.parts)).format(name=title)


def rubric_instruction(told: RubricText, language: str) -> str:
    """What to do with it."""
    if told.domain is not None:
        return told.domain.instruction.in_(language) if told.domain.instruction else ""
    with translation.override(language):
        return _(
            "For each work practice, put your initials in the box that best fits where you think your team is at this "
            "moment in time."
        )


def _rubric_words(reach: str, domains: int) -> str:
    """How the name of what is rated is said, by how much of a domain it is."""
    return {
        DOMAIN: "{name}",
        WHOLE: _("{name} (with our drafts)"),
        PRACTICE: "{name}",
        LOOK_FOR: _("One look-for of: {name}"),
        GLANCE: _("All six at a glance") if domains == 6 else _("All domains at a glance"),
    }[reach]


@lru_cache(maxsize=256)
def arrivals_between(earlier_id: str, later_id: str) -> Mapping[str, Passage]:
    """By look-for, or practice, of the later of two installed packs: where it comes from, and whether it joins."""
    return arriving(passages_between(pack_of(earlier_id), pack_of(later_id)))


@lru_cache(maxsize=256)
def lines_through(installed_ids: tuple[str, ...]) -> Mapping[str, tuple[Step, ...]]:
    """By look-for, or practice, of the last of these packs: its key in each of them, as far back as it joins."""
    return followed([pack_of(it) for it in installed_ids])


def newest_pack(pack: str = FIRST, teams: Collection[str] = ()) -> InstalledPack:
    """The wording a new reflection begins with."""
    rows = _in_time(packs_for(teams).filter(pack=pack).defer("content"))
    if not rows:
        raise NotThere
    return rows[-1]


def newest_of_each(teams: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """Every pack with its newest wording: the first pack's first, then by id; and these hubs' own."""
    newest = {it.pack: it.id for it in _in_time(packs_for(teams).defer("content"))}
    return tuple(sorted(newest.items(), key=lambda it: (it[0] != FIRST, it[0])))


def installed_versions(pack: str) -> tuple[Pack, ...]:
    """Every wording of one pack that was installed here, the first one first."""
    rows = InstalledPack.objects.filter(pack=pack).defer("content")
    return tuple(pack_of(it.id) for it in _in_time(rows))


def packs_for(teams: Collection[str] = ()) -> QuerySet[InstalledPack]:
    """Everybody's packs, and the own ones of these hubs: a hub's own is there for nobody else."""
    return InstalledPack.objects.filter(Q(team=None) | Q(team__in=list(teams)))


def _in_time(rows: Iterable[InstalledPack]) -> list[InstalledPack]:
    """As they were installed; of those that came at one time, the higher version is the later one."""
    return sorted(rows, key=lambda it: (it.installed_at, numbers_of(it.version)))


def list_packs(language: str, teams: Collection[str] = ()) -> tuple[PackChoice, ...]:
    """The packs a new session may be about, in their newest wording; what has no rubric is none of them."""
    return tuple(
        PackChoice(key, pack_of(installed_id).name.in_(language))
        for key, installed_id in newest_of_each(teams)
        if rubric_keys(pack_of(installed_id))
    )


def known_pack(key: str, teams: Collection[str] = ()) -> str:
    """This pack, or the first one: one that a session can be about."""
    return key if key in {it.key for it in list_packs("en", teams)} else FIRST


def list_domains(language: str, pack: str = FIRST, teams: Collection[str] = ()) -> tuple[DomainChoice, ...]:
    """The domains that a new session may be about."""
    return list_rubrics(newest_pack(pack, teams).id, language)


def list_rubrics(installed_id: str, language: str) -> tuple[DomainChoice, ...]:
    """The domains of one installed pack that have a rubric, in the framework's order."""
    return tuple(it for it in list_rubric_keys(installed_id, language) if it.reach == DOMAIN)


def list_whole(installed_id: str, language: str) -> tuple[DomainChoice, ...]:
    """What is more than a practice: domains, each with its drafts where it has some of both, and all at a glance."""
    kept = (DOMAIN, WHOLE, GLANCE)
    return tuple(it for it in list_rubric_keys(installed_id, language) if it.reach in kept)


@lru_cache(maxsize=64)
def list_rubric_keys(installed_id: str, language: str) -> tuple[DomainChoice, ...]:
    """Everything that can be rated in one installed pack, each under its key and by the name a list has for it."""
    pack = pack_of(installed_id)
    return tuple(
        DomainChoice(key, rubric_name(installed_id, key, language), installed_id, reach)
        for key, reach in rubric_keys(pack)
    )


def rubric_name(installed_id: str, rubric_key: str, language: str) -> str:
    """What a rubric is called in a list: by its domain's short name, or by the part of it that is rated."""
    told = rubric_at(pack_of(installed_id), rubric_key)
    if told.reach in (DOMAIN, WHOLE) and told.domain is not None:
        with translation.override(language):
            return _rubric_words(told.reach, 1).format(name=told.domain.name.in_(language))
    return rubric_title(told, language)


def is_rubric(installed_id: str, rubric_key: str) -> bool:
    """Whether a session can be about this: one key for what is the same, or its counts would stand apart."""
    return rubric_key in {it.key for it in list_rubric_keys(installed_id, "en")}


def rubric_for_script(installed_id: str, rates: str, rubric_key: str) -> str:
    """The key of what a session rates that follows such a script; "" where one look-for has still to be chosen."""
    reaches = {it.key: it.reach for it in list_rubric_keys(installed_id, "en")}
    if rates == PRACTICES:
        return next((key for key, reach in reaches.items() if reach == GLANCE), rubric_key)
    if rates == ONE_LOOK_FOR:
        return rubric_key if reaches.get(rubric_key) == LOOK_FOR else ""
    return rubric_key


def whole_of(installed_id: str, rubric_key: str) -> str:
    """A part's own key, and in place of a domain's that of everything in it, where that is more."""
    whole = f"{rubric_key}/{ALL}"
    return whole if whole in {it.key for it in list_rubric_keys(installed_id, "en")} else rubric_key


def rubric_around(installed_id: str, row_key: str, language: str) -> Rubric | None:
    """The widest rubric that a look-for, or a practice at a glance, is in; None where it is in none."""
    domain = "/".join(row_key.split("/")[:2])
    for key in (whole_of(installed_id, domain), f"{row_key.partition('/')[0]}/{ALL}"):
        if is_rubric(installed_id, key):
            rubric = rubric_of(installed_id, key, language)
            if row_key in rubric.keys:
                return rubric
    return None


@lru_cache(maxsize=128)
def list_rows(installed_id: str, language: str) -> tuple[tuple[str, LookForView], ...]:
    """All that is rated in one installed pack, in the framework's order, each once and beside its domain's name.

    Work practices, which are rated at a glance, come last.
    """
    found: dict[str, tuple[str, LookForView]] = {}
    for it in list_whole(installed_id, language):
        if it.reach != WHOLE:
            rubric = rubric_of(installed_id, whole_of(installed_id, it.key), language)
            for row in rubric.look_fors:
                found.setdefault(row.key, (it.name, row))
    return tuple(found.values())


@lru_cache(maxsize=512)
def is_everybodys(installed_id: str) -> bool:
    """Whether its words are a framework's that all may read, and not a hub's own."""
    return packs_for().filter(id=installed_id).exists() and not is_own_id(pack_of(installed_id).id)


@lru_cache(maxsize=64)
def list_scripts(installed_id: str, language: str) -> tuple[ScriptView, ...]:
    """The scripts one can hold a session with, in the pack's order; a pack may have none."""
    return tuple(script_of(installed_id, script.key, language) for script in pack_of(installed_id).scripts)


@lru_cache(maxsize=256)
def script_of(installed_id: str, key: str, language: str, rubric_key: str = "") -> ScriptView:
    """A script in a reader's language; steps that ask with the domain's own words take those of `rubric_key`'s.

    Without one they take those of the first domain that can be rated, and for several at once their own words.
    """
    pack = pack_of(installed_id)
    try:
        script, domain = pack.script(key), _domain_of(pack, rubric_key)
    except KeyError as error:
        raise NotThere from error
    return ScriptView(
        key=script.key,
        name=script.name.in_(language),
        purpose=script.purpose.in_(language),
        minutes=script.minutes,
        steps=_steps_of(pack, script, domain, language),
        is_our_translation=pack.is_our_translation(language),
        rates=script.rates,
    )


def _domain_of(pack: Pack, rubric_key: str) -> Domain | None:
    if rubric_key == SEVERAL:
        return None
    if rubric_key:
        return domain_at(pack, rubric_key)
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
