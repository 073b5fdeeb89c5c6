"""Every address, tenant first."""

from django.conf import settings
from django.urls import include, path

from hubcraft.apps.facilitation.pages import paper
from hubcraft.apps.facilitation.pages.start import start
from hubcraft.config import health

urlpatterns = [
    path("", include("hubcraft.apps.rooms.urls")),
    path("start/", start, name="start"),
    path("paper/", paper.of_pack, name="paper"),
    path("paper/<str:sheet>.pdf", paper.sheet_of_pack, name="paper-sheet"),
    path("r/<str:room_id>/", include("hubcraft.apps.reflections.urls")),
    path("r/<str:room_id>/", include("hubcraft.apps.facilitation.urls")),
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
]

if settings.DEBUG:
    from hubcraft.web.pages.look import look_book

    urlpatterns.append(path("look/", look_book, name="look"))
