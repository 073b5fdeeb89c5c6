"""What happens to every request before and after its page."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hubcraft.domain.verdict import NotThere, Refused

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self' mailto:",
        "manifest-src 'self'",
        "base-uri 'none'",
        # A facilitator's own seat stands in a drawer of their page; no other site may frame anything.
        "frame-src 'self'",
        "frame-ancestors 'self'",
    ]
)
# Seconds after which a phone sends again what could not be written.
COME_AGAIN = 3
log = logging.getLogger("hubcraft.web")
# Whoever has the key in such an address may: a mail program sends there by itself, from nowhere (RFC 8058). No other
# site has the key.
BY_KEY_ALONE = "/no-more-letters/"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# Where cookies open nothing: a program, which is no browser, sends neither of the headers that would tell.
FOR_PROGRAMS = "/api/"


def headers(get_response):
    """The headers of every answer; pages are never kept by a cache that someone else may open."""

    def answer(request):
        response = get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.setdefault("X-Content-Type-Options", "nosniff")
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.setdefault("Cache-Control", "no-store")
        if request.is_secure():
            response.setdefault("Cross-Origin-Opener-Policy", "same-origin")
            response.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    return answer


def same_origin(get_response):
    """Refuse writes that another site's page makes in this person's name (docs/decide/0004)."""

    def answer(request):
        is_program = request.path.startswith(FOR_PROGRAMS) and not is_browser(request)
        is_free = request.method in SAFE_METHODS or request.path.startswith(BY_KEY_ALONE) or is_program
        if not (is_free or is_from_here(request)):
            return HttpResponse(
                "This form was sent from another site. Open the page here and try again.", status=403
            )
        return get_response(request)

    return answer


def is_browser(request) -> bool:
    """Whether a browser sent this, in some page's name."""
    return bool({"Sec-Fetch-Site", "Origin"} & request.headers.keys())


def is_from_here(request) -> bool:
    """Whether the browser says that one of our own pages sent this.

    Sec-Fetch-Site can't be set by a page's script; browsers leave it out over plain HTTP, where Origin tells.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    allowed = {request.get_host(), urlsplit(settings.HUBCRAFT_ADDRESS).netloc}
    return urlsplit(origin).netloc in allowed - {""}


def moment(get_response):
    """One moment for the whole request: nothing below reads the clock."""

    def answer(request):
        request.moment = timezone.now()
        return get_response(request)

    return answer


def come_again(request):
    """Not now, but soon: for people a page, for a phone's queue the seconds to wait."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = str(COME_AGAIN)
    return response


class refusals:
    """Turn what the rules refuse into pages that say what to do: outsiders get 404, insiders a sentence."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, NotThere):
            return render(request, "404.html", status=404)
        if isinstance(exception, Refused):
            verdict = exception.verdict
            return render(request, "403.html", {"sentence": verdict.sentence}, status=403)
        if isinstance(exception, OperationalError | InterfaceError):
            # A full disk, a database that is away: nothing was acknowledged, so phones keep it and come again.
            log.error("%s %s was not done: %s", request.method, request.path, str(exception).strip())
            return come_again(request)
        return None
