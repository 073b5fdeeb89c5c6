"""A hub's playbook: the list, a card in it, writing and changing one."""

from django.http import HttpResponseRedirect

from hubcraft.apps.cards import policy
from hubcraft.apps.cards.actions import cards as actions
from hubcraft.apps.cards.forms import ChangeCardForm, ContactForm, NewCardForm, RetireForm, ReviewCardForm
from hubcraft.apps.cards.pages.doors import begin_again, show_form, was
from hubcraft.apps.cards.queries import playbook as queries
from hubcraft.apps.cards.queries import reading
from hubcraft.apps.cards.queries.beginning import begin
from hubcraft.apps.cards.queries.look_fors import look_for_choices
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub, hub_address
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.apps.lifecycle.pages.doors import today_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.ids import new_id
from hubcraft.domain.verdict import NotThere, Refused
from hubcraft.web.page import show


@members(policy=policy.can_read)
def playbook(request, viewer: Viewer, network_id: str, hub_id: str):
    """All cards of the hub."""
    hub = get_hub(viewer, network_id, hub_id)
    return show(request, "cards/playbook.html", page=queries.playbook_page(viewer, hub, request.moment))


@members(policy=policy.can_write, methods=("GET", "POST"))
def write(request, viewer: Viewer, network_id: str, hub_id: str):
    """A new card: directly, of a strategy that was named, or of another hub's card."""
    hub = get_hub(viewer, network_id, hub_id)
    if request.method != "POST":
        start = begin(viewer, hub, request.GET)
        form = NewCardForm(initial={**start.first, "once": new_id()})
        return show_writing(request, viewer, hub, form, start)
    form = NewCardForm(request.POST)
    start = begin(viewer, hub, request.POST)
    if not form.is_valid():
        return show_writing(request, viewer, hub, form, start)
    sent = dict(form.cleaned_data)
    more = {it: sent.pop(it) for it in ("once", "look_for", "strategy", "card")}
    sent.pop("was")
    try:
        card = actions.write_card(by=viewer, hub=hub, said=actions.Said(**sent), at=request.moment, **more)
    except NotThere:
        # Of a look-for that no framework has; what they began with was found above.
        form.add_error("look_for", form.fields["look_for"].error_messages["required"])
        return show_writing(request, viewer, hub, form, start)
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_writing(request, viewer, hub, form, start)
    return HttpResponseRedirect(f"{hub_address(hub)}playbook/{card.id}/")


def show_writing(request, viewer: Viewer, hub, form, start):
    """The form for a new card."""
    groups = () if start.look_for else look_for_choices(hub)
    return show_form(
        request,
        "write",
        hub,
        form,
        start=start,
        groups=groups,
        who_can_see=(policy.who_reads("team"), *policy.who_can_see()[1:]),
    )


@members(policy=policy.can_read)
def card(request, viewer: Viewer, network_id: str, hub_id: str, card_id: str):
    """One card of the hub, with what its people do with it."""
    hub = get_hub(viewer, network_id, hub_id)
    return show_card(request, viewer, hub, queries.get_own(viewer, hub, card_id))


def show_card(request, viewer: Viewer, hub, kept, *, status: int = 200, **forms):
    """The page of a card, perhaps with a form on it that came back."""
    today = today_of(request, hub)
    later = today + actions.LOOK_AGAIN
    shown = {
        "reviewing": ReviewCardForm(initial={**was(kept), "review_on": later}, today=today),
        "retiring": RetireForm(initial=was(kept), prefix="retire"),
        "asking": ContactForm(),
    } | forms
    return show(
        request,
        "cards/card.html",
        status=status,
        page=reading.page_of(viewer, kept, request.moment),
        people=queries.people_to_ask(hub),
        **shown,
    )


@members(policy=policy.can_write, methods=("GET", "POST"))
def change(request, viewer: Viewer, network_id: str, hub_id: str, card_id: str):
    """What it says from now on."""
    hub = get_hub(viewer, network_id, hub_id)
    kept = queries.get_own(viewer, hub, card_id)
    now = queries.standing_version(kept)
    if request.method != "POST":
        first = {name: getattr(now, name) for name in now.WRITTEN} | was(kept)
        return show_change(request, viewer, hub, kept, ChangeCardForm(initial=first))
    form = ChangeCardForm(request.POST)
    if not form.is_valid():
        return show_change(request, viewer, hub, kept, form)
    sent = dict(form.cleaned_data)
    more = {it: sent.pop(it) for it in ("was", "changed")}
    try:
        actions.change_card(
            by=viewer, hub=hub, card_id=card_id, said=actions.Said(**sent), at=request.moment, **more
        )
    except Stale as stale:
        begin_again(form, stale)
        kept = queries.get_own(viewer, hub, card_id)
        return show_change(request, viewer, hub, kept, form, status=409, row=stale.row)
    except Refused as refused:
        form.add_error("does", refused.verdict.sentence)
        return show_change(request, viewer, hub, kept, form)
    return HttpResponseRedirect(f"{hub_address(hub)}playbook/{card_id}/")


def show_change(request, viewer: Viewer, hub, kept, form, *, status: int = 0, row=None):
    """The form with what stands; where somebody changed it meanwhile, their version beside it."""
    (view,) = reading.card_views(viewer, [kept], request.moment, is_own=True)
    return show_form(
        request,
        "change",
        hub,
        form,
        status=status,
        card=view,
        meanwhile=row is not None,
        who_can_see=(policy.who_reads(view.reach),),
    )


@members(policy=policy.can_read)
def versions(request, viewer: Viewer, network_id: str, hub_id: str, card_id: str):
    """Everything it said, version by version."""
    hub = get_hub(viewer, network_id, hub_id)
    page = reading.versions_page(viewer, queries.get_own(viewer, hub, card_id), request.moment)
    return show(request, "cards/versions.html", page=page)
