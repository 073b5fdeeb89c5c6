"""Starting a room."""

import secrets
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.actions.rehearsals import start_rehearsal
from hubcraft.apps.facilitation.actions.runs import start_with_script
from hubcraft.apps.facilitation.forms import StartForm
from hubcraft.apps.frameworks.queries import (
    PackChoice,
    known_pack,
    list_domains,
    list_packs,
    list_scripts,
    rubric_of,
)
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions.sessions import start_session
from hubcraft.apps.rooms.pages import device
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import page, show


@dataclass(frozen=True)
class DomainOption:
    """A domain one may reflect on."""

    key: str
    title: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class ScriptOption:
    """A script one may follow, or none."""

    key: str
    name: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class RungOption:
    """A rung of the privacy ladder, in words."""

    key: str
    name: str
    who_can_see: tuple[str, ...]
    is_chosen: bool


@dataclass(frozen=True)
class LanguageOption:
    """A language the room's own pages may be in, called what it calls itself."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class StartPage:
    """The page on which a room is started."""

    form: StartForm
    # What the pack is called, and further ones, to begin with one of those instead.
    pack: str
    packs: tuple[PackChoice, ...]
    domains: tuple[DomainOption, ...]
    scripts: tuple[ScriptOption, ...]
    rungs: tuple[RungOption, ...]
    languages: tuple[LanguageOption, ...]
    is_silent: bool
    is_open: bool


def pack_asked(request) -> str:
    """Which pack: a domain's key begins with its pack's, and before one is chosen an address names it."""
    return known_pack(request.POST.get("domain", "").partition("/")[0] or request.GET.get("pack", ""))


def rung_name(rung: str) -> str:
    """A rung as a facilitator would say it."""
    return {
        "initials": _("With their initials"),
        "alias": _("With an alias they choose"),
        "anonymous": _("Anonymously, as in a ballot"),
    }[rung]


def pretend_teams() -> list[str]:
    """Who comes to a rehearsal where no team is named."""
    return [_("Riverbend hub"), _("North Shore hub")]


def only_rubric_words() -> str:
    """What a session without a script is."""
    return _(
        "Everyone places initials, each team opens its board. You lead the rest yourself; nothing is timed."
    )


@page(policy=policy.can_start, methods=["GET", "POST"])
def start(request):
    """Start a room: no account, the link one gets is the key."""
    language = get_language() or "en"
    pack = pack_asked(request)
    domains = {it.key: it for it in list_domains(language, pack)}
    form = StartForm(request.POST or None, at=request.moment)
    if request.method != "POST":
        return show_page(request, form, domains.values(), pack, language)
    if form.is_valid() and form.cleaned_data["domain"] in domains:
        fields = form.cleaned_data
        spoken = fields["language"] or language
        with translation.override(spoken):
            title = fields["title"] or (_("Rehearsal") if fields["is_rehearsal"] else _("Our reflection"))
            teams = fields["teams"] or (pretend_teams() if fields["is_rehearsal"] else [])
        chosen = domains[fields["domain"]]
        scripts = {it.key for it in list_scripts(chosen.pack, language)}
        script = fields["script"] if fields["script"] in scripts else ""
        begin = partial(start_with_script, script=script) if script else start_session
        if fields["is_rehearsal"]:
            begin = partial(start_rehearsal, script=script)
        try:
            room, key = begin(
                title=title,
                domain=chosen.key,
                pack_id=chosen.pack,
                rung=fields["rung"],
                is_open_board=fields["is_open_board"],
                teams=teams,
                # Where no team is named, people have to name theirs.
                may_add_teams=not (fields["only_listed"] and fields["teams"]),
                planned_size=fields["planned_size"],
                language=spoken,
                time_zone=fields["time_zone"],
                once=fields["once"],
                address=settings.HUBCRAFT_ADDRESS or request.build_absolute_uri("/").rstrip("/"),
                at=request.moment,
                until_on=fields["until_on"],
            )
        except Refused as refused:
            form.add_error("is_open_board", refused.verdict.sentence)
        else:
            response = HttpResponseRedirect(f"/r/{room.id}/lead/")
            return device.keep(request, response, "lead", room.id, key)
    return show_page(request, form, domains.values(), pack, language, status=422)


def show_page(request, form: StartForm, domains, pack: str, language: str, status: int = 200):
    """The page, with what was chosen still chosen."""
    domains, packs = tuple(domains), list_packs(language)
    domain = form["domain"].value() or domains[0].key
    rung = form["rung"].value() or "initials"
    is_open = bool(form["is_open_board"].value())
    scripts = list_scripts(domains[0].pack, language)
    # The whole session, unless something else was chosen before the form came back.
    script = (form["script"].value() or "") if form.is_bound else scripts[0].key if scripts else ""

    def option(it) -> DomainOption:
        rubric = rubric_of(it.pack, it.key, language)
        practices = sum(bool(own) for _title, own in rubric.practices)
        words = ngettext("{look_fors} look-for", "{look_fors} look-fors", len(rubric.look_fors)) + _(
            " in {practices} work practices"
        )
        return DomainOption(
            it.key,
            rubric.title,
            words.format(look_fors=len(rubric.look_fors), practices=practices),
            it.key == domain,
        )

    return show(
        request,
        "facilitation/start.html",
        status=status,
        once=(form["once"].value() if "once" not in form.errors else "") or secrets.token_hex(16),
        page=StartPage(
            form=form,
            pack=next((it.name for it in packs if it.key == pack), ""),
            packs=tuple(it for it in packs if it.key != pack),
            domains=tuple(map(option, domains)),
            scripts=(
                *(
                    ScriptOption(
                        it.key,
                        _("{name}, {minutes} minutes").format(name=it.name, minutes=it.minutes),
                        it.purpose,
                        it.key == script,
                    )
                    for it in scripts
                ),
                ScriptOption("", _("Only the rubric"), only_rubric_words(), script == ""),
            ),
            rungs=tuple(
                RungOption(it, rung_name(it), policy.who_can_see(it), it == rung)
                for it in map(str, policy.LADDER)
            ),
            languages=tuple(
                LanguageOption(key, name, key == (form["language"].value() or language))
                for key, name in settings.LANGUAGES
            ),
            is_silent=not is_open,
            is_open=is_open,
        ),
    )
