"""People change teams, turn out to be one person, or teams turn out to be one team: their marks go along."""

from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import rubric_of
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
    Wish,
)
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
# What higher rooms keep of a session under a team and, where it is somebody's own, a seat.
WRITTEN: list[type[Model]] = []


def take_with(kind: type[Model]) -> None:
    """From now on these rows (`session`, `network`, `team`, `seat`) go wherever the marks go."""
    if kind not in WRITTEN:
        WRITTEN.append(kind)


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
    new = board_for(session, team, at)
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


def take_along(seat: Seat, old: Reflection, new: Reflection) -> None:
    """Move what one seat has written from one board to another."""
    for kind in SIGNED:
        kind.objects.filter(reflection=old, seat=seat).update(
            reflection=new, network_id=new.network_id, team_id=new.team_id
        )
    if new.is_revealed:
        Mark.objects.filter(reflection=new, seat=seat).update(is_late=True, first_answer="")
    for kind in WRITTEN:
        kind.objects.filter(session=old.session_id, seat=seat).update(
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
    seats = list_seats(room.id, gone.team_id)
    for seat in seats:
        take_along(seat, old, new)
    merge_boxes(session, old, new)
    for kind in WRITTEN:
        kind.objects.filter(session=session, team=gone.team_id).update(
            network_id=kept.team.network_id, team_id=kept.team_id
        )
    Reflection.objects.filter(id=old.id).update(removed_at=at)
    rooms.join_teams(room=room, kept=kept, gone=gone, at=at)
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
    board = board_for(session, kept.team, at)
    if has_ballots(session, board, gone):
        insist(refuse(_("This seat has placed anonymous answers, and nobody can tell which they are.")))
    take_over(session, board, kept, gone)
    rooms.join_seats(room=room, kept=kept, gone=gone, at=at)


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
    for kind in WRITTEN:
        kind.objects.filter(session=session, seat=gone).update(seat=kept)
    if not Wish.objects.filter(reflection=board, seat=kept).exists():
        Wish.objects.filter(reflection=board, seat=gone).update(seat=kept)
    Finish.objects.filter(reflection=board, seat=gone).delete()
    if policy.rung_of(session).is_ballot:
        return
    answered = Mark.objects.filter(reflection=board, seat=kept).exclude(answer="").count()
    total = len(rubric_of(session.pack_id, session.domain, session.room.language).look_fors)
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
