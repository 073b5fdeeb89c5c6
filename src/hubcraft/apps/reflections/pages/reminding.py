"""Leaving an address, and taking it back: on one's own page, or from a mail without any key to the room."""

from django.http import HttpResponseRedirect

from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions import reminders
from hubcraft.apps.reflections.forms import ReminderForm
from hubcraft.apps.reflections.pages.team import show_team
from hubcraft.apps.reflections.pages.way import participants
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.domain.verdict import Refused, insist
from hubcraft.web.page import page, show


@participants(policy=policy.can_be_reminded, methods=["POST"])
def remind_me(request, place: Place):
    """Remind me."""
    form = ReminderForm(request.POST)
    if form.is_valid():
        try:
            reminders.remind_me(
                by=place.viewer,
                seat_id=place.seat.id,
                address=form.cleaned_data["address"],
                at=request.moment,
            )
        except Refused as refused:
            if not place.session.is_over_days:
                raise
            form.add_error("address", refused.verdict.sentence)
    if form.errors:
        # The page shows who is in the team: whoever may not be reminded is not shown it for a misspelt address.
        insist(policy.can_be_reminded(place.viewer, place.session, place.seat, place.room))
        return show_team(request, place, form, status=422)
    return HttpResponseRedirect(f"/r/{place.room.id}/team/")


@participants(policy=policy.can_be_reminded, methods=["POST"])
def forget_me(request, place: Place):
    """No more mails."""
    reminders.forget_me(by=place.viewer, seat_id=place.seat.id, at=request.moment)
    return HttpResponseRedirect(f"/r/{place.room.id}/team/")


@page(policy=None, methods=["GET", "POST"])
def no_more_mails(request, key):
    """The way out of every mail: one button, and no question who presses it. A mail's own reader may open the page."""
    if request.method == "POST":
        reminders.stop_mails(key=key, at=request.moment)
    return show(request, "reflections/no_more_mails.html", is_done=request.method == "POST")
