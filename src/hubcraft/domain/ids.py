"""Keys that say nothing: not who came first, not how many there are."""

import secrets


def new_id() -> str:
    """A random key of 128 bits, as 32 hexadecimal digits: it can be neither guessed nor put in order."""
    return secrets.token_hex(16)
