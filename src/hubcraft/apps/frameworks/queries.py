"""Rubrics and scripts, read from the very wording they were installed with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.content import (
    Domain,
    LookFor,
    Pack,
    Practice,
    ReadPage,
    RubricText,
    Script,
    domain_at,
    numbers_of,
    rubric_at,
    rubric_keys,
)
from hubcraft.content.rubric import ALL, DOMAIN, GLANCE, LOOK_FOR, PRACTICE, WHOLE
from hubcraft.content.text import DRAFT
from hubcraft.domain import rating
from hubcraft.domain.finding import how_well
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
    # Whose words: "published", or "draft", which pages say quietly.
    status: str = ""

    @property
    def is_draft(self) -> bool:
        return self.status == DRAFT


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
    def has_drafts(self) -> bool:
        return any(look_for.is_draft for look_for in self.look_fors)


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
        if rubric_keys(pack_of(installed_id))
    )


def known_pack(key: str) -> str:
    """This pack, or the first one: one that a session can be about."""
    return key if key in {it.key for it in list_packs("en")} else FIRST


def list_domains(language: str, pack: str = FIRST) -> tuple[DomainChoice, ...]:
    """The domains that a new session may be about."""
    return list_rubrics(newest_pack(pack).id, language)


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
    """Whether a session can be about this."""
    try:
        rubric_of(installed_id, rubric_key, "en")
    except NotThere:
        return False
    return True


def rubric_around(installed_id: str, row_key: str, language: str) -> Rubric | None:
    """The widest rubric that a look-for, or a practice at a glance, is in; None where it is in none."""
    domain = "/".join(row_key.split("/")[:2])
    for key in (f"{domain}/{ALL}", f"{row_key.partition('/')[0]}/{ALL}"):
        if is_rubric(installed_id, key):
            rubric = rubric_of(installed_id, key, language)
            if row_key in rubric.keys:
                return rubric
    return None


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


@dataclass(frozen=True)
class Line:
    """A line of a framework to read: what it says, whose words these are, and where it is read about."""

    key: str
    html: SafeString
    text: str
    status: str
    address: str


@dataclass(frozen=True)
class PracticeRead:
    """A work practice to read, with its look-fors."""

    title: str
    status: str
    look_fors: tuple[Line, ...]
    # What shows that a work of a stage is in place, and whose words that is.
    evidence: tuple[tuple[str, str], ...]
    # Look-fors and practices of other frameworks that are part of this work.
    belongs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DomainRead:
    """A domain to read; `number` is empty where it has none."""

    key: str
    address: str
    number: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    goal: str
    status: str
    practices: tuple[PracticeRead, ...]
    credit: str
    has_rubric: bool

    @property
    def look_fors(self) -> tuple[Line, ...]:
        """All of them, in the order of the poster."""
        return tuple(line for practice in self.practices for line in practice.look_fors)

    @property
    def has_drafts(self) -> bool:
        """Whether a line of it is ours."""
        return any(DRAFT in (it.status, *(line.status for line in it.look_fors)) for it in self.practices)


@dataclass(frozen=True)
class SourceView:
    """Something published that a line rests on."""

    title: str
    address: str


@dataclass(frozen=True)
class LookForRead:
    """A look-for to read, with what it rests on, between the one before it and the one after it."""

    line: Line
    practice: str
    domain: DomainRead
    sources: tuple[SourceView, ...]
    before: Line | None
    after: Line | None


@dataclass(frozen=True)
class FrameworkRead:
    """A framework to read."""

    key: str
    pack: str
    kind: str
    name: str
    text: str
    domains: tuple[DomainRead, ...]
    credit: str
    is_our_translation: bool


# Where everybody reads the frameworks.
LIBRARY = "/framework/"


def address_of(key: str) -> str:
    """Where a domain or a look-for is read about, by its whole key."""
    return f"{LIBRARY}{key}/"


def list_frameworks(language: str) -> tuple[FrameworkRead, ...]:
    """Every framework there is, in its newest wording: the first pack's first, then by name."""
    rows = dict(InstalledPack.objects.order_by("installed_at", "version").values_list("pack", "id"))
    ordered = sorted(rows.items(), key=lambda it: (it[0] != FIRST, it[0]))
    return tuple(framework for _key, row in ordered for framework in frameworks_of(row, language))


@lru_cache(maxsize=64)
def frameworks_of(installed_id: str, language: str) -> tuple[FrameworkRead, ...]:
    """The frameworks of one installed pack."""
    pack = pack_of(installed_id)
    return tuple(
        FrameworkRead(
            key=it.key,
            pack=pack.id,
            kind=it.kind,
            name=it.name.in_(language),
            text=it.text.in_(language) if it.text else "",
            domains=tuple(domain_read(domain, language) for domain in it.domains),
            credit=pack.credit.in_(language),
            is_our_translation=pack.is_our_translation(language),
        )
        for it in pack.frameworks
    )


def domain_read(domain: Domain, language: str) -> DomainRead:
    """A domain in a reader's language."""
    return DomainRead(
        key=domain.key,
        address=address_of(domain.key),
        number=str(domain.number or ""),
        kind=domain.kind,
        name=domain.name.in_(language),
        aliases=tuple(alias.in_(language) for alias in domain.aliases),
        goal=domain.goal.in_(language) if domain.goal else "",
        status=domain.status,
        practices=tuple(practice_read(it, language) for it in domain.practices),
        credit=domain.credit.in_(language),
        has_rubric=domain.has_rubric,
    )


def practice_read(practice: Practice, language: str) -> PracticeRead:
    """A practice in a reader's language."""
    return PracticeRead(
        title=practice.title.in_(language),
        status=practice.status,
        look_fors=tuple(line_of(it, language) for it in practice.look_fors),
        evidence=tuple((it.text.in_(language), it.status) for it in practice.evidence),
        belongs=tuple(filter(None, (named(key, language) for key in practice.belongs))),
    )


def named(key: str, language: str) -> tuple[str, str] | None:
    """A look-for or practice by its whole key: its words, and where it is read; None where no pack has it."""
    pack, domain_key, *_within = key.split("/")
    try:
        domain = pack_of(newest_pack(pack).id).domain(f"{pack}/{domain_key}")
    except (KeyError, NotThere):
        return None
    words = {it.key: (it.title.in_(language), address_of(domain.key)) for it in domain.practices}
    words |= {it.key: (it.text.in_(language), address_of(it.key)) for it in domain.look_fors}
    return words.get(key)


def line_of(look_for: LookFor, language: str) -> Line:
    """A look-for as one line."""
    return Line(
        key=look_for.key,
        html=mark_safe(look_for.html.in_(language)),  # noqa: S308  (made by the pack reader from escaped text)
        text=look_for.text.in_(language),
        status=look_for.status,
        address=address_of(look_for.key),
    )


def read_domain(key: str, language: str) -> tuple[FrameworkRead, DomainRead]:
    """A domain by its whole key, with the framework it is in."""
    for framework in list_frameworks(language):
        for domain in framework.domains:
            if domain.key == key:
                return framework, domain
    raise NotThere


def read_look_for(key: str, language: str) -> LookForRead:
    """A look-for by its whole key."""
    _framework, domain = read_domain("/".join(key.split("/")[:2]), language)
    lines = domain.look_fors
    place = next((at for at, it in enumerate(lines) if it.key == key), None)
    if place is None:
        raise NotThere
    return LookForRead(
        line=lines[place],
        practice=next(it.title for it in domain.practices if lines[place] in it.look_fors),
        domain=domain,
        sources=sources_of(key),
        before=lines[place - 1] if place else None,
        after=lines[place + 1] if place + 1 < len(lines) else None,
    )


def sources_of(key: str) -> tuple[SourceView, ...]:
    """What a look-for rests on, as far as its pack says."""
    pack = pack_of(newest_pack(key.partition("/")[0]).id)
    found = next(it for domain in pack.domains for it in domain.look_fors if it.key == key)
    return tuple(SourceView(it.title, it.address) for it in map(pack.source, found.sources))


def find_lines(asked: Sequence[str], language: str) -> tuple[tuple[int, str, str, str], ...]:
    """What of the frameworks holds these words: how well, the words, where they are read, what they are part of."""
    found = list[tuple[int, str, str, str]]()
    for framework in list_frameworks(language):
        for domain in framework.domains:
            told = " ".join((domain.name, *domain.aliases, domain.goal))
            within = [(told, domain.name, domain.address, framework.name)]
            within += [(it.title, it.title, domain.address, domain.name) for it in domain.practices]
            within += [(it.text, it.text, it.address, domain.name) for it in domain.look_fors]
            for text, shown, address, part_of in within:
                well = how_well(asked, text)
                if well is not None:
                    found.append((well, shown, address, part_of))
    return tuple(sorted(found, key=lambda it: -it[0]))
