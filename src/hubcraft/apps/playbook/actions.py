"""Naming strategies, changing them, taking them back."""

from datetime import datetime

from django.utils.translation import gettext as _

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook import policy
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.playbook.queries import get_own_strategy, is_from_before, is_own, list_own, slip_of
from hubcraft.apps.reflections.queries.doors import Place, place_of_seat
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.domain.verdict import insist, refuse
from hubcraft.domain.writing import language_of
from hubcraft.web.writer import writes


@writes
def name_strategy(
    *, by: Viewer, seat_id: str, once: str, look_for: str, words: str, how_we_know: str, at: datetime
) -> Strategy:
    """Say what one uses for a look-for. `once` is the form's own number: sent twice it is one, and says the last."""
    place = place_of_seat(by, seat_id, is_locked=True)
    there = Strategy.everywhere.filter(id=once).first()
    if there is not None:
        if not is_own(place, there) or there.removed_at:
            insist(refuse(_("This form was sent before. Open it anew and send it once more.")))
        if (there.words, there.how_we_know) == (words, how_we_know):
            return there
        return rewrite(place, there, words, how_we_know, at)
    insist(policy.can_name_strategy(by, place.seat, place.room, len(list_own(place))))
    if look_for not in place.rubric.keys:
        insist(refuse(_("This look-for is not on this rubric. Reload the page.")))
    slip = slip_of(place, once) if place.rung.is_ballot else ""
    if place.rung.is_ballot and not slip:
        insist(refuse(_("This device has lost the key to your answers. Join again with your initials.")))
    strategy = Strategy.objects.create(
        id=once,
        network_id=place.seat.network_id,
        team_id=place.seat.team_id,
        session=place.session,
        seat=None if place.rung.is_ballot else place.seat,
        slip=slip,
        look_for=look_for,
        words=words,
        how_we_know=how_we_know,
        language=language_of(f"{words} {how_we_know}", otherwise=place.room.language),
        made_at=moment_kept(place, at),
        changed_at=moment_kept(place, at),
    )
    tell(place, strategy, "named a strategy", at)
    return strategy


@writes
def change_strategy(
    *, by: Viewer, seat_id: str, strategy_id: str, words: str, how_we_know: str, at: datetime
) -> Strategy:
    """Say one's own strategy otherwise."""
    place = place_of_seat(by, seat_id, is_locked=True)
    return rewrite(place, get_own_strategy(place, strategy_id), words, how_we_know, at)


def rewrite(place: Place, strategy: Strategy, words: str, how_we_know: str, at: datetime) -> Strategy:
    """Other words for a strategy of this person."""
    insist(policy.can_change_strategy(place.viewer, place.seat, place.room))
    strategy.words, strategy.how_we_know = words, how_we_know
    strategy.language = language_of(f"{words} {how_we_know}", otherwise=place.room.language)
    strategy.changed_at = moment_kept(place, at)
    if is_from_before(place, strategy):
        strategy.team_id, strategy.network_id = place.seat.team_id, place.seat.network_id
    strategy.save(update_fields=["words", "how_we_know", "language", "changed_at", "team", "network"])
    tell(place, strategy, "changed a strategy", at)
    return strategy


@writes
def take_back_strategy(*, by: Viewer, seat_id: str, strategy_id: str, at: datetime) -> None:
    """Take one's own strategy back; it is deleted after thirty days."""
    place = place_of_seat(by, seat_id, is_locked=True)
    strategy = get_own_strategy(place, strategy_id)
    insist(policy.can_change_strategy(by, place.seat, place.room))
    strategy.removed_at = moment_kept(place, at)
    strategy.save(update_fields=["removed_at"])
    tell(place, strategy, "took a strategy back", at)


def moment_kept(place: Place, at: datetime) -> datetime:
    """Under the anonymous rung no moment finer than the day is kept: it would tell who was typing then."""
    return day_of(at) if place.rung.is_ballot else at


def day_of(at: datetime) -> datetime:
    """A moment that tells its day and no more."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def tell(place: Place, strategy: Strategy, did: str, at: datetime) -> None:
    """The trail, where it names nobody who must not be named; and the team, once it may see strategies at all."""
    if not place.rung.is_ballot:
        audit.record(
            who=place.seat.in_trail,
            did=did,
            thing=f"strategy {strategy.id}",
            room=place.room.id,
            network=strategy.network_id,
            at=at,
        )
    if policy.is_shown(place.session, place.reflection):
        changed(place.room, topics.of(place.seat.team_id, topics.STRATEGIES), at=at)


def delete_strategies(*, session_id: str) -> None:
    """Delete everything that was named in a session for practice, inside the caller's transaction."""
    Strategy.objects.filter(session=session_id).delete()
