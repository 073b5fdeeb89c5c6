"""What a room knows a lot about and would like to learn more about: a picture of counts, never of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.models import Choice, ChoicePicture
from hubcraft.apps.facilitation.queries.counting import added_up, linked_teams, takes_part
from hubcraft.apps.facilitation.queries.runs import RunView
from hubcraft.apps.facilitation.queries.said import is_at
from hubcraft.apps.facilitation.queries.steps import StepPage, step_page
from hubcraft.apps.frameworks.queries import StepView, pack_of
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms.models import Seat
from hubcraft.apps.rooms.queries import list_seats
from hubcraft.content import domain_at
from hubcraft.domain.suppression import (
    BATCH,
    Band,
    Coded,
    Published,
    Reason,
    Withheld,
    board_counts,
    room_counts,
)

KNOW, LEARN = map(str, Choice.Which)
QUESTIONS = (KNOW, LEARN)
# In a crowd the picture waits for a twentieth of it: it would change with every tap otherwise.
CROWD = 20
# Up to so many people each one is a dot; more are a bar.
MOST_DOTS = 60

Told = Published[dict[str, int]] | Withheld | Coded


@dataclass(frozen=True)
class DomainName:
    """One of the six domains as one chooses it."""

    key: str
    name: str


@dataclass(frozen=True)
class Count:
    """How many of the room chose a domain for one question; no number where that question is told in words."""

    people: int | None
    is_most: bool
    per_cent: int

    @property
    def dots(self) -> range:
        return range(self.people or 0)


@dataclass(frozen=True)
class PictureLine:
    """One domain in the room's picture."""

    name: str
    know: Count
    learn: Count


@dataclass(frozen=True)
class Picture:
    """What the room chose. Without lines there is none yet, and `why_not` says why."""

    people: int
    lines: tuple[PictureLine, ...]
    has_dots: bool
    why_not: str
    words: str
    # Why one of its two columns is empty: that is never left to be guessed.
    left_out: str


@dataclass(frozen=True)
class Question:
    """One of the two questions on a phone, with what this person chose."""

    which: str
    prompt: str
    chosen: str
    chosen_name: str


@dataclass(frozen=True)
class ChoicePage(StepPage):
    """Choosing, and the room's picture once one has chosen."""

    questions: tuple[Question, ...]
    domains: tuple[DomainName, ...]
    has_chosen: bool
    # Whether the room is at this step: then the picture is kept up to date.
    is_here: bool
    may_choose: bool
    why_not: str
    picture: Picture
    who_can_see: tuple[str, ...]


@lru_cache(maxsize=128)
def list_six(pack_id: str, domain: str, language: str) -> tuple[DomainName, ...]:
    """The domains of the framework that what this session rates is from, in their order; logs are none."""
    pack = pack_of(pack_id)
    about = domain_at(pack, domain)
    for framework in pack.frameworks:
        if about in framework.domains or (about is None and any(it.practices for it in framework.domains)):
            return tuple(
                DomainName(it.key, it.name.in_(language)) for it in framework.domains if it.number is not None
            )
    return ()


def domains_of(session: ReflectionSession) -> tuple[DomainName, ...]:
    """The same in the reader's language."""
    return list_six(session.pack_id, session.domain, get_language() or session.room.language)


def own_choices(session: ReflectionSession, seat: Seat) -> dict[str, str]:
    """What one seat chose, by question."""
    return dict(Choice.objects.filter(session=session, seat=seat).values_list("which", "domain"))


def choice_page(
    place: Place,
    run: RunView,
    step: StepView,
    at: datetime,
    *,
    may_choose: bool = True,
    why_not: str = "",
    chosen: Mapping[str, str] | None = None,
) -> ChoicePage:
    """The page of one person; `chosen` is what a form that came back held."""
    kept = own_choices(place.session, place.seat)
    domains = domains_of(place.session)
    names = {it.key: it.name for it in domains}
    prompts = (*step.prompts, "", "")
    return ChoicePage(
        **vars(step_page(place, run, step, at)),
        questions=tuple(
            Question(which, prompt, (chosen or kept).get(which, ""), names.get(kept.get(which, ""), ""))
            for which, prompt in zip(QUESTIONS, prompts, strict=False)
        ),
        domains=domains,
        has_chosen=bool(kept) and chosen is None,
        is_here=is_at(place.session, "choice"),
        may_choose=may_choose,
        why_not=why_not,
        picture=picture_of(place.session),
        who_can_see=who_can_see_choices(),
    )


def who_can_see_choices() -> tuple[str, ...]:
    """Who can see what one chooses."""
    return (
        _("Nobody sees what you chose, the facilitator neither."),
        _("The room sees how many chose each domain, from five people on."),
        _(
            "The picture is drawn anew for several people at once, so that nobody can watch you choose. "
            "It is left out where it would show what one team chose."
        ),
    )


def chosen_words(session: ReflectionSession) -> str:
    """How many have chosen, for the facilitator: never what."""
    seats = {seat.id: seat.person for seat in list_seats(session.room_id) if takes_part(seat)}
    chosen = Choice.objects.filter(session=session, seat__in=seats).values_list("seat_id", flat=True)
    here = len(set(seats.values()))
    return ngettext("{chosen} of {here} has chosen.", "{chosen} of {here} have chosen.", here).format(
        chosen=len({seats[it] for it in chosen}), here=here
    )


# -- the picture -------------------------------------------------------------------------------------------


def picture_of(session: ReflectionSession) -> Picture:
    """The room's picture as it was drawn last."""
    drawn = ChoicePicture.objects.filter(session=session).first()
    told = {
        which: told_from(drawn.told.get(which, {})) if drawn else Withheld(Reason.TOO_FEW_PEOPLE)
        for which in QUESTIONS
    }
    if all(isinstance(it, Withheld) for it in told.values()):
        reasons = {it.reason for it in told.values()}
        few = reasons == {Reason.TOO_FEW_PEOPLE}
        return Picture(
            0, (), has_dots=False, why_not=few_words() if few else others_words(), words="", left_out=""
        )
    people = drawn.people
    domains = domains_of(session)
    lines = tuple(
        PictureLine(it.name, count_in(told[KNOW], it.key, people), count_in(told[LEARN], it.key, people))
        for it in domains
    )
    return Picture(
        people=people,
        lines=lines,
        has_dots=people <= MOST_DOTS,
        why_not="",
        words=_("{people} people have chosen").format(people=people),
        left_out=next(
            (left_out_words(which, it.reason) for which, it in told.items() if isinstance(it, Withheld)), ""
        ),
    )


def few_words() -> str:
    """Why there is no picture yet."""
    return _("The room’s picture appears here once five people have chosen.")


def others_words() -> str:
    """Why there is none though many have chosen."""
    return _(
        "There is no picture yet: from this room’s counts one could work out what one team chose. "
        "It appears when more people have chosen. Until then, ask for a show of hands."
    )


def left_out_words(which: str, reason: Reason) -> str:
    """Why the picture tells the answers to one of its questions only."""
    if reason == Reason.TOO_FEW_PEOPLE:
        if which == KNOW:
            return _("Fewer than five have said what they know.")
        return _("Fewer than five have said what they want to learn.")
    if which == KNOW:
        return _("What people know is left out just now: one could work out what one team chose.")
    return _("What people want to learn is left out just now: one could work out what one team chose.")


def count_in(told: Told, domain: str, people: int) -> Count:
    """One domain's part of what may be told."""
    match told:
        case Published(value=counts):
            chosen = counts.get(domain, 0)
            return Count(chosen, is_most=False, per_cent=round(100 * chosen / max(people, 1)))
        case Coded(answer=answer):
            return Count(None, is_most=answer == domain, per_cent=0)
        case _:
            return Count(None, is_most=False, per_cent=0)


def told_from(kept: Mapping[str, object]) -> Told:
    """What was kept of a drawing, as the rules know it."""
    if "counts" in kept:
        return Published(dict(kept["counts"]))
    if "most" in kept:
        return Coded(Band.MOST, str(kept["most"]))
    return Withheld(Reason(kept.get("withheld", Reason.TOO_FEW_PEOPLE)))


def kept_from(told: Told) -> dict[str, object]:
    """The other way round."""
    match told:
        case Published(value=counts):
            return {"counts": counts}
        case Coded(answer=answer):
            return {"most": answer}
        case Withheld(reason=reason):
            return {"withheld": str(reason)}


def step_of_picture(here: int) -> int:
    """How many people the picture waits for before it is drawn anew."""
    return max(BATCH, here // CROWD)


@dataclass(frozen=True)
class Drawing:
    """What the room chose, as it would be drawn now."""

    told: dict[str, Told]
    people: int
    here: int


def drawing_of(session: ReflectionSession) -> Drawing:
    """Count the room. A person counts once, in the seat where they chose last.

    Where all who are here are of one team, nobody could take a team away: then it is that team's own picture.
    """
    seats = {seat.id: seat for seat in list_seats(session.room_id) if takes_part(seat)}
    linked = linked_teams(seats.values())
    chosen: dict[str, dict[str, tuple]] = {which: {} for which in QUESTIONS}
    rows = Choice.objects.filter(session=session).values_list(
        "which", "changed_at", "id", "seat_id", "domain"
    )
    for which, changed_at, number, seat_id, domain in rows:
        if seat_id in seats:
            seat = seats[seat_id]
            latest = chosen[which].get(seat.person)
            if latest is None or latest[:2] < (changed_at, number):
                chosen[which][seat.person] = (changed_at, number, linked[seat.team_id], domain)
    told: dict[str, Told] = {}
    for which, by_person in chosen.items():
        tallies: dict[str, dict[str, int]] = {}
        for _at, _number, team, domain in by_person.values():
            tally = tallies.setdefault(team, {})
            tally[domain] = tally.get(domain, 0) + 1
        told[which] = (
            board_counts(added_up(tallies.values()))
            if len(set(linked.values())) == 1 and tallies
            else room_counts(tallies)
        )
    return Drawing(
        told=told,
        people=len(set().union(*chosen.values())),
        here=len({seat.person for seat in seats.values()}),
    )
