"""On paper: what can be printed, for a room or for none, and the sheets themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, get_language_info

from hubcraft.apps.facilitation.exports import paper as exports
from hubcraft.apps.facilitation.exports.paper import Paper, SheetChoice
from hubcraft.apps.facilitation.pages.files import size_of
from hubcraft.apps.facilitation.pages.lead import leads
from hubcraft.apps.frameworks.policy import teams_of
from hubcraft.apps.frameworks.queries import (
    DomainChoice,
    ScriptView,
    known_pack,
    list_rubric_keys,
    list_scripts,
    newest_pack,
    pack_of,
    rubric_name,
)
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.reflections.queries.domains import domains_in
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms.queries import TeamChoice, list_teams
from hubcraft.content.rubric import LOOK_FOR, PRACTICE
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
    room_id: str
    teams: tuple[TeamChoice, ...]
    title: str
    sheets: tuple[SheetChoice, ...]
    languages: tuple[Option, ...]
    sizes: tuple[Option, ...]
    domains: tuple[Option, ...]
    scripts: tuple[Option, ...]
    asked: str
    has_code: bool


@leads(methods=("GET",))
def of_room(request, viewer, room):
    """What can be printed for this room."""
    paper = paper_in_room(request, room)
    return show(request, "facilitation/paper.html", page=paper_page(paper, room))


@leads(methods=("GET",))
def sheet_of_room(request, viewer, room, sheet: str):
    """One sheet for this room."""
    return download(paper_in_room(request, room), sheet)


def paper_in_room(request: HttpRequest, room) -> Paper:
    """What is asked for, among what this room has."""
    return exports.paper_of_room(
        room,
        domain=request.GET.get("domain", ""),
        language=request.GET.get("in", ""),
        size=size_of(request, room.time_zone),
    )


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
    asked = request.GET.get("domain", "")
    teams = teams_of(viewer_of(request.user))
    pack = newest_pack(known_pack(asked.partition("/")[0], teams), teams)
    choices = {it.key: it for it in list_rubric_keys(pack.id, language)}
    if not choices:
        raise NotThere
    domain = choices.get(asked) or next(iter(choices.values()))
    script = request.GET.get("script", "")
    return exports.paper_of_pack(
        domain.pack, domain.key, language=language, size=size_of(request), script=script
    )


def paper_page(paper: Paper, room=None) -> PaperPage:
    """The page around the sheets. A room has its session and its teams' rubrics; without one they are chosen here."""
    script = paper.script.key if paper.script else ""
    asked = {"in": paper.language, "size": paper.size}
    # Without a room all that is more than a practice, and what an address asks for.
    rubrics = tuple(
        it
        for it in list_rubric_keys(paper.pack, paper.language)
        if it.reach not in (PRACTICE, LOOK_FOR) or it.key == paper.domain
    )
    if room is None:
        asked["script"] = script
    else:
        rubrics = tuple(
            DomainChoice(key, rubric_name(paper.pack, key, paper.language), paper.pack)
            for key in domains_in(session_of(room))
        )
    if room is None or len(rubrics) > 1:
        asked["domain"] = paper.domain
    names = {"a4": "A4 · A3", "letter": "Letter · Tabloid"}
    return PaperPage(
        has_code=paper.room is not None,
        lead_address=f"/r/{room.id}/lead/" if room else "",
        room_id=room.id if room else "",
        # Paper comes back from the moment the room is open until it is closed.
        teams=list_teams(room.id) if room and room.state == "open" else (),
        title=room.title if room else "",
        sheets=exports.list_sheets(paper),
        languages=tuple(
            Option(tag, get_language_info(tag)["name_local"].capitalize(), tag == paper.language)
            for tag in pack_of(paper.pack).languages
        ),
        sizes=tuple(Option(key, names[key], key == paper.size) for key in exports.SIZES),
        domains=several(rubrics, paper.domain),
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
