"""Choosing a domain one knows a lot about, and one to learn more about."""

from collections.abc import Mapping
from datetime import datetime

from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import Choice, ChoicePicture
from hubcraft.apps.facilitation.queries.choices import (
    QUESTIONS,
    domains_of,
    drawing_of,
    kept_from,
    own_choices,
    step_of_picture,
)
from hubcraft.apps.facilitation.queries.said import has_been_at
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.reflections.queries.doors import place_of_seat
from hubcraft.apps.rooms import topics
from hubcraft.apps.rooms.actions import changed
from hubcraft.domain.suppression import Withheld
from hubcraft.domain.verdict import insist, refuse
from hubcraft.web.writer import writes


@writes
def choose(*, by: Viewer, seat_id: str, domains: Mapping[str, str], at: datetime) -> None:
    """Choose, or choose otherwise: `domains` by question ("know", "learn"); one that is missing stays as it was."""
    place = place_of_seat(by, seat_id, is_locked=True)
    insist(policy.can_choose(by, place.seat, place.room, has_been_at(place.session, "choice")))
    known = {it.key for it in domains_of(place.session)}
    wanted = {which: domain for which, domain in domains.items() if which in QUESTIONS and domain in known}
    if not wanted:
        insist(refuse(policy.choose_one()))
    before = own_choices(place.session, place.seat)
    moved = {which: domain for which, domain in wanted.items() if before.get(which) != domain}
    if not moved:
        return
    for which, domain in moved.items():
        Choice.objects.update_or_create(
            session=place.session,
            seat=place.seat,
            which=which,
            defaults={
                "network_id": place.seat.network_id,
                "team_id": place.seat.team_id,
                "domain": domain,
                "changed_at": at,
            },
        )
    # The facilitator hears how many have chosen; everybody else only when the picture was drawn anew.
    is_drawn = draw_anew(place.session, place.seat.person)
    if is_drawn or not before:
        changed(place.room, [topics.LEAD_PICTURE, *([topics.PICTURE] if is_drawn else [])], at=at)


def draw_anew(session: ReflectionSession, person: str) -> bool:
    """Draw the room's picture again if enough people have chosen since it was drawn; say whether it was.

    Drawn at every tap it would say what the person chose who has just put their phone down.
    """
    picture, _is_new = ChoicePicture.objects.select_for_update().get_or_create(session=session)
    picture.since = sorted({*picture.since, person})
    now = drawing_of(session)
    is_first = not picture.people
    is_everyone = picture.people < now.people == now.here
    is_drawn = not all(isinstance(it, Withheld) for it in now.told.values()) and (
        is_first or is_everyone or len(picture.since) >= step_of_picture(now.here)
    )
    if is_drawn:
        # What was told once stays, where it could not be told now.
        picture.told |= {
            which: kept_from(told)
            for which, told in now.told.items()
            if is_first or not isinstance(told, Withheld)
        }
        picture.people, picture.since = now.people, []
    elif is_first:
        before = picture.told
        picture.told = {which: kept_from(told) for which, told in now.told.items()}
        is_drawn = before != picture.told
    picture.save()
    return is_drawn
