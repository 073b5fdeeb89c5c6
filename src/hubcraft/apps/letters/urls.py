"""Addresses of what comes to people by itself."""

from django.urls import path

from hubcraft.apps.letters.pages import calendars, choosing

urlpatterns = [
    path("account/letters/", choosing.letters, name="letters"),
    path("account/calendar/", choosing.make_calendar, name="calendar-link"),
    path("account/calendar/end/", choosing.end_calendar, name="calendar-link-end"),
    path("no-more-letters/<str:key>/", choosing.no_more_letters, name="no-more-letters"),
    path("calendar/<str:key>.ics", calendars.calendar, name="calendar"),
    path(
        "n/<str:network_id>/teams/<str:hub_id>/next-steps/<str:step_id>/next-step.ics",
        calendars.step_calendar,
        name="hub-next-step-calendar",
    ),
]
