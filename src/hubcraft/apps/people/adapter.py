"""What the sign-in library asks the house: how mail is sent, who may have an account, how second steps are kept."""

import base64
import secrets
from io import BytesIO
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as visit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from hubcraft.apps.notices.actions import promise_written
from hubcraft.apps.people.queries import find_person
from hubcraft.apps.people.sealing import seal, unseal
from hubcraft.domain.devices import describe


class Accounts(DefaultAccountAdapter):
    """Mail goes through the outbox, so that it is sent if and only if the code was kept.

    An account comes with an invitation or with claiming a hub: nobody signs up by themselves.
    """

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """The library names its mails by template; ours lie beside them."""
        name = template_prefix.rpartition("/")[2]
        address = settings.HUBCRAFT_ADDRESS or visit.request.build_absolute_uri("/").rstrip("/")
        person = find_person(email)
        promise_written(
            to=email,
            template=f"people/mail/{name}.txt",
            language=person.language if person else translation.get_language(),
            at=timezone.now(),
            code=context.get("code", ""),
            address=address,
            email=email,
        )

    def is_open_for_signup(self, request) -> bool:
        return False

    def add_message(self, *_args, **_kwargs) -> None:
        """Our pages say what has happened themselves."""

    def generate_login_code(self) -> str:
        """Six digits, easily typed from one device into another; three tries, then a new one is sent."""
        return f"{secrets.randbelow(10**6):06}"


class SecondSteps(DefaultMFAAdapter):
    """Passkeys belong to the address people use; what codes are made from is sealed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That was not accepted. Try once more."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Where the secret key is another one than before, no code fits, rather than one that anybody can work out."""
        kept = unseal(encrypted_text)
        return base64.b32encode(secrets.token_bytes(20)).decode() if kept is None else kept

    def get_totp_issuer(self) -> str:
        return f"Hubcraft {self.host}"

    def build_totp_svg(self, url: str) -> str:
        picture = BytesIO()
        segno.make(url, error="m", micro=False).save(
            picture, kind="svg", border=2, light="#fff", xmldecl=False
        )
        return picture.getvalue().decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": self.host, "name": "Hubcraft"}

    def generate_authenticator_name(self, *_about) -> str:
        """What the device calls itself, until its owner says otherwise."""
        return describe(visit.request.headers.get("User-Agent", ""))

    @property
    def host(self) -> str:
        """The name that people find the product by."""
        address = settings.HUBCRAFT_ADDRESS or visit.request.build_absolute_uri("/")
        return urlsplit(address).hostname or ""
