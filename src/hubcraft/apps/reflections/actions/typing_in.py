"""Typing in what stands on a team's paper: initials in boxes, or how many stand in each."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.frameworks.queries import Rubric
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.models import (
    BallotBox,
    Finish,
    Mark,
    MarkChange,
    Reflection,
    ReflectionSession,
    Typing,
)
from hubcraft.apps.reflections.queries import stops
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.reflections.queries.typing_in import name_on_paper
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.apps.rooms.queries import list_seats
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes


@dataclass(frozen=True)
class Typed:
    """What stands on the paper: {initials: {look-for: answer}}, or {look-for: {answer: people}} without names."""

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many were on the paper: without names, as many as stand on its fullest line."""
        return len(self.names) or max((sum(it.values()) for it in self.counts.values()), default=0)


@writes
def type_in(*, by: Viewer, team_id: str, typed: Typed, replaces: str, once: str, at: datetime) -> None:
    """Put what stands on a team's paper onto its board, in place of what was typed in before.

    `once` is the form's own number: sent twice, it is typed in once. `replaces` is the number of the form whose
    words it takes the place of: had somebody else typed meanwhile, nothing is taken and both are kept.
    """
    reflection = (
        Reflection.objects.select_for_update(of=("self",))
        .select_related("team")
        .filter(session__room_id=by.room, team_id=team_id, team__is_alone=False, removed_at=None)
        .first()
    )
    room = Room.objects.select_for_update().filter(id=by.room).first()
    if room is None or reflection is None:
        raise NotThere
    session = session_of(room)
    insist(policy.can_type_in(by, reflection, room, has_come=stops.has_come(session)))
    typing = Typing.objects.filter(reflection=reflection).first()
    if typing is not None and typing.once == once:
        return
    if replaces != (typing.once if typing else ""):
        insist(
            refuse(
                _(
                    "Somebody else typed in this team’s paper meanwhile. Yours is still here: send it once more, and it "
                    "takes the place of theirs."
                )
            )
        )
    typing = note_typing(by, reflection, typing, typed, once, at)
    rubric = rubric_for(reflection, room.language)
    if policy.rung_of(session).is_ballot:
        keep_counts(reflection, rubric, typed)
    else:
        Paper(by, session, reflection, rubric, typing, at).lay(typed)
    audit.record(
        who=by.facilitator if by.leads else "the team",
        did="typed in from paper",
        thing=f"reflection {reflection.id}",
        room=room.id,
        network=reflection.network_id,
        at=at,
    )
    rooms.changed(room, topics.room_and(team_id), recheck=True, at=at)


def note_typing(
    by: Viewer, reflection: Reflection, typing: Typing | None, typed: Typed, once: str, at: datetime
) -> Typing:
    """Who types, and how many people; the row stays the same, so that marks go on pointing at it."""
    typing = typing or Typing(
        reflection=reflection, network_id=reflection.network_id, team_id=reflection.team_id
    )
    # Who leads and takes part types as the team where it is their own.
    is_member = by.takes_part and by.team == reflection.team_id
    typing.typist = Typing.Typist.TEAM if is_member else Typing.Typist.FACILITATOR
    typing.seat_id = by.seat if is_member else None
    typing.once, typing.people, typing.typed_at = once, typed.people, at
    typing.save()
    return typing


def keep_counts(reflection: Reflection, rubric: Rubric, typed: Typed) -> None:
    """Counts lie in the ballot boxes beside the slips; what comes after the reveal is kept and not shown."""
    owner = {"network_id": reflection.network_id, "team_id": reflection.team_id}
    kept_as = "late_paper" if reflection.is_revealed else "paper"
    for look_for in sorted(rubric.keys):
        counts = {answer: people for answer, people in typed.counts.get(look_for, {}).items() if people}
        box, _new = BallotBox.objects.select_for_update().get_or_create(
            reflection=reflection, look_for=look_for, defaults=owner
        )
        setattr(box, kept_as, dict(sorted(counts.items())))
        box.save(update_fields=[kept_as])


@dataclass
class Paper:
    """One team's paper with names: who is on it, and the marks that come of it."""

    by: Viewer
    session: ReflectionSession
    reflection: Reflection
    rubric: Rubric
    typing: Typing
    at: datetime

    @property
    def is_after(self) -> bool:
        return self.reflection.is_revealed and not self.session.is_open_board

    def lay(self, typed: Typed) -> None:
        """Every name in its seat, every seat's marks as the paper has them; who is on it no more goes."""
        meant = self.seats_on_paper()
        here = {name_on_paper(seat, self.session).casefold(): seat for seat in meant}
        seats = {name: here.get(name.casefold()) or self.new_seat(name) for name in sorted(typed.names)}
        for name, seat in seats.items():
            self.put(seat, typed.names[name])
        used = {seat.id for seat in seats.values()}
        gone = [it for it in meant if it.id not in used]
        rooms.put_away_paper(seats=[it for it in gone if it.is_only_on_paper], at=self.at)
        for seat in gone:
            if not seat.is_only_on_paper and self.has_typed_marks(seat):
                self.put(seat, {})

    def seats_on_paper(self) -> list[Seat]:
        """The seats that may be meant by a name on paper: those from paper, and last, before all, the typist's own."""
        seats = list_seats(self.session.room_id, self.reflection.team_id)
        meant = [it for it in seats if it.kind == Seat.Kind.PAPER or self.has_typed_marks(it)]
        mine = [it for it in seats if it.id == self.by.seat and not it.interprets]
        return [*(it for it in meant if it not in mine), *mine]

    def has_typed_marks(self, seat: Seat) -> bool:
        return Mark.objects.filter(reflection=self.reflection, seat=seat, typing=self.typing).exists()

    def new_seat(self, name: str) -> Seat:
        return rooms.seat_from_paper(
            room=self.session.room,
            team=self.reflection.team,
            initials=name,
            is_late=self.is_after,
            at=self.at,
        )

    def put(self, seat: Seat, answers: Mapping[str, str]) -> None:
        """One seat's marks as the paper has them; what its person has changed on a device since stays."""
        marks = {it.look_for: it for it in Mark.objects.filter(reflection=self.reflection, seat=seat)}
        for look_for in self.rubric.keys:
            mark, answer = marks.get(look_for), answers.get(look_for, "")
            is_theirs = mark is not None and mark.typing_id != self.typing.id
            # The typist knows their own marks, so what they type for themselves is what they mean now.
            if is_theirs and not (seat.id == self.by.seat and answer):
                continue
            if answer != (mark.answer if mark else ""):
                marks[look_for] = self.move(seat, look_for, mark, answer)
        self.note_progress(seat, sum(bool(it.answer) for it in marks.values()))

    def move(self, seat: Seat, look_for: str, mark: Mark | None, answer: str) -> Mark:
        """Keep where a seat stands now, and that it was typed in."""
        owner = {
            "reflection": self.reflection,
            "network_id": self.reflection.network_id,
            "team_id": self.reflection.team_id,
            "seat": seat,
            "look_for": look_for,
            "answer": answer,
        }
        mark, _new = Mark.objects.update_or_create(
            reflection=self.reflection,
            seat=seat,
            look_for=look_for,
            defaults={"answer": answer, "typing": self.typing, "changed_at": self.at},
            create_defaults={
                **owner,
                "is_late": self.is_after,
                "typing": self.typing,
                "changed_at": self.at,
            },
        )
        MarkChange.objects.create(
            id=secrets.token_hex(16), at=self.at, is_after_reveal=self.is_after, **owner
        )
        return mark

    def note_progress(self, seat: Seat, answered: int) -> None:
        """How far this seat is: who is only on paper has said what they had to say, and hands it in when late."""
        progress = {
            "network_id": self.reflection.network_id,
            "team_id": self.reflection.team_id,
            "answered": answered,
            "is_finished": seat.is_only_on_paper or answered >= len(self.rubric.look_fors),
        }
        if seat.is_only_on_paper and seat.is_late:
            progress["late_choice"] = "add"
        Finish.objects.update_or_create(reflection=self.reflection, seat=seat, defaults=progress)
