"""A device that makes passkeys and answers with them, byte by byte as a browser does; and an app that makes codes."""

import base64
import hashlib
import json
import secrets

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, MADE = 0x01, 0x04, 0x40


def packed(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).decode().rstrip("=")


def codes_of(letters: str) -> list[str]:
    """What an app shows: the code before, the code now, the code after."""
    return [format_hotp_value(hotp_value(letters, it)) for it in yield_hotp_counters_from_time()]


class Passkey:
    """One passkey of one person. `origin` is the page that the browser shows, `sees_holder` whether it saw a finger."""

    def __init__(self, origin: str = "https://hub.example.org", *, sees_holder: bool = True):
        self.origin = origin
        self.flags = PRESENT | (VERIFIED if sees_holder else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.holder = ""

    def said(self, kind: str, question: dict) -> bytes:
        words = {"type": f"webauthn.{kind}", "challenge": question["challenge"], "origin": self.origin}
        return json.dumps(words).encode()

    def answer_of(self, response: dict) -> str:
        """What the page's form sends."""
        whole = {"type": "public-key", "id": packed(self.id), "rawId": packed(self.id), "response": response}
        return json.dumps({**whole, "clientExtensionResults": {}})

    def make(self, question: dict) -> str:
        """Answer `create`: a new public key for this place."""
        place = hashlib.sha256(question["rp"]["id"].encode()).digest()
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        known = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        body = place + bytes([self.flags | MADE]) + bytes(4) + known
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": body})
        self.holder = question["user"]["id"]
        said = packed(self.said("create", question))
        return self.answer_of({"clientDataJSON": said, "attestationObject": packed(attested)})

    def show(self, question: dict) -> str:
        """Answer `get`: the question, signed."""
        body = hashlib.sha256(question["rpId"].encode()).digest() + bytes([self.flags]) + bytes(4)
        said = self.said("get", question)
        signed = self.key.sign(body + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        response = {"clientDataJSON": said, "authenticatorData": body, "signature": signed}
        return self.answer_of(
            {name: packed(it) for name, it in response.items()} | {"userHandle": self.holder}
        )
