"""The library: every framework as pages worth reading, for everybody and without signing in."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from hubcraft.apps.frameworks.queries import library as queries
from hubcraft.apps.networks.queries import PlaceView, list_places, viewer_of
from hubcraft.web.page import page, show


@page(policy=None)
def library(request: HttpRequest) -> HttpResponse:
    """What frameworks there are, and what each is about."""
    return show(request, "frameworks/library.html", frameworks=queries.list_frameworks(speaks()))


@page(policy=None)
def domain(request: HttpRequest, pack: str, domain: str) -> HttpResponse:
    """One domain: its goal, its practices, its look-fors."""
    framework, shown = queries.read_domain(f"{pack}/{domain}", speaks())
    return show(request, "frameworks/domain.html", framework=framework, domain=shown)


@page(policy=None)
def look_for(request: HttpRequest, pack: str, domain: str, practice: str, look_for: str) -> HttpResponse:
    """One look-for: its words, whose they are, and what they rest on."""
    shown = queries.read_look_for(f"{pack}/{domain}/{practice}/{look_for}", speaks())
    return show(request, "frameworks/look_for.html", shown=shown, hubs=hubs_of(request.user))


def hubs_of(person) -> tuple[PlaceView, ...]:
    """The hubs whose own history with a look-for whoever is signed in may read; none for everybody else."""
    return tuple(it for it in list_places(viewer_of(person)) if "/teams/" in it.address)


def speaks() -> str:
    """The reader's language."""
    return get_language() or "en"
