"""Files that a page is taken home as."""

from django.http import HttpRequest, HttpResponse

from hubcraft.apps.facilitation.exports.files import TakenFile
from hubcraft.apps.facilitation.exports.paper import SIZES


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
