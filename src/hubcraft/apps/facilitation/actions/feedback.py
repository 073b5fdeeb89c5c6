"""Feedback: into boxes without names, under keys that only the phone can make."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import FeedbackBox, FeedbackRegister
from hubcraft.apps.facilitation.queries.feedback import Answer, questions_of, slip_key
from hubcraft.apps.facilitation.queries.said import has_been_at
from hubcraft.apps.facilitation.queries.wording import known_look_fors
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.doors import place_of_seat
from hubcraft.domain.suppression import BATCH, PEOPLE_FLOOR
from hubcraft.domain.verdict import insist, refuse
from hubcraft.web.writer import writes


@writes
def give_feedback(*, by: Viewer, seat_id: str, answers: Mapping[str, Answer], at: datetime) -> None:
    """Answer the questions, or answer them otherwise; all of them left out takes one's feedback back.

    `answers` by question: {"words", "language"}, for a comment on wording with its "look_for", or {"domains"}. Every box
    gets a slip for every person, an empty one where nothing was said: so no box tells who left out what. Nobody is
    told, and it leaves no trail.
    """
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_give_feedback(by, place.seat, place.room, has_been_at(place.session, "feedback")))
    secret = by.ballot_secret
    if not secret:
        insist(refuse(_("This device has lost the key to your answers. Join again with your initials.")))
    register, _new = FeedbackRegister.objects.select_for_update().get_or_create(session=place.session)
    questions = questions_of(place.session)
    keys = [it.key for it in questions]
    for comment in (answers.get(it.key) or {} for it in questions if it.asks_wording):
        words, look_for = str(comment.get("words", "")), str(comment.get("look_for", ""))
        insist(policy.can_comment(words, look_for, known_look_fors(place.session)))
    boxes = boxes_of(place.session, keys)
    own = {key: slip_key(secret, place.seat.person, key) for key in keys}
    has_slips = any(own[key] in boxes[key].slips for key in keys)
    if place.seat.person in register.people and not has_slips:
        insist(
            refuse(_("You have given feedback from another device. Change it there, it can’t be found here."))
        )
    said = {key: dict(answers.get(key) or {}) for key in keys}
    is_said = any(said.values())
    if not (is_said or has_slips):
        insist(refuse(_("Nothing is filled in, so nothing was sent.")))
    for key in keys:
        slips = dict(boxes[key].slips)
        if is_said:
            slips[own[key]] = said[key]
        else:
            slips.pop(own[key], None)
        boxes[key].slips = dict(sorted(slips.items()))
    people = {*register.people, place.seat.person} if is_said else {*register.people} - {place.seat.person}
    register.people = sorted(people)
    if not is_said:
        take_back(register, boxes, own)
    elif len(people) >= PEOPLE_FLOOR and len(people) - register.shown >= BATCH:
        register.shown = len(people)
        for box in boxes.values():
            box.shown = box.slips
    register.save()
    for box in boxes.values():
        box.save(update_fields=["slips", "shown"])


def settle(session: ReflectionSession) -> None:
    """Before a closed room is opened again: what the facilitator could read stays what they read."""
    register = FeedbackRegister.objects.select_for_update().filter(session=session).first()
    if register is None or register.was_all_shown or len(register.people) < PEOPLE_FLOOR:
        return
    register.shown, register.was_all_shown = len(register.people), True
    register.save(update_fields=["shown", "was_all_shown"])
    for box in FeedbackBox.objects.select_for_update().filter(session=session).order_by("question"):
        box.shown = box.slips
        box.save(update_fields=["shown"])


def boxes_of(session: ReflectionSession, keys: list[str]) -> dict[str, FeedbackBox]:
    """The box of each question, held until the transaction ends."""
    FeedbackBox.objects.bulk_create(
        [FeedbackBox(session=session, question=key) for key in keys], ignore_conflicts=True
    )
    held = FeedbackBox.objects.select_for_update().filter(session=session, question__in=keys)
    return {box.question: box for box in held.order_by("question")}


def take_back(register: FeedbackRegister, boxes: Mapping[str, FeedbackBox], own: Mapping[str, str]) -> None:
    """What is taken back is taken from what the facilitator reads as well."""
    was_shown = False
    for key, box in boxes.items():
        was_shown |= own[key] in box.shown
        box.shown = {slip: answer for slip, answer in box.shown.items() if slip != own[key]}
    register.shown -= was_shown
