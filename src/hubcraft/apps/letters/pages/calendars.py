"""The calendar that a program of somebody's asks for, and a step to put into one once."""

from allauth.core.internal import ratelimit
from django.http import HttpResponse
from django.utils import translation

from hubcraft.apps.insights import policy
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub
from hubcraft.apps.letters.pages.choosing import here
from hubcraft.apps.letters.queries.calendars import calendar_of, calendar_with
from hubcraft.apps.letters.queries.choosing import person_with
from hubcraft.apps.letters.queries.due import get_dated_step
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.queries import hashed
from hubcraft.web.page import page, show

# A program asks a few times an hour; many people of one school ask from one address.
RATES = {"calendar": "30/10m/key,300/m/ip"}


@page(policy=None)
def calendar(request, key: str):
    """Whoever holds the secret address reads what its person may see at this moment; any other is not there."""
    asked = {"app": "hubcraft.letters", "action": "calendar", "config": RATES, "limit_get": True}
    if ratelimit.consume(request, key=hashed(key), **asked) is None:
        return show(request, "429.html", status=429)
    person = person_with(key)
    with translation.override(person.language):
        return sent(calendar_of(person, here(request), request.moment), "hubcraft.ics")


@members(policy=policy.can_see_hub)
def step_calendar(request, viewer: Viewer, network_id: str, hub_id: str, step_id: str):
    """One next step of a hub, for whoever sees it there."""
    step = get_dated_step(viewer, get_hub(viewer, network_id, hub_id), step_id)
    return sent(calendar_with(step, here(request)), "next-step.ics")


def sent(calendar: bytes, name: str) -> HttpResponse:
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # The address is the key: it goes nowhere.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
