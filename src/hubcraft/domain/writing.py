"""What people write in their own words: kept as it was typed, never cut, never empty without saying so."""

import unicodedata

# Separators, and signs that show nothing by themselves.
_NOTHING_TO_SEE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}
# Letters by their category, and blank to look at.
_UNSEEN = "\u115f\u1160\u2800\u3164\uffa0"


class NothingWritten(ValueError):
    """There is nothing to see in it."""


class TooLong(ValueError):
    """It is longer than there is room for, by `over` signs."""

    def __init__(self, over: int) -> None:
        super().__init__(over)
        self.over = over


def read_words(text: str, *, most: int, may_be_missing: bool = False) -> str:
    """The text without blanks around it and with one kind of line end. Raises NothingWritten or TooLong."""
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not any(is_seen(sign) for sign in words):
        if may_be_missing:
            return ""
        raise NothingWritten
    if len(words) > most:
        raise TooLong(len(words) - most)
    return words


def is_seen(sign: str) -> bool:
    """Whether a sign shows anything: text of joiners and blanks alone says nothing."""
    return unicodedata.category(sign) not in _NOTHING_TO_SEE and sign not in _UNSEEN
