"""What people said of frameworks' words, gathered over all rooms, for the administrator."""

from hubcraft.apps.facilitation.exports.files import list_files, write_file
from hubcraft.apps.facilitation.exports.wording import (
    gathered_words,
    is_long_wording,
    translation_words,
    wording_report,
)
from hubcraft.apps.facilitation.pages.files import Asked, ask, sent, show_made, show_making, size_of
from hubcraft.apps.facilitation.queries.gathered import AT, gathered_page, list_gathered
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.roles.pages.administration import administers
from hubcraft.web.page import show


@administers()
def wordings(request, viewer: Viewer):
    """Every version of a framework that somebody commented on."""
    return show(request, "facilitation/wordings.html", pages=list_gathered(viewer))


@administers()
def wording(request, viewer: Viewer, pack_id: str):
    """One of them: comments by look-for, to read, to print, to send."""
    page = gathered_page(viewer, pack_id)
    return show(
        request,
        "facilitation/wording.html",
        page=page,
        files=list_files(),
        is_long=is_long_wording(page),
        from_where=gathered_words(),
        translation=translation_words() if page.is_our_translation else "",
        on=request.moment,
    )


@administers(methods=("GET", "POST"))
def take(request, viewer: Viewer, pack_id: str, kind: str):
    """The same as a file."""
    page = gathered_page(viewer, pack_id)
    if is_long_wording(page):
        return ask(request, asked(viewer, pack_id), kind, "")
    return sent(write_file(wording_report(page, size_of(request), request.moment), kind))


@administers()
def making(request, viewer: Viewer, pack_id: str, file_id: str):
    """How far it is, where it is a long one."""
    return show_making(request, asked(viewer, pack_id), file_id)


@administers()
def made(request, viewer: Viewer, pack_id: str, file_id: str):
    """The same once it is made."""
    return show_made(asked(viewer, pack_id), file_id)


def asked(viewer: Viewer, pack_id: str) -> Asked:
    """What files of this page are known by, for this administrator."""
    page = gathered_page(viewer, pack_id)
    return Asked("wording", pack_id, viewer.in_trail, f"{page.name} {page.version}", f"{AT}{pack_id}/")
