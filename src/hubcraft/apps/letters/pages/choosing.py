"""What comes to oneself: on the page of one's account, or stopped from a letter."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpResponseRedirect

from hubcraft.apps.letters import policy
from hubcraft.apps.letters.actions import calendars, weekly
from hubcraft.apps.letters.queries.choosing import choice_page
from hubcraft.apps.people.pages.account import signed_in
from hubcraft.web.page import page, show

HERE = "/account/letters/"


@signed_in(policy=policy.can_choose_letters, methods=("GET", "POST"))
def letters(request):
    """The weekly letter, on or off; and the calendar's link."""
    if request.method == "POST":
        is_on = request.POST.get("weekly") == "on"
        weekly.choose_letter(person=request.user, is_on=is_on, at=request.moment)
        return HttpResponseRedirect(HERE)
    return show(request, "letters/letters.html", page=choice_page(request.user))


@signed_in(policy=policy.can_choose_letters, methods=("GET", "POST"))
@reauthentication_required(allow_get=True, app="allauth.mfa")
def make_calendar(request):
    """The link is made, or made anew, by who has just shown their second step; shown here and never again."""
    if request.method != "POST":
        return HttpResponseRedirect(HERE)
    key = calendars.make_link(person=request.user, at=request.moment)
    return show(request, "letters/link.html", link=f"{here(request)}/calendar/{key}.ics")


@signed_in(policy=policy.can_choose_letters, methods=("POST",))
def end_calendar(request):
    """The link opens nothing any more: for that nobody has to show anything."""
    calendars.end_link(person=request.user, at=request.moment)
    return HttpResponseRedirect(HERE)


@page(policy=None, methods=["GET", "POST"])
def no_more_letters(request, key: str):
    """The way out of every letter: one button, or none where a mail program asks by itself (RFC 8058)."""
    if request.method == "POST":
        weekly.stop_letter(key=key, at=request.moment)
    return show(request, "letters/no_more_letters.html", is_done=request.method == "POST")


def here(request) -> str:
    """The address that people find the product by."""
    return settings.HUBCRAFT_ADDRESS or request.build_absolute_uri("/").rstrip("/")
