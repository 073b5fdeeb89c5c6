"""One's own account: what one is called, and where one is signed in."""

import functools
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponseRedirect

from hubcraft.apps.people import actions, policy, queries
from hubcraft.apps.people.forms import AccountForm, FirstRunForm
from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import page, show
from hubcraft.web.pages.language import keep_language
from hubcraft.web.writer import writes

SIGN_IN = "/sign-in/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Language:
    """A language one may read."""

    code: str
    name: str
    is_chosen: bool


def signed_in(*, policy=policy.can_have_account_page, methods=("GET",)):
    """A page of somebody with an account; whoever is not signed in is asked to, and comes back here.

    Pages that are not about the account itself ask some of them for more (`networks.middleware`).
    """

    def declare(view):
        @page(policy=policy, methods=methods)
        @functools.wraps(view)
        def visited(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return HttpResponseRedirect(f"{SIGN_IN}?next={quote(request.path)}")
            return view(request, *args, **kwargs)

        visited.is_for_people = True
        return visited

    return declare


@signed_in(methods=("GET", "POST"))
def account(request):
    """What one is called, and which language one reads."""
    person = request.user
    kept = {"name": person.name, "initials": person.initials, "language": person.language}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.change_person(person=person, at=request.moment, **form.cleaned_data)
        return keep_language(request, HttpResponseRedirect("/account/"), form.cleaned_data["language"])
    chosen = form["language"].value()
    return show(
        request,
        "people/account.html",
        status=422 if form.is_bound else 200,
        form=form,
        person=person,
        steps=queries.second_step_view(person),
        tokens=queries.list_tokens(person, request.moment),
        devices=queries.list_devices(person, request.session.session_key, request.moment),
        languages=[Language(code, name, code == chosen) for code, name in settings.LANGUAGES],
    )


@signed_in(methods=("POST",))
def sign_out_everywhere(request):
    """Every session of this person ends, this one too."""
    actions.end_sessions(person=request.user, at=request.moment)
    logout(request)
    return HttpResponseRedirect("/")


@signed_in(methods=("POST",))
def sign_out_device(request, handle: str):
    """One device is signed out from afar."""
    actions.end_session(person=request.user, handle=handle, at=request.moment)
    return HttpResponseRedirect("/account/")


@page(policy=None, methods=["GET", "POST"])
def welcome(request, key: str):
    """A link that lets in once. Looking at it uses nothing up, so that scanners of mail can't."""
    held = queries.find_key(key, request.moment)
    if held is None or (held.person is None and queries.has_administrator()):
        raise NotThere
    form = FirstRunForm(request.POST if request.method == "POST" and held.person is None else None)
    if request.method == "POST" and (held.person is not None or form.is_valid()):
        let_in(request, key, **(form.cleaned_data if form.is_bound else {"email": "", "name": ""}))
        return HttpResponseRedirect("/home/" if held.person else "/administration/")
    return show(
        request, "people/welcome.html", status=422 if form.is_bound else 200, form=form, person=held.person
    )


@writes
def let_in(request, key: str, *, email: str, name: str) -> None:
    """Use the key up and sign the person in, both or neither."""
    person = actions.use_key(
        key=key, email=email, name=name, language=request.LANGUAGE_CODE, at=request.moment
    )
    login(request, person, backend=BACKEND)
