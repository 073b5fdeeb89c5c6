"""A hub's own framework: taken over, changed line by line, made a version of, taken along as a file."""

import secrets

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks import policy
from hubcraft.apps.frameworks.actions import own as actions
from hubcraft.apps.frameworks.forms import BringForm, OnceForm, WordsForm
from hubcraft.apps.frameworks.queries import FIRST, list_packs, newest_pack, pack_of
from hubcraft.apps.frameworks.queries import own as queries
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries import hubs
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.content import PackError, adapting
from hubcraft.content.text import OWN
from hubcraft.domain.verdict import NotThere, Refused
from hubcraft.web.page import show

LINE_CHANGES = (adapting.UP, adapting.DOWN, adapting.HIDE, adapting.SHOW, adapting.PUT_BACK)


@members(policy=policy.can_see_own, methods=("GET", "POST"))
def own_framework(request, viewer: Viewer, network_id: str, hub_id: str):
    """What the hub works on and its versions; where there is nothing yet, what can be taken over."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    form = name_form(request, here) if request.method == "POST" else name_form(None, here)
    if request.method == "POST":
        leading(viewer, here)
        if form.is_valid():
            try:
                actions.begin(
                    by=viewer,
                    hub=here,
                    pack=request.POST.get("pack", ""),
                    words=form.cleaned_data["words"],
                    once=form.cleaned_data["once"],
                    at=request.moment,
                )
            except Refused as refused:
                form.add_error(None, refused.verdict.sentence)
            else:
                return HttpResponseRedirect(request.path)
    own = queries.find_own(here)
    return show(
        request,
        "insights/own/framework.html",
        status=422 if form.errors else 200,
        **shell(viewer, here),
        own=queries.own_view(own) if own else None,
        versions=queries.list_versions(here),
        packs=() if own else list_packs(get_language() or "en", (here.id,)),
        chosen=request.POST.get("pack", "") or FIRST,
        form=form,
        once=secrets.token_hex(16),
    )


@members(policy=policy.can_see_own, methods=("GET", "POST"))
def domain(request, viewer: Viewer, network_id: str, hub_id: str, domain: str):
    """One domain line by line; a press on a button moves, hides or puts back one of them."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    own = queries.get_own(here)
    if request.method == "POST":
        leading(viewer, here)
        line = queries.get_line(own, request.POST.get("line", ""))
        do, once = request.POST.get("do", ""), OnceForm(request.POST)
        if do not in LINE_CHANGES or not once.is_valid():
            raise NotThere
        within = line.key.partition("/")[2]
        change = {"id": once.cleaned_data["once"], "kind": do, "key": line.key}
        try:
            actions.change(by=viewer, hub=here, change=change, at=request.moment)
        except Refused as refused:
            return show_domain(request, viewer, here, domain, why_not=refused.verdict.sentence)
        if line.kind == adapting.DOMAIN and do != adapting.PUT_BACK:
            return HttpResponseRedirect(f"{address(here)}#{domain}")
        return HttpResponseRedirect(f"{request.path}#{within.replace('/', '-')}")
    return show_domain(request, viewer, here, domain)


def show_domain(request, viewer: Viewer, here, domain: str, why_not: str = ""):
    """The page of one domain."""
    own = queries.own_view(queries.get_own(here))
    found = next((it for it in own.domains if it.short == domain), None)
    if found is None:
        raise NotThere
    return show(
        request,
        "insights/own/domain.html",
        status=409 if why_not else 200,
        **shell(viewer, here),
        own=own,
        domain=found,
        is_our_translation=(get_language() or "en").partition("-")[0]
        in queries.our_translations(queries.get_own(here)),
        why_not=why_not,
        once=secrets.token_hex(16),
    )


@members(policy=policy.can_adapt, methods=("GET", "POST"))
def words(request, viewer: Viewer, network_id: str, hub_id: str, line: str):
    """Other words for one line."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    leading(viewer, here)
    own = queries.get_own(here)
    there = queries.get_line(own, line)
    was = queries.original(own.base, there.key)
    # Words of the authors that are not written anew are not said beside the hub's: the two would differ.
    speaks = queries.read_in(there.words, get_language() or "en", own.base["languages"][0])[1]
    now = there.words if there.status == OWN else {speaks: there.words.get(speaks, "")}
    form = words_form(request, own, now, there.kind)
    if request.method == "POST" and form.is_valid():
        change = {
            "id": form.cleaned_data["once"],
            "kind": adapting.REWORD,
            "key": there.key,
            "words": form.cleaned_data["words"],
        }
        if attempt(viewer, here, form, change, request.moment):
            return HttpResponseRedirect(f"{address_of_line(here, line)}#{line.replace('/', '-')}")
    return show_form(
        request,
        viewer,
        here,
        "insights/own/words.html",
        form,
        kind=there.kind,
        back=f"{address_of_line(here, line)}#{line.replace('/', '-')}",
        was=[(it, name_of(it), said) for it, said in (was.words if was else {}).items()],
        was_status=was.status if was else "",
        ours=queries.our_translations(own),
    )


@members(policy=policy.can_adapt, methods=("GET", "POST"))
def add(request, viewer: Viewer, network_id: str, hub_id: str, line: str):
    """One more practice in a domain, or look-for in a practice."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    leading(viewer, here)
    own = queries.get_own(here)
    into = queries.get_line(own, line)
    if into.kind == adapting.LOOK_FOR:
        raise NotThere
    what = adapting.PRACTICE if into.kind == adapting.DOMAIN else adapting.LOOK_FOR
    form = words_form(request, own, {}, what)
    if request.method == "POST" and form.is_valid():
        # Its key follows from the number of the form, so that a second press makes no second one.
        name = f"own-{form.cleaned_data['once'][:8]}"
        change = {
            "id": form.cleaned_data["once"],
            "kind": adapting.ADD,
            "key": into.key,
            "name": name,
            "words": form.cleaned_data["words"],
        }
        if attempt(viewer, here, form, change, request.moment):
            return HttpResponseRedirect(f"{address_of_line(here, line)}#{line.replace('/', '-')}-{name}")
    return show_form(
        request,
        viewer,
        here,
        "insights/own/words.html",
        form,
        kind=what,
        is_new=True,
        back=f"{address_of_line(here, line)}#{line.replace('/', '-')}",
    )


@members(policy=policy.can_adapt, methods=("GET", "POST"))
def name(request, viewer: Viewer, network_id: str, hub_id: str):
    """What the hub calls it."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    leading(viewer, here)
    own = queries.get_own(here)
    form = words_form(request, own, queries.content_of(own)["name"], "name")
    if request.method == "POST" and form.is_valid():
        change = {
            "id": form.cleaned_data["once"],
            "kind": adapting.RENAME,
            "key": "",
            "words": form.cleaned_data["words"],
        }
        if attempt(viewer, here, form, change, request.moment):
            return HttpResponseRedirect(address(here))
    return show_form(request, viewer, here, "insights/own/words.html", form, kind="name", back=address(here))


@members(policy=policy.can_adapt, methods=("POST",))
def undo(request, viewer: Viewer, network_id: str, hub_id: str):
    """The last change is taken back."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    leading(viewer, here)
    actions.undo(by=viewer, hub=here, change_id=request.POST.get("change", ""), at=request.moment)
    where = request.POST.get("domain", "")
    return HttpResponseRedirect(
        f"{address(here)}domains/{where}/" if is_domain(here, where) else address(here)
    )


@members(policy=policy.can_adapt, methods=("GET", "POST"))
def publish(request, viewer: Viewer, network_id: str, hub_id: str):
    """What has changed since the last version is read once more, and becomes a version."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    leading(viewer, here)
    why_not = ""
    if request.method == "POST":
        count = request.POST.get("changes", "")
        try:
            actions.publish(
                by=viewer,
                hub=here,
                same=frozenset(request.POST.getlist("same")),
                changes=int(count) if count.isdecimal() and len(count) < 6 else -1,
                at=request.moment,
            )
        except Refused as refused:
            why_not = refused.verdict.sentence
        else:
            return HttpResponseRedirect(address(here))
    own = queries.get_own(here)
    return show(
        request,
        "insights/own/publish.html",
        status=409 if why_not else 200,
        **shell(viewer, here),
        own=queries.own_view(own),
        changed=queries.list_changed(own),
        why_not=why_not,
    )


@members(policy=policy.can_adapt, methods=("GET", "POST"))
def end(request, viewer: Viewer, network_id: str, hub_id: str):
    """It is put away, after one more page that says what goes and what stays."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    leading(viewer, here)
    if request.method == "POST":
        actions.discard(by=viewer, hub=here, pack=request.POST.get("pack", ""), at=request.moment)
        return HttpResponseRedirect(address(here))
    own = queries.own_view(queries.get_own(here))
    return show(request, "insights/own/end.html", **shell(viewer, here), own=own)


@members(policy=policy.can_adapt, methods=("GET", "POST"))
def bring(request, viewer: Viewer, network_id: str, hub_id: str):
    """A file is chosen and read; what it holds is looked at before it is taken."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    leading(viewer, here)
    form, mistakes = BringForm(), ()
    if request.method == "POST" and "do" in request.POST:
        once = OnceForm(request.POST)
        try:
            if request.POST["do"] == "take" and once.is_valid():
                actions.take_brought(by=viewer, hub=here, once=once.cleaned_data["once"], at=request.moment)
                return HttpResponseRedirect(address(here))
            actions.leave_brought(by=viewer, hub=here)
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            form = BringForm({})
            form.errors.clear()
            form.add_error(None, refused.verdict.sentence)
    elif request.method == "POST":
        form = BringForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                actions.bring(
                    by=viewer, hub=here, brought=form.cleaned_data["file"].read(), at=request.moment
                )
                return HttpResponseRedirect(request.path)
            except PackError as error:
                mistakes = error.mistakes
                form.add_error("file", _("This file can’t be brought in."))
            except Refused as refused:
                form.add_error("file", refused.verdict.sentence)
    return show(
        request,
        "insights/own/bring.html",
        status=422 if form.errors else 200,
        **shell(viewer, here),
        form=form,
        mistakes=mistakes,
        brought=queries.brought_view(here),
        is_busy=queries.find_own(here) is not None,
        once=secrets.token_hex(16),
    )


@members(policy=policy.can_see_own)
def take(request, viewer: Viewer, network_id: str, hub_id: str, installed_id: str):
    """A version as a file."""
    here = hubs.get_hub(viewer, network_id, hub_id)
    file, content = queries.version_file(here, installed_id)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def leading(viewer: Viewer, hub) -> None:
    """Whoever does not lead the hub finds nothing here."""
    if not policy.can_adapt(viewer, hub.id).is_allowed:
        raise NotThere


def address(hub) -> str:
    """Where a hub's own framework is."""
    return f"{hubs.hub_address(hub)}own-framework/"


def address_of_line(hub, line: str) -> str:
    """The page of the domain a line is in."""
    return f"{address(hub)}domains/{line.partition('/')[0]}/"


def is_domain(hub, short: str) -> bool:
    """Whether there is such a domain in what the hub works on."""
    own = queries.find_own(hub)
    return own is not None and short in {it.short for it in queries.own_view(own).domains}


def shell(viewer: Viewer, hub) -> dict:
    """What every one of these pages says around itself."""
    return {
        "page": {"hub": hubs.hub_view(hub)},
        "leads": policy.can_adapt(viewer, hub.id).is_allowed,
        "base": address(hub),
    }


def name_of(language: str) -> str:
    """A language as it calls itself."""
    try:
        return get_language_info(language)["name_local"]
    except KeyError:
        return language


def name_form(request, hub) -> WordsForm:
    """How a hub calls what it takes over: in the languages of that."""
    asked = request.POST.get("pack", "") if request is not None else ""
    known = {it.key for it in list_packs("en", (hub.id,))}
    languages = pack_of(newest_pack(asked if asked in known else FIRST, (hub.id,)).id).languages
    return WordsForm(
        request.POST if request is not None else None,
        languages=languages[:1] if get_language() not in languages else [get_language()],
        now={},
        initial={"once": secrets.token_hex(16)},
    )


def words_form(request, own, now, kind: str) -> WordsForm:
    """A form with a place to write in each language."""
    return WordsForm(
        request.POST if request.method == "POST" else None,
        languages=own.base["languages"],
        now=now,
        may_emphasise=kind == adapting.LOOK_FOR,
        initial={"once": secrets.token_hex(16)},
    )


def attempt(viewer: Viewer, hub, form: WordsForm, change: dict, at) -> bool:
    """Make a change, or say in the form why not."""
    try:
        actions.change(by=viewer, hub=hub, change=change, at=at)
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return False
    return True


def show_form(request, viewer: Viewer, hub, template: str, form: WordsForm, **more):
    """A small form, with what was typed still in it."""
    status = 422 if form.errors else 200
    boxes = [(it, name_of(it), field) for it, field in form.boxes]
    return show(request, template, status=status, **shell(viewer, hub), form=form, boxes=boxes, **more)
