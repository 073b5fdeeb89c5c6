"""Starting a session: a room, its code, and the facilitator's link."""

import datetime
from functools import partial
from typing import Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from hubcraft.api.operations import makes, reads
from hubcraft.api.refusals import Mistaken
from hubcraft.api.shapes import Listed, Once, Part, listed
from hubcraft.apps.facilitation.actions.starting import start_for
from hubcraft.apps.facilitation.forms import StartForm
from hubcraft.apps.frameworks.queries import (
    is_rubric,
    list_domains,
    list_scripts,
    newest_pack,
    rubric_for_script,
)
from hubcraft.apps.reflections import policy
from hubcraft.apps.rooms.queries import room_view


class Script(Schema):
    """A script that a session may follow."""

    key: str
    name: str
    minutes: int


class Domain(Schema):
    """A domain that a session may be about."""

    key: str
    name: str
    scripts: list[Script]


class NewSession(Schema, extra="forbid"):
    """What a room reflects on, who comes, and who sees what: as on the page on which a room is started."""

    once: Once
    # A domain's key, or that of a part of it: a practice, a look-for, `<domain>/*`; `<pack>/*` for all at a glance.
    domain: str = Field(max_length=160)
    rung: Literal["initials", "alias", "anonymous"]
    title: str = Field("", max_length=500)
    script: str = Field("", max_length=120)
    teams: list[str] = Field([], max_length=100)
    only_these_teams: bool = False
    is_open_board: bool = False
    planned_size: int | None = Field(None, ge=1, le=1000)
    language: Literal["", "en", "es"] = ""
    time_zone: str = Field("", max_length=64)
    until_on: datetime.date | None = None


class NewRoom(Schema):
    """The room: who has `lead_link` leads it; the code and `join_link` are for everybody who comes."""

    id: str
    title: str
    code: str
    join_link: str
    lead_link: str


@reads(
    "/domains",
    policy=None,
    summary=_("Domains that a session may be about, and scripts it may follow"),
    answer=Listed[Domain],
)
def domains(request, part: Part):
    language = get_language() or "en"
    return listed(request, list_domains(language), part, partial(domain, language))


def domain(language: str, it) -> Domain:
    scripts = list_scripts(it.pack, language)
    return Domain(
        key=it.key,
        name=it.name,
        scripts=[Script(key=one.key, name=one.name, minutes=one.minutes) for one in scripts],
    )


@makes(
    "/sessions",
    policy=policy.can_start,
    summary=_("Start a session"),
    words=_(
        "The link to lead is the key to the room: keep it as you would keep a password. The hub comes by joining the room."
    ),
    answer=NewRoom,
)
def make_session(request, sent: NewSession):
    language = get_language() or "en"
    installed = newest_pack().id
    scripts = {it.key: it for it in list_scripts(installed, language)}
    key = sent.domain
    form = StartForm(typed(sent), at=request.moment)
    mistakes = {} if form.is_valid() else {it: list(map(str, told)) for it, told in form.errors.items()}
    if not is_rubric(installed, sent.domain):
        mistakes["domain"] = [gettext("There is no such domain. /domains lists those there are.")]
    elif sent.script and sent.script not in scripts:
        mistakes["script"] = [gettext("There is no such script. /domains lists those there are.")]
    elif sent.script:
        key = rubric_for_script(installed, scripts[sent.script].rates, sent.domain)
        if not key:
            mistakes["domain"] = [gettext("This script rates one look-for: give that one’s key.")]
    if mistakes:
        raise Mistaken(mistakes)
    asked = form.cleaned_data
    spoken = asked["language"] or language
    with translation.override(spoken):
        title = asked["title"] or gettext("Our reflection")
    room, key = start_for(
        by=request.auth.viewer,
        script=sent.script,
        title=title,
        domain=key,
        pack_id=installed,
        rung=asked["rung"],
        is_open_board=asked["is_open_board"],
        teams=asked["teams"],
        may_add_teams=not (asked["only_listed"] and asked["teams"]),
        planned_size=asked["planned_size"],
        language=spoken,
        time_zone=asked["time_zone"],
        until_on=asked["until_on"],
        once=sent.once,
        address=settings.HUBCRAFT_ADDRESS or request.build_absolute_uri("/").rstrip("/"),
        at=request.moment,
    )
    view = room_view(room)
    return NewRoom(
        id=room.id,
        title=room.title,
        code=view.code,
        join_link=view.join_link,
        lead_link=f"{room.address}/r/{room.id}/lead/?key={key}",
    )


def typed(sent: NewSession) -> dict:
    """The same as the page's form would send it."""
    return sent.dict() | {
        "teams": "\n".join(sent.teams),
        "only_listed": sent.only_these_teams,
        "planned_size": str(sent.planned_size or ""),
    }
