"""What people write in their own words: kept as it was typed, never cut, never empty without saying so."""

import re
import unicodedata
from difflib import SequenceMatcher
from heapq import nlargest
from typing import Final

# Separators, and signs that show nothing by themselves.
_NOTHING_TO_SEE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}
# Letters by their category, and blank to look at.
_UNSEEN = "\u115f\u1160\u2800\u3164\uffa0"


# Little words that are everywhere in one language and nowhere in the other; and the signs of Spanish.
_ENGLISH: Final = (
    "the and of to in we our us is are was with that it for on be have has had not they their this from at will who"
    " what how when where each every by an or but do don’t don't so more you your"
)
_SPANISH: Final = (
    "el la los las de del que y en un una unos unas con por para se es son nos lo les su sus al como cada quien cuando"
    " donde nuestro nuestra nuestros nuestras o pero porque si muy hay ya todos todas"
)
_LITTLE_WORDS: Final = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
_SIGNS: Final = {"es": frozenset("áéíóúñ¿¡")}


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


def language_of(words: str, *, otherwise: str) -> str:
    """The language that words are in, told by its little words and its signs; `otherwise` where these tell nothing.

    Asked of the words and not of their author: the language somebody reads in may be what tells who they are.
    """
    found = re.findall(r"[\w’'¿¡]+", words.lower())
    told = {
        language: sum(
            word.strip("¿¡") in little or bool(_SIGNS.get(language, frozenset()) & set(word))
            for word in found
        )
        for language, little in _LITTLE_WORDS.items()
    }
    first, second = nlargest(2, told.values())
    return otherwise if first == second else max(told, key=lambda language: told[language])


# Where so many words in ten of the shorter of two texts stand in the other in the same order, that is not written anew.
_SAME_OF_TEN: Final = 6


def is_said_anew(text: str, before: str) -> bool:
    """Whether `text` says in other words what `before` said: of the shorter of the two fewer than six in ten words stand
    in the other, in order. So it is the same whatever was written around it. Nothing before is nothing to be said anew.
    """
    was, now = (re.findall(r"\w+", it.casefold()) for it in (before, text))
    same = sum(it.size for it in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks())
    return not was or same * 10 < min(len(was), len(now)) * _SAME_OF_TEN
