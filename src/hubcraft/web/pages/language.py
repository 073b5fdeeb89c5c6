"""The language that this device reads in: pages before a seat and without one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from hubcraft.web.page import page

YEAR = 365 * 24 * 3600


@page(policy=None, methods=["POST"])
def choose_language(request: HttpRequest) -> HttpResponse:
    """Go on reading in another language, on the page where one was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    return keep_language(request, HttpResponseRedirect(back), request.POST.get("language", ""))


def keep_language(request: HttpRequest, response: HttpResponse, language: str) -> HttpResponse:
    """Let this device remember a language, if it is one of ours."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
