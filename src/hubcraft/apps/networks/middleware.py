"""Who sees much of many people is asked for a second step, wherever they go."""

from urllib.parse import quote

from django.http import HttpResponseRedirect

from hubcraft.apps.networks.policy import must_show_second_step
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.pages.second_step import has_shown
from hubcraft.apps.people.queries import with_second_step

# One’s own account is where a second step is set up; what lets in for long, a token or a calendar, is made after that.
ACCOUNT = ("/account/", "/sign-out/")
ONE_MORE = ("/account/tokens/new/", "/account/calendar/")


class SecondStep:
    """Looks at pages of people with an account alone: a phone in a room is never asked who it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        is_account = request.path.startswith(ACCOUNT) and request.path not in ONE_MORE
        if not getattr(view, "is_for_people", False) or is_account:
            return None
        return asked_for_second_step(request, request.path if request.method in ("GET", "HEAD") else "/home/")


def asked_for_second_step(request, back: str) -> HttpResponseRedirect | None:
    """Where somebody shows their second step, or sets one up, before they go on; None where they may go on."""
    if not request.user.is_authenticated or not must_show_second_step(viewer_of(request.user)):
        return None
    has_one = bool(with_second_step([request.user]))
    if has_one and has_shown(request):
        return None
    return HttpResponseRedirect(f"/account/{'again' if has_one else 'second-step'}/?next={quote(back)}")
