"""`@page`: how a function becomes an address people visit."""

import functools
from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render


def page(*, policy: Callable | None, methods: Iterable[str] = ("GET",)):
    """Declare who decides over this page and which methods it answers.

    `policy` is the function of a policy module that the page's queries and actions ask; None says in so many
    words that anybody may come. The inspector reads it, the access matrix proves it.
    """
    allowed = tuple(methods)
    if "GET" in allowed:
        allowed += ("HEAD",)

    def declare(view: Callable[..., HttpResponse]):
        @functools.wraps(view)
        def visited(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            if not is_text(request, kwargs.values()):
                return HttpResponse("This is not text that anybody could have typed.", status=400)
            return view(request, *args, **kwargs)

        visited.policy = policy
        visited.methods = allowed
        return visited

    return declare


def is_text(request: HttpRequest, asked: Iterable[object]) -> bool:
    """Whether what was asked and sent holds no NUL, which no database keeps and no person types."""
    sent = (
        value
        for fields in (request.GET, request.POST)
        for _name, values in fields.lists()
        for value in values
    )
    return not any("\0" in value for value in (*asked, *sent) if isinstance(value, str))


def show(request: HttpRequest, template: str, *, status: int = 200, **context) -> HttpResponse:
    """Answer with a template."""
    return render(request, template, context, status=status)
