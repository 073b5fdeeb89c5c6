"""Searching everything one may see."""

from django.utils.translation import get_language

from hubcraft.apps.insights.queries.search import search_page
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.web.page import page, show


@page(policy=None)
def search(request):
    """The frameworks and Help for everybody; for who is signed in also what their hubs wrote."""
    asked = " ".join(request.GET.get("q", "").split())[:200]
    found = search_page(viewer_of(request.user), asked, get_language() or "en")
    return show(request, "insights/search.html", page=found)
