"""Placing initials: every operation once, committed before it is acknowledged, late ones kept and offered."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Value
from django.utils.translation import gettext as _

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import (
    BallotBox,
    BallotRegister,
    Finish,
    LateAnswer,
    Mark,
    MarkChange,
    Reflection,
)
from hubcraft.apps.reflections.queries.doors import Place, place_of_seat, places_of_seats
from hubcraft.apps.reflections.queries.rating import frozen_words, own_slips, slip_key
from hubcraft.apps.reflections.queries.roster import load_roster
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.domain.suppression import told_in_batches
from hubcraft.domain.verdict import insist, refuse
from hubcraft.web.prepared import Prepared, PreparedInsert
from hubcraft.web.writer import writes


@dataclass(frozen=True)
class Operation:
    """One thing a person did on their device, under an id the device gave it."""

    id: str
    look_for: str
    answer: str
    phase: str


@dataclass
class Receipt:
    """What became of each operation. `taken` and `late` are on the disk; `refused` changed nothing."""

    taken: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    answered: int = 0
    total: int = 0


KNOWN = Prepared(
    lambda ids: (
        MarkChange.objects.filter(id__in=ids)
        .values_list("id", "seat_id", Value(0))
        .union(LateAnswer.objects.filter(id__in=ids).values_list("id", "seat_id", Value(1)), all=True)
    )
)
ANSWERS = Prepared(
    lambda boards, seats: Mark.objects.filter(reflection__in=boards, seat__in=seats).values_list(
        "seat_id", "look_for", "answer"
    )
)
PUT_MARKS = PreparedInsert(
    Mark, unique=["reflection", "seat", "look_for"], updates=["answer", "typing", "changed_at"]
)
NOTE_CHANGES = PreparedInsert(MarkChange)


@dataclass
class Ledger:
    """What these seats' marks were when we began, and what is to be written: read at one go, written at one go."""

    known: dict[str, str]
    late_ids: set[str]
    standing: dict[str, dict[str, str]]  # seat → look-for → answer
    moved: list[Mark] = field(default_factory=list)
    changes: list[MarkChange] = field(default_factory=list)
    late: list[LateAnswer] = field(default_factory=list)

    @classmethod
    def open(cls, places: Iterable[Place], operations: Iterable[Operation]) -> "Ledger":
        ids = [operation.id for operation in operations]
        found = KNOWN(ids=ids)
        known = {name: seat for name, seat, _is_late in found}
        late = {name for name, _seat, is_late in found if is_late}
        standing: dict[str, dict[str, str]] = {place.seat.id: {} for place in places}
        for seat, look_for, answer in ANSWERS(boards={it.reflection.id for it in places}, seats=standing):
            standing[seat][look_for] = answer
        return cls(known, late, standing)

    def close(self) -> None:
        PUT_MARKS(self.moved)
        NOTE_CHANGES(self.changes)
        for it in self.late:
            # Of several answers to one look-for only the last is offered.
            earlier = LateAnswer.objects.filter(reflection=it.reflection, seat=it.seat, look_for=it.look_for)
            earlier.filter(is_left=False).update(is_left=True)
            it.save(force_insert=True)


@writes
def place_marks(*, by: Viewer, seat_id: str, operations: Collection[Operation], at: datetime) -> Receipt:
    """Put someone's initials in boxes, in the order in which they did it; send it twice and it happens once."""
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_rate(by, place.seat, place.room, has_come=place.has_come))
    if not place.rung.is_ballot:
        return mark_all([(place, operations, at)])[0]
    receipt = Receipt(total=len(place.rubric.look_fors))
    receipt.answered = cast(place, list(fit(operations, place, receipt)), receipt)
    regions, recheck = news_of(place, note_progress(place, receipt.answered), set())
    if regions:
        changed(place.room, regions, recheck=recheck, at=at)
    return receipt


def place_marks_together(asked: Sequence[dict]) -> list[Receipt]:
    """Several phones at the same moment, for little more than the price of one.

    Raises where one of them is refused, twice here or casts ballots: then each is done for itself.
    """
    places = places_of_seats([(it["by"], it["seat_id"]) for it in asked], is_locked=True)
    for place in places:
        insist(policy.can_rate(place.viewer, place.seat, place.room, has_come=place.has_come))
    if len({place.seat.id for place in places}) < len(places) or any(it.rung.is_ballot for it in places):
        raise ValueError("These can only be done one after the other.")
    return mark_all([(place, it["operations"], it["at"]) for place, it in zip(places, asked, strict=True)])


place_marks.together = place_marks_together  # type: ignore[attr-defined]


def mark_all(asked: Sequence[tuple[Place, Collection[Operation], datetime]]) -> list[Receipt]:
    """Signed marks of several seats; what has changed for others is told once they are written."""
    sent = [it for _place, operations, _at in asked for it in operations]
    ledger = Ledger.open([place for place, _operations, _at in asked], sent)
    receipts, touched = [], []
    for place, operations, at in asked:
        receipt = Receipt(total=len(place.rubric.look_fors))
        touched.append(mark(place, list(fit(operations, place, receipt)), receipt, ledger, at))
        receipt.answered = sum(map(bool, ledger.standing[place.seat.id].values()))
        receipts.append(receipt)
    ledger.close()
    news: dict[str, tuple[Place, dict[str, None], bool]] = {}
    for (place, _operations, _at), receipt, look_fors in zip(asked, receipts, touched, strict=True):
        regions, recheck = news_of(place, note_progress(place, receipt.answered), look_fors)
        _first, others, is_asked = news.get(place.room.id, (place, {}, False))
        news[place.room.id] = (place, {**others, **dict.fromkeys(regions)}, recheck or is_asked)
    for place, regions, recheck in news.values():
        if regions:
            changed(place.room, regions, recheck=recheck, at=asked[-1][2])
    return receipts


def fit(operations: Iterable[Operation], place: Place, receipt: Receipt) -> Iterable[Operation]:
    """The operations that this rubric knows; the others are refused with a sentence."""
    for operation in operations:
        if operation.look_for not in place.rubric.keys:
            receipt.refused.append((operation.id, _("This look-for is not on this rubric. Reload the page.")))
        elif operation.answer and operation.answer not in place.rubric.scale.answers:
            receipt.refused.append((operation.id, _("This answer is not on this rubric. Reload the page.")))
        else:
            yield operation


def mark(
    place: Place, operations: list[Operation], receipt: Receipt, ledger: Ledger, at: datetime
) -> set[str]:
    """Signed marks: one row where the seat stands, one row for each change. Says which look-fors moved."""
    known, late_ids, standing = ledger.known, ledger.late_ids, ledger.standing[place.seat.id]
    owner = {
        "reflection": place.reflection,
        "network_id": place.seat.network_id,
        "team_id": place.seat.team_id,
    }
    moved: dict[str, Mark] = {}
    for operation in operations:
        if operation.id in known:
            if known[operation.id] != place.seat.id:
                receipt.refused.append((operation.id, _("This was sent from another seat. Reload the page.")))
            else:
                (receipt.late if operation.id in late_ids else receipt.taken).append(operation.id)
            continue
        known[operation.id] = place.seat.id
        if policy.is_kept_as_late(place.session, place.reflection, place.seat, place.room, operation.phase):
            late_ids.add(operation.id)
            receipt.late.append(operation.id)
            ledger.late.append(
                LateAnswer(
                    id=operation.id,
                    seat=place.seat,
                    look_for=operation.look_for,
                    answer=operation.answer,
                    at=at,
                    **owner,
                )
            )
            continue
        is_after = place.reflection.is_revealed and not place.session.is_open_board
        standing[operation.look_for] = operation.answer
        # Where there is a mark already, only its answer and its moment are taken over.
        moved[operation.look_for] = Mark(
            seat=place.seat,
            look_for=operation.look_for,
            answer=operation.answer,
            is_late=is_after,
            changed_at=at,
            **owner,
        )
        ledger.changes.append(
            MarkChange(
                id=operation.id,
                seat=place.seat,
                look_for=operation.look_for,
                answer=operation.answer,
                at=at,
                is_after_reveal=is_after,
                **owner,
            )
        )
        receipt.taken.append(operation.id)
    ledger.moved += moved.values()
    return set(moved)


def cast(place: Place, operations: list[Operation], receipt: Receipt) -> int:
    """Anonymous slips: into the box under a key that only this device can make. Says how many are answered.

    The register notes that the seat has used its slip, in another row; no time and no order is kept anywhere.
    """
    secret = place.viewer.ballot_secret
    if not secret:
        insist(refuse(_("This device has lost the key to your answers. Join again with your initials.")))
    for operation in operations:
        owner = {"network_id": place.seat.network_id, "team_id": place.seat.team_id}
        box, _new = BallotBox.objects.select_for_update().get_or_create(
            reflection=place.reflection, look_for=operation.look_for, defaults=owner
        )
        register, _new = BallotRegister.objects.select_for_update().get_or_create(
            reflection=place.reflection, look_for=operation.look_for, defaults=owner
        )
        key = slip_key(secret, place.seat.id, operation.look_for)
        is_late = policy.is_kept_as_late(
            place.session, place.reflection, place.seat, place.room, operation.phase
        )
        known = operations_of(box, key)
        if operation.id in known:
            (receipt.taken if operation.id in box.slips.get(key, ())[1:] else receipt.late).append(
                operation.id
            )
            continue
        has_slip = key in box.slips or key in box.late_slips
        if place.reflection.is_revealed and key in box.slips and operation.phase == "after":
            receipt.refused.append((operation.id, frozen_words()))
            continue
        if not has_slip and place.seat.id in register.seats:
            receipt.refused.append(
                (operation.id, _("You have answered this from another device. Change your answer there."))
            )
            continue
        slip = [operation.answer, *sorted({*known, operation.id})]
        if is_late:
            box.late_slips = dict(sorted({**box.late_slips, key: slip}.items()))
        else:
            box.late_slips.pop(key, None)
            box.slips = dict(sorted({**box.slips, key: slip}.items()))
        box.save(update_fields=["slips", "late_slips"])
        if place.seat.id not in register.seats:
            register.seats = sorted([*register.seats, place.seat.id])
            register.save(update_fields=["seats"])
        (receipt.late if is_late else receipt.taken).append(operation.id)
    return count_answered(place)


def count_answered(place: Place) -> int:
    """How many look-fors this seat has answered, also from a device it no longer has; slips taken back don't count."""
    registers = BallotRegister.objects.filter(reflection=place.reflection).values_list("look_for", "seats")
    used = {look_for for look_for, seats in registers if place.seat.id in seats}
    return len(used - {look_for for look_for, answer in own_slips(place).items() if not answer})


def operations_of(box: BallotBox, key: str) -> set[str]:
    """The operations that made a slip what it is; kept sorted, so that they tell no order."""
    return {*box.slips.get(key, ())[1:], *box.late_slips.get(key, ())[1:]}


def take_in_late_slips(reflection: Reflection) -> None:
    """Slips that came while the room was closed, before the board was opened, are counted with the others."""
    for box in BallotBox.objects.select_for_update().filter(reflection=reflection).exclude(late_slips={}):
        later = {key: [slip[0], *sorted(operations_of(box, key))] for key, slip in box.late_slips.items()}
        box.slips, box.late_slips = dict(sorted({**box.slips, **later}.items())), {}
        box.save(update_fields=["slips", "late_slips"])


def note_progress(place: Place, answered: int) -> bool:
    """Keep how far this seat is; say whether it has just finished, or just stopped being finished."""
    is_finished = answered >= len(place.rubric.look_fors)
    was_finished = bool(place.finish and place.finish.is_finished)
    if place.finish is None:
        Finish.objects.create(
            reflection=place.reflection,
            network_id=place.seat.network_id,
            team_id=place.seat.team_id,
            seat=place.seat,
            answered=answered,
            is_finished=is_finished,
        )
    elif (place.finish.answered, was_finished) != (answered, is_finished):
        Finish.objects.filter(id=place.finish.id).update(answered=answered, is_finished=is_finished)
    return is_finished != was_finished


def news_of(place: Place, has_flipped: bool, touched: set[str]) -> tuple[list[str], bool]:
    """What others may now see differently (who has finished, the rows of a board that is open), and who may."""
    team = place.seat.team_id
    regions: list[str] = []
    if has_flipped and is_told(place):
        regions += [
            topics.LEAD_TEAMS,
            topics.LEAD_ROOM,
            topics.PROJECTOR_ROOM,
            *topics.of(team, topics.ROSTER),
        ]
    is_open = place.session.is_open_board or place.reflection.is_revealed
    # A board without names stays as it was at the reveal: nothing on it moves when somebody taps.
    if place.session.is_open_board or place.reflection.shows == Reflection.Shows.INITIALS:
        regions += topics.of(team, *(topics.row(look_for) for look_for in sorted(touched)))
    if is_open and has_flipped and place.rung.is_named:
        regions += topics.of(team, topics.BOARD_HEAD)
    return regions, has_flipped and place.seat.is_late


def is_told(place: Place) -> bool:
    """Whether anybody is to learn that one more has finished, or one fewer.

    Under the anonymous rung that is told in steps, and nothing at all is sent between them: a frame at the
    moment of an answer would tell whose it was, whatever it says.
    """
    if not place.rung.is_ballot:
        return True
    was_finished = bool(place.finish and place.finish.is_finished)
    roster = load_roster(place.session, place.reflection)
    before = roster.counted + (1 if was_finished else -1)
    return roster.finished != told_in_batches(before, roster.size)
