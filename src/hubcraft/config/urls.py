"""Every address, tenant first."""

from django.conf import settings
from django.urls import include, path

from hubcraft.apps.facilitation.pages import paper, wording
from hubcraft.apps.facilitation.pages.start import start
from hubcraft.apps.reflections.pages.reminding import no_more_mails
from hubcraft.config import health
from hubcraft.web.pages.help import ask_help, help_page, help_picture
from hubcraft.web.pages.language import choose_language

urlpatterns = [
    path("", include("hubcraft.apps.rooms.urls")),
    path("", include("hubcraft.apps.people.urls")),
    path("", include("hubcraft.apps.networks.urls")),
    path("", include("hubcraft.apps.roles.urls")),
    path("", include("hubcraft.apps.insights.urls")),
    path("", include("hubcraft.apps.lifecycle.urls")),
    path("", include("hubcraft.apps.cards.urls")),
    path("", include("hubcraft.apps.letters.urls")),
    path("", include("hubcraft.apps.frameworks.urls")),
    path("", include("hubcraft.apps.records.urls")),
    path("help/", ask_help, name="help"),
    path("help/pictures/<str:name>", help_picture, name="help-picture"),
    path("help/<str:name>/", help_page, name="help-page"),
    path("api/", include("hubcraft.api.urls")),
    path("start/", start, name="start"),
    path("no-more-mails/<str:key>/", no_more_mails, name="no-more-mails"),
    path("paper/", paper.of_pack, name="paper"),
    path("paper/<str:sheet>.pdf", paper.sheet_of_pack, name="paper-sheet"),
    path("administration/wording/", wording.wordings, name="wordings"),
    path("administration/wording/<str:pack_id>/", wording.wording, name="wording"),
    path("administration/wording/<str:pack_id>/file.<str:kind>", wording.take, name="wording-file"),
    path("administration/wording/<str:pack_id>/files/<str:file_id>/", wording.making, name="wording-making"),
    path("administration/wording/<str:pack_id>/files/<str:file_id>/take/", wording.made, name="wording-made"),
    path("r/<str:room_id>/", include("hubcraft.apps.reflections.urls")),
    path("r/<str:room_id>/", include("hubcraft.apps.facilitation.urls")),
    path("language/", choose_language, name="language"),
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
]

if settings.DEBUG:
    from hubcraft.apps.notices.pages.mailbox import mailbox, set_mail
    from hubcraft.web.pages.look import look_book, look_page

    urlpatterns.append(path("look/", look_book, name="look"))
    urlpatterns.append(path("look/mails/", mailbox, name="look-mails"))
    urlpatterns.append(path("look/mails/<int:number>/", set_mail, name="look-mail"))
    urlpatterns.append(path("look/<str:name>/", look_page, name="look-page"))
