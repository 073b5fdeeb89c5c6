"""The look book: every component once, and every page with invented people. Only where debugging is on."""

from django.http import HttpRequest, HttpResponse

from hubcraft.web import sample
from hubcraft.web.page import page, show


@page(policy=None)
def look_book(request: HttpRequest) -> HttpResponse:
    """Each component beside its name, then the list of pages."""
    return show(request, "look/book.html", look=sample.look(), names=sorted(sample.pages()))


@page(policy=None)
def look_page(request: HttpRequest, name: str) -> HttpResponse:
    """One page as somebody meets it."""
    template, context, _ = sample.pages()[name]
    return show(request, template, **context)
