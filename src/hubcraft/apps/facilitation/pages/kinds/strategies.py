"""The step at which people name strategies, and the pages on which one of them is written."""

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from hubcraft.apps.facilitation.actions import heard
from hubcraft.apps.facilitation.pages.written import part_of
from hubcraft.apps.facilitation.queries.runs import run_of
from hubcraft.apps.facilitation.queries.steps import step_page
from hubcraft.apps.facilitation.queries.writing import own_strategy, strategies_page, write_strategy_page
from hubcraft.apps.playbook import actions, policy
from hubcraft.apps.playbook.forms import NewStrategyForm, StrategyForm
from hubcraft.apps.reflections.pages.way import (
    address_now,
    elsewhere,
    participants,
    parts_of,
    place_of_key,
)
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.rooms import topics
from hubcraft.domain.verdict import Refused, insist
from hubcraft.web.page import show


def show_step(request, place: Place, run, step):
    """Choose a look-for where one said that the team is good; read what one's team uses."""
    page = strategies_page(place, step_page(place, run, step, request.moment))
    region = part_of(place, topics.STRATEGIES)
    return show(request, "facilitation/steps/strategies.html", page=page, strategies_region=region)


@participants(policy=policy.can_name_strategy, methods=["GET", "POST"], is_errand=True, is_for_its_seat=True)
def name(request, place: Place, number: int):
    """Write a strategy for one look-for. Whoever is writing is not carried off when the room moves on."""
    if request.method != "POST" and not may_write(place):
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    if request.method != "POST":
        return show_form(request, place, number, NewStrategyForm(initial={"once": new_once()}))
    insist_let_in(place)
    page = page_of(request, place, number)
    form = NewStrategyForm({**request.POST.dict(), "look_for": page.look_for.key})
    if not form.is_valid():
        return show_form(request, place, number, form, status=422)
    fields = form.cleaned_data
    try:
        actions.name_strategy(by=place.viewer, seat_id=speaker(request, place), at=request.moment, **fields)
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_form(request, place, number, form, status=409, is_anew=True)
    return on(request, place, fields["once"])


@participants(
    policy=policy.can_change_strategy, methods=["GET", "POST"], is_errand=True, is_for_its_seat=True
)
def change(request, place: Place, strategy_id: str):
    """Say one's own strategy otherwise."""
    mine = own_strategy(place, strategy_id)
    if request.method != "POST" and not may_write(place):
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    number = mine.look_for.number
    form = StrategyForm(request.POST or None, initial={"words": mine.words, "how_we_know": mine.how_we_know})
    if request.method != "POST":
        return show_form(request, place, number, form, strategy=mine)
    if not form.is_valid():
        return show_form(request, place, number, form, strategy=mine, status=422)
    try:
        actions.change_strategy(
            by=place.viewer,
            seat_id=speaker(request, place),
            strategy_id=strategy_id,
            at=request.moment,
            **form.cleaned_data,
        )
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return show_form(request, place, number, form, strategy=mine, status=409)
    return on(request, place, request.POST.get("once", ""))


@participants(policy=policy.can_change_strategy, methods=["POST"], is_for_its_seat=True)
def take_back(request, place: Place, strategy_id: str):
    """Take one's own strategy back."""
    heard.take_back_strategy(
        by=place.viewer, seat_id=speaker(request, place), strategy_id=strategy_id, at=request.moment
    )
    return on(request, place, "")


def show_form(
    request, place: Place, number: int, form, *, strategy=None, status: int = 200, is_anew: bool = False
) -> HttpResponse:
    """The page with what was typed still in it; under a number of its own once the old one was refused."""
    belongs_to(request, place, "strategies")
    page = page_of(request, place, number, strategy)
    once = number_of(form, is_anew=is_anew)
    return show(request, "facilitation/write_strategy.html", page=page, form=form, once=once, status=status)


def page_of(request, place: Place, number: int, strategy=None):
    """The page of one look-for; where there is no script, it asks in the deck's words all the same."""
    prompts = (_("Share a strategy you use."), _("How do you know?"))
    return write_strategy_page(place, number, strategy, back_of(request), prompts)


# -- what all pages on which people write share ------------------------------------------------------------


def insist_let_in(place: Place) -> None:
    """A form that was refused says who sees what the team writes: nothing for somebody who still waits."""
    if place.seat.is_waiting:
        insist(policy.can_write(place.viewer, place.seat, place.room))


def new_once() -> str:
    """A number for a form: sent twice, it takes effect once."""
    return secrets.token_hex(16)


def number_of(form, *, is_anew: bool = False) -> str:
    """The number a form is sent under: the one it had, or a fresh one where it has none that can be used."""
    is_good = "once" in form.fields and "once" not in form.errors and not is_anew
    return form["once"].value() if is_good else new_once()


def may_write(place: Place) -> bool:
    """Whether this is a moment for writing at all; otherwise one is sent where everybody is."""
    return policy.can_write(place.viewer, place.seat, place.room).is_allowed


def belongs_to(request: HttpRequest, place: Place, kind: str) -> None:
    """Nobody is told that the room has gone on who writes what its step asks for."""
    run = run_of(place.session)
    if run is not None and run.step.kind == kind:
        request.is_apart = False


def speaker(request: HttpRequest, place: Place) -> str:
    """The seat for which a form speaks: the one it was opened in, also where the device has been handed on since."""
    return place_of_key(place.viewer, request.POST.get("seat", ""))


def back_of(request: HttpRequest) -> str:
    """Whether one came from the page one keeps, and goes back there."""
    back = request.POST.get("back") or request.GET.get("back", "")
    return back if back == "team-page" else ""


def way_back(request: HttpRequest, place: Place) -> str:
    """Where one goes after writing: to the page one came from, to where everybody is, or to what one keeps."""
    if back_of(request) or not (place.stop or place.room.is_in_lobby):
        return f"/r/{place.room.id}/team-page/"
    return address_now(place)


def on(request: HttpRequest, place: Place, once: str) -> HttpResponseRedirect:
    """Go on; the form's number in the address tells the browser that it need not keep its draft any longer."""
    kept = f"?kept={once}" if once.isalnum() and once.isascii() else ""
    return HttpResponseRedirect(f"{way_back(request, place)}{kept}")
