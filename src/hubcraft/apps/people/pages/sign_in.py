"""Signing in with a code that comes by mail, and out again."""

import functools

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core import context as visit
from django.contrib.auth import logout
from django.http import HttpResponseRedirect

from hubcraft.web.page import page
from hubcraft.web.pages.language import keep_language
from hubcraft.web.writer import writes


def kept(view):
    """Run a page of the sign-in library in the writer: it writes where it likes.

    Another thread may do this job together with its own, so the request is put at hand again there.
    """

    @writes
    def written(request, *args, **kwargs):
        with visit.request_context(request):
            return view(request, *args, **kwargs)

    @functools.wraps(view)
    def visited(request, *args, **kwargs):
        return written(request, *args, **kwargs)

    return visited


class Refusing:
    """A form that was not right is answered as everywhere in this house: 422, with what was typed."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        return response


class AskForCode(Refusing, RequestLoginCodeView):
    """Where one writes one's mail address. Whether there is an account for it, the page does not tell."""

    template_name = "people/sign_in.html"

    def get_context_data(self, **kwargs):
        """A passkey leads where the code would."""
        passkey_at = self.passthrough_next_url("/sign-in/passkey/")
        return {**super().get_context_data(**kwargs), "passkey_at": passkey_at}


class TypeCode(Refusing, ConfirmLoginCodeView):
    """Where one types the code; a link in the mail may fill it in, and a button sends it."""

    template_name = "people/code.html"

    def form_valid(self, form):
        """Signed in, one goes on in one's own language."""
        response = super().form_valid(form)
        person = self.request.user
        return keep_language(self.request, response, person.language) if person.is_authenticated else response

    def get_initial(self) -> dict[str, str]:
        return {"code": self.request.GET.get("code", "")[:12]}


sign_in = page(policy=None, methods=["GET", "POST"])(kept(AskForCode.as_view()))
type_code = page(policy=None, methods=["GET", "POST"])(kept(TypeCode.as_view()))


@page(policy=None, methods=["POST"])
def sign_out(request):
    """Leave this device signed out, also where a code was asked for and not typed: then one may begin again."""
    logout(request)
    return HttpResponseRedirect("/sign-in/" if "again" in request.POST else "/")
