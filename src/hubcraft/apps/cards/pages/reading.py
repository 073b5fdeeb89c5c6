"""A card for everybody who may read it, and trying it."""

from django.http import HttpResponseRedirect

from hubcraft.apps.cards import policy
from hubcraft.apps.cards.actions import trying
from hubcraft.apps.cards.forms import NAME, STORY, TellForm, TryForm
from hubcraft.apps.cards.pages.doors import show_form
from hubcraft.apps.cards.queries import reading, tries
from hubcraft.apps.cards.queries.sight import get_card, hubs_to_try
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub, hub_address
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.apps.lifecycle.pages.doors import today_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.days import day_at
from hubcraft.domain.ids import new_id
from hubcraft.domain.verdict import NotThere, Refused
from hubcraft.web.page import show


@members(policy=policy.can_find)
def card(request, viewer: Viewer, card_id: str):
    """One card, of whichever hub."""
    return show(request, "cards/read.html", page=reading.card_page(viewer, card_id, request.moment))


@members(policy=policy.can_find)
def versions(request, viewer: Viewer, card_id: str):
    """What it said, as far as this person may read."""
    page = reading.versions_page(viewer, get_card(viewer, card_id), request.moment)
    return show(request, "cards/versions.html", page=page)


@members(policy=policy.can_try, methods=("GET", "POST"))
def try_it(request, viewer: Viewer, card_id: str):
    """A hub of theirs tries it."""
    kept = get_card(viewer, card_id)
    hubs = hubs_to_try(viewer, kept)
    if not hubs:
        raise NotThere
    if request.method != "POST":
        today = day_at(request.moment, hubs[0].network.time_zone)
        first = {"once": new_id(), "began_on": today, "hub": hubs[0].id if len(hubs) == 1 else ""}
        return show_trying(request, viewer, kept, hubs, TryForm(initial=first, today=today))
    chosen = next((it for it in hubs if it.id == request.POST.get("hub")), None)
    form = TryForm(request.POST, today=today_of(request, chosen or hubs[0]))
    if not form.is_valid():
        return show_trying(request, viewer, kept, hubs, form)
    if chosen is None:
        form.add_error("hub", form.fields["hub"].error_messages["required"])
        return show_trying(request, viewer, kept, hubs, form)
    sent = {name: value for name, value in form.cleaned_data.items() if name != "hub"}
    try:
        trying.try_card(by=viewer, hub=chosen, card_id=card_id, at=request.moment, **sent)
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_trying(request, viewer, kept, hubs, form)
    return HttpResponseRedirect(f"{hub_address(chosen)}playbook/tries/")


def show_trying(request, viewer: Viewer, kept, hubs, form):
    """The form to begin with."""
    return show(
        request,
        "cards/try.html",
        status=422 if form.is_bound else 200,
        page=reading.page_of(viewer, kept, request.moment),
        form=form,
        hubs=[(it.id, tries.named(it)) for it in hubs],
        who_can_see=policy.who_reads_a_try(),
    )


@members(policy=policy.can_read)
def tried(request, viewer: Viewer, network_id: str, hub_id: str):
    """What a hub tries."""
    hub = get_hub(viewer, network_id, hub_id)
    return show(request, "cards/tries.html", page=tries.tries_page(viewer, hub))


@members(policy=policy.can_try, methods=("GET", "POST"))
def tell(request, viewer: Viewer, network_id: str, hub_id: str, try_id: str):
    """What happened, and who reads that."""
    hub = get_hub(viewer, network_id, hub_id)
    row = tries.get_try(viewer, hub, try_id)
    if request.method != "POST":
        shows = (NAME if row.is_named else STORY if row.is_shown else "count") if row.told_at else ""
        first = {name: getattr(row, name) for name in ("came_of", "happened", "what_changed")}
        first |= {"was": tries.was_of_try(viewer, hub, row), "shows": shows}
        return show_telling(request, viewer, hub, row, TellForm(initial=first))
    form = TellForm(request.POST)
    if not form.is_valid():
        return show_telling(request, viewer, hub, row, form)
    sent = dict(form.cleaned_data)
    shows = sent.pop("shows")
    sent |= {"is_shown": shows in (STORY, NAME), "is_named": shows == NAME}
    try:
        trying.tell(by=viewer, hub=hub, try_id=try_id, at=request.moment, **sent)
    except Stale as stale:
        meanwhile = {it: getattr(stale.row, it) for it in ("happened", "what_changed")} if stale.row else {}
        form.begin_again(stale.verdict.sentence, stale.now, meanwhile)
        return show_telling(request, viewer, hub, tries.get_try(viewer, hub, try_id), form, status=409)
    return HttpResponseRedirect(f"{hub_address(hub)}playbook/tries/")


def show_telling(request, viewer: Viewer, hub, row, form, *, status: int = 0):
    """The form, beside what is tried."""
    more = {"it": tries.try_view(viewer, row), "who_reads": tries.who_would_read(row)}
    return show_form(request, "tell", hub, form, status=status, **more)
