"""What an app's codes are made from, sealed with the secret key: a backup or a stolen database makes no codes."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(text: str) -> str:
    """Readable to this installation alone."""
    return fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """As it was; None where another secret key sealed it."""
    try:
        return fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def fernet() -> Fernet:
    key = hashlib.sha256(b"hubcraft second step " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
