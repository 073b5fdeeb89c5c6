"""What a hub's people do with one card: who reads it, still so, retired, whom to ask, taken away."""

from django.http import HttpResponseRedirect

from hubcraft.apps.cards import policy
from hubcraft.apps.cards.actions import keeping, opening
from hubcraft.apps.cards.forms import ContactForm, ReachForm, RetireForm, ReviewCardForm
from hubcraft.apps.cards.pages.doors import show_form, was
from hubcraft.apps.cards.pages.playbook import show_card
from hubcraft.apps.cards.queries import playbook as queries
from hubcraft.apps.cards.queries import reading
from hubcraft.apps.insights.pages.members import members
from hubcraft.apps.insights.queries.hubs import get_hub, hub_address
from hubcraft.apps.lifecycle.actions.keeping import Stale
from hubcraft.apps.lifecycle.pages.doors import today_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.verdict import Refused, insist
from hubcraft.web.page import show


@members(policy=policy.can_open, methods=("GET", "POST"))
def reach(request, viewer: Viewer, network_id: str, hub_id: str, card_id: str):
    """Who reads it from now on, said in words before it is pressed."""
    hub = get_hub(viewer, network_id, hub_id)
    kept = queries.get_own(viewer, hub, card_id)
    insist(policy.can_open(viewer, hub.id))
    if request.method != "POST":
        (view,) = reading.card_views(viewer, [kept], request.moment, is_own=True)
        return show_reach(request, viewer, hub, kept, ReachForm(initial={**was(kept), "reach": view.reach}))
    form = ReachForm(request.POST)
    if not form.is_valid():
        return show_reach(request, viewer, hub, kept, form)
    try:
        opening.open_card(by=viewer, hub=hub, card_id=card_id, at=request.moment, **form.cleaned_data)
    except Stale as stale:
        form.begin_again(stale.verdict.sentence, stale.now, {})
        return show_reach(request, viewer, hub, queries.get_own(viewer, hub, card_id), form, status=409)
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_reach(request, viewer, hub, kept, form)
    return back(hub, card_id)


def show_reach(request, viewer: Viewer, hub, kept, form, *, status: int = 0):
    """The card as it stands, and who may read it."""
    (view,) = reading.card_views(viewer, [kept], request.moment, is_own=True)
    choices = reading.scopes_to_choose(hub, kept)
    return show_form(request, "reach", hub, form, status=status, card=view, choices=choices)


def back(hub, card_id: str):
    """To the card."""
    return HttpResponseRedirect(f"{hub_address(hub)}playbook/{card_id}/")


@members(policy=policy.can_write, methods=("POST",))
def review(request, viewer: Viewer, network_id: str, hub_id: str, card_id: str):
    """Still so."""
    hub = get_hub(viewer, network_id, hub_id)
    kept = queries.get_own(viewer, hub, card_id)
    form = ReviewCardForm(request.POST, today=today_of(request, hub))
    if not form.is_valid():
        return show_card(request, viewer, hub, kept, status=422, reviewing=form)
    try:
        keeping.still_so(by=viewer, hub=hub, card_id=card_id, at=request.moment, **form.cleaned_data)
    except Stale as stale:
        form.begin_again(stale.verdict.sentence, stale.now, {})
        return show_card(request, viewer, hub, kept, status=409, reviewing=form)
    return back(hub, card_id)


@members(policy=policy.can_write, methods=("POST",))
def retire(request, viewer: Viewer, network_id: str, hub_id: str, card_id: str):
    """It is used no more, and why; or it is used again."""
    hub = get_hub(viewer, network_id, hub_id)
    kept = queries.get_own(viewer, hub, card_id)
    if request.POST.get("do") == "back":
        keeping.bring_back(by=viewer, hub=hub, card_id=card_id, at=request.moment)
        return back(hub, card_id)
    form = RetireForm(request.POST, prefix="retire")
    if not form.is_valid():
        return show_card(request, viewer, hub, kept, status=422, retiring=form)
    try:
        keeping.retire(by=viewer, hub=hub, card_id=card_id, at=request.moment, **form.cleaned_data)
    except Stale as stale:
        form.begin_again(stale.verdict.sentence, stale.now, {})
        return show_card(request, viewer, hub, kept, status=409, retiring=form)
    return back(hub, card_id)


@members(policy=policy.can_write, methods=("POST",))
def contact(request, viewer: Viewer, network_id: str, hub_id: str, card_id: str):
    """Somebody is proposed, agrees, or is asked no more."""
    hub = get_hub(viewer, network_id, hub_id)
    kept = queries.get_own(viewer, hub, card_id)
    do, more = (
        request.POST.get("do", ""),
        {"by": viewer, "hub": hub, "card_id": card_id, "at": request.moment},
    )
    if do in ("agree", "nobody"):
        (keeping.agree if do == "agree" else keeping.ask_nobody)(**more)
        return back(hub, card_id)
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            keeping.propose_contact(person=form.cleaned_data["person"], **more)
        except Refused as refused:
            form.add_error("person", refused.verdict.sentence)
        else:
            return back(hub, card_id)
    return show_card(request, viewer, hub, kept, status=422, asking=form)


@members(policy=policy.can_read)
def taken(request, viewer: Viewer, network_id: str, hub_id: str):
    """What can still be put back."""
    hub = get_hub(viewer, network_id, hub_id)
    return show(request, "cards/taken.html", page=queries.taken_page(viewer, hub, request.moment))


@members(policy=policy.can_write, methods=("POST",))
def take_away(request, viewer: Viewer, network_id: str, hub_id: str, kept: str, kept_id: str):
    """It stands nowhere any more; the answer is where it can be put back."""
    hub = get_hub(viewer, network_id, hub_id)
    keeping.take_away(by=viewer, hub=hub, kind=kept, row_id=kept_id, at=request.moment)
    return HttpResponseRedirect(f"{hub_address(hub)}playbook/taken-away/")


@members(policy=policy.can_write, methods=("POST",))
def put_back(request, viewer: Viewer, network_id: str, hub_id: str, kept: str, kept_id: str):
    """As if it had never been away."""
    hub = get_hub(viewer, network_id, hub_id)
    keeping.put_back(by=viewer, hub=hub, kind=kept, row_id=kept_id, at=request.moment)
    return HttpResponseRedirect(f"{hub_address(hub)}playbook/taken-away/")
