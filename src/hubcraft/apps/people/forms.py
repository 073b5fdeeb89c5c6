"""What people type about themselves, and what they or their devices show when they sign in."""

import struct

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.people import actions

NOT_AN_ADDRESS = {"invalid": _("This is not a mail address."), "required": _("Write your mail address.")}

A_NAME = {"required": _("Write your name."), "max_length": _("A name of 80 characters at most.")}


class FirstRunForm(forms.Form):
    """Who looks after this installation."""

    email = forms.EmailField(max_length=254, error_messages=NOT_AN_ADDRESS)
    name = forms.CharField(max_length=80, error_messages=A_NAME)


class AccountForm(forms.Form):
    """What one is called, and which language one reads."""

    name = forms.CharField(max_length=80, error_messages=A_NAME)
    initials = forms.CharField(
        required=False, max_length=12, error_messages={"max_length": _("Twelve characters at most.")}
    )
    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)


A_CODE = {"required": _("Type the code."), "max_length": _("A code is not as long as this.")}
AN_ANSWER = {
    "required": _("Your device has not answered. Press the button once more."),
    "invalid": _("Your device has not answered. Press the button once more."),
}
# How bytes of somebody else's making break a reader that expects a device's.
NONSENSE = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, struct.error)


def not_accepted():
    return get_adapter().validation_error("incorrect_code")


class CodeFields(forms.Form):
    """A code of an app, or one of the recovery codes."""

    code = forms.CharField(max_length=20, error_messages=A_CODE)

    def clean_code(self):
        """A code of an app counts once, whichever process it is typed into."""
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not actions.spend_code(
            step_id=self.authenticator.pk, code=code
        ):
            raise not_accepted()
        return code


class CodeForm(CodeFields, AuthenticateForm):
    """Typed on the way in."""


class CodeAgainForm(CodeFields, ReauthenticateForm):
    """Typed once more before something that matters is changed."""


class PasskeyFields(forms.Form):
    """What a device answered."""

    credential = forms.JSONField(error_messages=AN_ANSWER)

    def clean_credential(self):
        try:
            step = super().clean_credential()
        except forms.ValidationError:
            raise
        except NONSENSE:
            raise not_accepted() from None
        if not step.user.is_active:
            raise not_accepted()
        return step


class PasskeyForm(PasskeyFields, AuthenticateWebAuthnForm):
    """Shown on the way in, after the code that came by mail."""


class PasskeyAgainForm(PasskeyFields, ReauthenticateWebAuthnForm):
    """Shown once more before something that matters is changed."""


class PasskeySignInForm(PasskeyFields, LoginWebAuthnForm):
    """Shown instead of anything else."""


class NewPasskeyForm(AddWebAuthnForm):
    """What a device made for this place, and what its owner calls it."""

    name = forms.CharField(
        required=False, max_length=60, error_messages={"max_length": _("A name of 60 characters at most.")}
    )
    credential = forms.JSONField(error_messages=AN_ANSWER)

    def clean(self):
        try:
            return super().clean()
        except forms.ValidationError:
            raise
        except NONSENSE:
            raise not_accepted() from None


class NewAppForm(ActivateTOTPForm):
    """The first code of an app, which proves that it has read the picture."""

    code = forms.CharField(max_length=20, error_messages=A_CODE)
