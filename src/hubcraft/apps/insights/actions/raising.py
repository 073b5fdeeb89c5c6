"""Raising a next step to the network, taking that back, and answering it."""

from collections.abc import Iterable
from datetime import datetime

from hubcraft.apps.audit import actions as audit
from hubcraft.apps.improvement.actions import tell_rooms
from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.queries.hubs import get_step
from hubcraft.apps.insights.queries.raising import get_raised, is_of_one, may_raise, may_words_leave
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import NotThere, insist
from hubcraft.domain.writing import language_of
from hubcraft.web.writer import writes


@writes
def raise_step(*, by: Viewer, hub: Team, step_id: str, asked: str, at: datetime) -> Raising:
    """Ask the network for what the hub needs with one of its steps; raised already, that stands."""
    hold(hub)
    step = get_step(by, hub, step_id)
    there = Raising.everywhere.filter(step=step, ended_at=None).first()
    if there is not None:
        return there
    insist(may_raise(by, hub, step))
    may_leave = may_words_leave(by, step).is_allowed
    raising = Raising.objects.create(
        network_id=hub.network_id,
        team=hub,
        step=step,
        words=step.words if may_leave else "",
        language=step.language,
        look_for=step.look_for,
        is_of_one=may_leave and is_of_one(by, step),
        asked=asked,
        asked_language=language_of(asked, otherwise=step.language),
        person_id=by.person,
        made_at=at,
    )
    note(by, "raised a next step to the network", step, hub.network_id, at)
    tell_rooms(step, {}, at)
    return raising


@writes
def take_back(*, by: Viewer, hub: Team, step_id: str, at: datetime) -> None:
    """Nothing of it is left, here or above, and its answer goes too; said twice it is said once."""
    insist(policy.can_see_hub(by, hub.id))
    hold(hub)
    step = get_step(by, hub, step_id)
    if Raising.everywhere.filter(step=step).delete()[0]:
        note(by, "took back what was raised to the network", step, hub.network_id, at)
        tell_rooms(step, {}, at)


@writes
def answer(
    *, by: Viewer, network_id: str, raising_id: str, was: str, answer: str, words: str, at: datetime
) -> Raising:
    """What the network says to it; `was` is what its writer saw there. Answered again, the last word stands."""
    raising = get_raised(by, network_id, raising_id)
    insist(policy.can_answer(by, network_id))
    # Held, so that of two answers at this moment the second is told of the first.
    held = Raising.objects.select_for_update().filter(network=network_id, id=raising_id).first()
    if held is None:
        raise NotThere
    if (held.answer, held.answer_words) == (answer, words):
        return held
    insist(policy.can_be_answered(raising.step))
    insist(policy.is_answered_as_seen(was, held.mark))
    held.answer, held.answer_words = answer, words
    held.answer_language = language_of(words, otherwise=held.asked_language)
    held.answered_by_id, held.answered_at = by.person, at
    held.save(update_fields=["answer", "answer_words", "answer_language", "answered_by", "answered_at"])
    note(by, "answered what a hub raised", raising.step, network_id, at)
    tell_rooms(raising.step, {}, at)
    return held


def hold(hub: Team) -> None:
    """Hold the hub until the end: what is raised twice at this moment is raised once."""
    held = Team.objects.select_for_update().filter(id=hub.id, network=hub.network_id, removed_at=None).first()
    if held is None:
        raise NotThere  # Moved, or part of another hub, while this waited.


def end_raised(hubs: Iterable[Team], at: datetime) -> None:
    """A hub is not the same any more that raised it: above it is gone, and the hub keeps what was answered."""
    raised = Raising.everywhere.filter(team__in=hubs, ended_at=None)
    raised.filter(answered_at=None).delete()
    raised.update(ended_at=at)


def note(by: Viewer, did: str, step: NextStep, network_id: str, at: datetime) -> None:
    """In the trail of the hub: the step says whose it is."""
    audit.record(who=by.in_trail, did=did, thing=f"next step {step.id}", network=network_id, at=at)
