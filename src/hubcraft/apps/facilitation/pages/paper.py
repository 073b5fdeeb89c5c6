"""On paper: what can be printed, for a room or for none, and the sheets themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, get_language_info

from hubcraft.apps.facilitation import exports
from hubcraft.apps.facilitation.exports import Paper, SheetChoice
from hubcraft.apps.facilitation.pages.lead import leads
from hubcraft.apps.frameworks.queries import DomainChoice, ScriptView, list_domains, list_scripts, pack_of
from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import page, show


@dataclass(frozen=True)
class Option:
    """One of several languages, sizes or sessions."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class PaperPage:
    """The sheets there are; `asked` is what was chosen, as each sheet's address ends."""

    lead_address: str
    title: str
    sheets: tuple[SheetChoice, ...]
    languages: tuple[Option, ...]
    sizes: tuple[Option, ...]
    domains: tuple[Option, ...]
    scripts: tuple[Option, ...]
    asked: str


@leads(methods=("GET",))
def of_room(request, viewer, room):
    """What can be printed for this room."""
    paper = exports.paper_of_room(
        room, language=request.GET.get("in", ""), size=size_of(request, room.time_zone)
    )
    return show(request, "facilitation/paper.html", page=paper_page(paper, room))


@leads(methods=("GET",))
def sheet_of_room(request, viewer, room, sheet: str):
    """One sheet for this room."""
    paper = exports.paper_of_room(
        room, language=request.GET.get("in", ""), size=size_of(request, room.time_zone)
    )
    return download(paper, sheet)


@page(policy=None)
def of_pack(request):
    """What can be printed without a room: anybody may read the rubric."""
    return show(request, "facilitation/paper.html", page=paper_page(paper_without_room(request)))


@page(policy=None)
def sheet_of_pack(request, sheet: str):
    """One sheet without a room."""
    return download(paper_without_room(request), sheet)


def paper_without_room(request: HttpRequest) -> Paper:
    """What is asked for, among what there is."""
    language = request.GET.get("in", "") or get_language() or "en"
    choices = {it.key: it for it in list_domains(language)}
    if not choices:
        raise NotThere
    domain = choices.get(request.GET.get("domain", "")) or next(iter(choices.values()))
    script = request.GET.get("script", "")
    return exports.paper_of_pack(
        domain.pack, domain.key, language=language, size=size_of(request), script=script
    )


def size_of(request: HttpRequest, time_zone: str = "") -> str:
    """The size that was chosen; else what the printers near this room, or this reader, take."""
    if request.GET.get("size") in exports.SIZES:
        return request.GET["size"]
    is_american = time_zone.startswith(("America/", "US/")) or (
        not time_zone and request.headers.get("Accept-Language", "").lower().startswith("en-us")
    )
    return "letter" if is_american else "a4"


def paper_page(paper: Paper, room=None) -> PaperPage:
    """The page around the sheets. A room has its rubric and its session; without one they are chosen here."""
    script = paper.script.key if paper.script else ""
    asked = {"in": paper.language, "size": paper.size}
    if room is None:
        asked |= {"domain": paper.domain, "script": script}
    names = {"a4": "A4 · A3", "letter": "Letter · Tabloid"}
    return PaperPage(
        lead_address=f"/r/{room.id}/lead/" if room else "",
        title=room.title if room else "",
        sheets=exports.list_sheets(paper),
        languages=tuple(
            Option(tag, get_language_info(tag)["name_local"], tag == paper.language)
            for tag in pack_of(paper.pack).languages
        ),
        sizes=tuple(Option(key, names[key], key == paper.size) for key in exports.SIZES),
        domains=() if room else several(list_domains(paper.language), paper.domain),
        scripts=() if room else several(list_scripts(paper.pack, paper.language), script),
        asked=urlencode(asked),
    )


def several(choices: Iterable[DomainChoice | ScriptView], chosen: str) -> tuple[Option, ...]:
    """What there is to choose from; where there is only one, nothing."""
    options = tuple(Option(it.key, it.name, it.key == chosen) for it in choices)
    return options if len(options) > 1 else ()


def download(paper: Paper, sheet: str) -> HttpResponse:
    """A sheet as a file, named so that it is found again among others."""
    response = HttpResponse(exports.write_sheet(paper, sheet), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{sheet}-{paper.language}-{paper.size}.pdf"'
    return response
