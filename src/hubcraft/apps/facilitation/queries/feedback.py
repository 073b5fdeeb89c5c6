"""What people say of the session, without their names: found again by the phone, read by the facilitator."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.models import FeedbackBox, FeedbackRegister
from hubcraft.apps.facilitation.queries.choices import DomainName, domains_of
from hubcraft.apps.facilitation.queries.runs import RunView, row_of
from hubcraft.apps.facilitation.queries.steps import StepPage, step_page
from hubcraft.apps.facilitation.queries.wording import (
    WORDING,
    Commented,
    Words,
    commented,
    is_gathered,
    look_fors_to_choose,
    wording_key,
    wording_prompt,
)
from hubcraft.apps.frameworks.queries import LookForView, StepView, pack_of
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.domains import domains_in
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.domain.suppression import BATCH, PEOPLE_FLOOR, Band, Coded, Published, Withheld, board_counts

FEEDBACK = "feedback"
# An answer is {"words": …, "language": …}, for a comment on wording with its "look_for", or {"domains": […]}; {} where
# the question was left out.
Answer = dict[str, object]


@dataclass(frozen=True)
class FeedbackQuestion:
    """One question of the feedback: answered in words, in words about a look-for, or by choosing among the six domains."""

    key: str
    field: str
    prompt: str
    asks_domains: bool
    asks_wording: bool = False

    @property
    def look_for_field(self) -> str:
        return f"{self.field}-look-for"


@dataclass(frozen=True)
class FeedbackAnswer:
    """A question with what this phone has answered, or what a form that came back held."""

    question: FeedbackQuestion
    words: str
    domains: tuple[str, ...]
    look_for: str
    mistake: str


@dataclass(frozen=True)
class FeedbackPage(StepPage):
    """The questions on a phone."""

    answers: tuple[FeedbackAnswer, ...]
    domains: tuple[DomainName, ...]
    # By work practice.
    look_fors: tuple[tuple[str, tuple[LookForView, ...]], ...]
    has_given: bool
    may_give: bool
    why_not: str
    mistakes: tuple[str, ...]
    who_can_see: tuple[str, ...]


@dataclass(frozen=True)
class DomainTally:
    """How many chose a domain; words where the number would say too much."""

    name: str
    words: str
    per_cent: int
    people: int | None = None


@dataclass(frozen=True)
class FeedbackResult:
    """One question as the facilitator reads it."""

    prompt: str
    asks_domains: bool
    people: int
    texts: tuple[Words, ...]
    tallies: tuple[DomainTally, ...]
    why_not: str
    # Comments on wording, each under its look-for.
    commented: tuple[Commented, ...] = ()

    @property
    def entries(self) -> int:
        """How many things that people wrote."""
        return len(self.texts) + sum(len(it.comments) for it in self.commented)


@dataclass(frozen=True)
class FeedbackResults:
    """All of them, once five people have answered."""

    results: tuple[FeedbackResult, ...]
    people: int
    why_not: str
    words: str


def feedback_step(session: ReflectionSession) -> str:
    """The key of the step that asks for feedback, as this session runs; empty where none does."""
    row = row_of(session)
    steps = row.steps if row else ()
    return next((it["key"] for it in steps if it["kind"] == FEEDBACK), "")


def questions_of(session: ReflectionSession) -> tuple[FeedbackQuestion, ...]:
    """The questions of this session's script in the reader's language; after them that about wording, whatever it asks."""
    key, row = feedback_step(session), row_of(session)
    if not key or row is None:
        return ()
    language = get_language() or session.room.language
    steps = pack_of(session.pack_id).script(row.script).steps
    prompts = next((it.prompts for it in steps if it.key == key), ())
    asked = (
        FeedbackQuestion(f"{key}/{number}", f"answer-{number}", it.text.in_(language), it.asks == "domains")
        for number, it in enumerate(prompts, 1)
    )
    wording = FeedbackQuestion(
        wording_key(key), WORDING, wording_prompt(session), asks_domains=False, asks_wording=True
    )
    return (*asked, wording)


# -- the phone ---------------------------------------------------------------------------------------------


def slip_key(secret: str, person: str, question: str) -> str:
    """The key of one answer: only the phone that holds the secret finds it, and two of one person look unrelated."""
    return hashlib.sha256(f"feedback {secret} {person} {question}".encode()).hexdigest()[:32]


def own_answers(place: Place) -> dict[str, Answer]:
    """What this phone has answered, by question."""
    secret = place.viewer.ballot_secret
    if not secret:
        return {}
    found = {}
    for box in FeedbackBox.objects.filter(session=place.session):
        slip = box.slips.get(slip_key(secret, place.seat.person, box.question))
        if slip is not None:
            found[box.question] = slip
    return found


def feedback_page(
    place: Place,
    run: RunView,
    step: StepView,
    at,
    *,
    may_give: bool = True,
    why_not: str = "",
    typed: Mapping[str, Answer] | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> FeedbackPage:
    """The page of one person; `typed` and `mistakes` are of a form that came back."""
    kept, wrong = own_answers(place), mistakes or {}
    shown = kept if typed is None else typed
    return FeedbackPage(
        **vars(step_page(place, run, step, at)),
        answers=tuple(
            FeedbackAnswer(
                it,
                str(shown.get(it.key, {}).get("words", "")),
                tuple(shown.get(it.key, {}).get("domains", ())),
                str(shown.get(it.key, {}).get("look_for", "")),
                wrong.get(it.key, ""),
            )
            for it in questions_of(place.session)
        ),
        domains=domains_of(place.session),
        look_fors=look_fors_to_choose(place.session),
        has_given=bool(kept) and typed is None,
        may_give=may_give,
        why_not=why_not,
        mistakes=tuple(dict.fromkeys(wrong.values())),
        who_can_see=who_can_see_feedback(place.session),
    )


def who_can_see_feedback(session: ReflectionSession) -> tuple[str, ...]:
    """Who reads the feedback, and what is kept of whose it is."""
    return (
        _("The facilitator reads it without your name, once {floor} people have answered.").format(
            floor=PEOPLE_FLOOR
        ),
        _("They may pass it on to the people who wrote this rubric, so that it gets better."),
        *who_can_see_comments(session),
        _(
            "We keep your answers without your name, your team or the time. Only this device can find them "
            "again, so that you can change them until the room is closed."
        ),
        _("People sometimes know each other by how they write."),
    )


def who_can_see_comments(session: ReflectionSession) -> Iterable[str]:
    """Who reads what is said of a look-for's words, and what the look-for itself may tell."""
    if is_gathered(session):
        yield _(
            "What you say about a look-for’s words is read, from then on, also by whoever runs this Hubcraft: under "
            "the look-for, without your room, your team or the day. They may pass it on to its authors."
        )
    if len(domains_in(session)) > 1:
        yield _("Teams here reflect on different things, so a look-for may tell which team you are in.")


# -- the facilitator ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReadSlips:
    """The answers that may be read now, by question, and of how many people; nothing of fewer than five."""

    people: int
    is_all: bool
    by_question: Mapping[str, Mapping[str, Answer]]


def slips_to_read(
    session: ReflectionSession, register: FeedbackRegister | None, boxes: Iterable[FeedbackBox]
) -> ReadSlips:
    """Whoever reads answers reads these: the facilitator, and whoever gathers what was said of wording."""
    is_all = session.room.is_closed and not (register and register.was_all_shown)
    people = (len(register.people) if is_all else register.shown) if register else 0
    if people < PEOPLE_FLOOR:
        return ReadSlips(0, is_all, {})
    return ReadSlips(people, is_all, {it.question: it.slips if is_all else it.shown for it in boxes})


def feedback_results(session: ReflectionSession) -> FeedbackResults:
    """What people said: while the room is open in steps, so that nobody can be watched writing; then all of it.

    In a room that was closed and opened again what is added stays in steps: all of it a second time would tell the
    one who wrote in between.
    """
    questions = questions_of(session)
    register = FeedbackRegister.objects.filter(session=session).first()
    read = slips_to_read(session, register, FeedbackBox.objects.filter(session=session))
    if not read.people:
        why_not = (
            _("Fewer than five people answered, so nothing is shown.")
            if read.is_all
            else _("What people say appears here once five of them have answered.")
        )
        return FeedbackResults((), 0, why_not if questions else _("This script asks for no feedback."), "")
    names = domains_of(session)
    return FeedbackResults(
        results=tuple(
            wording_result(session, it, read.by_question.get(it.key, {}))
            if it.asks_wording
            else result_of(it, read.by_question.get(it.key, {}), names)
            for it in questions
        ),
        people=read.people,
        why_not="",
        words=words_of_steps(register, is_all=read.is_all),
    )


def words_of_steps(register: FeedbackRegister | None, *, is_all: bool) -> str:
    """When the facilitator will read what is not shown yet."""
    if is_all:
        return ""
    if register and register.was_all_shown:
        return _("What was added since the room was first closed is shown {step} at a time.").format(
            step=BATCH
        )
    return _(
        "The latest answers are added {step} at a time, and all of them when the room is closed."
    ).format(step=BATCH)


def result_of(
    question: FeedbackQuestion, slips: Mapping[str, Answer], names: tuple[DomainName, ...]
) -> FeedbackResult:
    """One question: texts in the order of keys that mean nothing, domains as counts with a floor."""
    given = [slip for _key, slip in sorted(slips.items()) if slip]
    if not question.asks_domains:
        texts = tuple(Words(str(it["words"]), str(it["language"])) for it in given)
        return FeedbackResult(question.prompt, False, len(given), texts, (), "")
    if len(given) < PEOPLE_FLOOR:
        why_not = _("Fewer than five people chose here, so nothing is counted.")
        return FeedbackResult(question.prompt, True, 0, (), (), why_not)
    tallies = tuple(
        tally_of(it.name, sum(it.key in slip["domains"] for slip in given), len(given)) for it in names
    )
    return FeedbackResult(question.prompt, True, len(given), (), tallies, "")


def wording_result(
    session: ReflectionSession, question: FeedbackQuestion, slips: Mapping[str, Answer]
) -> FeedbackResult:
    """Comments on wording, under their look-fors."""
    language = get_language() or session.room.language
    told = commented(session.pack_id, slips.items(), language)
    return FeedbackResult(question.prompt, False, sum(map(bool, slips.values())), (), (), "", told)


def tally_of(name: str, chosen: int, of: int) -> DomainTally:
    """How many of those who answered chose one domain; all, all but one, one and nobody are told in words."""
    told = board_counts({"chosen": chosen, "left": of - chosen})
    match told:
        case Published(value=counts):
            words = _("{people} of {of}").format(people=counts["chosen"], of=of)
            return DomainTally(name, words, round(100 * counts["chosen"] / of), counts["chosen"])
        case Coded(band=Band.NEARLY_ALL, answer="chosen"):
            return DomainTally(name, _("nearly everyone"), 100)
        case Coded():
            return DomainTally(name, _("hardly anyone"), 0)
        case Withheld():
            return DomainTally(name, "", 0)
