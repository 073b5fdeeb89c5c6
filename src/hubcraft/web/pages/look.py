"""The look book: every component once, and every page with invented people. Only where debugging is on."""

from django.http import HttpRequest, HttpResponse

from hubcraft.domain.verdict import NotThere
from hubcraft.web import sample, sample_homes
from hubcraft.web.page import page, show


@page(policy=None)
def look_book(request: HttpRequest) -> HttpResponse:
    """Each component beside its name, then the list of pages."""
    names = sorted(pages())
    return show(request, "look/book.html", look=sample.look(), home=sample_homes.parts(), names=names)


@page(policy=None)
def look_page(request: HttpRequest, name: str) -> HttpResponse:
    """One page as somebody meets it."""
    if name not in pages():
        raise NotThere
    template, context, _ = pages()[name]
    return show(request, template, **context)


def pages():
    """Every page: of rooms, and of people with accounts."""
    return sample.pages() | sample_homes.pages()
