"""What one person sees while placing their initials."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import LevelView, LookForView
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import BallotBox, Mark, Reflection, ReflectionSession, Wish
from hubcraft.apps.reflections.queries.doors import Place, count_offered
from hubcraft.apps.reflections.queries.roster import who_can_see
from hubcraft.apps.rooms.models import Seat
from hubcraft.apps.rooms.queries import MeView, RoomView, me_view, room_view
from hubcraft.domain.verdict import NotThere, refuse


@dataclass(frozen=True)
class RateLookFor:
    """A look-for and where this person stands on it: a level, "not-sure", "does-not-apply" or nothing yet."""

    look_for: LookForView
    answer: str


@dataclass(frozen=True)
class RatePage:
    """Placing one's initials, one look-for after another or all at once."""

    me: MeView
    room: RoomView
    domain_title: str
    goal: str
    instruction: str
    credit: str
    levels: tuple[LevelView, ...]
    look_fors: tuple[RateLookFor, ...]
    practices: tuple[tuple[str, tuple[RateLookFor, ...]], ...]
    current: RateLookFor | None
    position: int
    total: int
    answered: int
    previous_address: str | None
    next_address: str | None
    done_address: str
    who_can_see: tuple[str, ...]
    may_wish: bool
    has_wished: bool
    wish_words: str
    prompts_only: bool
    may_answer: bool
    why_not: str
    after_reveal: bool
    is_move: bool
    phase: str
    offer: int
    # Why answers of this seat are missing here; empty where none are.
    elsewhere_words: str
    is_ballot: bool = False
    # Some of its look-fors are ours, not the framework's authors'.
    has_drafts: bool = False
    # Its rows are work practices, not look-fors.
    is_glance: bool = False


def rate_page(place: Place, position: int | None) -> RatePage:
    """The page of one look-for (its place in the rubric, from 1), or of all of them (None)."""
    answers = own_answers(place)
    look_fors = tuple(
        RateLookFor(look_for, answers.get(look_for.key, "")) for look_for in place.rubric.look_fors
    )
    if position is not None and not 1 <= position <= len(look_fors):
        raise NotThere
    by_key = {it.look_for.key: it for it in look_fors}
    verdict = policy.can_rate(place.viewer, place.seat, place.room, has_come=place.has_come)
    if verdict.is_allowed and place.room.is_closed:
        verdict = refuse(_("The room is closed. Your answers are kept; nothing new can be added."))
    is_after = place.reflection.is_revealed and not place.session.is_open_board
    base = f"/r/{place.room.id}/look-fors/"
    return RatePage(
        me=me_view(place.viewer, place.seat),
        room=room_view(place.room),
        domain_title=place.rubric.title,
        goal=place.rubric.goal,
        instruction=place.rubric.instruction,
        credit=place.rubric.credit,
        levels=place.rubric.levels,
        look_fors=look_fors,
        practices=tuple(
            (title, tuple(by_key[look_for.key] for look_for in own)) for title, own in place.rubric.practices
        ),
        current=look_fors[position - 1] if position else None,
        position=position or 0,
        total=len(look_fors),
        answered=sum(bool(it.answer) for it in look_fors),
        previous_address=f"{base}{position - 1}/" if position and position > 1 else None,
        next_address=f"{base}{position + 1}/" if position and position < len(look_fors) else None,
        done_address=done_address(place),
        who_can_see=who_can_see(place),
        may_wish=policy.can_wish(place.viewer, place.session, place.reflection).is_allowed
        and not place.seat.team.is_alone,
        has_wished=Wish.objects.filter(reflection=place.reflection, seat=place.seat).exists(),
        wish_words=wish_words(),
        prompts_only=place.seat.kind == Seat.Kind.INTERPRETING,
        may_answer=verdict.is_allowed and not (is_after and place.rung.is_ballot),
        why_not=verdict.sentence or (frozen_words() if is_after and place.rung.is_ballot else ""),
        after_reveal=is_after,
        # Who came late rates first, look-for by look-for, like everybody before.
        is_move=is_after and (not place.seat.is_late or place.is_done_late),
        offer=count_offered(place),
        elsewhere_words=elsewhere_words(place, answers),
        phase="after" if is_after else "before",
        is_ballot=place.rung.is_ballot,
        has_drafts=place.rubric.has_drafts,
        is_glance=place.rubric.is_glance,
    )


def done_address(place: Place) -> str:
    """Where one goes when one has finished: to one's team, to the board, or to the question for who came late."""
    base = f"/r/{place.room.id}/"
    if place.seat.is_late and not (place.finish and place.finish.late_choice):
        return f"{base}late/"
    if place.session.is_over_days and not (place.finish and place.finish.is_finished):
        return f"{base}team/"
    is_open = place.seat.team.is_alone or place.reflection.is_revealed or place.session.is_open_board
    return f"{base}board/" if is_open else f"{base}team/"


def wish_words() -> str:
    """What asking for dots does, said before one asks."""
    return _(
        "Then your team's board shows dots instead of initials, for everyone, and nobody learns who asked. "
        "In a team of fewer than five, each sees only their own answers; in a team of two, the other one will "
        "know. Your answers stay with your seat."
    )


def frozen_words() -> str:
    """Why an anonymous answer stays as it was."""
    return _(
        "The board is open. Anonymous answers stay as they were, because a change would show whose it is."
    )


def own_answers(place: Place) -> dict[str, str]:
    """This person's own answers by look-for; under the anonymous rung found with the secret from their device."""
    if place.rung.is_ballot:
        return {look_for: answer for look_for, answer in own_slips(place).items() if answer}
    return dict(
        Mark.objects.filter(reflection=place.reflection, seat=place.seat)
        .exclude(answer="")
        .values_list("look_for", "answer")
    )


def elsewhere_words(place: Place, answers: Mapping[str, str]) -> str:
    """Why answers of this seat are not found: only the device on which an anonymous slip was cast can find it again."""
    if not (place.rung.is_ballot and place.finish and place.finish.answered > len(answers)):
        return ""
    return _(
        "What you answered on another device is kept and can’t be shown here: anonymous answers are known only to the"
        " device they were given on."
    )


def own_from_paper(place: Place) -> set[str]:
    """The look-fors for which this person's answer was typed in from paper."""
    marks = Mark.objects.filter(reflection=place.reflection, seat=place.seat).exclude(typing=None)
    return set(marks.values_list("look_for", flat=True))


def own_slips(place: Place) -> dict[str, str]:
    """The answers on this device's own slips, "" where one was taken back; no secret, no slips."""
    secret = place.viewer.ballot_secret
    if not secret:
        return {}
    found = {}
    for box in BallotBox.objects.filter(reflection=place.reflection):
        key = slip_key(secret, place.seat.id, box.look_for)
        slip = box.late_slips.get(key) or box.slips.get(key)
        if slip:
            found[box.look_for] = slip[0]
    return found


def slip_key(secret: str, seat_id: str, look_for: str) -> str:
    """The key of one slip: only who holds the secret can find it, and two slips of one person look unrelated."""
    return hashlib.sha256(f"{secret} {seat_id} {look_for}".encode()).hexdigest()[:32]


def has_ballots(session: ReflectionSession, reflection: Reflection, seat: Seat) -> bool:
    """Whether this seat has used a slip on this board."""
    return policy.rung_of(session).is_ballot and any(
        seat.id in seats for seats in reflection.ballot_registers.values_list("seats", flat=True)
    )
