"""People change teams, turn out to be one person, or teams turn out to be one team: their marks go along."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions.sessions import board_for
from hubcraft.apps.reflections.models import (
    BallotBox,
    BallotRegister,
    Finish,
    LateAnswer,
    Mark,
    MarkChange,
    Reflection,
    ReflectionSession,
    Typing,
    Wish,
)
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.reflections.queries.rating import has_ballots
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.models import Room, RoomTeam, Seat
from hubcraft.apps.rooms.queries import list_seats
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes

# Whatever hangs on one seat's place on one board.
SIGNED = (Mark, MarkChange, LateAnswer, Finish, Wish)


@dataclass(frozen=True)
class Written:
    """Rows of one kind; a seat has one of them for each value of the field `one_for`, where that is named."""

    kind: type[Model]
    one_for: str
    is_told: bool
    is_of_rubric: bool


# What higher rooms keep of a session under a team and, where it is somebody's own, a seat.
WRITTEN: list[Written] = []


def take_with(
    kind: type[Model], *, one_for: str = "", is_told: bool = True, is_of_rubric: bool = False
) -> None:
    """From now on these rows (`session`, `network`, `team`, `seat`) go wherever the marks go.

    `is_told` says that a team reads what its members wrote there; `is_of_rubric`, that they say nothing without
    their look-for: where the rubric is another one, they stay (`removed_at`: those taken back are gone anyhow).
    """
    entry = Written(kind, one_for, is_told, is_of_rubric)
    if entry not in WRITTEN:
        WRITTEN.append(entry)


@writes
def change_team(*, by: Viewer, room: Room, seat: Seat, placement: Placement, at: datetime) -> None:
    """A person sits down with another team, and their marks come along.

    Where the board is open they come late, and wait to be let in unless it is the facilitator who moves them.
    """
    seat = rooms.as_it_is(seat)
    session = session_of(Room.objects.select_for_update().get(id=room.id))
    old = board_for(session, seat.team, at)
    insist(policy.can_move_to_another_team(by, session, seat, has_ballots(session, old, seat)))
    team = rooms.team_for(room, placement, seat.initials, at)
    if team.id == seat.team_id:
        return
    # Whoever goes on alone goes on with what they have begun.
    new = board_for(session, team, at, domain=old.domain if team.is_alone else "")
    if old.domain_key != new.domain_key and has_said(old, seat):
        insist(
            refuse(
                _(
                    "{team} reflects on another rubric, so what {label} has answered can't go along. A second seat "
                    "there keeps both: it is under “My seat”."
                ).format(team=team.name, label=seat.label)
            )
        )
    if old.is_revealed and Mark.objects.filter(reflection=old, seat=seat).exists():
        insist(refuse(_("{team} has opened its board, so its marks stay there.").format(team=seat.team.name)))
    take_along(seat, old, new)
    rooms.move_seats(
        by=by,
        room=room,
        seats=[seat],
        team=team,
        is_late=new.is_revealed,
        # A facilitator who takes part gets no extra sight: into an open board somebody else lets them in.
        is_waiting=new.is_revealed and (not by.leads or seat.id in (by.seat, *by.others)),
        at=at,
    )


def has_said(board: Reflection, seat: Seat | None = None) -> bool:
    """Whether anything was said on a board that makes sense on its own rubric only; or, by one seat."""
    whose = {} if seat is None else {"seat": seat}
    owner = {"team": board.team_id} if seat is None else whose
    written = (it.kind.objects.filter(session=board.session_id, **owner) for it in WRITTEN if it.is_of_rubric)
    return (
        Mark.objects.filter(reflection=board, **whose).exclude(answer="", first_answer="").exists()
        or LateAnswer.objects.filter(reflection=board, **whose).exists()
        or any(rows.filter(removed_at=None).exists() for rows in written)
        or (seat is None and has_counts(board))
    )


def has_counts(board: Reflection) -> bool:
    """Whether a board holds answers without names, from devices or from paper."""
    boxes = BallotBox.objects.filter(reflection=board).values_list(
        "slips", "late_slips", "paper", "late_paper"
    )
    return any(any(box) for box in boxes)


def take_along(seat: Seat, old: Reflection, new: Reflection) -> None:
    """Move what one seat has written from one board to another."""
    for kind in SIGNED:
        kind.objects.filter(reflection=old, seat=seat).update(
            reflection=new, network_id=new.network_id, team_id=new.team_id
        )
    if new.is_revealed:
        Mark.objects.filter(reflection=new, seat=seat).update(is_late=True, first_answer="")
    # What somebody wrote while only they could see it stays theirs alone until they say it to their team.
    for it in WRITTEN:
        if not (it.is_told and old.team.is_alone):
            it.kind.objects.filter(session=old.session_id, seat=seat).update(
                network_id=new.network_id, team_id=new.team_id
            )


@writes
def merge_teams(*, by: Viewer, room: Room, kept: RoomTeam, gone: RoomTeam, at: datetime) -> None:
    """Two names were one team: people, marks and slips come together on one board."""
    insist(policy.can_lead_boards(by, room))
    if {kept.room_id, gone.room_id} != {room.id}:
        raise NotThere
    session = session_of(room)
    old, new = board_for(session, gone.team, at), board_for(session, kept.team, at)
    if kept.team_id == gone.team_id:
        insist(refuse(_("Choose another team to merge with.")))
    if old.is_revealed or new.is_revealed:
        insist(refuse(_("One of these boards is open already. Teams can be merged only before that.")))
    if old.domain_key != new.domain_key and has_said(old):
        insist(
            refuse(
                _(
                    "{gone} and {kept} reflect on different rubrics, so what stands on the board of {gone} can't go "
                    "along. If nobody of {kept} has answered yet, merge {kept} into {gone} instead."
                ).format(gone=gone.team.name, kept=kept.team.name)
            )
        )
    if Typing.objects.filter(reflection__in=(old, new)).count() > 1:
        insist(
            refuse(
                _(
                    "Both were typed in from paper. Take everything out of one of them, merge the teams, "
                    "then type in all of it."
                )
            )
        )
    Typing.objects.filter(reflection=old).update(
        reflection=new, network_id=new.network_id, team_id=new.team_id
    )
    seats = list_seats(room.id, gone.team_id)
    for seat in seats:
        take_along(seat, old, new)
    merge_boxes(session, old, new)
    for it in WRITTEN:
        it.kind.objects.filter(session=session, team=gone.team_id).update(
            network_id=kept.team.network_id, team_id=kept.team_id
        )
    Reflection.objects.filter(id=old.id).update(removed_at=at)
    rooms.join_teams(by=by, room=room, kept=kept, gone=gone, at=at)
    rooms.move_seats(by=by, room=room, seats=seats, team=kept.team, is_late=False, is_waiting=False, at=at)


def merge_boxes(session: ReflectionSession, old: Reflection, new: Reflection) -> None:
    """Pour one team's ballot boxes into the other's; the slips' keys fit any box of their look-for."""
    if not policy.rung_of(session).is_ballot:
        return
    owner = {"network_id": new.network_id, "team_id": new.team_id}
    for box in BallotBox.objects.filter(reflection=old):
        into, _new = BallotBox.objects.get_or_create(reflection=new, look_for=box.look_for, defaults=owner)
        into.slips = dict(sorted((into.slips | box.slips).items()))
        into.late_slips = dict(sorted((into.late_slips | box.late_slips).items()))
        # Only one of the two teams has been typed in.
        into.paper, into.late_paper = into.paper or box.paper, into.late_paper or box.late_paper
        into.save()
    for register in BallotRegister.objects.filter(reflection=old):
        into, _new = BallotRegister.objects.get_or_create(
            reflection=new, look_for=register.look_for, defaults=owner
        )
        into.seats = sorted({*into.seats, *register.seats})
        into.save()


@writes
def merge_seats(*, by: Viewer, room: Room, kept: Seat, gone: Seat, at: datetime) -> None:
    """Two seats were one person: where the kept seat says nothing, what the other one said is taken over."""
    insist(policy.can_lead_boards(by, room))
    if {kept.room_id, gone.room_id} != {room.id}:
        raise NotThere
    session = session_of(room)
    kept, gone = rooms.as_it_is(kept), rooms.as_it_is(gone)
    if kept.id == gone.id or kept.team_id != gone.team_id:
        insist(refuse(_("Only two seats of one team can be merged. Move one of them first.")))
    if kept.is_only_on_paper and not gone.is_only_on_paper:
        insist(refuse(_("Merge the one from paper into the one with a device, not the other way round.")))
    board = board_for(session, kept.team, at)
    if has_ballots(session, board, gone):
        insist(refuse(_("This seat has placed anonymous answers, and nobody can tell which they are.")))
    take_over(session, board, kept, gone)
    rooms.join_seats(by=by, room=room, kept=kept, gone=gone, at=at)


def take_over(session: ReflectionSession, board: Reflection, kept: Seat, gone: Seat) -> None:
    """What one seat has said becomes the other's, the wish not to show it too; what was kept back stays back."""
    finishes = {it.seat_id: it for it in Finish.objects.filter(reflection=board, seat__in=[kept, gone])}
    has_shared = gone.id in finishes and finishes[gone.id].late_choice == "add"
    if not gone.is_late or kept.is_late or has_shared:
        # An empty mark says nothing, unless it was taken away after the talk: then that is what was said.
        Mark.objects.filter(reflection=board, seat=kept, answer="", first_answer="").delete()
        said = set(Mark.objects.filter(reflection=board, seat=kept).values_list("look_for", flat=True))
        Mark.objects.filter(reflection=board, seat=gone).exclude(look_for__in=said).update(seat=kept)
        MarkChange.objects.filter(reflection=board, seat=gone).update(seat=kept)
    LateAnswer.objects.filter(reflection=board, seat=gone).update(seat=kept)
    for it in WRITTEN:
        own = it.kind.objects.filter(session=session, seat=gone)
        if it.one_for:
            there = it.kind.objects.filter(session=session, seat=kept).values_list(it.one_for, flat=True)
            own = own.exclude(**{f"{it.one_for}__in": list(there)})
        own.update(seat=kept)
    if not Wish.objects.filter(reflection=board, seat=kept).exists():
        Wish.objects.filter(reflection=board, seat=gone).update(seat=kept)
    Finish.objects.filter(reflection=board, seat=gone).delete()
    if policy.rung_of(session).is_ballot:
        return
    answered = Mark.objects.filter(reflection=board, seat=kept).exclude(answer="").count()
    total = len(rubric_for(board, session.room.language).look_fors)
    Finish.objects.update_or_create(
        reflection=board,
        seat=kept,
        defaults={
            "network_id": kept.network_id,
            "team_id": kept.team_id,
            "answered": answered,
            "is_finished": answered >= total,
        },
    )
