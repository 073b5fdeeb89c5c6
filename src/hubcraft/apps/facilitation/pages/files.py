"""Files that a page is taken home as: at once, or made beside the pages where that takes longer than somebody waits."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from hubcraft.apps.facilitation.actions.making import ask_for_file
from hubcraft.apps.facilitation.exports.files import KINDS, TakenFile, list_files
from hubcraft.apps.facilitation.exports.paper import SIZES
from hubcraft.apps.facilitation.queries.making import made_file
from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import show


@dataclass(frozen=True)
class Asked:
    """What the files of a page are known by: which page it is, and who asks; and what stands around them."""

    of: str
    place: str
    whose: str
    title: str
    address: str


def size_of(request: HttpRequest, time_zone: str = "") -> str:
    """The size that was chosen; else what the printers near this room, or this reader, take."""
    if request.GET.get("size") in SIZES:
        return request.GET["size"]
    is_american = time_zone.startswith(("America/", "US/")) or (
        not time_zone and request.headers.get("Accept-Language", "").lower().startswith(("en-us", "es-us"))
    )
    return "letter" if is_american else "a4"


def sent(file: TakenFile) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(file.content, content_type=file.mime)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def ask(request: HttpRequest, asked: Asked, kind: str, time_zone: str) -> HttpResponse:
    """Have a long one made: the answer is where one sees how far it is. Who only looks goes to the page with the button."""
    if kind not in KINDS:
        raise NotThere
    if request.method != "POST":
        return HttpResponseRedirect(asked.address)
    file_id = ask_for_file(
        of=asked.of,
        place=asked.place,
        whose=asked.whose,
        kind=kind,
        size=size_of(request, time_zone),
        language=get_language() or "en",
        at=request.moment,
    )
    return HttpResponseRedirect(f"{asked.address}files/{file_id}/")


def show_making(request: HttpRequest, asked: Asked, file_id: str) -> HttpResponse:
    """How far a file is."""
    file = made_file(file_id, of=asked.of, place=asked.place, whose=asked.whose)
    name = next(it.name for it in list_files() if it.kind == file.kind)
    return show(request, "facilitation/making.html", file=file, name=name, asked=asked)


def show_made(asked: Asked, file_id: str) -> HttpResponse:
    """A file that was made, for the one who asked for it."""
    file = made_file(file_id, of=asked.of, place=asked.place, whose=asked.whose)
    if file.path is None:
        raise NotThere
    try:
        content = file.path.read_bytes()
    except OSError:
        # Its time was over meanwhile.
        raise NotThere from None
    return sent(TakenFile(file.path.name, KINDS[file.kind].mime, content))
