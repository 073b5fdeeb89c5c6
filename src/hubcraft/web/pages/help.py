"""Help: short answers for whoever is in a hurry, and the handbook, for everybody and without signing in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from hubcraft.domain.verdict import NotThere
from hubcraft.web import handbook
from hubcraft.web.page import page, show

# An address with the picture's own print stands for this one picture, for good.
KEPT = "public, max-age=31536000, immutable"


@page(policy=None)
def ask_help(request: HttpRequest) -> HttpResponse:
    """How it works, in a page; below it, where to read more."""
    pages = handbook.list_pages(get_language())
    return show(request, "help.html", pages=pages, speaks=get_language())


@page(policy=None)
def help_page(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the handbook, between the one before it and the one after it."""
    pages = handbook.list_pages(get_language())
    shown = handbook.get_page(name, get_language())
    place = pages.index(shown)
    return show(
        request,
        "help_page.html",
        shown=shown,
        pages=pages,
        before=pages[place - 1] if place else None,
        after=pages[place + 1] if place + 1 < len(pages) else None,
        speaks=get_language(),
    )


@page(policy=None)
def help_picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture that the handbook shows."""
    path = handbook.list_pictures(settings.HANDBOOK).get(name)
    if path is None:
        raise NotThere
    response = HttpResponse(path.read_bytes(), content_type=handbook.KINDS[path.suffix])
    if request.GET:
        response["Cache-Control"] = KEPT
    return response
