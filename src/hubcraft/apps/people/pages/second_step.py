"""Passkeys, an app that makes codes, recovery codes: setting them up, showing them on the way in, taking them away."""

import json

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic.edit import FormView

from hubcraft.apps.people import actions, queries
from hubcraft.apps.people.forms import CodeAgainForm, PasskeyAgainForm
from hubcraft.apps.people.pages.account import signed_in
from hubcraft.apps.people.pages.sign_in import Refusing, kept
from hubcraft.domain.verdict import NotThere
from hubcraft.web.page import page, show
from hubcraft.web.pages.language import keep_language

HERE = "/account/#second-step"


def has_shown(request) -> bool:
    """Whether whoever is signed in has shown more, on this device, than that they read their mail."""
    return any(it.get("method") == "mfa" for it in get_authentication_records(request, request.user))


def keep(request, did: str) -> None:
    """A change is in the trail and told by mail; who has just made it need not show themselves once more."""
    actions.note_second_step(person=request.user, did=did, at=request.moment)
    record_authentication(request, request.user, "mfa", reauthenticated=True)


class Showing:
    """A page on which somebody shows who they are: what a passkey is asked, and what else they have."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        person = self.request.user if self.request.user.is_authenticated else self.stage.login.user
        context["has"] = queries.second_step_view(person)
        context["options"] = json.dumps(passkeys.begin_authentication(person))
        return context


class ShowSecondStep(Showing, Refusing, AuthenticateView):
    """On the way in, after the code that came by mail."""

    template_name = "people/second_step.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        return keep_language(self.request, response, self.stage.login.user.language)


class ShowAgain(Showing, Refusing, BaseReauthenticateView):
    """Before something that matters, where that was a while ago or on another device."""

    template_name = "people/show_again.html"

    def get_form_class(self):
        is_passkey = "credential" in self.request.POST
        return PasskeyAgainForm if is_passkey else CodeAgainForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        """Both ways stand there again when one was not accepted."""
        context = super().get_context_data(**kwargs)
        is_code = "code" in context["form"].fields
        return {**context, "codes": context["form"] if is_code else CodeAgainForm(user=self.request.user)}

    def form_valid(self, form):
        form.save()
        return super().form_valid(form)


class SignInWithPasskey(LoginWebAuthnView):
    """A device asks for its question, then sends its answer: neither address nor code is typed."""

    def form_valid(self, form):
        response = super().form_valid(form)
        person = self.request.user
        return keep_language(self.request, response, person.language) if person.is_authenticated else response

    def form_invalid(self, form):
        return show(self.request, "people/passkey_refused.html", status=422, form=form)


class AddPasskey(Refusing, AddWebAuthnView):
    """A device makes a passkey for this place, which alone signs its holder in."""

    template_name = "people/add_passkey.html"

    def get_context_data(self, **kwargs):
        context = FormView.get_context_data(self, **kwargs)
        context["options"] = json.dumps(passkeys.begin_registration(self.request.user, True))
        return context

    def form_valid(self, form):
        response = super().form_valid(form)
        keep(self.request, "added a passkey")
        return response

    def get_success_url(self):
        return reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else HERE


class SetUpApp(Refusing, ActivateTOTPView):
    """An app reads a picture, and proves with its first code that it has."""

    template_name = "people/set_up_app.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        keep(self.request, "set up an app for codes")
        return response

    def get_success_url(self):
        return reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else HERE


class NewRecoveryCodes(Refusing, GenerateRecoveryCodesView):
    """The old ones are worth nothing from now on."""

    template_name = "people/recovery_codes.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        keep(self.request, "made new recovery codes")
        return response


class RecoveryCodes(ViewRecoveryCodesView):
    """What signs in when everything else is lost."""

    template_name = "people/recovery_codes.html"


show_second_step = page(policy=None, methods=["GET", "POST"])(kept(ShowSecondStep.as_view()))
sign_in_with_passkey = page(policy=None, methods=["GET", "POST"])(kept(SignInWithPasskey.as_view()))
add_passkey = signed_in(methods=("GET", "POST"))(kept(AddPasskey.as_view()))
set_up_app = signed_in(methods=("GET", "POST"))(kept(SetUpApp.as_view()))
recovery_codes = signed_in()(kept(RecoveryCodes.as_view()))
new_recovery_codes = signed_in(methods=("POST",))(kept(NewRecoveryCodes.as_view()))


@signed_in()
def second_step(request):
    """Why some are asked for a second step, and how it is set up in a minute."""
    return show(
        request,
        "people/set_up_second_step.html",
        steps=queries.second_step_view(request.user),
        next=next_of(request),
    )


@signed_in(methods=("GET", "POST"))
def show_again(request):
    """Who has nothing to show yet sets something up."""
    if not queries.second_step_view(request.user).is_set_up:
        return HttpResponseRedirect("/account/second-step/")
    return kept(ShowAgain.as_view())(request)


@signed_in(methods=("POST",))
@reauthentication_required(app="allauth.mfa")
def remove_passkey(request, handle: str):
    """A device that is gone, or was changed for another."""
    return removed(request, queries.find_passkey(request.user, handle), "removed a passkey")


@signed_in(methods=("POST",))
@reauthentication_required(app="allauth.mfa")
def remove_app(request):
    """The app's codes are worth nothing from now on."""
    return removed(request, queries.find_app(request.user), "removed their app for codes")


def removed(request, step, did: str) -> HttpResponse:
    """With the last of them the recovery codes go too."""
    if step is None:
        raise NotThere

    def remove(request):
        delete_and_cleanup(request, step)
        keep(request, did)

    kept(remove)(request)
    return HttpResponseRedirect(HERE)


def next_of(request) -> str:
    """Where one was going."""
    to = request.GET.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/home/"
