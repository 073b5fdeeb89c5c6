"""A hub's leader hands it over: who leads, what becomes of oneself, and all of it in words before it is done."""

import secrets

from django.conf import settings
from django.http import HttpResponseRedirect

from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.pages.account import signed_in
from hubcraft.apps.people.queries import clean_address
from hubcraft.apps.roles import policy
from hubcraft.apps.roles.actions.handing_over import hand_over as hand_to
from hubcraft.apps.roles.actions.invitations import ask_to_take_over
from hubcraft.apps.roles.forms import HandOverForm
from hubcraft.apps.roles.pages.administration import typed
from hubcraft.apps.roles.queries import leading, places
from hubcraft.apps.roles.queries.invitations import Invited
from hubcraft.web.page import show


@signed_in(policy=policy.can_hand_over, methods=("GET", "POST"))
def hand_over(request, network_id: str, team_id: str):
    """Chosen, read once more in words, done."""
    viewer = viewer_of(request.user)
    hub = leading.get_my_hub(viewer, places.get_team(network_id, team_id))
    page = leading.hand_over_page(viewer, hub, request.moment)
    more = {"people": page.people, "own": request.user.email, "initial": {"once": secrets.token_hex(16)}}
    form = HandOverForm(typed(request), **more)
    if not form.is_valid() or "change" in request.POST:
        return choose(request, page, form)
    to, then = form.cleaned_data["to"], form.cleaned_data["then"]
    if "sure" not in request.POST:
        chosen = next((it for it in page.people if it.id == to), None)
        return show(request, "roles/hand_over_preview.html", page=page, form=form, chosen=chosen)
    if form.is_by_mail:
        ask_to_take_over(
            by=viewer,
            hub=hub,
            who=Invited(clean_address(form.cleaned_data["email"]), form.cleaned_data["name"]),
            then=then,
            once=form.cleaned_data["once"],
            address=settings.HUBCRAFT_ADDRESS or request.build_absolute_uri("/").rstrip("/"),
            at=request.moment,
        )
        return HttpResponseRedirect(request.path)
    hand_to(by=viewer, hub=hub, to=to, stays=then == "stays", at=request.moment)
    if then == "stays":
        return HttpResponseRedirect(page.address)
    return show(request, "roles/handed_over.html", page=page)


def choose(request, page: leading.HandOverPage, form: HandOverForm):
    """The form, with what was chosen still chosen."""
    to, then = form["to"].value(), form["then"].value()
    return show(
        request,
        "roles/hand_over.html",
        status=422 if form.errors else 200,
        page=page,
        form=form,
        people=[(it, it.id == to) for it in page.people],
        is_by_mail=to == form.SOMEBODY_ELSE,
        stays=then == "stays",
        leaves=then == "leaves",
    )
