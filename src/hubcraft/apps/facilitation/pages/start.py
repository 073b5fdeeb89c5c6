"""Starting a room."""

import re
import secrets
from collections.abc import Iterable
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
from hubcraft.apps.frameworks.policy import teams_of
from hubcraft.apps.frameworks.queries import (
    DomainChoice,
    LookForView,
    PackChoice,
    ScriptView,
    is_rubric,
    known_pack,
    list_packs,
    list_rubric_keys,
    list_scripts,
    newest_pack,
    rubric_for_script,
    rubric_of,
    whole_of,
)
from hubcraft.apps.networks.queries import own_team, viewer_of
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions.sessions import start_session
from hubcraft.apps.rooms.pages import device
from hubcraft.content.rubric import ALL, DOMAIN, GLANCE, LOOK_FOR, PRACTICE, WHOLE
from hubcraft.content.text import DRAFT
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import page, show

# "Five minutes", "cinco minutos".
MINUTES = re.compile(r"\bminut", re.IGNORECASE)


@dataclass(frozen=True)
class DomainOption:
    """A domain one may reflect on; `parts` are the same with drafts, and its practices one by one."""

    key: str
    title: str
    words: str
    is_chosen: bool
    parts: tuple["DomainOption", ...] = ()

    @property
    def has_whole(self) -> bool:
        return any(it.key.endswith(f"/{ALL}") for it in self.parts)

    @property
    def has_chosen_part(self) -> bool:
        return any(it.is_chosen for it in self.parts)


@dataclass(frozen=True)
class LookForGroup:
    """The look-fors of a practice, to choose one of them."""

    practice: str
    look_fors: tuple[LookForView, ...]


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
    # All domains at a glance, where there are several.
    glance: DomainOption | None
    # Where the script rates one look-for and none has been chosen yet.
    look_fors: tuple[LookForGroup, ...]
    scripts: tuple[ScriptOption, ...]
    rungs: tuple[RungOption, ...]
    languages: tuple[LanguageOption, ...]
    is_silent: bool
    is_open: bool


def pack_asked(request) -> str:
    """Which pack: a rubric's key begins with its pack's; before one is chosen an address names the one or the other."""
    key = request.POST.get("domain", "") or request.GET.get("domain", "")
    return known_pack(key.partition("/")[0] or request.GET.get("pack", ""), own_teams(request))


def own_teams(request) -> tuple[str, ...]:
    """The hubs of whoever is signed in: their own frameworks are offered to them alone."""
    return teams_of(viewer_of(request.user))


def known_of_hub(request) -> dict[str, str]:
    """What need not be asked where the way here was one's own hub's page: which team it is, and where."""
    hub = own_team(viewer_of(request.user), request.GET.get("hub", ""))
    return {"teams": hub.name, "time_zone": hub.network.time_zone} if hub is not None else {}


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


def how_long(script: ScriptView) -> str:
    """A script's name with how long it takes, said once: some are called so."""
    if MINUTES.search(script.name):
        return script.name
    return _("{name}, {minutes} minutes").format(name=script.name, minutes=script.minutes)


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
    installed = newest_pack(pack, own_teams(request)).id
    rubrics = {it.key: it for it in list_rubric_keys(installed, language)}
    form = StartForm(request.POST or None, initial=known_of_hub(request), at=request.moment)
    if request.method != "POST":
        return show_page(request, form, rubrics.values(), pack, language)
    scripts = {it.key: it for it in list_scripts(installed, language)}
    if form.is_valid() and form.cleaned_data["domain"] not in rubrics:
        form.add_error("domain", _("Choose a domain."))
    if form.is_valid():
        script = form.cleaned_data["script"] if form.cleaned_data["script"] in scripts else ""
        rates = scripts[script].rates if script else ""
        key = rubric_for_script(installed, rates, form.cleaned_data["domain"])
        key = key or rubric_for_script(installed, rates, form.cleaned_data["look_for"])
        if not key and rubrics[form.cleaned_data["domain"]].reach == GLANCE:
            form.add_error("domain", _("Choose the domain first; then one look-for of it."))
        elif not key:
            form.add_error("look_for", _("Choose the one look-for that you will rate."))
    if form.is_valid():
        fields = form.cleaned_data
        spoken = fields["language"] or language
        with translation.override(spoken):
            title = fields["title"] or (_("Rehearsal") if fields["is_rehearsal"] else _("Our reflection"))
            teams = fields["teams"] or (pretend_teams() if fields["is_rehearsal"] else [])
        begin = partial(start_with_script, script=script) if script else start_session
        if fields["is_rehearsal"]:
            begin = partial(start_rehearsal, script=script)
        try:
            room, key = begin(
                title=title,
                domain=key,
                pack_id=installed,
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
    return show_page(request, form, rubrics.values(), pack, language, status=422)


def domain_option(
    it: DomainChoice, chosen: str, language: str, parts: Iterable[DomainChoice] = ()
) -> DomainOption:
    """One rubric to choose, with how much there is to rate."""
    rubric = rubric_of(it.pack, it.key, language)
    count, practices = len(rubric.look_fors), sum(bool(own) for _title, own in rubric.practices)
    if it.reach == GLANCE:
        words = ngettext("{count} work practice, a row each", "{count} work practices, a row each", count)
    elif it.reach == PRACTICE:
        words = ngettext("{count} look-for", "{count} look-fors", count)
    else:
        words = ngettext("{count} look-for", "{count} look-fors", count) + _(" in {practices} work practices")
    if rubric.status == DRAFT and it.reach != PRACTICE:
        words = _("{words}, our draft").format(words=words)
    return DomainOption(
        key=it.key,
        title=_("All of it, with our drafts") if it.reach == WHOLE else rubric.title,
        words=words.format(count=count, practices=practices),
        is_chosen=it.key == chosen,
        parts=tuple(domain_option(part, chosen, language) for part in parts),
    )


def look_for_option(it: DomainChoice, language: str) -> DomainOption:
    """One look-for alone, chosen on a page that is about it."""
    rubric = rubric_of(it.pack, it.key, language)
    (look_for,) = rubric.look_fors
    words = _("Only this look-for, of “{practice}”").format(practice=look_for.practice)
    return DomainOption(key=it.key, title=look_for.text, words=words, is_chosen=True, parts=())


def domain_options(rubrics: Iterable[DomainChoice], chosen: str, language: str) -> tuple[DomainOption, ...]:
    """Every domain with its parts; a domain with one practice has none. First the one look-for that an address names."""
    rubrics = tuple(rubrics)
    found = [look_for_option(it, language) for it in rubrics if it.key == chosen and it.reach == LOOK_FOR]
    for it in (it for it in rubrics if it.reach == DOMAIN):
        parts = [
            one for one in rubrics if one.reach in (WHOLE, PRACTICE) and one.key.startswith(f"{it.key}/")
        ]
        found.append(domain_option(it, chosen, language, parts if len(parts) > 1 else ()))
    return tuple(found)


def look_for_groups(form: StartForm, installed: str, language: str) -> tuple[LookForGroup, ...]:
    """The look-fors of what was chosen, to choose one of them; asked for only where that is what is missing."""
    key = form["domain"].value() or ""
    if "look_for" not in form.errors or not is_rubric(installed, key):
        return ()
    about = whole_of(installed, key)
    return tuple(
        LookForGroup(title, own) for title, own in rubric_of(installed, about, language).practices if own
    )


def show_page(request, form: StartForm, rubrics, pack: str, language: str, status: int = 200):
    """The page, with what was chosen still chosen."""
    rubrics, packs = tuple(rubrics), list_packs(language, own_teams(request))
    installed, known = rubrics[0].pack, {it.key for it in rubrics}
    asked = form["domain"].value() or request.GET.get("domain", "")
    domain = asked if asked in known else rubrics[0].key
    rung = form["rung"].value() or "initials"
    is_open = bool(form["is_open_board"].value())
    scripts = list_scripts(installed, language)
    # The whole session, unless something else was chosen before the form came back, or an address names another.
    named = next((it.key for it in scripts if it.key == request.GET.get("script")), "")
    first = named or (scripts[0].key if scripts else "")
    script = (form["script"].value() or "") if form.is_bound else first
    glance = next((it for it in rubrics if it.reach == GLANCE), None)

    return show(
        request,
        "facilitation/start.html",
        status=status,
        once=(form["once"].value() if "once" not in form.errors else "") or secrets.token_hex(16),
        page=StartPage(
            form=form,
            pack=next((it.name for it in packs if it.key == pack), ""),
            packs=tuple(it for it in packs if it.key != pack),
            domains=domain_options(rubrics, domain, language),
            glance=domain_option(glance, domain, language) if glance else None,
            look_fors=look_for_groups(form, installed, language),
            scripts=(
                *(
                    ScriptOption(
                        it.key,
                        how_long(it),
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
