"""Whoever leads a place invites people to it; whoever was invited says yes."""

import secrets

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponseRedirect

from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.pages.account import BACKEND, signed_in
from hubcraft.apps.people.queries import find_person
from hubcraft.apps.roles import policy
from hubcraft.apps.roles.actions import invitations as actions
from hubcraft.apps.roles.actions import roles
from hubcraft.apps.roles.forms import InviteForm, NameForm
from hubcraft.apps.roles.pages.administration import choices_of, typed
from hubcraft.apps.roles.queries import invitations as queries
from hubcraft.apps.roles.queries import places
from hubcraft.web.page import page, show
from hubcraft.web.writer import writes

LEAVE = "/home/"


@signed_in(policy=policy.can_give_role, methods=("GET", "POST"))
def to_initiative(request, initiative_id: str):
    """People of an initiative."""
    return invite(request, places.get_initiative(initiative_id))


@signed_in(policy=policy.can_give_role, methods=("GET", "POST"))
def to_network(request, network_id: str):
    """People of a network as a whole."""
    return invite(request, places.get_network(network_id))


@signed_in(policy=policy.can_give_role, methods=("GET", "POST"))
def to_team(request, network_id: str, team_id: str):
    """People of a team."""
    return invite(request, places.get_team(network_id, team_id))


def invite(request, place):
    """The people of a place; what is sent is first shown as it would be done, then done."""
    viewer = viewer_of(request.user)
    queries.get_led(viewer, place)
    given = policy.roles_to_give(viewer, places.place_of(place))
    form = InviteForm(typed(request), roles=given, initial={"once": secrets.token_hex(16)})
    people, wrong = (), ()
    if form.is_valid():
        people, wrong = queries.read_list(form.cleaned_data["people"], place, form.cleaned_data["role"])
        for fault in wrong:
            form.add_error("people", fault)
    shown = queries.people_page(viewer, place, request.moment)
    if not form.is_valid() or "change" in request.POST:
        status = 422 if form.errors else 200
        context = {"page": shown, "form": form, "choices": choices_of(form, "role")}
        return show(request, "roles/invite.html", status=status, **context)
    role, once = form.cleaned_data["role"], form.cleaned_data["once"]
    if "send" not in request.POST:
        again = queries.list_again(people, place, role, request.moment)
        context = {"page": shown, "form": form, "people": people, "again": again}
        chosen = next(it.label for it in given if it == role)
        return show(request, "roles/invite_preview.html", role=chosen, **context)
    address = settings.HUBCRAFT_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    actions.invite(
        by=viewer, to=place, role=role, people=people, once=once, address=address, at=request.moment
    )
    return HttpResponseRedirect(shown.address)


@signed_in(policy=policy.can_give_role, methods=("POST",))
def take_back(request, invitation_id: str):
    """An invitation that nobody has accepted yet is none any more."""
    one = actions.take_back(by=viewer_of(request.user), invitation_id=invitation_id, at=request.moment)
    return HttpResponseRedirect(queries.address_of(one.place))


@signed_in(policy=policy.can_take_role, methods=("POST",))
def end_role(request, membership_id: str):
    """Whoever leads takes a role away; everybody may end their own."""
    viewer = viewer_of(request.user)
    held = roles.take_role(by=viewer, membership_id=membership_id, at=request.moment)
    if held.person_id == viewer.person:
        return HttpResponseRedirect(LEAVE)
    return HttpResponseRedirect(queries.address_of(held.team or held.network or held.initiative))


@page(policy=None, methods=("GET", "POST"))
def invitation(request, key: str):
    """What an invitation’s link opens. Looking at it uses nothing up, so that scanners of mail can’t."""
    one = queries.find_invitation(key, request.moment)
    if one is None:
        return show(request, "roles/invitation_over.html", status=404)
    there = find_person(one.email)
    form = NameForm(typed(request), initial={"name": one.name})
    if request.method == "POST" and (there or form.is_valid()):
        name = "" if there else form.cleaned_data["name"]
        return HttpResponseRedirect(let_in(request, key, name))
    status = 422 if form.is_bound else 200
    return show(request, "roles/invitation.html", status=status, one=one, form=form, person=there)


@writes
def let_in(request, key: str, name: str) -> str:
    """Accept, and where one goes then. A new account’s holder is signed in: the link came to their mailbox.

    A link that was passed on opens nobody’s old account: its holder signs in as always.
    """
    person, had_account = actions.accept(
        key=key, name=name, language=request.LANGUAGE_CODE, at=request.moment
    )
    if not had_account:
        login(request, person, backend=BACKEND)
    return "/home/" if request.user == person else "/sign-in/?next=/home/"
