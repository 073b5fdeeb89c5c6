"""What people say of the session, without their names: found again by the phone, read by the facilitator."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.models import FeedbackBox, FeedbackRegister
from hubcraft.apps.facilitation.queries.choices import DomainName, domains_of
from hubcraft.apps.facilitation.queries.runs import RunView, row_of
from hubcraft.apps.facilitation.queries.steps import StepPage, step_page
from hubcraft.apps.frameworks.queries import StepView, pack_of
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.domain.suppression import BATCH, PEOPLE_FLOOR, Band, Coded, Published, Withheld, board_counts

FEEDBACK = "feedback"
# An answer is {"words": …, "language": …} or {"domains": […]}; {} where the question was left out.
Answer = dict[str, object]


@dataclass(frozen=True)
class FeedbackQuestion:
    """One question of the feedback: answered in words, or by choosing among the six domains."""

    key: str
    field: str
    prompt: str
    asks_domains: bool


@dataclass(frozen=True)
class FeedbackAnswer:
    """A question with what this phone has answered, or what a form that came back held."""

    question: FeedbackQuestion
    words: str
    domains: tuple[str, ...]
    mistake: str


@dataclass(frozen=True)
class FeedbackPage(StepPage):
    """The questions on a phone."""

    answers: tuple[FeedbackAnswer, ...]
    domains: tuple[DomainName, ...]
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
class Words:
    """What somebody wrote, in their language."""

    words: str
    language: str


@dataclass(frozen=True)
class FeedbackResult:
    """One question as the facilitator reads it."""

    prompt: str
    asks_domains: bool
    people: int
    texts: tuple[Words, ...]
    tallies: tuple[DomainTally, ...]
    why_not: str


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
    """The questions of this session's script in the reader's language."""
    key, row = feedback_step(session), row_of(session)
    if not key or row is None:
        return ()
    language = get_language() or session.room.language
    steps = pack_of(session.pack_id).script(row.script).steps
    prompts = next((it.prompts for it in steps if it.key == key), ())
    return tuple(
        FeedbackQuestion(f"{key}/{number}", f"answer-{number}", it.text.in_(language), it.asks == "domains")
        for number, it in enumerate(prompts, 1)
    )


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
                wrong.get(it.key, ""),
            )
            for it in questions_of(place.session)
        ),
        domains=domains_of(place.session),
        has_given=bool(kept) and typed is None,
        may_give=may_give,
        why_not=why_not,
        mistakes=tuple(dict.fromkeys(wrong.values())),
        who_can_see=who_can_see_feedback(),
    )


def who_can_see_feedback() -> tuple[str, ...]:
    """Who reads the feedback, and what is kept of whose it is."""
    return (
        _("The facilitator reads it without your name, once {floor} people have answered.").format(
            floor=PEOPLE_FLOOR
        ),
        _("They may pass it on to the people who wrote this rubric, so that it gets better."),
        _(
            "We keep your answers without your name, your team or the time. Only this device can find them "
            "again, so that you can change them until the room is closed."
        ),
        _("People sometimes know each other by how they write."),
    )


# -- the facilitator ---------------------------------------------------------------------------------------


def feedback_results(session: ReflectionSession) -> FeedbackResults:
    """What people said: while the room is open in steps, so that nobody can be watched writing; then all of it.

    In a room that was closed and opened again what is added stays in steps: all of it a second time would tell the
    one who wrote in between.
    """
    questions = questions_of(session)
    register = FeedbackRegister.objects.filter(session=session).first()
    is_all = session.room.is_closed and not (register and register.was_all_shown)
    people = (len(register.people) if is_all else register.shown) if register else 0
    if people < PEOPLE_FLOOR:
        why_not = (
            _("Fewer than five people answered, so nothing is shown.")
            if is_all
            else _("What people say appears here once five of them have answered.")
        )
        return FeedbackResults((), 0, why_not if questions else _("This script asks for no feedback."), "")
    boxes = {
        it.question: it.slips if is_all else it.shown for it in FeedbackBox.objects.filter(session=session)
    }
    names = domains_of(session)
    return FeedbackResults(
        results=tuple(result_of(it, boxes.get(it.key, {}), names) for it in questions),
        people=people,
        why_not="",
        words=words_of_steps(register, is_all=is_all),
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
