"""Opening boards; wishes before, late answers after."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions.marks import note_progress, take_in_late_slips
from hubcraft.apps.reflections.models import (
    Finish,
    LateAnswer,
    Mark,
    MarkChange,
    Reflection,
    ReflectionSession,
    Wish,
)
from hubcraft.apps.reflections.queries import stops
from hubcraft.apps.reflections.queries.board import choose_talk_first, tallies_now
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.apps.reflections.queries.doors import Place, place_of_seat, session_of
from hubcraft.apps.reflections.queries.roster import load_roster
from hubcraft.apps.reflections.queries.typing_in import count_typed_in
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.apps.rooms.models import Room
from hubcraft.domain.suppression import PEOPLE_FLOOR
from hubcraft.domain.verdict import NotThere, insist, refuse
from hubcraft.web.writer import writes

Shows = Reflection.Shows


@writes
def reveal(*, by: Viewer, reflection_id: str, roster_mark: str, at: datetime) -> Reflection:
    """Open a team's board: from here on first marks stay, and what the board shows is settled.

    `roster_mark` is what the person who opens it saw of the roster: had somebody come or gone since, the board
    stays closed and the list is shown again.
    """
    # Nobody comes in, and nobody else opens it, while it is decided who this team is.
    reflection = (
        Reflection.objects.select_for_update()
        .filter(id=reflection_id, session__room_id=by.room, removed_at=None)
        .first()
    )
    room = Room.objects.select_for_update().filter(id=by.room).first()
    if room is None or reflection is None:
        raise NotThere
    session = session_of(room)
    roster = load_roster(session, reflection)
    insist(
        policy.can_reveal(by, session, reflection, room, roster.is_everyone, has_come=stops.has_come(session))
    )
    if roster.mark != roster_mark:
        insist(
            refuse(
                _("Somebody came or went while you looked. Look at the list once more, then open the board.")
            )
        )
    open_board(
        session,
        reflection,
        roster.size,
        by="facilitator" if by.leads else "team",
        who=by.facilitator if by.leads else "the team",
        at=at,
    )
    changed(room, topics.room_and(reflection.team_id), recheck=True, at=at)
    return reflection


def open_board(
    session: ReflectionSession, reflection: Reflection, size: int, *, by: str, who: str, at: datetime
) -> None:
    """Open a board, inside the caller's transaction and with its row held: what it shows is fixed from here on."""
    room = session.room
    reflection.shows = what_it_shows(session, reflection, size)
    reflection.revealed_at = at
    reflection.revealed_by = by
    rubric = rubric_for(reflection, room.language)
    # A mark that was cleared is no first mark: what its person answers from here on is late.
    Mark.objects.filter(reflection=reflection, answer="").delete()
    on_time = Mark.objects.filter(reflection=reflection, is_late=False)
    on_time.update(first_answer=F("answer"))
    on_time.exclude(typing=None).update(is_first_from_paper=True)
    take_in_late_slips(reflection)
    if reflection.shows == Shows.DOTS:
        joined = tallies_now(session, reflection, rubric)
        reflection.tallies = {key: it.counts for key, it in joined.items()}
        reflection.from_paper = {key: it.paper for key, it in joined.items() if it.paper}
    if reflection.shows != Shows.OWN:
        reflection.talk_first = choose_talk_first(session, reflection, rubric)
    reflection.save(
        update_fields=["shows", "revealed_at", "revealed_by", "tallies", "from_paper", "talk_first"]
    )
    audit.record(
        who=who,
        did="opened a board",
        thing=f"reflection {reflection.id}",
        room=room.id,
        network=reflection.network_id,
        at=at,
    )


def what_it_shows(session, reflection: Reflection, size: int) -> str:
    """Initials; dots where somebody would rather not show theirs; each their own where dots would not hide them."""
    if policy.rung_of(session).is_ballot:
        return Shows.DOTS
    if not Wish.objects.filter(reflection=reflection, seat__removed_at=None).exists():
        return Shows.INITIALS
    # Whoever has seen the paper takes it away from the dots: the others must be enough to hide in.
    return Shows.DOTS if size - count_typed_in(reflection) >= PEOPLE_FLOOR else Shows.OWN


@writes
def wish(*, by: Viewer, seat_id: str, at: datetime) -> None:
    """*I'd rather not show mine.* Nobody is told, and it leaves no trail."""
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_wish(by, place.session, place.reflection))
    Wish.objects.get_or_create(
        reflection=place.reflection,
        seat=place.seat,
        defaults={"network_id": place.seat.network_id, "team_id": place.seat.team_id},
    )


@writes
def take_back_wish(*, by: Viewer, seat_id: str, at: datetime) -> None:
    """Show mine after all."""
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_wish(by, place.session, place.reflection))
    Wish.objects.filter(reflection=place.reflection, seat=place.seat).delete()


@writes
def choose_late(*, by: Viewer, seat_id: str, is_added: bool, at: datetime) -> None:
    """Who came late has rated: their marks join the board as late ones, or stay with them."""
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_rate(by, place.seat, place.room))
    if place.finish is None or not place.finish.is_finished:
        insist(refuse(_("Place your initials for every look-for first.")))
    Finish.objects.filter(id=place.finish.id, late_choice="").update(
        late_choice="add" if is_added else "keep"
    )
    tell_team(place, at)


@writes
def answer_offer(*, by: Viewer, seat_id: str, is_added: bool, at: datetime) -> None:
    """Answers that came after their time: add them as late ones, or leave them out. They stay in the record."""
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_rate(by, place.seat, place.room))
    if is_added and place.room.state == Room.State.CLOSED:
        insist(refuse(_("This room is closed. Your answers are kept until it is opened again.")))
    offered = list(
        LateAnswer.objects.filter(reflection=place.reflection, seat=place.seat, is_left=False).order_by("at")
    )
    if not offered:
        return
    if is_added:
        take_in(place, offered, at)
        LateAnswer.objects.filter(id__in=[it.id for it in offered]).delete()
    else:
        LateAnswer.objects.filter(id__in=[it.id for it in offered]).update(is_left=True)
    tell_team(place, at)


def take_in(place: Place, offered: list[LateAnswer], at: datetime) -> None:
    """Turn offered answers into marks that are told as late; a first mark that is there stays the first."""
    standing = {it.look_for: it for it in Mark.objects.filter(reflection=place.reflection, seat=place.seat)}
    is_after = place.reflection.is_revealed
    for it in offered:
        found = standing.get(it.look_for)
        if found is not None and found.changed_at > it.at:
            continue  # they have answered anew since
        if found is None:
            found = standing[it.look_for] = Mark(
                reflection=place.reflection,
                network_id=it.network_id,
                team_id=it.team_id,
                seat=place.seat,
                look_for=it.look_for,
                is_late=is_after,
            )
        found.answer, found.typing, found.changed_at = it.answer, None, at
        found.save()
        MarkChange.objects.create(
            id=it.id,
            reflection=place.reflection,
            network_id=it.network_id,
            team_id=it.team_id,
            seat=place.seat,
            look_for=it.look_for,
            answer=it.answer,
            at=at,
            is_after_reveal=is_after,
        )
    note_progress(place, sum(bool(it.answer) for it in standing.values()))


def tell_team(place: Place, at: datetime) -> None:
    """A whole board may have changed for its team."""
    changed(place.room, topics.room_and(place.seat.team_id), recheck=True, at=at)
